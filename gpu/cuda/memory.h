// Device memory with an owner, and an arena that hands out pieces of one allocation.
#pragma once

#include "gpu/cuda/status.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace orrery::gpu::cuda {

class Buffer {
  public:
    Buffer() = default;
    Buffer(Buffer&& other) noexcept : m_data(std::exchange(other.m_data, nullptr)), m_bytes(other.m_bytes) {}
    Buffer& operator=(Buffer&& other) noexcept {
        std::swap(m_data, other.m_data);
        std::swap(m_bytes, other.m_bytes);
        return *this;
    }
    ~Buffer() { cudaFree(m_data); }

    [[nodiscard]] static Expected<Buffer> allocate(std::size_t bytes) {
        Buffer buffer;
        if (const auto done = checked(cudaMalloc(&buffer.m_data, bytes), "device memory"); !done)
            return tl::unexpected(done.error());
        buffer.m_bytes = bytes;
        return buffer;
    }

    [[nodiscard]] std::size_t bytes() const { return m_bytes; }
    template <class T>
    [[nodiscard]] T* at(std::size_t offset = 0) const {
        return reinterpret_cast<T*>(static_cast<char*>(m_data) + offset);
    }

  private:
    void* m_data = nullptr;
    std::size_t m_bytes = 0;
};

/// Where each of several pieces with a first and a last use lies in one allocation: pieces whose uses do not
/// overlap share bytes. First fit in the order of first use.
class ArenaPlan {
  public:
    static constexpr std::size_t kAlignment = 256;

    /// Offset of the piece; live from step `first` to step `last`, both included.
    std::size_t place(std::size_t bytes, int first, int last);
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }

  private:
    struct Piece {
        std::size_t begin, end;
        int first, last;
    };
    std::vector<Piece> m_pieces; ///< by `begin`
    std::size_t m_bytes = 0;
};

} // namespace orrery::gpu::cuda
