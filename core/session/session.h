// A solver on a thread of its own: commands in, the latest immutable snapshot out at up to 60 Hz.
//
// The thread steps in batches and looks at the clock once a batch. A snapshot is published when 1/60 s has
// passed or when the work at hand is done, so a listener that is slow misses frames and never holds the
// solver up. New parameters are a reset(): a new problem under a new generation number.
#pragma once

#include "core/session/playback.h"
#include "core/session/session_base.h"
#include "core/session/snapshot_maker.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <variant>

namespace orrery {

template <SteppableSolver Solver>
class Session final : public SessionBase {
  public:
    using State = typename Solver::State;
    using Factory = std::function<Expected<Solver>()>;

    using Snapshot = SessionSnapshot<Solver>;

    explicit Session(std::size_t budgetBytes = Timeline<State>::kDefaultBudget) : m_playback(budgetBytes) {
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
        // Commands to the old run mean nothing to the new one; the speed is the listener's.
        std::erase_if(m_commands,
                      [](const Command& c) { return !std::holds_alternative<command::SetSpeed>(c); });
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

    void waitUntilIdle() const override {
        std::unique_lock lock(m_mutex);
        m_idle.wait(lock, [this] { return m_isIdle && m_commands.empty() && !m_pendingReset; });
    }

  private:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::microseconds kFrame{16'667};

    struct PendingReset {
        Factory make;
        SessionStart start;
        std::uint64_t generation;
    };

    void run(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            takeMail(stop);
            if (stop.stop_requested()) return;
            if (m_playback.isOpen()) workOneFrame(stop);
        }
    }

    // Waits while there is nothing to do, then applies what has come in.
    void takeMail(const std::stop_token& stop) {
        std::deque<Command> commands;
        std::optional<PendingReset> pendingReset;
        {
            std::unique_lock lock(m_mutex);
            if (!m_playback.hasWork()) {
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
            if (m_playback.isOpen()) m_playback.apply(command);
        if (!commands.empty()) publish();
    }

    void startOver(PendingReset& pending) {
        Expected<Solver> solver = pending.make();
        m_playedGeneration = pending.generation;
        m_error.reset();
        if (solver)
            m_playback.startOver(*std::move(solver), pending.start);
        else
            m_error = solver.error();
        publish();
    }

    void workOneFrame(const std::stop_token& stop) {
        const auto frameEnd = m_lastPublished + kFrame;
        auto now = Clock::now();
        while (m_playback.hasWork() && !m_mail.load(std::memory_order_acquire) && !stop.stop_requested()) {
            if (const auto due = m_playback.restsUntil(now))
                waitForMail(stop, std::min<Clock::time_point>(*due, frameEnd + kFrame));
            else if (!m_playback.workOneBatch(now))
                break;
            now = Clock::now();
            if (now >= frameEnd) break;
        }
        if (m_mail.load(std::memory_order_acquire) && Clock::now() < frameEnd)
            return; // published with the mail
        if (m_playback.shown() == m_shown)
            m_lastPublished = Clock::now();
        else
            publish();
    }

    void waitForMail(const std::stop_token& stop, Clock::time_point until) {
        std::unique_lock lock(m_mutex);
        m_wake.wait_until(lock, stop, until, [this] { return m_mail.load(std::memory_order_relaxed); });
    }

    void publish() {
        auto snapshot = m_snapshots.make(m_playback, m_playedGeneration);
        snapshot->error = m_error;
        if (m_playback.isOpen()) m_shown = m_playback.shown();
        m_lastPublished = Clock::now();
        {
            const std::scoped_lock lock(m_mutex);
            if (m_playedGeneration != m_generation) return; // a newer problem is waiting
            m_latest = std::move(snapshot);
        }
        const std::scoped_lock lock(m_callbackMutex);
        if (m_published) m_published();
    }

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
    Playback<Solver> m_playback;
    SnapshotMaker<Solver> m_snapshots;
    std::optional<Error> m_error;
    std::uint64_t m_playedGeneration = 0;
    Clock::time_point m_lastPublished{};
    typename Playback<Solver>::Shown m_shown{};

    std::jthread m_thread; ///< last: it stops before anything that it uses is destroyed
};

} // namespace orrery
