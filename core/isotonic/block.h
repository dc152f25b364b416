// What isotonic solvers work on: blocks of neighbouring points that share one fitted value.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace orrery::isotonic {

enum class Loss : std::uint8_t {
    L2, ///< Σ w (y − f)²: a block's value is its weighted mean
    L1, ///< Σ w |y − f|: a block's value is its lower weighted median
};

/// Points first … last, both included, in the order of x; everything in the scale of the data.
struct Block {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    double sum = 0.0;    ///< Σ w y; of no meaning for L1
    double weight = 0.0; ///< Σ w
    double value = 0.0;  ///< the fit here, before y_min and y_max are applied

    [[nodiscard]] std::uint32_t size() const { return last - first + 1; }
    friend bool operator==(const Block&, const Block&) = default;
};

enum class MoveKind : std::uint8_t {
    None,  ///< before the first step
    Start, ///< nothing to compare with: `right` is taken as the first block, or begins a sweep
    Keep,  ///< compared and in order: they stay apart
    Join,  ///< sweep: right joins the run, which is pooled when it ends; `result` is the run with it
    Pool,  ///< compared and out of order: left and right became `result`
    Write, ///< sweep: the run `left` ended and became `result`; `right` comes next, or is `left` at the end
    Done,  ///< nothing is left to compare in this sweep, or at all
};

/// The last step: two neighbouring blocks that were compared, as they were before it.
struct Move {
    MoveKind kind = MoveKind::None;
    Block left;
    Block right;
    Block result; ///< after Join, Pool and Write

    [[nodiscard]] bool pooled() const { return kind == MoveKind::Pool || kind == MoveKind::Write; }
    friend bool operator==(const Move&, const Move&) = default;
};

struct Counters {
    std::int64_t comparisons = 0; ///< of two values
    std::int64_t pops = 0;        ///< blocks that went up in another
    std::int64_t writes = 0;      ///< blocks or values written, those moved up to close a gap included
    std::int64_t passes = 0;      ///< over the data, the one at hand included

    [[nodiscard]] std::int64_t operations() const { return comparisons + writes; }
    friend bool operator==(const Counters&, const Counters&) = default;
};

enum class IsotonicMethod : std::uint8_t { Stack, Sweep, ActiveSet };
inline constexpr std::array kIsotonicMethods = {IsotonicMethod::Stack, IsotonicMethod::Sweep,
                                                IsotonicMethod::ActiveSet};

/// "stack", "sweep", "active-set".
[[nodiscard]] std::string_view idOf(IsotonicMethod method);
/// "Stack PAVA", "Sweep PAVA", "Active set".
[[nodiscard]] std::string_view labelOf(IsotonicMethod method);
[[nodiscard]] std::optional<IsotonicMethod> isotonicMethodFromId(std::string_view id);

} // namespace orrery::isotonic
