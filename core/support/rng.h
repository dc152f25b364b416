// Random numbers from a counter: Philox4x32-10.
//
// Draw i of stream s under seed k is a pure function of (k, s, i), so a step can be taken again, threads
// cannot change an answer, and a copy of an Rng goes on exactly as the original would. The distributions are
// our own because those of the standard library differ between libraries.
//
// Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
#pragma once

#include <array>
#include <cstdint>
#include <utility>

namespace orrery {

/// The Philox4x32-10 bijection: 128 bits of counter under 64 bits of key.
[[nodiscard]] std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                                      std::array<std::uint32_t, 2> key);

class Rng {
  public:
    explicit Rng(std::uint64_t seed = 0, std::uint64_t stream = 0);

    [[nodiscard]] std::uint32_t nextU32();
    [[nodiscard]] std::uint64_t nextU64();
    /// Uniform on [0, 1) with 53 bits.
    [[nodiscard]] double uniform();
    [[nodiscard]] double uniform(double low, double high);
    /// Uniform integer in [0, bound), without modulo bias. bound > 0.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);
    /// Standard normal by Box-Muller, two uniforms a draw so that the position stays a function of the count.
    [[nodiscard]] double normal();
    [[nodiscard]] double normal(double mean, double standardDeviation);

    /// Fisher-Yates.
    template <class Container>
    void shuffle(Container& items) {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[below(i)]);
    }

    friend bool operator==(const Rng&, const Rng&) = default;

  private:
    std::array<std::uint32_t, 2> m_key;
    std::uint64_t m_stream;
    std::uint64_t m_block = 0;
    std::array<std::uint32_t, 4> m_words{};
    std::uint32_t m_used = 4;
};

} // namespace orrery
