// Ways of carrying out the same model, from what a first program does to what the card can do: each step of
// the ladder changes one thing, so that the gain of each can be measured.
//
// Images: naive (an operation a kernel, NCHW) → nhwc (channels last) → folded (batch norms inside the
// convolutions) → fused (bias, residual and ReLU inside the convolutions) → graph (one CUDA graph). Texts:
// naive (an operation a kernel, attention as products and softmax through memory) → attention (one kernel for
// it) → fused (bias and GELU inside the products, the residual inside the norm) → graph.
#pragma once

#include "gpu/models/device.h"

namespace orrery::gpu {

struct NamedVariant {
    std::string name;
    std::string change; ///< what it does that the one before it does not, for people
    Variant variant;
};

/// From the plainest to the fastest; the last is the default.
[[nodiscard]] const std::vector<NamedVariant>& variantsOf(Task task);
/// Fails with the names that there are.
[[nodiscard]] Expected<Variant> variantNamed(Task task, const std::string& name);

} // namespace orrery::gpu
