// A solver on a thread of its own: commands in, the latest immutable snapshot out at up to 60 Hz.
//
// The thread steps in batches and looks at the clock once a batch. A snapshot is published when 1/60 s has
// passed or when the work at hand is done, so a listener that is slow misses frames and never holds the
// solver up. New parameters are a reset(): a new problem under a new generation number.
#pragma once

#include "core/session/pacer.h"
#include "core/session/player.h"
#include "core/session/session_base.h"

#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <tuple>
#include <type_traits>
#include <variant>

namespace orrery {

/// What Solver::problem() returns (a shared pointer to something immutable), so that a snapshot carries it.
template <class Solver>
struct ProblemType {
    using type = std::monostate;
};
template <class Solver>
    requires requires(const Solver s) { s.problem(); }
struct ProblemType<Solver> {
    using type = std::decay_t<decltype(std::declval<const Solver>().problem())>;
};
template <class Solver>
using ProblemOf = typename ProblemType<Solver>::type;

template <SteppableSolver Solver>
class Session final : public SessionBase {
  public:
    using State = typename Solver::State;
    using Factory = std::function<Expected<Solver>()>;

    struct Snapshot final : SnapshotBase {
        std::shared_ptr<const State> state;    ///< at transport.index; null before the first solver was made
        std::shared_ptr<const State> furthest; ///< at the last step computed so far
        ProblemOf<Solver> problem{};           ///< that the states belong to
    };

    explicit Session(std::size_t budgetBytes = Timeline<State>::kDefaultBudget) : m_budget(budgetBytes) {
        m_thread = std::jthread([this](std::stop_token stop) { run(stop); });
    }
    ~Session() override {
        m_thread.request_stop();
        m_wake.notify_all();
    }

    /// Builds a solver on the session's thread and starts over with it. Returns the new generation.
    std::uint64_t reset(Factory make, SessionStart start = {}) {
        const std::scoped_lock lock(m_mutex);
        m_pendingReset = PendingReset{std::move(make), start, ++m_generation};
        m_commands.clear();
        m_mail.store(true, std::memory_order_release);
        m_wake.notify_all();
        return m_generation;
    }

    void post(Command command) override {
        const std::scoped_lock lock(m_mutex);
        m_commands.push_back(command);
        m_mail.store(true, std::memory_order_release);
        m_wake.notify_all();
    }

    [[nodiscard]] std::shared_ptr<const SnapshotBase> latest() const override { return latestSnapshot(); }
    [[nodiscard]] std::shared_ptr<const Snapshot> latestSnapshot() const {
        const std::scoped_lock lock(m_mutex);
        return m_latest;
    }

    /// Waits for a call in flight to return: after setPublished({}) the listener may go.
    void setPublished(std::function<void()> published) override {
        const std::scoped_lock lock(m_callbackMutex);
        m_published = std::move(published);
    }

    /// Blocks until nothing is left to do (a playing session has always something to do): for headless use.
    void waitUntilIdle() const {
        std::unique_lock lock(m_mutex);
        m_idle.wait(lock, [this] { return m_isIdle && m_commands.empty() && !m_pendingReset; });
    }

  private:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::microseconds kFrame{16'667};
    static constexpr double kBatchSeconds = 50e-6;    ///< aim of one batch: far above a clock read
    static constexpr double kKeyframeShare = 0.02;    ///< of the solver's time may go into keyframes
    static constexpr std::int64_t kFirstBatch = 64;

    struct PendingReset {
        Factory make;
        SessionStart start;
        std::uint64_t generation;
    };

    void run(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            takeMail(stop);
            if (stop.stop_requested()) return;
            if (m_player) workOneFrame(stop);
        }
    }

    // Waits while there is nothing to do, then applies what has come in.
    void takeMail(const std::stop_token& stop) {
        std::deque<Command> commands;
        std::optional<PendingReset> pendingReset;
        {
            std::unique_lock lock(m_mutex);
            if (!hasWork()) {
                m_isIdle = true;
                m_idle.notify_all();
                m_wake.wait(lock, stop, [this] { return m_mail.load(std::memory_order_relaxed); });
            }
            m_isIdle = false;
            commands.swap(m_commands);
            pendingReset.swap(m_pendingReset);
            m_mail.store(false, std::memory_order_relaxed);
        }
        if (pendingReset) startOver(*pendingReset);
        for (const Command& command : commands)
            if (m_player) std::visit([this](const auto& c) { apply(c); }, command);
        if (!commands.empty()) publish();
    }

    [[nodiscard]] bool hasWork() const { return m_player && (m_target || m_playing); }

    void startOver(PendingReset& pending) {
        Expected<Solver> solver = pending.make();
        m_playerGeneration = pending.generation;
        m_error.reset();
        if (!solver) {
            m_error = solver.error();
            publish();
            return;
        }
        m_player.emplace(*std::move(solver), m_budget, kUncalibrated);
        m_furthestState.reset();
        m_solverSeconds = 0.0;
        m_batch = kFirstBatch;
        m_calibrated = false;
        m_loop.reset();
        m_playing = pending.start.play;
        m_afterAhead.reset();
        m_target.reset();
        if (pending.start.runAhead) {
            m_afterAhead = pending.start;
            m_playing = false;
            m_target = Target{kFarAway, Player<Solver>::kNoBoundary, false};
        } else if (pending.start.index > 0) {
            m_target = Target{pending.start.index, Player<Solver>::kNoBoundary, m_playing};
        }
        m_pacer.restart(Clock::now());
        publish();
    }

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
    void apply(const command::Seek& seek) { goTo(std::max<std::int64_t>(seek.index, 0), seek.keepPlaying && willPlay()); }
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
            m_player->runForward(m_target->index, m_target->index, m_solverSeconds);
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
    void workOneFrame(const std::stop_token& stop) {
        const auto frameEnd = m_lastPublished + kFrame;
        while (hasWork() && !m_mail.load(std::memory_order_acquire) && !stop.stop_requested()) {
            if (m_target ? !workTowardsTarget() : !playOn(stop)) break;
            if (Clock::now() >= frameEnd) break;
        }
        if (m_mail.load(std::memory_order_acquire) && Clock::now() < frameEnd) return; // published with the mail
        if (whatIsShown() == m_shown)
            m_lastPublished = Clock::now();
        else
            publish();
    }

    using Shown = std::tuple<std::int64_t, std::int64_t, bool, bool>;
    [[nodiscard]] Shown whatIsShown() const {
        return {m_player->index(), m_player->furthest(), m_playing, m_target.has_value()};
    }

    // False when the target has been reached.
    bool workTowardsTarget() {
        const Target target = *m_target;
        const std::int64_t taken = timedRun(target.index, m_batch, target.until);
        const bool boundary = taken > 0 && reachedBoundary(target.until);
        if (m_player->index() < target.index && !m_player->atEnd() && !boundary) return true;
        m_target.reset();
        m_playing = target.thenPlay;
        if (m_afterAhead) {
            SessionStart start = *std::exchange(m_afterAhead, std::nullopt);
            rememberFurthest();
            if (start.share) start.index = std::llround(*start.share * static_cast<double>(m_player->furthest()));
            m_player->jumpTowards(start.index);
            if (start.index > 0) m_target = Target{start.index, Player<Solver>::kNoBoundary, start.play};
            m_playing = start.play;
        }
        m_pacer.restart(Clock::now());
        return hasWork();
    }

    [[nodiscard]] bool reachedBoundary(StepBoundary until) const {
        if (until == Player<Solver>::kNoBoundary) return false;
        const auto& marks = until == StepBoundary::Round ? m_player->marks().rounds : m_player->marks().phases;
        return std::binary_search(marks.begin(), marks.end(), m_player->index());
    }

    // Plays what is due. False when the run ended, or after a wait.
    bool playOn(const std::stop_token& stop) {
        const std::int64_t due = m_pacer.due(Clock::now());
        if (due == 0) {
            waitForMail(stop, std::min<Clock::time_point>(m_pacer.nextDue(), m_lastPublished + kFrame + kFrame));
            return true;
        }
        const std::int64_t target = m_loop ? std::max(m_loop->second, m_player->index()) : kFarAway;
        const std::int64_t taken = timedRun(target, std::min(due, m_batch), Player<Solver>::kNoBoundary);
        m_pacer.spend(taken, Clock::now());
        if (m_loop && (m_player->index() >= m_loop->second || m_player->atEnd())) {
            m_player->jumpTowards(m_loop->first);
            m_player->runForward(m_loop->first, m_loop->first, m_solverSeconds);
            return true;
        }
        if (m_player->atEnd()) m_playing = false;
        return m_playing;
    }

    std::int64_t timedRun(std::int64_t target, std::int64_t limit, StepBoundary until) {
        const std::int64_t before = m_player->furthest();
        const auto t0 = Clock::now();
        const std::int64_t taken = m_player->runForward(target, limit, m_solverSeconds, until);
        const double seconds = std::chrono::duration<double>(Clock::now() - t0).count();
        if (m_player->furthest() > before) m_solverSeconds += seconds;
        if (taken == limit && limit == m_batch && seconds < 0.5 * kBatchSeconds && m_batch < kMaxBatch) m_batch *= 2;
        if (seconds > 2.0 * kBatchSeconds && m_batch > 1) m_batch /= 2;
        if (!m_calibrated && taken > 0) calibrateKeyframes(seconds / static_cast<double>(taken));
        return taken;
    }

    // Spaces keyframes so that copying costs a fixed share of the solver's own time.
    void calibrateKeyframes(double stepSeconds) {
        m_calibrated = true;
        const auto t0 = Clock::now();
        const State copy = m_player->state();
        const double copySeconds = std::chrono::duration<double>(Clock::now() - t0).count();
        const double spacing = copySeconds / (kKeyframeShare * std::max(stepSeconds, 1e-9));
        m_player->setKeyframeSpacing(static_cast<std::int64_t>(std::clamp(spacing, 1.0, 65'536.0)));
    }

    void waitForMail(const std::stop_token& stop, Clock::time_point until) {
        std::unique_lock lock(m_mutex);
        m_wake.wait_until(lock, stop, until, [this] { return m_mail.load(std::memory_order_relaxed); });
    }

    // --- snapshots ---
    void rememberFurthest() {
        if (m_furthestState && m_furthestIndex == m_player->furthest()) return;
        if (m_player->index() != m_player->furthest()) return;
        m_furthestState = std::make_shared<const State>(m_player->state());
        m_furthestIndex = m_player->furthest();
    }

    void publish() {
        auto snapshot = std::make_shared<Snapshot>();
        snapshot->error = m_error;
        if (m_player) fill(*snapshot);
        snapshot->transport.generation = m_playerGeneration;
        m_lastPublished = Clock::now();
        {
            const std::scoped_lock lock(m_mutex);
            if (m_playerGeneration != m_generation) return; // a newer problem is waiting
            m_latest = std::move(snapshot);
        }
        const std::scoped_lock lock(m_callbackMutex);
        if (m_published) m_published();
    }

    void fill(Snapshot& snapshot) {
        rememberFurthest();
        const bool isFurthest = m_furthestState && m_furthestIndex == m_player->index();
        snapshot.state = isFurthest ? m_furthestState : std::make_shared<const State>(m_player->state());
        snapshot.furthest = m_furthestState;
        if constexpr (requires { m_player->solver().problem(); }) snapshot.problem = m_player->solver().problem();
        snapshot.trace = sharedTrace();
        snapshot.marks = sharedMarks();
        m_shown = whatIsShown();
        TransportState& t = snapshot.transport;
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
    }

    // Copied only when rows were added.
    std::shared_ptr<const Trace> sharedTrace() {
        const Trace& trace = m_player->trace();
        if (!m_trace || m_traceGeneration != m_playerGeneration || m_trace->index() != trace.index()) {
            m_trace = std::make_shared<const Trace>(trace);
            m_traceGeneration = m_playerGeneration;
        }
        return m_trace;
    }

    std::shared_ptr<const TimeMarks> sharedMarks() {
        const TimeMarks& marks = m_player->marks();
        const auto key = std::tuple(m_playerGeneration, marks.rounds.size(), marks.phases.size());
        if (!m_marks || m_marksKey != key) {
            m_marks = std::make_shared<const TimeMarks>(decimated(marks));
            m_marksKey = key;
        }
        return m_marks;
    }

    struct Target {
        std::int64_t index;
        StepBoundary until;
        bool thenPlay;
    };

    static constexpr std::int64_t kFarAway = std::numeric_limits<std::int64_t>::max() / 4;
    static constexpr std::int64_t kUncalibrated = std::int64_t{1} << 40;
    static constexpr std::int64_t kMaxBatch = std::int64_t{1} << 16;

    // Shared between threads, under m_mutex (m_mail also read without it, as a hint).
    mutable std::mutex m_mutex;
    mutable std::condition_variable_any m_wake;
    mutable std::condition_variable_any m_idle;
    std::deque<Command> m_commands;
    std::optional<PendingReset> m_pendingReset;
    std::uint64_t m_generation = 0;
    std::shared_ptr<const Snapshot> m_latest;
    bool m_isIdle = false;
    std::atomic<bool> m_mail{false};
    std::mutex m_callbackMutex; ///< held while m_published is called
    std::function<void()> m_published;

    // The session's thread alone.
    std::size_t m_budget;
    std::optional<Player<Solver>> m_player;
    std::optional<Error> m_error;
    std::optional<Target> m_target;
    std::optional<SessionStart> m_afterAhead;
    std::optional<std::pair<std::int64_t, std::int64_t>> m_loop;
    bool m_playing = false;
    bool m_calibrated = false;
    Pacer m_pacer;
    std::int64_t m_batch = kFirstBatch;
    double m_solverSeconds = 0.0;
    std::uint64_t m_playerGeneration = 0;
    Clock::time_point m_lastPublished{};
    Shown m_shown{};
    std::shared_ptr<const State> m_furthestState;
    std::int64_t m_furthestIndex = -1;
    std::shared_ptr<const Trace> m_trace;
    std::uint64_t m_traceGeneration = 0;
    std::shared_ptr<const TimeMarks> m_marks;
    std::tuple<std::uint64_t, std::size_t, std::size_t> m_marksKey;

    std::jthread m_thread; ///< last: it stops before anything that it uses is destroyed
};

} // namespace orrery
