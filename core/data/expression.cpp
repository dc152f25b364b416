#include "core/data/expression.h"

#include <algorithm>
#include <cmath>

namespace orrery::data {

using Op = ExpressionOp;

double Expression::numberAt(int index, const ExpressionScope& scope) const {
    const ExpressionNode& node = at(index);
    const auto left = [&] { return numberAt(node.left, scope); };
    const auto right = [&] { return numberAt(node.right, scope); };
    switch (node.op) {
    case Op::Number: return node.number;
    case Op::Symbol: return scope.numbers[static_cast<std::size_t>(node.symbol)];
    case Op::Negate: return -left();
    case Op::Add: return left() + right();
    case Op::Subtract: return left() - right();
    case Op::Multiply: return left() * right();
    case Op::Divide: return left() / right();
    case Op::Power: return std::pow(left(), right());
    case Op::Sin: return std::sin(left());
    case Op::Cos: return std::cos(left());
    case Op::Tan: return std::tan(left());
    case Op::Exp: return std::exp(left());
    case Op::Log: return std::log(left());
    case Op::Sqrt: return std::sqrt(left());
    case Op::Abs: return std::abs(left());
    case Op::Min: return std::min(left(), right());
    case Op::Max: return std::max(left(), right());
    default: return std::nan("");
    }
}

std::string_view Expression::textAt(int index, const ExpressionScope& scope) const {
    const ExpressionNode& node = at(index);
    return node.op == Op::Text ? std::string_view(node.text) : scope.texts[static_cast<std::size_t>(node.symbol)];
}

bool Expression::isMissing(int index, const ExpressionScope& scope) const {
    if (at(index).type == ExpressionType::Text) return textAt(index, scope).data() == nullptr;
    return std::isnan(numberAt(index, scope));
}

bool Expression::compare(const ExpressionNode& node, const ExpressionScope& scope) const {
    if (isMissing(node.left, scope) || isMissing(node.right, scope)) return false;
    if (at(node.left).type == ExpressionType::Text) {
        const bool equal = textAt(node.left, scope) == textAt(node.right, scope);
        return (node.op == Op::Equal) == equal;
    }
    const double a = numberAt(node.left, scope);
    const double b = numberAt(node.right, scope);
    switch (node.op) {
    case Op::Less: return a < b;
    case Op::LessEqual: return a <= b;
    case Op::Greater: return a > b;
    case Op::GreaterEqual: return a >= b;
    case Op::Equal: return a == b;
    default: return a != b;
    }
}

bool Expression::truthAt(int index, const ExpressionScope& scope) const {
    const ExpressionNode& node = at(index);
    switch (node.op) {
    case Op::True: return true;
    case Op::False: return false;
    case Op::Not: return !truthAt(node.left, scope);
    case Op::And: return truthAt(node.left, scope) && truthAt(node.right, scope);
    case Op::Or: return truthAt(node.left, scope) || truthAt(node.right, scope);
    case Op::Missing: return isMissing(node.left, scope);
    default: return compare(node, scope);
    }
}

std::vector<int> Expression::usedSymbols() const {
    std::vector<int> used;
    for (const auto& node : m_nodes)
        if (node.op == Op::Symbol) used.push_back(node.symbol);
    std::sort(used.begin(), used.end());
    used.erase(std::unique(used.begin(), used.end()), used.end());
    return used;
}

} // namespace orrery::data
