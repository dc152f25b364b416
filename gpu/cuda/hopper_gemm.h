// Our own product on Hopper in the place of cuBLASLt's, its tiling chosen by timing. On any other card there
// is none.
#pragma once

#include "gpu/cuda/gemm.h"
#include "gpu/cuda/kernels_hopper.h"

namespace orrery::gpu::cuda {

class HopperGemm {
  public:
    /// Whether the card and the shape are ones that the kernel is made for.
    [[nodiscard]] static bool fits(const Context& context, const GemmShape& shape);
    /// Times the tilings on the tensors given, of which `y` is written over.
    [[nodiscard]] static Expected<std::shared_ptr<HopperGemm>>
    tuned(const Context& context, const GemmShape& shape, const GemmPointers& pointers);

    [[nodiscard]] Expected<Launch> launchOn(const GemmPointers& pointers) const;
    [[nodiscard]] static Expected<Launch> launchOf(const Context& context, const GemmShape& shape,
                                                   const HopperTiling& tiling, const GemmPointers& pointers);
    [[nodiscard]] double seconds() const { return m_seconds; } ///< as timed when it was chosen
    [[nodiscard]] std::string method() const;

  private:
    HopperGemm(const Context& context, const GemmShape& shape) : m_context(context), m_shape(shape) {}

    const Context& m_context;
    GemmShape m_shape;
    HopperTiling m_tiling;
    double m_seconds = 1e300;
};

} // namespace orrery::gpu::cuda
