// The words of an expression.
#pragma once

#include "core/support/expected.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace orrery::data {

enum class TokenKind { Number, Text, Name, Mark, End };

struct Token {
    TokenKind kind = TokenKind::End;
    std::string text; ///< a name or text without its quotes; a mark in its canonical form: "==" also for "="
    double number = 0.0;
    std::size_t position = 1; ///< character, counted from 1
    bool isBareName = false;  ///< not in backquotes, so that it may be a word such as "and"
};

/// Ends with a token of kind End.
[[nodiscard]] Expected<std::vector<Token>> tokenize(std::string_view text);

/// `“a >> 3”, character 4: …`
[[nodiscard]] tl::unexpected<Error> expressionError(std::string_view text, std::size_t position,
                                                    const std::string& what);

} // namespace orrery::data
