// The LASSO solvers by name, as files, the command line and the form write them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace orrery::linear {

enum class LassoMethod : std::uint8_t { CoordinateDescent, Ista, Fista, Admm, ProjectedGradient, Lars };

inline constexpr std::array kLassoMethods = {
    LassoMethod::CoordinateDescent, LassoMethod::Ista, LassoMethod::Fista, LassoMethod::Admm,
    LassoMethod::ProjectedGradient, LassoMethod::Lars};

/// "cd", "ista", "fista", "admm", "pg", "lars".
[[nodiscard]] std::string_view idOf(LassoMethod method);
/// "Coordinate descent", "ISTA", …
[[nodiscard]] std::string_view labelOf(LassoMethod method);
[[nodiscard]] std::optional<LassoMethod> lassoMethodFromId(std::string_view id);

} // namespace orrery::linear
