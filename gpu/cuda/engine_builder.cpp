// Memory of an engine, and the order of its making; the steps themselves are in engine_steps.cpp.
#include "gpu/cuda/engine_builder.h"

#include "gpu/cuda/planes.h"
#include "gpu/cuda/stem.h"

#include <Eigen/Core>
#include <map>
#include <tbb/parallel_for.h>

namespace orrery::gpu::cuda {

namespace {

constexpr std::size_t kFlushBytes = std::size_t{160}
                                    << 20; ///< more than twice the last cache of any card so far

/// Pieces of one upload, each aligned as the arena's are.
class HalfPacker {
  public:
    std::size_t add(std::span<const float> values) {
        constexpr std::size_t kStep = ArenaPlan::kAlignment / sizeof(Eigen::half);
        const std::size_t offset = (m_halves.size() + kStep - 1) / kStep * kStep;
        m_halves.resize(offset + values.size());
        for (std::size_t i = 0; i < values.size(); ++i)
            m_halves[offset + i] = Eigen::half(values[i]);
        return offset * sizeof(Eigen::half);
    }
    [[nodiscard]] const std::vector<Eigen::half>& halves() const { return m_halves; }

  private:
    std::vector<Eigen::half> m_halves;
};

std::vector<std::int32_t> times(std::vector<std::int32_t> values, std::int64_t factor) {
    for (std::int32_t& value : values)
        value = static_cast<std::int32_t>(value * factor);
    return values;
}

/// Filters [K, R, S, C] → [K, C, R, S], by the index of their weight, where the images are NCHW.
std::map<std::size_t, std::vector<float>> filtersByPlanes(const Model& model, const ModelWeights& weights,
                                                          const Variant& variant) {
    std::map<std::size_t, std::vector<float>> planar;
    if (variant.channelsLast) return planar;
    for (const Op& op : model.ops) {
        const auto* s = std::get_if<ConvolutionShape>(&op.shape);
        if (!s) continue;
        const auto index = static_cast<std::size_t>(op.weights[0]);
        planar.emplace(index, toPlanes(weights[index], s->outChannels, s->inChannels));
    }
    return planar;
}

} // namespace

bool EngineBuilder::isStem(const Op& op) const {
    return &op == m_model.ops.data() && m_engine->m_variant.channelsLast && stemOf(m_model);
}

EngineBuilder::EngineBuilder(Context& context, Plans& plans, const Model& model, const ModelWeights& weights,
                             const Variant& variant, Progress& progress)
    : m_context(context)
    , m_plans(plans)
    , m_model(model)
    , m_source(weights)
    , m_progress(progress)
    , m_engine(new CudaEngine(context, model, variant)) {}

const __half* EngineBuilder::weight(const Op& op, std::size_t i) const {
    return m_engine->m_weights.at<__half>(m_engine->m_weightOffsets[static_cast<std::size_t>(op.weights[i])]);
}

const std::int32_t* EngineBuilder::integers(std::size_t list) const {
    const auto rows = static_cast<std::size_t>(m_model.sequences.rows());
    const auto batch = static_cast<std::size_t>(m_model.batch);
    // tokens, positions, types; lengths; offsets of q, k and v; offsets of the result.
    const std::size_t begins[] = {0, rows, 2 * rows, 3 * rows, 3 * rows + batch, 3 * rows + 2 * batch + 1};
    return m_engine->m_integers.at<std::int32_t>(begins[list] * sizeof(std::int32_t));
}

Expected<void> EngineBuilder::layOutValues() {
    const int last = static_cast<int>(m_model.ops.size());
    std::vector<std::pair<int, int>> lives(m_model.values.size(), {last, -1});
    for (int i = 0; i < last; ++i)
        for (const int v : {m_model.ops[i].input, m_model.ops[i].residual, m_model.ops[i].output})
            if (v >= 0) lives[v] = {std::min(lives[v].first, i), std::max(lives[v].second, i)};
    if (m_model.input >= 0) lives[m_model.input] = {0, last}; // there for the next forward
    lives[m_model.output].second = last;
    ArenaPlan plan;
    for (std::size_t v = 0; v < lives.size(); ++v)
        m_engine->m_valueOffsets.push_back(
            plan.place(static_cast<std::size_t>(m_model.values[v].elements()) * sizeof(__half),
                       lives[v].first, lives[v].second));
    if (isStem(m_model.ops.front()))
        m_stemOffset =
            plan.place(static_cast<std::size_t>(stemBlockElements(*stemOf(m_model))) * sizeof(__half), 0, 0);
    m_attentionOffset = plan.place(attentionScratchBytes(), 0, last);
    auto values = Buffer::allocate(plan.bytes());
    if (!values) return tl::unexpected(values.error());
    m_engine->m_values = std::move(*values);
    auto flush = Buffer::allocate(kFlushBytes);
    if (!flush) return tl::unexpected(flush.error());
    m_engine->m_flush = std::move(*flush);
    return {};
}

Expected<void> EngineBuilder::uploadWeights() {
    HalfPacker packer;
    const auto planar = filtersByPlanes(m_model, m_source, m_engine->m_variant);
    for (std::size_t i = 0; i < m_source.size(); ++i)
        m_engine->m_weightOffsets.push_back(packer.add(planar.contains(i) ? planar.at(i) : m_source[i]));
    if (isStem(m_model.ops.front()))
        m_stemWeights =
            packer.add(stemFilters(m_source[static_cast<std::size_t>(m_model.ops[0].weights[0])]));
    if (isStem(m_model.ops.front()) && hasStemKernel(*stemOf(m_model)))
        m_stemFragments =
            packer.add(stemFragments(m_source[static_cast<std::size_t>(m_model.ops[0].weights[0])]));
    const std::size_t bytes = packer.halves().size() * sizeof(Eigen::half);
    auto weights = Buffer::allocate(bytes);
    if (!weights) return tl::unexpected(weights.error());
    m_engine->m_weights = std::move(*weights);
    return m_context.upload(m_engine->m_weights.at<void>(), packer.halves().data(), bytes);
}

Expected<void> EngineBuilder::uploadSequences() {
    if (m_model.task != Task::TextEncoding) return {};
    const SequenceBatch& s = m_model.sequences;
    const std::int64_t width = m_model.values[m_model.output].width;
    std::vector<std::int32_t> all(static_cast<std::size_t>(3 * s.rows()), 0); // inputs come later
    for (const auto& list : {s.lengths, times(s.offsets(), 3 * width), times(s.offsets(), width)})
        all.insert(all.end(), list.begin(), list.end());
    auto integers = Buffer::allocate(all.size() * sizeof(std::int32_t));
    if (!integers) return tl::unexpected(integers.error());
    m_engine->m_integers = std::move(*integers);
    return m_context.upload(m_engine->m_integers.at<void>(), all.data(), m_engine->m_integers.bytes());
}

// Building a plan is work for the processor, seconds for those that are compiled at run time: all at once.
Expected<void> EngineBuilder::buildGraphs() {
    std::vector<std::shared_ptr<CudnnGraph>> graphs;
    const auto add = [&](auto& cache, const auto& shape, auto make) -> Expected<void> {
        if (cache.find(shape)) return {};
        auto graph = make(shape);
        if (!graph) return tl::unexpected(graph.error());
        cache.keep(shape, *graph);
        graphs.push_back(std::move(*graph));
        return {};
    };
    for (const Op& op : m_model.ops) {
        Expected<void> added;
        if (const auto* c = std::get_if<ConvolutionShape>(&op.shape))
            added = add(m_plans.convolutions, graphShapeOf(op, *c), convolutionGraph);
        if (const auto* a = std::get_if<AttentionShape>(&op.shape); a && wantsFusedAttention())
            added = add(m_plans.attentions, graphShapeOf(*a), attentionGraph);
        if (const auto* l = std::get_if<LinearShape>(&op.shape); l && wantsErfGraph(op))
            added = add(m_plans.gelus, *l, linearGeluGraph);
        if (!added) return added;
    }
    std::vector<Expected<void>> results(graphs.size());
    tbb::parallel_for(std::size_t{0}, graphs.size(), [&](std::size_t i) {
        results[i] = m_context.enter(); // the current card is a thread's own
        if (results[i]) results[i] = graphs[i]->build();
    });
    return {}; // a graph without plans says so when it is asked for
}

Expected<std::unique_ptr<Engine>> EngineBuilder::build() {
    auto done = m_context.enter();
    for (auto part : {&EngineBuilder::layOutValues, &EngineBuilder::uploadWeights,
                      &EngineBuilder::uploadSequences, &EngineBuilder::buildGraphs, &EngineBuilder::addSteps})
        if (done) done = (this->*part)();
    if (!done) return tl::unexpected(done.error());
    CudaEngine& engine = *m_engine;
    if (engine.m_variant.graph) {
        auto graph =
            Graph::capture(m_context.stream(), [&](cudaStream_t stream) { return engine.launchAll(stream); });
        if (!graph) return tl::unexpected(graph.error());
        engine.m_graph = std::move(*graph);
    }
    return std::unique_ptr<Engine>(std::move(m_engine));
}

Expected<std::unique_ptr<Engine>> CudaEngine::create(Context& context, Plans& plans, const Model& model,
                                                     const ModelWeights& weights, const Variant& variant,
                                                     Progress& progress) {
    return EngineBuilder(context, plans, model, weights, variant, progress).build();
}

} // namespace orrery::gpu::cuda
