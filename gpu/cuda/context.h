// What one card needs to be used: stream, cuBLASLt handle, one workspace of a fixed address. No globals.
#pragma once

#include "gpu/cuda/memory.h"

#include <functional>
#include <memory>

namespace orrery::gpu::cuda {

/// Enqueues work; called under stream capture as well.
using Launch = std::function<Expected<void>(cudaStream_t)>;

/// A captured sequence of launches.
class Graph {
  public:
    Graph() = default;
    Graph(Graph&& other) noexcept : m_executable(std::exchange(other.m_executable, nullptr)) {}
    Graph& operator=(Graph&& other) noexcept {
        std::swap(m_executable, other.m_executable);
        return *this;
    }
    ~Graph();

    [[nodiscard]] static Expected<Graph> capture(cudaStream_t stream, const Launch& launch);
    /// Kernels, copies and clears of a launch.
    [[nodiscard]] static Expected<int> nodesOf(cudaStream_t stream, const Launch& launch);
    [[nodiscard]] Expected<void> launch(cudaStream_t stream) const;

  private:
    cudaGraphExec_t m_executable = nullptr;
};

class Context {
  public:
    static constexpr std::size_t kWorkspaceBytes = std::size_t{128} << 20;

    [[nodiscard]] static Expected<std::unique_ptr<Context>> create(int ordinal);
    ~Context();
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    [[nodiscard]] int ordinal() const { return m_ordinal; }
    [[nodiscard]] int capability() const { return m_capability; } ///< 90 for 9.0
    [[nodiscard]] int multiprocessors() const { return m_multiprocessors; }
    [[nodiscard]] cudaStream_t stream() const { return m_stream; }
    [[nodiscard]] cublasLtHandle_t blas() const { return m_blas; }
    [[nodiscard]] void* workspace() const { return m_workspace.at<void>(); }

    /// Makes the card current for the calling thread.
    [[nodiscard]] Expected<void> enter() const;
    [[nodiscard]] Expected<void> synchronise() const;

    /// Copies that are over when they return, and ordered with the stream: a plain cudaMemcpy is not.
    [[nodiscard]] Expected<void> upload(void* to, const void* from, std::size_t bytes) const;
    [[nodiscard]] Expected<void> download(void* to, const void* from, std::size_t bytes) const;

    /// Seconds of one of `repeats` launches in a graph, best of three replays: what a kernel takes without
    /// the gaps of launching. Used to choose between ways of doing the same.
    [[nodiscard]] Expected<double> timeInGraph(const Launch& launch, int repeats = 10) const;
    /// Seconds between two events around the launch.
    [[nodiscard]] Expected<double> timeOnce(const Launch& launch) const;

  private:
    Context() = default;

    int m_ordinal = 0, m_capability = 0, m_multiprocessors = 0;
    cudaStream_t m_stream = nullptr;
    cublasLtHandle_t m_blas = nullptr;
    cudaEvent_t m_begin = nullptr, m_end = nullptr;
    Buffer m_workspace;
};

} // namespace orrery::gpu::cuda
