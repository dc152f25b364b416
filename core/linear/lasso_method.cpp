#include "core/linear/lasso_method.h"

namespace orrery::linear {

std::string_view idOf(LassoMethod method) {
    switch (method) {
    case LassoMethod::CoordinateDescent:
        return "cd";
    case LassoMethod::Ista:
        return "ista";
    case LassoMethod::Fista:
        return "fista";
    case LassoMethod::Admm:
        return "admm";
    case LassoMethod::ProjectedGradient:
        return "pg";
    case LassoMethod::Lars:
        return "lars";
    }
    return {};
}

std::string_view labelOf(LassoMethod method) {
    switch (method) {
    case LassoMethod::CoordinateDescent:
        return "Coordinate descent";
    case LassoMethod::Ista:
        return "ISTA";
    case LassoMethod::Fista:
        return "FISTA";
    case LassoMethod::Admm:
        return "ADMM";
    case LassoMethod::ProjectedGradient:
        return "Projected gradient";
    case LassoMethod::Lars:
        return "LARS";
    }
    return {};
}

std::optional<LassoMethod> lassoMethodFromId(std::string_view id) {
    for (const LassoMethod method : kLassoMethods)
        if (idOf(method) == id) return method;
    return std::nullopt;
}

} // namespace orrery::linear
