// Characters as BERT's tokenizers class and simplify them.
#pragma once

#include <string>
#include <string_view>

namespace orrery::gpu {

/// What is no UTF-8 becomes U+FFFD.
[[nodiscard]] std::u32string decodeUtf8(std::string_view bytes);
[[nodiscard]] std::string encodeUtf8(std::u32string_view text);

[[nodiscard]] bool isSpace(char32_t c);       ///< blanks and line breaks
[[nodiscard]] bool isControl(char32_t c);     ///< dropped; U+FFFD and 0 among them
[[nodiscard]] bool isPunctuation(char32_t c); ///< a word of its own: P*, and every ASCII symbol
[[nodiscard]] bool isIdeograph(char32_t c);   ///< a word of its own: the CJK blocks that BERT counts

/// Appends what is left of c without marks and in lower case: nothing, one character, or the letters of a
/// Hangul syllable.
void appendSimplified(char32_t c, std::u32string& to);

} // namespace orrery::gpu
