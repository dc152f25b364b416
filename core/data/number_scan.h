// Decimal text to the nearest double, exactly rounded, at about a byte a cycle.
//
// Digits are read eight at a time inside a 64-bit word. The number is then m · 10^q with m < 2^64:
//   m ≤ 2^53, |q| ≤ 22   both sides are doubles, so one division or product rounds once (Clinger, PLDI 1990);
//   |q| ≤ 27             m times a 128-bit power of ten, cut to 64 bits: the error is below two units of the
//                        word's last place, and where that could reach a rounding boundary we do not decide
//                        (the idea of Lemire, "Number parsing at a gigabyte per second", SPE 51, 2021);
//   otherwise            std::from_chars.
// The caller guarantees kNumberPadding readable bytes after the text.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace orrery::data {

inline constexpr int kNumberPadding = 64;

namespace detail {

inline constexpr int kMaxPower = 27; ///< 5^27 < 2^63

/// 2^shift · 5^q, its top bit at 127, cut to the upper 64 bits.
struct FivePower {
    std::uint64_t high;
    int exponent; ///< 5^q = (high + ε) · 2^exponent, 0 ≤ ε < 1
};

constexpr std::array<FivePower, 2 * kMaxPower + 1> makeFivePowers() {
    std::array<FivePower, 2 * kMaxPower + 1> out{};
    std::uint64_t power = 1;
    for (int q = 0; q <= kMaxPower; ++q) {
        const int zeros = std::countl_zero(power);
        out[kMaxPower + q] = {power << zeros, -zeros};
        // 5^-q = 2^-e · (2^e / 5^q), e chosen so that the quotient has its top bit at 63.
        if (q > 0) {
            const int bits = 64 - zeros;
            const auto quotient = ((static_cast<unsigned __int128>(1) << (bits + 63)) - 1) / power;
            out[kMaxPower - q] = {static_cast<std::uint64_t>(quotient), -(bits + 63)};
        }
        power *= 5;
    }
    return out;
}

inline constexpr auto kFivePowers = makeFivePowers();

inline constexpr std::array<double, 23> kTens = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                 1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

inline constexpr std::array<std::uint64_t, 9> kSmallTens = {1,      10,      100,      1000,     10000,
                                                            100000, 1000000, 10000000, 100000000};

inline std::uint64_t loadEight(const char* p) {
    std::uint64_t word;
    std::memcpy(&word, p, 8);
    return word;
}

/// How many of the eight bytes, from the first, are digits.
inline int leadingDigits(std::uint64_t word) {
    // A byte is a digit when its high half is 3 and stays 3 after adding 6. The word that is not a digit
    // leaves a bit set; a carry out of a byte above 0xf9 only disturbs bytes after it.
    const std::uint64_t odd = ((word & 0xf0f0f0f0f0f0f0f0u) ^ 0x3030303030303030u) |
                              (((word + 0x0606060606060606u) & 0xf0f0f0f0f0f0f0f0u) ^ 0x3030303030303030u);
    return odd == 0 ? 8 : std::countr_zero(odd) / 8;
}

/// The value of eight digits held in a word, the first in the lowest byte.
inline std::uint64_t eightDigits(std::uint64_t word) {
    word = (word & 0x0f0f0f0f0f0f0f0fu) * 2561 >> 8;                // pairs: 10·a + b
    word = (word & 0x00ff00ff00ff00ffu) * 6553601 >> 16;            // fours: 100·ab + cd
    return (word & 0x0000ffff0000ffffu) * 42949672960001u >> 32;    // all: 10000·abcd + efgh
}

/// Appends the digits at p to `mantissa`; returns the first byte that is not a digit.
inline const char* scanDigits(const char* p, std::uint64_t& mantissa) {
    for (;;) {
        const std::uint64_t word = loadEight(p);
        const int n = leadingDigits(word);
        if (n == 8) {
            mantissa = mantissa * 100000000u + eightDigits(word);
            p += 8;
            continue;
        }
        // Shifting puts zero bytes before the digits; their low halves read as leading zeros.
        const std::uint64_t shifted = n == 0 ? 0 : word << (8 * (8 - n));
        mantissa = mantissa * kSmallTens[static_cast<std::size_t>(n)] + eightDigits(shifted);
        return p + n;
    }
}

/// m · 10^q for m ≠ 0, |q| ≤ kMaxPower. False where the cut product cannot decide the rounding.
inline bool scaledByTen(std::uint64_t mantissa, int q, double& value) {
    const FivePower five = kFivePowers[static_cast<std::size_t>(kMaxPower + q)];
    const int zeros = std::countl_zero(mantissa);
    const auto product = static_cast<unsigned __int128>(mantissa << zeros) * five.high;
    std::uint64_t high = static_cast<std::uint64_t>(product >> 64);
    int exponent = five.exponent + q + 64 - zeros;
    const int top = 1 - static_cast<int>(high >> 63); // 1 when the top bit is at 62
    const int drop = 11 - top;
    const std::uint64_t low = high & ((std::uint64_t{1} << drop) - 1);
    const std::uint64_t half = std::uint64_t{1} << (drop - 1);
    if (low + 2 >= half && low <= half) return false;
    high = (high >> drop) + (low > half ? 1 : 0);
    exponent += drop;
    // Never subnormal and never infinite at these magnitudes; 2^53 from rounding up is still exact.
    const auto scale = std::bit_cast<double>(static_cast<std::uint64_t>(1023 + exponent) << 52);
    value = static_cast<double>(high) * scale;
    return true;
}

} // namespace detail

/// Decimal number at p ([+-]digits[.digits][e[+-]digits]) that only needs the short ways. Returns the byte after
/// it, or nullptr where there is no number or parseNumber() has to look (inf, nan, very long, far exponents).
inline const char* scanNumber(const char* p, double& value) {
    using namespace detail;
    const bool negative = *p == '-';
    p += (negative || *p == '+') ? 1 : 0;
    const char* const first = p;
    std::uint64_t mantissa = 0;
    p = scanDigits(p, mantissa);
    std::ptrdiff_t digits = p - first;
    int q = 0;
    if (*p == '.') {
        const char* const fraction = ++p;
        p = scanDigits(p, mantissa);
        q = static_cast<int>(fraction - p);
        digits += p - fraction;
    }
    if (digits == 0) return nullptr;
    if (digits > 19) { // leading zeros do not count
        for (const char* z = first; *z == '0' || *z == '.'; ++z) digits -= *z == '0';
        if (digits > 19 || q < -1000) return nullptr;
    }
    if ((*p | 0x20) == 'e') {
        const char* e = p + 1;
        const bool down = *e == '-';
        e += (down || *e == '+') ? 1 : 0;
        int power = 0;
        const char* const from = e;
        while (*e >= '0' && *e <= '9' && e - from < 4) power = power * 10 + (*e++ - '0');
        if (e == from || (*e >= '0' && *e <= '9')) return nullptr;
        q += down ? -power : power;
        p = e;
    }
    double magnitude;
    if (mantissa <= (std::uint64_t{1} << 53) && q >= -22 && q <= 22) {
        magnitude = static_cast<double>(mantissa);
        magnitude = q < 0 ? magnitude / kTens[static_cast<std::size_t>(-q)]
                          : magnitude * kTens[static_cast<std::size_t>(q)];
    } else if (mantissa == 0) {
        magnitude = 0.0;
    } else if (q < -kMaxPower || q > kMaxPower || !scaledByTen(mantissa, q, magnitude)) {
        return nullptr;
    }
    value = negative ? -magnitude : magnitude;
    return p;
}

} // namespace orrery::data
