// The part of a session that knows no solver: what the transport bar, the trace chart and the keys talk to.
#pragma once

#include "core/session/transport.h"
#include "core/support/expected.h"
#include "core/trace/trace.h"

#include <functional>
#include <memory>
#include <optional>

namespace orrery {

/// How a run begins.
struct SessionStart {
    bool runAhead = false;       ///< compute the whole run first, so that the future can be drawn
    std::int64_t index = 0;      ///< then go here; clamped to the end
    std::optional<double> share; ///< with runAhead, instead of `index`: this share of the run's length
    bool play = false;           ///< then play
};

/// What every snapshot carries besides the solver's state. Immutable once published.
struct SnapshotBase {
    TransportState transport;
    std::optional<Error> error; ///< why the last reset() made no solver; the run shown is the one before it
    std::shared_ptr<const Trace> trace;     ///< of the whole run so far, beyond `transport.index` as well
    std::shared_ptr<const TimeMarks> marks; ///< of the whole run so far
    virtual ~SnapshotBase() = default;
};

class SessionBase {
  public:
    virtual ~SessionBase() = default;

    /// Any thread. Never blocks; takes effect at the next batch.
    virtual void post(Command command) = 0;
    /// The latest snapshot; null before the first. Any thread.
    [[nodiscard]] virtual std::shared_ptr<const SnapshotBase> latest() const = 0;
    /// Called on the session's thread after each publication; must be quick and must not call back in.
    /// Set it before the first reset().
    virtual void setPublished(std::function<void()> published) = 0;
    /// Blocks until nothing is left to do (a playing session has always something to do): for headless use.
    virtual void waitUntilIdle() const {}
};

} // namespace orrery
