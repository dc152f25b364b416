// Attention of an engine: cuDNN's fused kernel, or products and a softmax through memory, for the variant
// that wants it and for cards that cuDNN has no kernel for.
#include "gpu/cuda/engine_builder.h"
#include "gpu/cuda/kernels.h"

#include <cmath>

namespace orrery::gpu::cuda {

namespace {

constexpr int kOldestFused = 80; ///< compute capability from which cuDNN has attention in one kernel

} // namespace

bool EngineBuilder::wantsFusedAttention() const {
    return m_engine->m_variant.fusedAttention && m_context.capability() >= kOldestFused;
}

AttentionGraphShape EngineBuilder::graphShapeOf(const AttentionShape& shape) const {
    const SequenceBatch& s = m_model.sequences;
    return {s.batch(), s.longest, shape.heads, shape.headSize, s.hasPadding(), s.packed};
}

Tensors EngineBuilder::attentionTensors(const Op& op, const AttentionShape& s) const {
    __half* const q = value(op.input);
    const std::int64_t width = s.heads * s.headSize;
    const AttentionGraphShape shape = graphShapeOf(s);
    const auto integer = [&](std::size_t list) -> void* { return const_cast<std::int32_t*>(integers(list)); };
    Tensors tensors{q, value(op.output), q + width, q + 2 * width};
    if (shape.masked || shape.packed) tensors.push_back(integer(3));
    if (shape.packed) tensors.insert(tensors.end(), {integer(4), integer(5)});
    return tensors;
}

// q, k, v and the context in heads, then the scores.
std::size_t EngineBuilder::attentionScratchBytes() const {
    if (wantsFusedAttention()) return 0;
    for (const Op& op : m_model.ops)
        if (const auto* s = std::get_if<AttentionShape>(&op.shape)) {
            const std::int64_t heads = m_model.batch * s->heads, longest = m_model.sequences.longest;
            return static_cast<std::size_t>(heads * longest * (4 * s->headSize + longest)) * sizeof(__half);
        }
    return 0;
}

Expected<EngineBuilder::Step> EngineBuilder::attentionThroughMemory(const Op& op, const AttentionShape& s) {
    const SequenceBatch& sequences = m_model.sequences;
    const std::int64_t products = sequences.batch() * s.heads, longest = sequences.longest, d = s.headSize;
    __half* const q = m_engine->m_values.at<__half>(m_attentionOffset);
    const std::int64_t part = products * longest * d;
    __half *const k = q + part, *const v = k + part, *const context = v + part,
                  *const scores = context + part;
    const GemmPointers intoScores{q, k, nullptr, scores}, intoContext{scores, v, nullptr, context};
    const GemmShape scoreShape{
        longest, d, longest, Epilogue::None, products, false, float(1 / std::sqrt(double(d)))};
    const auto first = gemm(scoreShape, intoScores);
    if (!first) return tl::unexpected(first.error());
    const auto second = gemm({longest, longest, d, Epilogue::None, products, true}, intoContext);
    if (!second) return tl::unexpected(second.error());
    const HeadLayout layout{static_cast<int>(sequences.batch()),
                            static_cast<int>(longest),
                            static_cast<int>(s.heads),
                            static_cast<int>(d),
                            sequences.packed,
                            integers(3),
                            integers(4),
                            integers(5)};
    return Step{[&c = m_context, layout, a = *first, b = *second, intoScores, intoContext,
                 x = value(op.input), q, scores, context,
                 y = value(op.output)](cudaStream_t stream) -> Expected<void> {
                    const auto scored = firstError({checked(splitHeads(x, q, layout, stream), "split"),
                                                    a->launch(c, intoScores, stream),
                                                    checked(softmax(scores, layout, stream), "softmax")});
                    if (!scored) return scored;
                    return firstError({b->launch(c, intoContext, stream),
                                       checked(mergeHeads(context, y, layout, stream), "merge")});
                },
                "split, " + (*first)->method() + ", softmax, " + (*second)->method() + ", merge"};
}

Expected<EngineBuilder::Step> EngineBuilder::step(const Op& op, const AttentionShape& shape) {
    if (!wantsFusedAttention()) return attentionThroughMemory(op, shape);
    const Tensors tensors = attentionTensors(op, shape);
    const auto graph = m_plans.attentions.find(graphShapeOf(shape));
    if (const auto tuned = tuneOnce(*graph, tensors); !tuned) return tl::unexpected(tuned.error());
    Launch launch = [&context = m_context, graph, tensors](cudaStream_t stream) {
        return graph->launch(context, tensors, stream);
    };
    if (!m_model.sequences.hasPadding()) return Step{launch, graph->method()};
    // Rows of padding may be left unwritten, and what lies there must be finite: the next layer multiplies it
    // by 0.
    const std::size_t bytes = static_cast<std::size_t>(m_model.values[op.output].elements()) * sizeof(__half);
    return Step{[launch, y = value(op.output), bytes](cudaStream_t stream) {
                    const auto cleared = checked(cudaMemsetAsync(y, 0, bytes, stream), "clear");
                    return cleared ? launch(stream) : cleared;
                },
                graph->method() + ", cleared"};
}

} // namespace orrery::gpu::cuda
