// A computation beside the run (a cross-validation, residuals, a race) for the views of a lab: off the UI
// thread, the newest request wins, and only its results are delivered, on the UI thread.
#pragma once

#include "core/session/latest_job.h"

#include <QObject>
#include <functional>

namespace orrery {

class SideJob final : public QObject {
    Q_OBJECT
  public:
    /// Runs a function on the UI thread, unless a newer request has been made by then. Partial results too.
    using Deliver = std::function<void(std::function<void()>)>;
    using Work = std::function<void(Progress& progress, const Deliver& deliver)>;

    explicit SideJob(QObject* parent = nullptr);

    void submit(Work work);
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] double fraction() const { return m_progress ? m_progress->fraction() : 1.0; }
    /// Blocks until the newest request is done and delivered.
    void wait();

  Q_SIGNALS:
    void busyChanged();

  private:
    void setBusy(bool busy);
    void post(std::uint64_t request, std::function<void()> function);

    std::uint64_t m_request = 0; ///< UI thread
    bool m_busy = false;
    std::shared_ptr<Progress> m_progress;
    LatestJob m_job; ///< last: joined before the rest goes
};

} // namespace orrery
