// What a person types as a formula or a row filter:  sin(2*x) - 0.3    age > 40 and sex == "F"
//
//   or          a or b   a || b          lowest
//   and         a and b  a && b
//   not         not a    !a
//   compare     < <= > >= == = !=
//   sum, product, sign, power            + - * / -x ^ (to the right: 2^3^2 = 512, -x^2 = -(x^2))
//   calls       sin cos tan exp log sqrt abs min(a, b) max(a, b), missing(column)
//   atoms       numbers, "text" or 'text', true, false, pi, names; a name with blanks in backquotes
//
// Types are checked when it is read, so evaluation cannot fail. A comparison with a missing value is false.
#pragma once

#include "core/support/expected.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace orrery::data {

enum class ExpressionType : std::uint8_t { Number, Text, Boolean };

/// A name that the expression may use.
struct ExpressionSymbol {
    std::string name;
    bool isText = false;
};

/// Values of the symbols, by their index. Missing: NaN, and a text whose data() is nullptr.
struct ExpressionScope {
    std::span<const double> numbers;
    std::span<const std::string_view> texts;
};

enum class ExpressionOp : std::uint8_t {
    Number, Text, Symbol, Negate, Not, Add, Subtract, Multiply, Divide, Power, Less, LessEqual, Greater,
    GreaterEqual, Equal, NotEqual, And, Or, Sin, Cos, Tan, Exp, Log, Sqrt, Abs, Min, Max, Missing, True, False
};

/// Children come before their parent; the root is the last node.
struct ExpressionNode {
    ExpressionOp op = ExpressionOp::Number;
    ExpressionType type = ExpressionType::Number;
    int left = -1;
    int right = -1;
    int symbol = -1;
    double number = 0.0;
    std::string text;
};

class Expression {
  public:
    /// The sentence of a refusal gives the position as a character counted from 1.
    [[nodiscard]] static Expected<Expression> parse(std::string_view text, std::vector<ExpressionSymbol> symbols,
                                                    ExpressionType wanted);

    [[nodiscard]] double number(const ExpressionScope& scope) const { return numberAt(root(), scope); }
    [[nodiscard]] bool isTrue(const ExpressionScope& scope) const { return truthAt(root(), scope); }
    /// Indices of the symbols that occur, ascending.
    [[nodiscard]] std::vector<int> usedSymbols() const;

  private:
    [[nodiscard]] int root() const { return static_cast<int>(m_nodes.size()) - 1; }
    [[nodiscard]] const ExpressionNode& at(int index) const { return m_nodes[static_cast<std::size_t>(index)]; }
    [[nodiscard]] double numberAt(int index, const ExpressionScope& scope) const;
    [[nodiscard]] std::string_view textAt(int index, const ExpressionScope& scope) const;
    [[nodiscard]] bool truthAt(int index, const ExpressionScope& scope) const;
    [[nodiscard]] bool isMissing(int index, const ExpressionScope& scope) const;
    [[nodiscard]] bool compare(const ExpressionNode& node, const ExpressionScope& scope) const;

    std::vector<ExpressionNode> m_nodes;
    std::vector<ExpressionSymbol> m_symbols;
};

} // namespace orrery::data
