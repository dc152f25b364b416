// One step an operation: of the ways that there are to do it, the fastest on this card.
#include "gpu/cuda/engine_builder.h"
#include "gpu/cuda/kernels.h"
#include "gpu/cuda/stem.h"

#include <fmt/format.h>

namespace orrery::gpu::cuda {

namespace {

void* mutableOf(const void* p) {
    return const_cast<void*>(p);
} // cuDNN takes inputs as void* too

Expected<void> launched(cudaError_t status, const char* what) {
    return checked(status, what);
}

PointwiseActivation pointwiseOf(Activation activation, Gelu gelu) {
    if (activation == Activation::Relu) return PointwiseActivation::Relu;
    if (activation == Activation::Gelu)
        return gelu == Gelu::Erf ? PointwiseActivation::GeluErf : PointwiseActivation::GeluTanh;
    return PointwiseActivation::None;
}

} // namespace

Launch inOrder(std::vector<Launch> launches) {
    return [all = std::move(launches)](cudaStream_t stream) -> Expected<void> {
        for (const Launch& launch : all)
            if (auto done = launch(stream); !done) return done;
        return {};
    };
}

ConvolutionGraphShape EngineBuilder::graphShapeOf(const Op& op, const ConvolutionShape& shape) const {
    const Variant& variant = m_engine->m_variant;
    const bool fused = variant.fused && !op.hasBatchNorm();
    return {isStem(op) ? stemOverBlocks(shape) : shape, fused, fused && op.residual >= 0,
            fused && op.activation == Activation::Relu, variant.channelsLast};
}

Expected<void> EngineBuilder::addSteps() {
    for (const Op& op : m_model.ops) {
        if (m_progress.isCancelled()) return fail("stopped", ErrorCode::Cancelled);
        auto made = std::visit([&](const auto& shape) { return step(op, shape); }, op.shape);
        if (!made) return fail(fmt::format("{}: {}", op.name, made.error().message), made.error().code);
        m_engine->m_steps.push_back(std::move(*made));
        m_progress.setFraction(double(m_engine->m_steps.size()) / double(m_model.ops.size()));
    }
    return {};
}

Expected<void> EngineBuilder::tuneOnce(CudnnGraph& graph, const Tensors& tensors) {
    if (graph.seconds() > 0) return {};
    return graph.tune(m_context, tensors);
}

std::vector<Launch> EngineBuilder::passes(const Op& op, std::int64_t rows, std::int64_t width) const {
    const std::int64_t count = rows * width;
    __half* const y = value(op.output);
    const int channels = static_cast<int>(width);
    const int inner = m_engine->m_variant.channelsLast ? 1 : static_cast<int>(rows / m_model.batch);
    const __half* const scale = op.hasBatchNorm() ? weight(op, 2) : nullptr;
    std::vector<Launch> all{[y, scale, shift = weight(op, 1), count, channels, inner](cudaStream_t stream) {
        return launched(scaleShift(y, scale, shift, count, channels, inner, stream), "scale and shift");
    }};
    if (op.residual >= 0)
        all.push_back([y, residual = value(op.residual), count](cudaStream_t stream) {
            return launched(sum(y, residual, y, count, stream), "sum");
        });
    if (op.activation != Activation::None) all.push_back(activationPass(op, rows, width));
    return all;
}

Launch EngineBuilder::activationPass(const Op& op, std::int64_t rows, std::int64_t width) const {
    return [y = value(op.output), activation = pointwiseOf(op.activation, m_engine->m_variant.gelu), rows,
            w = static_cast<int>(width)](cudaStream_t stream) {
        return launched(pointwise(y, activation, rows, w, stream), "activation");
    };
}

Expected<EngineBuilder::Step> EngineBuilder::step(const Op& op, const ConvolutionShape& shape) {
    const bool stem = isStem(op);
    const bool fused = graphShapeOf(op, shape).bias;
    __half* const blocks = m_engine->m_values.at<__half>(m_stemOffset);
    const __half* x = stem ? blocks : value(op.input);
    const __half* w = stem ? m_engine->m_weights.at<__half>(m_stemWeights) : weight(op, 0);
    const Tensors tensors{mutableOf(x), mutableOf(w), value(op.output),
                          mutableOf(fused ? weight(op, 1) : nullptr), fused ? value(op.residual) : nullptr};
    const auto graph = m_plans.convolutions.find(graphShapeOf(op, shape));
    if (const auto tuned = tuneOnce(*graph, tensors); !tuned) return tl::unexpected(tuned.error());
    Step step{[&context = m_context, graph, tensors](cudaStream_t stream) {
                  return graph->launch(context, tensors, stream);
              },
              graph->method()};
    if (stem) {
        step.launch = [convolve = step.launch, image = value(op.input), blocks,
                       s = shape](cudaStream_t stream) {
            const auto cut =
                launched(stemBlocks(image, blocks, s.batch, int(s.height), int(s.width), stream), "stem");
            return cut ? convolve(stream) : cut;
        };
        step.method = "2×2 blocks, " + step.method;
    }
    if (!fused) {
        std::vector<Launch> all = passes(op, shape.rows(), shape.outChannels);
        step.method += fmt::format(" + {} passes", all.size());
        all.insert(all.begin(), step.launch);
        step.launch = inOrder(std::move(all));
        return step;
    }
    if (stem) return fasterStem(op, shape, step);
    // A pointwise convolution is a plain product, of which cuBLASLt may know a better way.
    const bool product = shape.kernel == 1 && shape.stride == 1 && op.residual < 0;
    if (!product) return step;
    const GemmPointers pointers{x, w, weight(op, 1), value(op.output)};
    const Epilogue epilogue = op.activation == Activation::Relu ? Epilogue::BiasRelu : Epilogue::Bias;
    const auto other = gemm({shape.rows(), shape.inChannels, shape.outChannels, epilogue}, pointers);
    if (!other || (*other)->seconds() >= graph->seconds()) return step;
    return Step{[&context = m_context, g = *other, pointers](cudaStream_t stream) {
                    return g->launch(context, pointers, stream);
                },
                (*other)->method()};
}

EngineBuilder::Step EngineBuilder::fasterStem(const Op& op, const ConvolutionShape& shape,
                                              const Step& other) {
    if (!hasStemKernel(shape) || op.activation != Activation::Relu || op.residual >= 0) return other;
    const Step own{[image = value(op.input), fragments = m_engine->m_weights.at<__half>(m_stemFragments),
                    bias = weight(op, 1), y = value(op.output), n = shape.batch](cudaStream_t stream) {
                       return launched(gpu::cuda::stem(image, fragments, bias, y, n, stream), "stem");
                   },
                   "own"};
    const auto seconds = m_context.timeInGraph(own.launch), others = m_context.timeInGraph(other.launch);
    return seconds && (!others || *seconds < *others) ? own : other;
}

Expected<EngineBuilder::Step> EngineBuilder::step(const Op& op, const MaxPoolShape& s) {
    if (s.kernel != 3 || s.stride != 2 || s.padding != 1 || s.channels % 8 != 0 || s.height % 2 ||
        s.width % 2)
        return fail("this pooling has no kernel", ErrorCode::Unsupported);
    if (!m_engine->m_variant.channelsLast)
        return Step{[x = value(op.input), y = value(op.output), s](cudaStream_t stream) {
                        return launched(
                            maxPoolPlanes(x, y, s.batch * s.channels, int(s.height), int(s.width), stream),
                            "pool");
                    },
                    "own, NCHW"};
    return Step{[x = value(op.input), y = value(op.output), s](cudaStream_t stream) {
                    return launched(
                        maxPool(x, y, s.batch, int(s.height), int(s.width), int(s.channels), stream), "pool");
                },
                "own"};
}

Expected<EngineBuilder::Step> EngineBuilder::step(const Op& op, const AveragePoolShape& s) {
    if (s.channels % 8 != 0) return fail("this pooling has no kernel", ErrorCode::Unsupported);
    if (!m_engine->m_variant.channelsLast)
        return Step{[x = value(op.input), y = value(op.output), s](cudaStream_t stream) {
                        return launched(
                            averagePlanes(x, y, s.batch * s.channels, int(s.height * s.width), stream),
                            "pool");
                    },
                    "own, NCHW"};
    return Step{[x = value(op.input), y = value(op.output), s](cudaStream_t stream) {
                    return launched(
                        averagePool(x, y, s.batch, int(s.height * s.width), int(s.channels), stream), "pool");
                },
                "own"};
}

Expected<EngineBuilder::Step> EngineBuilder::step(const Op& op, const EmbeddingShape& s) {
    const EmbeddingPointers p{weight(op, 0), weight(op, 1), weight(op, 2), weight(op, 3),
                              weight(op, 4), integers(0),   integers(1),   integers(2)};
    return Step{[p, y = value(op.output), s](cudaStream_t stream) {
                    return launched(embedding(p, y, s.rows, int(s.width), s.epsilon, stream), "embedding");
                },
                "own"};
}

Expected<EngineBuilder::Step> EngineBuilder::step(const Op& op, const LayerNormShape& s) {
    if (!m_engine->m_variant.fused && op.residual >= 0)
        return Step{[x = value(op.input), residual = value(op.residual), gamma = weight(op, 0),
                     beta = weight(op, 1), y = value(op.output), s](cudaStream_t stream) {
                        return firstError({launched(sum(x, residual, y, s.rows * s.width, stream), "sum"),
                                           launched(layerNorm(y, nullptr, gamma, beta, y, s.rows,
                                                              int(s.width), s.epsilon, stream),
                                                    "norm")});
                    },
                    "sum + own"};
    return Step{[x = value(op.input), residual = value(op.residual), gamma = weight(op, 0),
                 beta = weight(op, 1), y = value(op.output), s](cudaStream_t stream) {
                    return launched(
                        layerNorm(x, residual, gamma, beta, y, s.rows, int(s.width), s.epsilon, stream),
                        "norm");
                },
                "own"};
}

} // namespace orrery::gpu::cuda
