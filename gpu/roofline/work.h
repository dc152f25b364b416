// What an operation costs at least: its floating-point operations and the bytes that must cross memory.
//
// FLOPs are 2 × multiply-accumulates of convolutions and matrix products only, as the field counts them.
// Bytes are compulsory traffic: each tensor read once per use and written once, bias, residual and activation
// fused into the operation, statistics and masks left out.
#pragma once

#include "gpu/roofline/shapes.h"

namespace orrery::gpu {

struct Work {
    double flops = 0;
    double readBytes = 0;   ///< activations, the residual among them
    double weightBytes = 0; ///< read once however large the batch
    double writtenBytes = 0;

    [[nodiscard]] double bytes() const { return readBytes + weightBytes + writtenBytes; }
    /// FLOP/B; 0 for an operation without matrix flops.
    [[nodiscard]] double intensity() const { return bytes() > 0 ? flops / bytes() : 0; }
    Work& operator+=(const Work& other);
};

/// `elementBytes`: 2 for fp16, 4 for fp32. `residual`: one more tensor of the output's shape is read.
[[nodiscard]] Work workOf(const OpShape& shape, bool residual, int elementBytes);

} // namespace orrery::gpu
