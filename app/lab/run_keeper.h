// The session of a lab and the run that its views show: starting, starting again in place, and what a
// snapshot brings that is new. The part of a lab's time that knows no subject.
#pragma once

#include "core/session/session.h"

#include <memory>
#include <optional>
#include <utility>

namespace orrery {

/// `Solver::problem()` is a shared pointer to what the views need of a run.
template <class Solver>
class RunKeeper {
  public:
    using LabSession = Session<Solver>;
    using Snapshot = typename LabSession::Snapshot;
    using RunPointer = ProblemOf<Solver>;

    /// What a snapshot means to the lab.
    struct News {
        std::optional<Error> refusal; ///< no run could be made: said once a generation
        bool isShown = false;         ///< there is a state to draw
        bool isNewRun = false;        ///< its run is another than the one that the views show
    };

    void start(typename LabSession::Factory make, SessionStart start) {
        m_session->reset(std::move(make), start);
    }

    /// A knob was moved: the new run is shown at the same share of its length, and goes on if it was playing.
    void restartInPlace(typename LabSession::Factory make) {
        SessionStart start{.runAhead = true};
        if (m_snapshot) {
            const TransportState& t = m_snapshot->transport;
            start.play = t.playing;
            // While a slider is dragged the run before this one may not have come to its place yet.
            if (!m_share)
                m_share =
                    t.furthest > 0 ? static_cast<double>(t.index) / static_cast<double>(t.furthest) : 0.0;
            start.share = m_share;
        }
        this->start(std::move(make), start);
    }

    /// Keeps the snapshot if it has a state.
    [[nodiscard]] News take(const std::shared_ptr<const SnapshotBase>& base) {
        const auto snapshot = std::static_pointer_cast<const Snapshot>(base);
        const TransportState& transport = snapshot->transport;
        News news;
        if (!transport.seeking) m_share.reset();
        if (snapshot->error &&
            std::exchange(m_failedGeneration, transport.generation) != transport.generation)
            news.refusal = snapshot->error;
        news.isShown = snapshot->state && snapshot->problem;
        if (!news.isShown) return news;
        m_snapshot = snapshot;
        news.isNewRun = snapshot->problem != m_run;
        m_run = snapshot->problem;
        return news;
    }

    [[nodiscard]] const std::shared_ptr<LabSession>& session() const { return m_session; }
    [[nodiscard]] const RunPointer& run() const { return m_run; } ///< null before the first
    [[nodiscard]] const std::shared_ptr<const Snapshot>& snapshot() const { return m_snapshot; } ///< of run()

  private:
    std::shared_ptr<LabSession> m_session = std::make_shared<LabSession>();
    std::shared_ptr<const Snapshot> m_snapshot;
    RunPointer m_run{};
    std::optional<double> m_share;        ///< of the run, where the one being computed is to be shown
    std::uint64_t m_failedGeneration = 0; ///< of the run whose refusal has been said
};

} // namespace orrery
