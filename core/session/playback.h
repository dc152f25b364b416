// What a session does on its thread, without the thread: commands applied to a player, and its next batch of
// steps. The run that is being shown, where it is being sent to, and how fast.
#pragma once

#include "core/session/keyframe_pace.h"
#include "core/session/pacer.h"
#include "core/session/player.h"
#include "core/session/session_base.h"

#include <chrono>
#include <cmath>
#include <tuple>

namespace orrery {

template <SteppableSolver Solver>
class Playback {
  public:
    using State = typename Solver::State;
    using Clock = std::chrono::steady_clock;
    static constexpr std::int64_t kFarAway = std::numeric_limits<std::int64_t>::max() / 4;

    explicit Playback(std::size_t budgetBytes) : m_budget(budgetBytes) {}

    void startOver(Solver solver, const SessionStart& start) {
        m_player.emplace(std::move(solver), m_budget, KeyframePace::kUncalibrated);
        m_furthestState.reset();
        m_solverSeconds = 0.0;
        m_batch = kFirstBatch;
        m_keyframes = {};
        m_loop.reset();
        m_playing = start.play;
        m_afterAhead.reset();
        m_target.reset();
        if (start.runAhead) {
            m_afterAhead = start;
            m_playing = false;
            m_target = Target{kFarAway, Player<Solver>::kNoBoundary, false};
        } else if (start.index > 0) {
            m_target = Target{start.index, Player<Solver>::kNoBoundary, m_playing};
        }
        m_pacer.restart(Clock::now());
    }

    /// Nothing to be asked of it before the first startOver().
    [[nodiscard]] bool isOpen() const { return m_player.has_value(); }
    void apply(const Command& command) {
        std::visit([this](const auto& c) { apply(c); }, command);
    }

    [[nodiscard]] bool hasWork() const { return m_player && (m_target || m_playing); }
    /// When to come back, if no step is due at `now`.
    [[nodiscard]] std::optional<Clock::time_point> restsUntil(Clock::time_point now) const {
        if (m_target || m_pacer.due(now) > 0) return std::nullopt;
        return m_pacer.nextDue();
    }
    /// A batch of steps that are due, about kBatchSeconds long. False when nothing is left to do.
    bool workOneBatch(Clock::time_point now) { return m_target ? workTowardsTarget(now) : playOn(now); }

    [[nodiscard]] const Player<Solver>& player() const { return *m_player; }
    [[nodiscard]] TransportState transport() const {
        TransportState t;
        t.index = m_player->index();
        t.furthest = m_player->furthest();
        t.ended = m_player->ended();
        t.playing = willPlay();
        t.seeking = m_target.has_value();
        t.status = m_player->status();
        t.stepsPerSecond = m_pacer.rate();
        t.loop = m_loop;
        std::tie(t.roundsBefore, t.phasesBefore) = m_player->closedAt(t.index);
        t.meanStepSeconds = t.furthest > 0 ? m_solverSeconds / static_cast<double>(t.furthest) : 0.0;
        return t;
    }
    /// The state that is shown, and the one at the last step computed so far.
    [[nodiscard]] std::shared_ptr<const State> sharedState() {
        rememberFurthest();
        if (m_furthestState && m_furthestIndex == m_player->index()) return m_furthestState;
        return std::make_shared<const State>(m_player->state());
    }
    [[nodiscard]] const std::shared_ptr<const State>& furthestState() const { return m_furthestState; }

    /// Differs whenever there is something new to show.
    using Shown = std::tuple<std::int64_t, std::int64_t, bool, bool>;
    [[nodiscard]] Shown shown() const {
        return {m_player->index(), m_player->furthest(), m_playing, m_target.has_value()};
    }

  private:
    static constexpr double kBatchSeconds = 50e-6; ///< aim of one batch: far above a clock read
    static constexpr std::int64_t kFirstBatch = 64;
    static constexpr std::int64_t kMaxBatch = std::int64_t{1} << 16;

    struct Target {
        std::int64_t index;
        StepBoundary until;
        bool thenPlay;
    };

    // --- commands ---
    void apply(const command::Play&) {
        if (m_afterAhead) {
            m_afterAhead->play = true;
            return;
        }
        if (m_target && m_target->index < kFarAway) { // first where it was sent, then on
            m_target->thenPlay = true;
            return;
        }
        if (m_player->atEnd()) m_player->jumpTowards(m_loop ? m_loop->first : 0);
        m_playing = true;
        m_target.reset();
        m_pacer.restart(Clock::now());
    }
    void apply(const command::Pause&) {
        if (m_afterAhead)
            m_afterAhead->play = false;
        else
            halt();
    }
    void apply(const command::TogglePlay&) { willPlay() ? apply(command::Pause{}) : apply(command::Play{}); }
    void apply(const command::Seek& seek) {
        goTo(std::max<std::int64_t>(seek.index, 0), seek.keepPlaying && willPlay());
    }
    void apply(const command::Restart&) { goTo(0, false); }
    void apply(const command::RunToEnd&) { goTo(m_player->ended() ? m_player->furthest() : kFarAway, false); }
    void apply(const command::SetSpeed& speed) {
        m_pacer.setRate(speed.stepsPerSecond);
        m_pacer.restart(Clock::now());
    }
    void apply(const command::SetLoop& loop) { m_loop = loop.range; }
    void apply(const command::Step& step) {
        halt(); // a key press does not wait for a future that is still being computed
        for (std::int64_t i = 0; i < std::abs(step.count); ++i) {
            const auto index = m_player->indexAfter(step.grain, step.count > 0);
            if (!index) {
                const auto until = step.grain == Grain::Round ? StepBoundary::Round : StepBoundary::Phase;
                m_player->jumpTowards(m_player->furthest());
                m_target = Target{kFarAway, until, false};
                return;
            }
            goTo(*index, false);
            finishKnownGround();
        }
    }

    // A key press on ground that is already known is answered at once, so that several in a row add up.
    void finishKnownGround() {
        if (m_target && m_target->index <= std::max(m_player->furthest(), m_player->index() + 1)) {
            m_player->moveTo(m_target->index, m_solverSeconds);
            m_target.reset();
        }
    }

    [[nodiscard]] bool willPlay() const {
        if (m_afterAhead) return m_afterAhead->play;
        return m_playing || (m_target && m_target->thenPlay);
    }

    void halt() {
        m_playing = false;
        m_target.reset();
        m_afterAhead.reset();
    }

    void goTo(std::int64_t index, bool thenPlay) {
        if (m_afterAhead) { // the future is still being computed: go there afterwards
            m_afterAhead->index = index;
            m_afterAhead->share.reset();
            m_afterAhead->play = thenPlay;
            return;
        }
        halt();
        m_player->jumpTowards(index);
        m_target = Target{index, Player<Solver>::kNoBoundary, thenPlay};
    }

    // --- work ---
    // False when the target has been reached.
    bool workTowardsTarget(Clock::time_point now) {
        const Target target = *m_target;
        const std::int64_t taken = timedRun(now, target.index, m_batch, target.until);
        const bool boundary = taken > 0 && reachedBoundary(target.until);
        if (m_player->index() < target.index && !m_player->atEnd() && !boundary) return true;
        m_target.reset();
        m_playing = target.thenPlay;
        if (m_afterAhead) {
            SessionStart start = *std::exchange(m_afterAhead, std::nullopt);
            rememberFurthest();
            if (start.share)
                start.index = std::llround(*start.share * static_cast<double>(m_player->furthest()));
            m_player->jumpTowards(start.index);
            if (start.index > 0) m_target = Target{start.index, Player<Solver>::kNoBoundary, start.play};
            m_playing = start.play;
        }
        m_pacer.restart(Clock::now());
        return hasWork();
    }

    [[nodiscard]] bool reachedBoundary(StepBoundary until) const {
        if (until == Player<Solver>::kNoBoundary) return false;
        const auto& marks =
            until == StepBoundary::Round ? m_player->marks().rounds : m_player->marks().phases;
        return std::binary_search(marks.begin(), marks.end(), m_player->index());
    }

    // Plays what is due. False when the run ended.
    bool playOn(Clock::time_point now) {
        const std::int64_t due = m_pacer.due(now);
        const std::int64_t target = m_loop ? std::max(m_loop->second, m_player->index()) : kFarAway;
        const std::int64_t taken = timedRun(now, target, std::min(due, m_batch), Player<Solver>::kNoBoundary);
        m_pacer.spend(taken, m_batchEnd);
        if (m_loop && (m_player->index() >= m_loop->second || m_player->atEnd())) {
            m_player->moveTo(m_loop->first, m_solverSeconds);
            return true;
        }
        if (m_player->atEnd()) m_playing = false;
        return m_playing;
    }

    std::int64_t timedRun(Clock::time_point start, std::int64_t target, std::int64_t limit,
                          StepBoundary until) {
        const std::int64_t before = m_player->furthest();
        const std::int64_t taken = m_player->runForward(target, limit, m_solverSeconds, until);
        m_batchEnd = Clock::now();
        const double seconds = secondsBetween(start, m_batchEnd);
        if (m_player->furthest() > before) m_solverSeconds += seconds;
        if (taken == limit && limit == m_batch && seconds < 0.5 * kBatchSeconds && m_batch < kMaxBatch)
            m_batch *= 2;
        if (seconds > 2.0 * kBatchSeconds && m_batch > 1) m_batch /= 2;
        keepKeyframe();
        return taken;
    }

    void keepKeyframe() {
        if (!m_keyframes.isCalibrated() && m_solverSeconds >= KeyframePace::kWarmUpSeconds)
            calibrateKeyframes();
        if (!m_player->keyframeDue()) return;
        const auto start = Clock::now();
        m_player->keepKeyframe();
        if (m_keyframes.isTooDense(secondsBetween(start, Clock::now()), m_solverSeconds))
            m_player->thinKeyframes();
    }

    void calibrateKeyframes() {
        double copySeconds = 1.0;
        for (int i = 0; i < 3; ++i) { // the least of three: the thread may be put to sleep in one
            const auto start = Clock::now();
            [[maybe_unused]] const State copy = m_player->state();
            copySeconds = std::min(copySeconds, secondsBetween(start, Clock::now()));
        }
        const double stepSeconds = m_solverSeconds / static_cast<double>(m_player->furthest());
        m_player->setKeyframeSpacing(m_keyframes.calibrate(copySeconds, stepSeconds));
    }

    static double secondsBetween(Clock::time_point from, Clock::time_point to) {
        return std::chrono::duration<double>(to - from).count();
    }

    void rememberFurthest() {
        if (m_furthestState && m_furthestIndex == m_player->furthest()) return;
        if (m_player->index() != m_player->furthest()) return;
        m_furthestState = std::make_shared<const State>(m_player->state());
        m_furthestIndex = m_player->furthest();
    }

    std::size_t m_budget;
    std::optional<Player<Solver>> m_player;
    std::optional<Target> m_target;
    std::optional<SessionStart> m_afterAhead;
    std::optional<std::pair<std::int64_t, std::int64_t>> m_loop;
    bool m_playing = false;
    Pacer m_pacer;
    KeyframePace m_keyframes;
    std::int64_t m_batch = kFirstBatch;
    Clock::time_point m_batchEnd{};
    double m_solverSeconds = 0.0;
    std::shared_ptr<const State> m_furthestState;
    std::int64_t m_furthestIndex = -1;
};

} // namespace orrery
