// A linear layer: cuBLASLt's product, cuDNN's with the exact GELU in it, or our own on Hopper, whichever is
// the fastest on this card.
#include "gpu/cuda/engine_builder.h"

#include <fmt/format.h>

namespace orrery::gpu::cuda {

GemmShape EngineBuilder::ownShapeOf(const Op& op, const LinearShape& shape) const {
    const bool erf = op.activation == Activation::Gelu && m_engine->m_variant.gelu == Gelu::Erf;
    const Epilogue epilogue = erf                                 ? Epilogue::BiasGeluErf
                              : op.activation == Activation::None ? Epilogue::Bias
                                                                  : Epilogue::None;
    return {shape.rows, shape.inFeatures, shape.outFeatures, epilogue};
}

// cuDNN compiles such a graph at run time, and what it makes takes as long as a product and a pass: not asked
// where we have a kernel of our own.
bool EngineBuilder::wantsErfGraph(const Op& op) const {
    const Variant& variant = m_engine->m_variant;
    const auto* const shape = std::get_if<LinearShape>(&op.shape);
    return shape && op.activation == Activation::Gelu && variant.fused && variant.gelu == Gelu::Erf &&
           !HopperGemm::fits(m_context, ownShapeOf(op, *shape));
}

Expected<std::shared_ptr<Gemm>> EngineBuilder::gemm(const GemmShape& shape, const GemmPointers& pointers) {
    if (auto known = m_plans.gemms.find(shape)) return known;
    auto tuned = Gemm::tuned(m_context, shape, pointers);
    if (tuned) m_plans.gemms.keep(shape, *tuned);
    return tuned;
}

Expected<EngineBuilder::TimedStep> EngineBuilder::productByLibrary(const Op& op, const LinearShape& shape,
                                                                   const GemmPointers& pointers) {
    const Variant& variant = m_engine->m_variant;
    const bool gelu = op.activation == Activation::Gelu, erf = variant.gelu == Gelu::Erf;
    const Epilogue epilogue = !variant.fused ? Epilogue::None
                              : gelu && !erf ? Epilogue::BiasGeluTanh
                                             : Epilogue::Bias;
    const auto product = gemm({shape.rows, shape.inFeatures, shape.outFeatures, epilogue}, pointers);
    if (!product) return tl::unexpected(product.error());
    Step step{[&context = m_context, g = *product, pointers](cudaStream_t stream) {
                  return g->launch(context, pointers, stream);
              },
              (*product)->method()};
    if (!variant.fused) {
        std::vector<Launch> all = passes(op, shape.rows, shape.outFeatures);
        step.method += fmt::format(" + {} passes", all.size());
        all.insert(all.begin(), step.launch);
        return TimedStep{{inOrder(std::move(all)), step.method}, 0};
    }
    if (!gelu || !erf) return TimedStep{step, (*product)->seconds()};
    step = {inOrder({step.launch, activationPass(op, shape.rows, shape.outFeatures)}),
            step.method + " + pass"};
    const auto seconds = m_context.timeInGraph(step.launch);
    if (!seconds) return tl::unexpected(seconds.error());
    return TimedStep{step, *seconds};
}

Expected<EngineBuilder::TimedStep> EngineBuilder::productByGraph(const LinearShape& shape,
                                                                 const GemmPointers& p) {
    const auto graph = m_plans.gelus.find(shape);
    const auto tensor = [](const __half* values) -> void* { return const_cast<__half*>(values); };
    const Tensors tensors{tensor(p.x), tensor(p.w), p.y, tensor(p.bias)};
    if (const auto tuned = tuneOnce(*graph, tensors); !tuned) return tl::unexpected(tuned.error());
    return TimedStep{{[&context = m_context, graph, tensors](cudaStream_t stream) {
                          return graph->launch(context, tensors, stream);
                      },
                      graph->method()},
                     graph->seconds()};
}

Expected<EngineBuilder::TimedStep> EngineBuilder::productByOwnKernel(const GemmShape& shape,
                                                                     const GemmPointers& pointers) {
    auto gemm = m_plans.hopperGemms.find(shape);
    if (!gemm) {
        const auto tuned = HopperGemm::tuned(m_context, shape, pointers);
        if (!tuned) return tl::unexpected(tuned.error());
        gemm = *tuned;
        m_plans.hopperGemms.keep(shape, gemm);
    }
    const auto launch = gemm->launchOn(pointers);
    if (!launch) return tl::unexpected(launch.error());
    return TimedStep{{*launch, gemm->method()}, gemm->seconds()};
}

Expected<EngineBuilder::Step> EngineBuilder::step(const Op& op, const LinearShape& shape) {
    const GemmPointers pointers{value(op.input), weight(op, 0), weight(op, 1), value(op.output)};
    auto best = productByLibrary(op, shape, pointers);
    if (!best) return tl::unexpected(best.error());
    if (!m_engine->m_variant.fused) return best->step;
    const auto keepFaster = [&](const Expected<TimedStep>& other) {
        if (other && other->seconds < best->seconds) best = other;
    };
    const GemmShape own = ownShapeOf(op, shape);
    if (HopperGemm::fits(m_context, own)) keepFaster(productByOwnKernel(own, pointers));
    if (wantsErfGraph(op)) keepFaster(productByGraph(shape, pointers));
    return best->step;
}

} // namespace orrery::gpu::cuda
