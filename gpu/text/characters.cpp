#include "gpu/text/characters.h"

#include "gpu/text/unicode_tables.h"

#include <algorithm>
#include <array>

namespace orrery::gpu {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

template <class Row>
const Row* rowAtOrBefore(const std::vector<Row>& rows, char32_t c) {
    const auto after = std::ranges::upper_bound(rows, c, {}, &Row::first);
    return after == rows.begin() ? nullptr : &*std::prev(after);
}

bool isIn(const std::vector<CodeRange>& rows, char32_t c) {
    const CodeRange* const row = rowAtOrBefore(rows, c);
    return row && c <= row->last;
}

/// Bytes of a character by its first byte; 0 for a byte that begins none.
int lengthOf(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first < 0xE0) return 2;
    if (first >= 0xE0 && first < 0xF0) return 3;
    if (first >= 0xF0 && first < 0xF5) return 4;
    return 0;
}

bool isScalar(char32_t c, int length) {
    constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
    return c >= kLeast[static_cast<std::size_t>(length)] && c < 0x110000 && !(c >= 0xD800 && c < 0xE000);
}

} // namespace

std::u32string decodeUtf8(std::string_view bytes) {
    std::u32string text;
    for (std::size_t i = 0; i < bytes.size();) {
        const auto first = static_cast<unsigned char>(bytes[i]);
        const int length = lengthOf(first);
        char32_t c = length == 1 ? first : first & (0x7Fu >> length);
        int read = 1;
        for (; read < length && i + static_cast<std::size_t>(read) < bytes.size(); ++read) {
            const auto next = static_cast<unsigned char>(bytes[i + static_cast<std::size_t>(read)]);
            if ((next & 0xC0u) != 0x80u) break;
            c = c << 6 | (next & 0x3Fu);
        }
        const bool whole = length > 0 && read == length && isScalar(c, length);
        text += whole ? c : kReplacement;
        i += static_cast<std::size_t>(whole ? length : 1);
    }
    return text;
}

std::string encodeUtf8(std::u32string_view text) {
    std::string bytes;
    const auto tail = [&](char32_t c, int shift) { bytes += static_cast<char>(0x80 | (c >> shift & 0x3F)); };
    for (const char32_t c : text) {
        if (c < 0x80) {
            bytes += static_cast<char>(c);
        } else if (c < 0x800) {
            bytes += static_cast<char>(0xC0 | c >> 6), tail(c, 0);
        } else if (c < 0x10000) {
            bytes += static_cast<char>(0xE0 | c >> 12), tail(c, 6), tail(c, 0);
        } else {
            bytes += static_cast<char>(0xF0 | c >> 18), tail(c, 12), tail(c, 6), tail(c, 0);
        }
    }
    return bytes;
}

bool isSpace(char32_t c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

bool isControl(char32_t c) {
    if (c == kReplacement) return true;
    if (c < 0x80) return (c < 0x20 && !isSpace(c)) || c == 0x7F;
    return isIn(controlRanges(), c);
}

bool isPunctuation(char32_t c) {
    if (c < 0x80)
        return (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) || (c >= 123 && c <= 126);
    return isIn(punctuationRanges(), c);
}

bool isIdeograph(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x2A6DF) ||
           (c >= 0x2A700 && c <= 0x2B73F) || (c >= 0x2B740 && c <= 0x2B81F) ||
           (c >= 0x2B920 && c <= 0x2CEAF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

void appendSimplified(char32_t c, std::u32string& to) {
    if (c < 0x80) {
        to += c >= 'A' && c <= 'Z' ? c + 32 : c;
        return;
    }
    if (isIn(markRanges(), c)) return;
    constexpr char32_t kHangul = 0xAC00, kSyllables = 11172, kVowels = 21, kTails = 28;
    if (c >= kHangul && c < kHangul + kSyllables) {
        const char32_t s = c - kHangul;
        to += 0x1100 + s / (kVowels * kTails);
        to += 0x1161 + s / kTails % kVowels;
        if (s % kTails) to += 0x11A7 + s % kTails;
        return;
    }
    if (const CodeShift* row = rowAtOrBefore(simplifiedShifts(), c); row && c <= row->last) {
        to += static_cast<char32_t>(static_cast<std::int64_t>(c) + row->shift);
        return;
    }
    const CodeString* row = rowAtOrBefore(simplifiedStrings(), c);
    to += row && c - row->first < row->to.size() ? row->to[c - row->first] : c;
}

} // namespace orrery::gpu
