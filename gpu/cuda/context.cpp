#include "gpu/cuda/context.h"

#include <algorithm>

namespace orrery::gpu::cuda {

Graph::~Graph() {
    if (m_executable) cudaGraphExecDestroy(m_executable);
}

namespace {

/// Null when `launch` could not be captured; to be destroyed by the caller.
Expected<cudaGraph_t> captured(cudaStream_t stream, const Launch& launch) {
    if (auto begun = checked(cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal), "capture");
        !begun)
        return tl::unexpected(begun.error());
    const auto launched = launch(stream);
    cudaGraph_t graph = nullptr;
    const auto ended = checked(cudaStreamEndCapture(stream, &graph), "end of capture");
    cudaGetLastError(); // a refused capture must not be blamed on the next call
    if (const auto done = firstError({launched, ended}); !done) {
        if (graph) cudaGraphDestroy(graph);
        return tl::unexpected(done.error());
    }
    return graph;
}

} // namespace

Expected<Graph> Graph::capture(cudaStream_t stream, const Launch& launch) {
    const auto source = captured(stream, launch);
    if (!source) return tl::unexpected(source.error());
    Graph graph;
    const auto made = checked(cudaGraphInstantiate(&graph.m_executable, *source, 0), "graph");
    cudaGraphDestroy(*source);
    if (!made) return tl::unexpected(made.error());
    return graph;
}

Expected<int> Graph::nodesOf(cudaStream_t stream, const Launch& launch) {
    const auto source = captured(stream, launch);
    if (!source) return tl::unexpected(source.error());
    std::size_t count = 0;
    const auto counted = checked(cudaGraphGetNodes(*source, nullptr, &count), "graph nodes");
    cudaGraphDestroy(*source);
    if (!counted) return tl::unexpected(counted.error());
    return static_cast<int>(count);
}

Expected<void> Graph::launch(cudaStream_t stream) const {
    return checked(cudaGraphLaunch(m_executable, stream), "graph launch");
}

Expected<std::unique_ptr<Context>> Context::create(int ordinal) {
    std::unique_ptr<Context> context(new Context);
    context->m_ordinal = ordinal;
    const auto made =
        firstError({checked(cudaSetDevice(ordinal), "cudaSetDevice"),
                    checked(cudaStreamCreateWithFlags(&context->m_stream, cudaStreamNonBlocking), "stream"),
                    checked(cudaEventCreate(&context->m_begin), "event"),
                    checked(cudaEventCreate(&context->m_end), "event"),
                    checked(cublasLtCreate(&context->m_blas), "cuBLASLt")});
    if (!made) return tl::unexpected(made.error());
    int major = 0, minor = 0;
    cudaDeviceGetAttribute(&major, cudaDevAttrComputeCapabilityMajor, ordinal);
    cudaDeviceGetAttribute(&minor, cudaDevAttrComputeCapabilityMinor, ordinal);
    cudaDeviceGetAttribute(&context->m_multiprocessors, cudaDevAttrMultiProcessorCount, ordinal);
    context->m_capability = 10 * major + minor;
    auto workspace = Buffer::allocate(kWorkspaceBytes);
    if (!workspace) return tl::unexpected(workspace.error());
    context->m_workspace = std::move(*workspace);
    return context;
}

Context::~Context() {
    cudaSetDevice(m_ordinal);
    if (m_blas) cublasLtDestroy(m_blas);
    if (m_begin) cudaEventDestroy(m_begin);
    if (m_end) cudaEventDestroy(m_end);
    if (m_stream) cudaStreamDestroy(m_stream);
}

Expected<void> Context::enter() const {
    return checked(cudaSetDevice(m_ordinal), "cudaSetDevice");
}

Expected<void> Context::synchronise() const {
    return checked(cudaStreamSynchronize(m_stream), "synchronise");
}

Expected<void> Context::upload(void* to, const void* from, std::size_t bytes) const {
    return firstError(
        {enter(),
         checked(cudaMemcpyAsync(to, from, bytes, cudaMemcpyHostToDevice, m_stream), "copy to the card"),
         synchronise()});
}

Expected<void> Context::download(void* to, const void* from, std::size_t bytes) const {
    return firstError(
        {enter(),
         checked(cudaMemcpyAsync(to, from, bytes, cudaMemcpyDeviceToHost, m_stream), "copy from the card"),
         synchronise()});
}

Expected<double> Context::timeOnce(const Launch& launch) const {
    const auto begun = checked(cudaEventRecord(m_begin, m_stream), "event");
    const auto launched = launch(m_stream);
    const auto ended =
        firstError({begun, launched, checked(cudaEventRecord(m_end, m_stream), "event"), synchronise()});
    if (!ended) return tl::unexpected(ended.error());
    float milliseconds = 0;
    if (auto read = checked(cudaEventElapsedTime(&milliseconds, m_begin, m_end), "event time"); !read)
        return tl::unexpected(read.error());
    return 1e-3 * double{milliseconds};
}

Expected<double> Context::timeInGraph(const Launch& launch, int repeats) const {
    if (const auto warm = launch(m_stream); !warm) {
        cudaGetLastError(); // a way that does not run must not be blamed on the next one
        return tl::unexpected(warm.error());
    }
    const auto graph = Graph::capture(m_stream, [&](cudaStream_t stream) {
        Expected<void> done;
        for (int i = 0; i < repeats && done; ++i)
            done = launch(stream);
        return done;
    });
    if (!graph) return tl::unexpected(graph.error());
    double best = 1e300;
    for (int i = 0; i < 4; ++i) {
        const auto seconds = timeOnce([&](cudaStream_t stream) { return graph->launch(stream); });
        if (!seconds) return seconds;
        if (i > 0) best = std::min(best, *seconds);
    }
    return best / repeats;
}

} // namespace orrery::gpu::cuda
