#include "core/data/expression_lexer.h"

#include "core/data/cell_text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace orrery::data {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

// Letters of any script: every byte of a multi-byte character counts as one.
bool isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (static_cast<unsigned char>(c) & 0x80) != 0;
}
bool isNamePart(char c) { return isNameStart(c) || isDigit(c) || c == '.'; }

struct Alias {
    std::string_view typed;
    std::string_view canonical;
};
constexpr std::array<Alias, 20> kMarks = {{{"<=", "<="}, {">=", ">="}, {"==", "=="}, {"!=", "!="}, {"&&", "and"},
                                           {"||", "or"}, {"**", "^"},  {"<>", "!="}, {"<", "<"},   {">", ">"},
                                           {"=", "=="},  {"!", "not"}, {"+", "+"},   {"-", "-"},   {"*", "*"},
                                           {"/", "/"},   {"^", "^"},   {"(", "("},   {")", ")"},   {",", ","}}};

class Lexer {
  public:
    explicit Lexer(std::string_view text) : m_text(text) {}

    Expected<std::vector<Token>> run() {
        std::vector<Token> tokens;
        for (;;) {
            while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t')) ++m_at;
            if (m_at == m_text.size()) break;
            auto token = next();
            if (!token) return tl::unexpected(token.error());
            tokens.push_back(std::move(*token));
        }
        tokens.push_back({.kind = TokenKind::End, .position = position()});
        return tokens;
    }

  private:
    // Characters, not bytes: continuation bytes of UTF-8 do not count.
    std::size_t position() const {
        const auto isFirstByte = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
        const auto before = m_text.substr(0, m_at);
        return 1 + static_cast<std::size_t>(std::count_if(before.begin(), before.end(), isFirstByte));
    }

    Expected<Token> next() {
        const char c = m_text[m_at];
        if (c == '"' || c == '\'' || c == '`') return quoted(c);
        if (isDigit(c) || (c == '.' && m_at + 1 < m_text.size() && isDigit(m_text[m_at + 1]))) return number();
        if (isNameStart(c)) return name();
        for (const auto& mark : kMarks) {
            if (!m_text.substr(m_at).starts_with(mark.typed)) continue;
            Token token{.kind = TokenKind::Mark, .text = std::string(mark.canonical), .position = position()};
            m_at += mark.typed.size();
            return token;
        }
        return expressionError(m_text, position(), fmt::format("“{}” has no meaning here", c));
    }

    Expected<Token> quoted(char mark) {
        const std::size_t close = m_text.find(mark, m_at + 1);
        if (close == std::string_view::npos)
            return expressionError(m_text, position(), "the quote that opens here is never closed");
        Token token{.kind = mark == '`' ? TokenKind::Name : TokenKind::Text,
                    .text = std::string(m_text.substr(m_at + 1, close - m_at - 1)),
                    .position = position()};
        m_at = close + 1;
        return token;
    }

    Expected<Token> number() {
        std::size_t end = m_at;
        while (end < m_text.size() && (isDigit(m_text[end]) || m_text[end] == '.')) ++end;
        if (end < m_text.size() && (m_text[end] == 'e' || m_text[end] == 'E')) {
            std::size_t power = end + 1;
            if (power < m_text.size() && (m_text[power] == '+' || m_text[power] == '-')) ++power;
            if (power < m_text.size() && isDigit(m_text[power])) {
                end = power;
                while (end < m_text.size() && isDigit(m_text[end])) ++end;
            }
        }
        const auto typed = m_text.substr(m_at, end - m_at);
        const auto value = parseNumber(typed);
        if (!value) return expressionError(m_text, position(), fmt::format("“{}” is not a number", typed));
        Token token{.kind = TokenKind::Number, .text = std::string(typed), .number = *value, .position = position()};
        m_at = end;
        return token;
    }

    Token name() {
        std::size_t end = m_at;
        while (end < m_text.size() && isNamePart(m_text[end])) ++end;
        Token token{.kind = TokenKind::Name,
                    .text = std::string(m_text.substr(m_at, end - m_at)),
                    .position = position(),
                    .isBareName = true};
        m_at = end;
        return token;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

Expected<std::vector<Token>> tokenize(std::string_view text) { return Lexer(text).run(); }

tl::unexpected<Error> expressionError(std::string_view text, std::size_t position, const std::string& what) {
    return fail(fmt::format("“{}”, character {}: {}", text, position, what));
}

} // namespace orrery::data
