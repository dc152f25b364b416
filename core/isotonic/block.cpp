#include "core/isotonic/block.h"

namespace orrery::isotonic {

std::string_view idOf(IsotonicMethod method) {
    switch (method) {
    case IsotonicMethod::Stack:
        return "stack";
    case IsotonicMethod::Sweep:
        return "sweep";
    case IsotonicMethod::ActiveSet:
        return "active-set";
    }
    return {};
}

std::string_view labelOf(IsotonicMethod method) {
    switch (method) {
    case IsotonicMethod::Stack:
        return "Stack PAVA";
    case IsotonicMethod::Sweep:
        return "Sweep PAVA";
    case IsotonicMethod::ActiveSet:
        return "Active set";
    }
    return {};
}

std::optional<IsotonicMethod> isotonicMethodFromId(std::string_view id) {
    for (const IsotonicMethod method : kIsotonicMethods)
        if (idOf(method) == id) return method;
    return std::nullopt;
}

} // namespace orrery::isotonic
