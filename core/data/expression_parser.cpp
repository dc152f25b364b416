// Recursive descent with the grammar of expression.h; every method returns the node it made.
#include "core/data/expression.h"
#include "core/data/expression_lexer.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <numbers>

namespace orrery::data {

namespace {

using Op = ExpressionOp;
using Type = ExpressionType;

// Deep enough for anything typed; keeps hostile input off the end of the stack.
constexpr int kMaxDepth = 200;
constexpr std::size_t kMaxLength = 10'000;

struct Named {
    std::string_view name;
    Op op;
};
constexpr std::array<Named, 6> kComparisons = {{{"<", Op::Less}, {"<=", Op::LessEqual}, {">", Op::Greater},
                                                {">=", Op::GreaterEqual}, {"==", Op::Equal}, {"!=", Op::NotEqual}}};
constexpr std::array<Named, 10> kFunctions = {{{"sin", Op::Sin}, {"cos", Op::Cos}, {"tan", Op::Tan},
                                               {"exp", Op::Exp}, {"log", Op::Log}, {"sqrt", Op::Sqrt},
                                               {"abs", Op::Abs}, {"min", Op::Min}, {"max", Op::Max},
                                               {"missing", Op::Missing}}};

std::string_view typeName(Type type) {
    switch (type) {
    case Type::Number: return "a number";
    case Type::Text: return "text";
    case Type::Boolean: return "true or false";
    }
    return {};
}

class Parser {
  public:
    Parser(std::string_view text, std::vector<Token> tokens, const std::vector<ExpressionSymbol>& symbols)
        : m_text(text), m_tokens(std::move(tokens)), m_symbols(symbols) {}

    Expected<std::vector<ExpressionNode>> run(Type wanted) {
        auto root = either();
        if (!root) return tl::unexpected(root.error());
        if (now().kind != TokenKind::End) return unexpectedToken("nothing more");
        if (auto fine = require(*root, wanted, 1); !fine) return tl::unexpected(fine.error());
        return std::move(m_nodes);
    }

  private:
    using Node = Expected<int>;

    const Token& now() const { return m_tokens[m_at]; }

    bool isWord(std::string_view word) const {
        const Token& token = now();
        return token.text == word && (token.kind == TokenKind::Mark || token.isBareName);
    }
    bool take(std::string_view word) {
        if (!isWord(word)) return false;
        ++m_at;
        return true;
    }

    tl::unexpected<Error> unexpectedToken(std::string_view wanted) const {
        const std::string found = now().kind == TokenKind::End ? "the end" : fmt::format("“{}”", now().text);
        return expressionError(m_text, now().position, fmt::format("{} is expected, not {}", wanted, found));
    }

    int add(ExpressionNode node) {
        m_nodes.push_back(std::move(node));
        return static_cast<int>(m_nodes.size()) - 1;
    }
    Type typeOf(int node) const { return m_nodes[static_cast<std::size_t>(node)].type; }

    Expected<void> require(int node, Type type, std::size_t position) const {
        if (typeOf(node) == type) return {};
        return expressionError(m_text, position,
                               fmt::format("{} is expected, not {}", typeName(type), typeName(typeOf(node))));
    }

    // left OP right, both of type `operand`.
    Node binary(Op op, Type operand, Type result, const Node& left, const Node& right, std::size_t position) {
        if (!left) return left;
        if (!right) return right;
        for (const int side : {*left, *right})
            if (auto fine = require(side, operand, position); !fine) return tl::unexpected(fine.error());
        return add({.op = op, .type = result, .left = *left, .right = *right});
    }

    Node either() {
        Node left = both();
        while (left && isWord("or")) {
            const auto position = m_tokens[m_at++].position;
            const Node right = both();
            left = binary(Op::Or, Type::Boolean, Type::Boolean, left, right, position);
        }
        return left;
    }

    Node both() {
        Node left = negation();
        while (left && isWord("and")) {
            const auto position = m_tokens[m_at++].position;
            const Node right = negation();
            left = binary(Op::And, Type::Boolean, Type::Boolean, left, right, position);
        }
        return left;
    }

    // Guards the three ways into recursion: not, sign, and what stands in parentheses.
    template <class Rule>
    Node deeper(Rule rule) {
        if (++m_depth > kMaxDepth) return expressionError(m_text, now().position, "this is nested too deeply");
        Node node = rule();
        --m_depth;
        return node;
    }

    Node negation() {
        const auto position = now().position;
        if (!take("not")) return comparison();
        const Node inner = deeper([&] { return negation(); });
        if (!inner) return inner;
        if (auto fine = require(*inner, Type::Boolean, position); !fine) return tl::unexpected(fine.error());
        return add({.op = Op::Not, .type = Type::Boolean, .left = *inner});
    }

    Node comparison() {
        const Node left = sum();
        if (!left) return left;
        const auto found = std::find_if(kComparisons.begin(), kComparisons.end(),
                                        [&](const Named& named) { return isWord(named.name); });
        if (found == kComparisons.end()) return left;
        const auto position = m_tokens[m_at++].position;
        const Node right = sum();
        if (!right) return right;
        const bool text = typeOf(*left) == Type::Text;
        if (text && found->op != Op::Equal && found->op != Op::NotEqual)
            return expressionError(m_text, position, "text can only be compared with == and !=");
        return binary(found->op, text ? Type::Text : Type::Number, Type::Boolean, left, right, position);
    }

    Node sum() {
        Node left = product();
        while (left && (isWord("+") || isWord("-"))) {
            const Token& mark = m_tokens[m_at++];
            const Node right = product();
            left = binary(mark.text == "+" ? Op::Add : Op::Subtract, Type::Number, Type::Number, left, right,
                          mark.position);
        }
        return left;
    }

    Node product() {
        Node left = sign();
        while (left && (isWord("*") || isWord("/"))) {
            const Token& mark = m_tokens[m_at++];
            const Node right = sign();
            left = binary(mark.text == "*" ? Op::Multiply : Op::Divide, Type::Number, Type::Number, left, right,
                          mark.position);
        }
        return left;
    }

    Node sign() {
        const auto position = now().position;
        const bool minus = take("-");
        if (!minus && !take("+")) return power();
        const Node inner = deeper([&] { return sign(); });
        if (!inner) return inner;
        if (auto fine = require(*inner, Type::Number, position); !fine) return tl::unexpected(fine.error());
        return minus ? Node(add({.op = Op::Negate, .left = *inner})) : inner;
    }

    Node power() {
        const Node base = atom();
        if (!base || !isWord("^")) return base;
        const auto position = m_tokens[m_at++].position;
        const Node exponent = deeper([&] { return sign(); });
        return binary(Op::Power, Type::Number, Type::Number, base, exponent, position);
    }

    Node atom() {
        const Token& token = now();
        if (take("(")) {
            Node inner = deeper([&] { return either(); });
            if (inner && !take(")")) return unexpectedToken("a closing parenthesis");
            return inner;
        }
        if (token.kind == TokenKind::End || token.kind == TokenKind::Mark) return unexpectedToken("a value");
        ++m_at;
        if (token.kind == TokenKind::Number) return add({.op = Op::Number, .number = token.number});
        if (token.kind == TokenKind::Text) return add({.op = Op::Text, .type = Type::Text, .text = token.text});
        return named(token);
    }

    Node named(const Token& token) {
        const auto isCalled = [&](const Named& named) { return named.name == token.text; };
        const auto function = std::find_if(kFunctions.begin(), kFunctions.end(), isCalled);
        if (token.isBareName && isWord("(")) {
            if (function != kFunctions.end()) return call(function->op);
            return expressionError(m_text, token.position, fmt::format("there is no function “{}”", token.text));
        }
        for (std::size_t i = 0; i < m_symbols.size(); ++i)
            if (m_symbols[i].name == token.text)
                return add({.op = Op::Symbol, .type = m_symbols[i].isText ? Type::Text : Type::Number,
                            .symbol = static_cast<int>(i)});
        if (token.text == "pi") return add({.op = Op::Number, .number = std::numbers::pi});
        if (token.text == "true") return add({.op = Op::True, .type = Type::Boolean});
        if (token.text == "false") return add({.op = Op::False, .type = Type::Boolean});
        return expressionError(m_text, token.position, fmt::format("there is no “{}”", token.text));
    }

    Node call(Op op) {
        const auto position = now().position;
        ++m_at;
        const Node first = deeper([&] { return either(); });
        if (!first) return first;
        Node second = first;
        if (op == Op::Min || op == Op::Max) {
            if (!take(",")) return unexpectedToken("a comma and a second value");
            second = deeper([&] { return either(); });
            if (!second) return second;
        }
        if (!take(")")) return unexpectedToken("a closing parenthesis");
        if (op == Op::Missing) {
            if (typeOf(*first) == Type::Boolean) return expressionError(m_text, position, "a column is expected");
            return add({.op = op, .type = Type::Boolean, .left = *first});
        }
        return binary(op, Type::Number, Type::Number, first, second, position);
    }

    std::string_view m_text;
    std::vector<Token> m_tokens;
    const std::vector<ExpressionSymbol>& m_symbols;
    std::vector<ExpressionNode> m_nodes;
    std::size_t m_at = 0;
    int m_depth = 0;
};

} // namespace

Expected<Expression> Expression::parse(std::string_view text, std::vector<ExpressionSymbol> symbols,
                                       ExpressionType wanted) {
    if (text.size() > kMaxLength) return fail(fmt::format("the expression is longer than {} characters", kMaxLength));
    auto tokens = tokenize(text);
    if (!tokens) return tl::unexpected(tokens.error());
    auto nodes = Parser(text, std::move(*tokens), symbols).run(wanted);
    if (!nodes) return tl::unexpected(nodes.error());
    Expression out;
    out.m_nodes = std::move(*nodes);
    out.m_symbols = std::move(symbols);
    return out;
}

} // namespace orrery::data
