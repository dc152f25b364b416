#include "gpu/cuda/cudnn_graphs.h"

#include <algorithm>
#include <cmath>
#include <cudnn_frontend.h>
#include <fmt/format.h>

namespace orrery::gpu::cuda {

namespace {

namespace fe = cudnn_frontend;
using Tensor = std::shared_ptr<fe::graph::Tensor_attributes>;
using Dimensions = std::vector<std::int64_t>;

constexpr std::int64_t kMostPlans = 10; ///< the heuristics' order is good enough that the best is among them

Expected<void> checkedGraph(fe::error_t error, const char* what) {
    if (error.is_good()) return {};
    return fail(fmt::format("cuDNN, {}: {}", what, error.get_message()), ErrorCode::Unsupported);
}

/// The frontend may throw where a driver is missing.
template <class Body>
Expected<void> guarded(const Body& body) {
    try {
        return body();
    } catch (const std::exception& error) {
        return fail(fmt::format("cuDNN: {}", error.what()), ErrorCode::Unsupported);
    }
}

class GraphBase final : public CudnnGraph {
  public:
    explicit GraphBase(std::string what) : m_what(std::move(what)) {
        m_graph.set_io_data_type(fe::DataType_t::HALF)
            .set_intermediate_data_type(fe::DataType_t::FLOAT)
            .set_compute_data_type(fe::DataType_t::FLOAT);
    }
    ~GraphBase() override {
        if (m_handle) cudnnDestroy(m_handle);
    }

    /// A tensor that the caller hands over at place `uid` − 1.
    Tensor tensor(int uid, const Dimensions& dimensions, const Dimensions& strides,
                  fe::DataType_t type = fe::DataType_t::HALF) {
        return m_graph.tensor(fe::graph::Tensor_attributes()
                                  .set_uid(uid)
                                  .set_dim(dimensions)
                                  .set_stride(strides)
                                  .set_data_type(type));
    }
    Tensor pointwise(fe::PointwiseMode_t mode, const Tensor& a) {
        return m_graph.pointwise(a, fe::graph::Pointwise_attributes().set_mode(mode));
    }
    Tensor add(const Tensor& a, const Tensor& b) {
        return m_graph.pointwise(a, b, fe::graph::Pointwise_attributes().set_mode(fe::PointwiseMode_t::ADD));
    }
    static void output(const Tensor& y, int uid, const Dimensions& dimensions, const Dimensions& strides) {
        y->set_output(true)
            .set_uid(uid)
            .set_dim(dimensions)
            .set_stride(strides)
            .set_data_type(fe::DataType_t::HALF);
    }
    fe::graph::Graph& graph() { return m_graph; }

    [[nodiscard]] Expected<void> build() override {
        return guarded([&]() -> Expected<void> {
            if (cudnnCreate(&m_handle) != CUDNN_STATUS_SUCCESS)
                return fail("cuDNN cannot be started", ErrorCode::Unsupported);
            if (auto done = checkedGraph(m_graph.validate(), "validate"); !done) return done;
            if (auto done = checkedGraph(m_graph.build_operation_graph(m_handle), "operation graph"); !done)
                return done;
            if (auto done = checkedGraph(m_graph.create_execution_plans({fe::HeurMode_t::A}), "heuristics");
                !done)
                return done;
            return buildPlans();
        });
    }

    [[nodiscard]] Expected<void> tune(const Context& context, const Tensors& tensors) override {
        m_seconds = 1e300;
        for (const std::int64_t plan : m_plans) {
            const auto seconds = context.timeInGraph(
                [&](cudaStream_t stream) { return execute(plan, context, tensors, stream); });
            if (!seconds || *seconds >= m_seconds) continue;
            m_seconds = *seconds;
            m_chosen = plan;
        }
        if (m_chosen < 0)
            return fail(fmt::format("cuDNN: no plan for {} runs", m_what), ErrorCode::Unsupported);
        return {};
    }

    [[nodiscard]] Expected<void> launch(const Context& context, const Tensors& tensors,
                                        cudaStream_t stream) const override {
        return execute(m_chosen, context, tensors, stream);
    }

    [[nodiscard]] double seconds() const override { return m_seconds; }
    [[nodiscard]] std::string method() const override {
        return fmt::format("cuDNN {}/{}", m_chosen + 1, m_plans.size());
    }

  private:
    Expected<void> buildPlans() {
        const std::int64_t count = std::min(m_graph.get_execution_plan_count(), kMostPlans);
        for (std::int64_t i = 0; i < count; ++i)
            if (m_graph.build_plan_at_index(m_handle, i).is_good() &&
                m_graph.get_workspace_size_plan_at_index(i) <= std::int64_t(Context::kWorkspaceBytes))
                m_plans.push_back(i);
        if (m_plans.empty())
            return fail(fmt::format("cuDNN has no plan for {}", m_what), ErrorCode::Unsupported);
        return {};
    }

    Expected<void> execute(std::int64_t plan, const Context& context, const Tensors& tensors,
                           cudaStream_t stream) const {
        return guarded([&]() -> Expected<void> {
            if (cudnnSetStream(m_handle, stream) != CUDNN_STATUS_SUCCESS)
                return fail("cuDNN takes no stream", ErrorCode::Unsupported);
            std::unordered_map<std::int64_t, void*> pack;
            for (std::size_t i = 0; i < tensors.size(); ++i)
                if (tensors[i]) pack.emplace(static_cast<std::int64_t>(i) + 1, tensors[i]);
            return checkedGraph(m_graph.execute_plan_at_index(m_handle, pack, context.workspace(), plan),
                                "execute");
        });
    }

    std::string m_what;
    mutable fe::graph::Graph m_graph;
    cudnnHandle_t m_handle = nullptr;
    std::vector<std::int64_t> m_plans; ///< that could be built
    std::int64_t m_chosen = -1;
    double m_seconds = 0;
};

/// NHWC as cuDNN writes it: dimensions N, C, H, W with the channels innermost.
Dimensions channelsLast(std::int64_t c, std::int64_t h, std::int64_t w) {
    return {c * h * w, 1, c * w, c};
}

using Made = Expected<std::shared_ptr<CudnnGraph>>;

template <class Fill>
Made made(const std::string& what, const Fill& fill) {
    auto graph = std::make_shared<GraphBase>(what);
    if (auto filled = guarded([&]() -> Expected<void> {
            fill(*graph);
            return {};
        });
        !filled)
        return tl::unexpected(filled.error());
    return graph;
}

} // namespace

std::string cudnnVersion() {
    const std::size_t v = cudnnGetVersion();
    return fmt::format("{}.{}.{}", v / 10000, v / 100 % 100, v % 100);
}

Made convolutionGraph(const ConvolutionGraphShape& shape) {
    const ConvolutionShape& s = shape.convolution;
    const std::int64_t n = s.batch, c = s.inChannels, k = s.outChannels, p = s.outHeight(), q = s.outWidth();
    const std::string what = fmt::format("a convolution {0}×{0} of {1} to {2} channels", s.kernel, c, k);
    if (!shape.channelsLast) return planarConvolution(s);
    return made(what, [&](GraphBase& g) {
        const Tensor x = g.tensor(1, {n, c, s.height, s.width}, channelsLast(c, s.height, s.width));
        const Tensor w = g.tensor(2, {k, c, s.kernel, s.kernel}, channelsLast(c, s.kernel, s.kernel));
        Tensor y = g.graph().conv_fprop(x, w,
                                        fe::graph::Conv_fprop_attributes()
                                            .set_padding({s.padding, s.padding})
                                            .set_stride({s.stride, s.stride})
                                            .set_dilation({1, 1}));
        // A broadcast tensor may not be the first of the operations that follow: the residual goes before the
        // bias.
        if (shape.residual) y = g.add(y, g.tensor(5, {n, k, p, q}, channelsLast(k, p, q)));
        if (shape.bias) y = g.add(y, g.tensor(4, {1, k, 1, 1}, {k, 1, k, k}));
        if (shape.relu) y = g.pointwise(fe::PointwiseMode_t::RELU_FWD, y);
        GraphBase::output(y, 3, {n, k, p, q}, channelsLast(k, p, q));
    });
}

Made linearGeluGraph(const LinearShape& s) {
    return made("a linear layer with GELU", [&](GraphBase& g) {
        const Tensor x = g.tensor(1, {1, s.rows, s.inFeatures}, {s.rows * s.inFeatures, s.inFeatures, 1});
        const Tensor w =
            g.tensor(2, {1, s.inFeatures, s.outFeatures}, {s.inFeatures * s.outFeatures, 1, s.inFeatures});
        const Tensor bias = g.tensor(4, {1, 1, s.outFeatures}, {s.outFeatures, s.outFeatures, 1});
        const Tensor product = g.graph().matmul(x, w, fe::graph::Matmul_attributes());
        const Tensor y = g.pointwise(fe::PointwiseMode_t::GELU_FWD, g.add(product, bias));
        GraphBase::output(y, 3, {1, s.rows, s.outFeatures}, {s.rows * s.outFeatures, s.outFeatures, 1});
    });
}

Made attentionGraph(const AttentionGraphShape& s) {
    return made("attention", [&](GraphBase& g) {
        const std::int64_t d = s.headSize, h = s.heads, width = h * d;
        const Dimensions dimensions{s.batch, h, s.longest, d}, one{1, 1, 1, 1};
        const Dimensions in{s.longest * 3 * width, d, 3 * width, 1}, out{s.longest * width, d, width, 1};
        // Q, K and V are one tensor; the second and third begin `width` and 2·`width` elements later.
        Tensor parts[3];
        Tensor inOffsets, outOffsets;
        const Dimensions offsets{s.batch + 1, 1, 1, 1};
        if (s.packed) {
            inOffsets = g.tensor(6, offsets, one, fe::DataType_t::INT32);
            outOffsets = g.tensor(7, offsets, one, fe::DataType_t::INT32);
        }
        const int uids[3] = {1, 3, 4};
        for (int i = 0; i < 3; ++i) {
            parts[i] = g.tensor(uids[i], dimensions, in);
            if (s.packed) parts[i]->set_ragged_offset(inOffsets);
        }
        auto attributes = fe::graph::SDPA_attributes();
        attributes.set_name("attention")
            .set_generate_stats(false)
            .set_attn_scale(float(1 / std::sqrt(double(d))));
        if (s.masked || s.packed) {
            const Tensor lengths = g.tensor(5, {s.batch, 1, 1, 1}, one, fe::DataType_t::INT32);
            attributes.set_padding_mask(true).set_seq_len_q(lengths).set_seq_len_kv(lengths);
        }
        auto result = g.graph().sdpa(parts[0], parts[1], parts[2], attributes);
        GraphBase::output(result[0], 2, dimensions, out);
        if (s.packed) result[0]->set_ragged_offset(outOffsets);
    });
}

} // namespace orrery::gpu::cuda
