// Where the tensors of a model come from: a file, or a seed.
#pragma once

#include "core/support/expected.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace orrery::gpu {

class TensorSource {
  public:
    virtual ~TensorSource() = default;
    /// The tensor of this name as fp32, row-major; fails when it is not there or of another shape. Any
    /// thread.
    [[nodiscard]] virtual Expected<std::vector<float>> read(const std::string& name,
                                                            std::span<const std::int64_t> shape) const = 0;
};

} // namespace orrery::gpu
