// What a tokenizer must know of Unicode beyond ASCII: which code points are punctuation, marks or controls,
// and what is left of a letter without its marks and its case. Tables by make_tables.py.
//
// Left alone, because no usual vocabulary holds them: compatibility ideographs, and vowel signs that come
// apart into two. Hangul comes apart by arithmetic, not by table.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace orrery::gpu {

struct CodeRange {
    char32_t first, last;
};

/// first … last become themselves + shift.
struct CodeShift {
    char32_t first, last;
    std::int32_t shift;
};

/// first, first + 1, … become these.
struct CodeString {
    char32_t first;
    std::u32string to;
};

// Each by its first code point.
[[nodiscard]] const std::vector<CodeRange>& punctuationRanges(); ///< categories P*, beyond ASCII
[[nodiscard]] const std::vector<CodeRange>& markRanges();        ///< Mn
[[nodiscard]] const std::vector<CodeRange>& controlRanges();     ///< Cc, Cf, Co, beyond ASCII
[[nodiscard]] const std::vector<CodeShift>& simplifiedShifts();
[[nodiscard]] const std::vector<CodeString>& simplifiedStrings();

} // namespace orrery::gpu
