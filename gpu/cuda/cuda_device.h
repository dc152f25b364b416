// The devices "cuda:0", "cuda:1", …: fp16 with fp32 accumulation by cuDNN, cuBLASLt and our own kernels.
#pragma once

#include "gpu/models/device.h"

namespace orrery::gpu {

struct CudaCard {
    DeviceInfo info;
    std::string skipped; ///< why it cannot be used; empty when it can
};

/// Every card that the driver shows, or one row that says why there is none.
[[nodiscard]] std::vector<CudaCard> cudaCards();

[[nodiscard]] Expected<std::unique_ptr<Device>> openCudaDevice(int ordinal);

} // namespace orrery::gpu
