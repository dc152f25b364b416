#include "gpu/cuda/cuda_engine.h"

#include "gpu/cuda/kernel_trace.h"
#include "gpu/cuda/kernels.h"
#include "gpu/cuda/planes.h"

#include <Eigen/Core>
#include <algorithm>

namespace orrery::gpu::cuda {

namespace {

/// Values beyond 65504 become infinities, as they would on the card.
std::vector<Eigen::half> toHalf(std::span<const float> values) {
    std::vector<Eigen::half> halves(values.size());
    std::ranges::transform(values, halves.begin(), [](float x) { return Eigen::half(x); });
    return halves;
}

double median(std::vector<double> values) {
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
    return values[values.size() / 2];
}

} // namespace

CudaEngine::~CudaEngine() {
    for (cudaEvent_t event : m_events)
        cudaEventDestroy(event);
}

__half* CudaEngine::value(int index) const {
    return index < 0 ? nullptr : m_values.at<__half>(m_valueOffsets[static_cast<std::size_t>(index)]);
}

Expected<void> CudaEngine::setInputs(const ModelInputs& inputs) {
    if (m_model.input >= 0) return writeValue(m_model.input, inputs.pixels);
    const std::vector<std::int32_t>* const lists[] = {&inputs.tokens, &inputs.positions, &inputs.types};
    const auto rows = static_cast<std::size_t>(m_model.sequences.rows());
    for (std::size_t i = 0; i < 3; ++i) {
        if (lists[i]->size() != rows) return fail("tokens, types and positions want one number a row");
        const auto copied = m_context.upload(m_integers.at<std::int32_t>(i * rows * sizeof(std::int32_t)),
                                             lists[i]->data(), rows * sizeof(std::int32_t));
        if (!copied) return copied;
    }
    return {};
}

Expected<void> CudaEngine::writeValue(int index, std::span<const float> elements) {
    if (static_cast<std::int64_t>(elements.size()) != m_model.values[index].elements())
        return fail("an input of another size than the model takes: " + m_model.values[index].name);
    const std::vector<Eigen::half> halves =
        hasPlanes() ? toHalf(toPlanes(elements, m_model.batch, m_model.values[index].width))
                    : toHalf(elements);
    return m_context.upload(value(index), halves.data(), halves.size() * sizeof(Eigen::half));
}

Expected<std::vector<float>> CudaEngine::readValue(int index) {
    std::vector<Eigen::half> halves(static_cast<std::size_t>(m_model.values[index].elements()));
    const auto copied = m_context.download(halves.data(), value(index), halves.size() * sizeof(Eigen::half));
    if (!copied) return tl::unexpected(copied.error());
    std::vector<float> elements(halves.begin(), halves.end());
    return hasPlanes() ? fromPlanes(elements, m_model.batch, m_model.values[index].width) : elements;
}

Expected<void> CudaEngine::launchAll(cudaStream_t stream) const {
    for (const Step& step : m_steps)
        if (auto launched = step.launch(stream); !launched) return launched;
    return {};
}

Expected<void> CudaEngine::needEvents(int count) {
    while (static_cast<int>(m_events.size()) < count) {
        cudaEvent_t event = nullptr;
        if (auto made = checked(cudaEventCreate(&event), "event"); !made) return made;
        m_events.push_back(event);
    }
    return {};
}

Expected<std::vector<double>> CudaEngine::run(int times) {
    const cudaStream_t stream = m_context.stream();
    auto done = firstError({m_context.enter(), needEvents(times + 1)});
    if (done) done = checked(cudaEventRecord(m_events[0], stream), "event");
    for (int i = 0; i < times && done; ++i)
        done = firstError({m_variant.graph ? m_graph.launch(stream) : launchAll(stream),
                           checked(cudaEventRecord(m_events[i + 1], stream), "event")});
    if (done) done = m_context.synchronise();
    if (!done) return tl::unexpected(done.error());
    std::vector<double> seconds;
    for (int i = 0; i < times; ++i) {
        float milliseconds = 0;
        cudaEventElapsedTime(&milliseconds, m_events[i], m_events[i + 1]);
        seconds.push_back(1e-3 * double{milliseconds});
    }
    return seconds;
}

// Between two runs of an operation the card reads a buffer twice as large as its last cache: what the
// operation finds there would not be there in a large batch either.
Expected<std::vector<double>> CudaEngine::timeOps(double secondsEach, Progress& progress) {
    if (auto entered = m_context.enter(); !entered) return tl::unexpected(entered.error());
    std::vector<double> medians;
    for (const Step& step : m_steps) {
        if (progress.isCancelled()) return fail("stopped", ErrorCode::Cancelled);
        std::vector<double> seconds;
        for (double spent = 0; seconds.size() < 5 || (spent < secondsEach && seconds.size() < 50);) {
            // The first bytes of the flush are its sink, which it never writes to.
            const auto flushed =
                checked(readAll(m_flush.at<void>(), static_cast<std::int64_t>(m_flush.bytes()), 1,
                                m_flush.at<float>(), m_context.stream()),
                        "flush");
            if (!flushed) return tl::unexpected(flushed.error());
            const auto once = m_context.timeOnce(step.launch);
            if (!once) return tl::unexpected(once.error());
            seconds.push_back(*once);
            spent += *once + 1e-4;
        }
        medians.push_back(median(std::move(seconds)));
        progress.setFraction(double(medians.size()) / double(m_steps.size()));
    }
    return medians;
}

Expected<std::vector<int>> CudaEngine::ownersOfKernels() const {
    std::vector<int> owners;
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const auto count = Graph::nodesOf(m_context.stream(), m_steps[i].launch);
        if (!count) return tl::unexpected(count.error());
        owners.insert(owners.end(), static_cast<std::size_t>(*count), static_cast<int>(i));
    }
    return owners;
}

// The second of two forwards: the first pays for what is set up when tracing begins. The graph is made anew,
// because one that was made before the trace began may not be seen in it.
Expected<std::vector<KernelSpan>> CudaEngine::timeline() {
    if (auto entered = m_context.enter(); !entered) return tl::unexpected(entered.error());
    const auto owners = ownersOfKernels();
    if (!owners) return tl::unexpected(owners.error());
    const cudaStream_t stream = m_context.stream();
    const auto kernels = traceKernels([&]() -> Expected<void> {
        Launch forward = [&](cudaStream_t s) { return launchAll(s); };
        const auto graph = Graph::capture(stream, forward);
        if (!graph) return tl::unexpected(graph.error());
        if (m_variant.graph) forward = [&](cudaStream_t s) { return graph->launch(s); };
        return firstError(
            {forward(stream), m_context.synchronise(), forward(stream), m_context.synchronise()});
    });
    if (!kernels) return tl::unexpected(kernels.error());
    const std::size_t half = kernels->size() / 2;
    if (half == 0) return fail("CUPTI saw no kernel", ErrorCode::Unsupported);
    const bool known = half == owners->size();
    std::vector<KernelSpan> spans;
    for (std::size_t i = 0; i < half; ++i) {
        const TracedKernel& k = (*kernels)[half + i];
        const auto seconds = [&](std::uint64_t t) { return 1e-9 * double(t - (*kernels)[half].begin); };
        spans.push_back({known ? (*owners)[i] : -1, k.name, seconds(k.begin), seconds(k.end)});
    }
    return spans;
}

std::vector<std::string> CudaEngine::methods() const {
    std::vector<std::string> names;
    for (const Step& step : m_steps)
        names.push_back(step.method);
    return names;
}

Expected<void> CudaEngine::runOp(int op) {
    return firstError({m_context.enter(), m_steps[static_cast<std::size_t>(op)].launch(m_context.stream()),
                       m_context.synchronise()});
}

} // namespace orrery::gpu::cuda
