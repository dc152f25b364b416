// The transport: what a listener may ask of a session, and what it is told of the time.
#pragma once

#include "core/solver/step.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace orrery {

/// How far one press of a key goes.
enum class Grain : std::uint8_t { Step, Round, Phase };

namespace command {

struct Play {};
struct Pause {};
struct TogglePlay {};
/// Forward for count > 0, back for count < 0, by that many steps, rounds or phases. Pauses.
struct Step {
    Grain grain = Grain::Step;
    std::int64_t count = 1;
};
/// To a step index; beyond the furthest step it runs on until the index or the end is reached. Pauses unless
/// `keepPlaying`.
struct Seek {
    std::int64_t index = 0;
    bool keepPlaying = false;
};
/// Home: back to index 0 with the same seed; keeps the history that was computed.
struct Restart {};
/// End: run to the end as fast as it goes, then stop there.
struct RunToEnd {};
/// Steps per second; infinity is as fast as it goes.
struct SetSpeed {
    double stepsPerSecond = 30.0;
};
/// Plays [first, last] again and again; nullopt ends the loop.
struct SetLoop {
    std::optional<std::pair<std::int64_t, std::int64_t>> range;
};

} // namespace command

using Command = std::variant<command::Play, command::Pause, command::TogglePlay, command::Step, command::Seek,
                             command::Restart, command::RunToEnd, command::SetSpeed, command::SetLoop>;

/// Speed of "as fast as it goes".
inline constexpr double kUnlimitedSpeed = std::numeric_limits<double>::infinity();

/// What the transport bar shows. A value.
struct TransportState {
    std::int64_t index = 0;    ///< the step that is shown: state after `index` steps
    std::int64_t furthest = 0; ///< the last step computed so far
    bool ended = false;        ///< `furthest` is the last step there is
    bool playing = false;
    bool seeking = false;                     ///< on the way to an index that a command asked for
    StepStatus status = StepStatus::Advanced; ///< of the shown step
    double stepsPerSecond = 30.0;
    std::optional<std::pair<std::int64_t, std::int64_t>> loop;
    std::int64_t roundsBefore = 0; ///< rounds closed at or before `index`
    std::int64_t phasesBefore = 0; ///< phases closed at or before `index`
    double meanStepSeconds = 0.0;  ///< solver time over steps computed so far
    std::uint64_t generation = 0;  ///< of the problem; a snapshot of an older one is to be dropped

    [[nodiscard]] bool atEnd() const { return ended && index == furthest; }
};

/// Indices at which rounds and phases closed, ascending: the ticks of the time line. Immutable, shared.
struct TimeMarks {
    std::vector<std::int64_t> rounds; ///< phases are rounds as well
    std::vector<std::int64_t> phases;
};

/// At most about 4,000 of each, evenly taken: enough for ticks.
[[nodiscard]] TimeMarks decimated(const TimeMarks& marks);

} // namespace orrery
