// How much does the constant matter? One algorithm, the sweep PAVA of sweep_pava.h without weights, written
// at four levels, from what a dynamic language does to what a processor likes. The number of sweeps,
// comparisons and writes is the same in each; only the cost of one differs.
//
// The articles compared languages: removing the types from scikit-learn's Cython cost 100 to 500 times, and
// Julia's linear PAVA was 1.1 to 4 times as fast as Cython's (2014, hardware unstated).
#pragma once

#include "core/isotonic/shapes.h"
#include "core/support/expected.h"
#include "core/support/progress.h"

#include <functional>
#include <span>

namespace orrery::isotonic {

enum class CodeLevel : std::uint8_t {
    Boxed,     ///< every number an object on the heap, read, compared and replaced through virtual calls
    Checked,   ///< numbers in an array, every index checked
    Unchecked, ///< no check
    Vector,    ///< 64 neighbours tested at once, sums of eight lanes; rounding may differ in the last digits
};
inline constexpr std::array kCodeLevels = {CodeLevel::Boxed, CodeLevel::Checked, CodeLevel::Unchecked,
                                           CodeLevel::Vector};

/// "boxed", "checked", "unchecked", "vector".
[[nodiscard]] std::string_view idOf(CodeLevel level);
/// "Boxed, virtual calls", …
[[nodiscard]] std::string_view labelOf(CodeLevel level);

struct SweepOutcome {
    std::vector<double> fitted; ///< n
    std::int64_t sweeps = 0;
    double seconds = 0.0; ///< of the sweeps alone: boxing and copying the data are not counted
};
[[nodiscard]] SweepOutcome sweepAt(CodeLevel level, std::span<const double> y);

struct ConstantOptions {
    Shape shape = Shape::PerturbedLog;
    std::uint64_t seed = 1;
    std::vector<std::size_t> sizes{100, 1000, 10'000, 100'000, 1'000'000}; ///< ascending
    std::vector<CodeLevel> levels{kCodeLevels.begin(), kCodeLevels.end()};
};
struct ConstantPoint {
    std::size_t n = 0;
    double seconds = 0.0; ///< least of up to 5 runs
    std::int64_t sweeps = 0;
    double checksum = 0.0; ///< mean of the fit: equal at all levels, to rounding
};
struct ConstantSeries {
    CodeLevel level = CodeLevel::Boxed;
    std::vector<ConstantPoint> points; ///< ascending n
};

/// Called after each point, with all series so far.
using ConstantUpdate = std::function<void(const std::vector<ConstantSeries>&)>;

/// By n, then by level. Fails with Cancelled when asked to stop, which it looks at between runs.
[[nodiscard]] Expected<std::vector<ConstantSeries>>
compareLevels(const ConstantOptions& options, Progress& progress, const ConstantUpdate& onPoint = {});

} // namespace orrery::isotonic
