#include "core/support/rng.h"

#include <cassert>
#include <cmath>
#include <numbers>

namespace orrery {

namespace {

// Multipliers and Weyl constants of the paper, table 2 and section 3.3.
constexpr std::uint32_t kMultiplier0 = 0xD2511F53u;
constexpr std::uint32_t kMultiplier1 = 0xCD9E8D57u;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9u;
constexpr std::uint32_t kWeyl1 = 0xBB67AE85u;

} // namespace

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> c, std::array<std::uint32_t, 2> key) {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t a = std::uint64_t{kMultiplier0} * c[0];
        const std::uint64_t b = std::uint64_t{kMultiplier1} * c[2];
        c = {static_cast<std::uint32_t>(b >> 32) ^ c[1] ^ key[0], static_cast<std::uint32_t>(b),
             static_cast<std::uint32_t>(a >> 32) ^ c[3] ^ key[1], static_cast<std::uint32_t>(a)};
        key[0] += kWeyl0;
        key[1] += kWeyl1;
    }
    return c;
}

Rng::Rng(std::uint64_t seed, std::uint64_t stream)
    : m_key{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}, m_stream(stream) {}

std::uint32_t Rng::nextU32() {
    if (m_used == 4) {
        m_words =
            philox4x32({static_cast<std::uint32_t>(m_block), static_cast<std::uint32_t>(m_block >> 32),
                        static_cast<std::uint32_t>(m_stream), static_cast<std::uint32_t>(m_stream >> 32)},
                       m_key);
        ++m_block;
        m_used = 0;
    }
    return m_words[m_used++];
}

std::uint64_t Rng::nextU64() {
    const std::uint64_t low = nextU32();
    return low | std::uint64_t{nextU32()} << 32;
}

double Rng::uniform() {
    return static_cast<double>(nextU64() >> 11) * 0x1.0p-53;
}

double Rng::uniform(double low, double high) {
    return low + (high - low) * uniform();
}

std::uint64_t Rng::below(std::uint64_t bound) {
    assert(bound > 0);
    const std::uint64_t rejected = (0 - bound) % bound; // 2^64 mod bound
    for (;;) {
        const std::uint64_t draw = nextU64();
        if (draw >= rejected) return draw % bound;
    }
}

double Rng::normal() {
    const double radius = std::sqrt(-2.0 * std::log1p(-uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

double Rng::normal(double mean, double standardDeviation) {
    return mean + standardDeviation * normal();
}

} // namespace orrery
