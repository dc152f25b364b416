// A run that is still going on: the process, the log that it fills, the requests that it has been sent.
//
// Events come in bursts; a new log is published at most ten times a second.
#pragma once

#include "widgets/runner/run_log.h"
#include "widgets/runner/runner_process.h"

#include <QObject>
#include <QTimer>

namespace orrery {

class LiveRun final : public QObject {
    Q_OBJECT
  public:
    explicit LiveRun(QObject* parent = nullptr);

    /// A new run. The log of the one before is gone from here; who shows it keeps it.
    void start(const QStringList& argv, std::vector<gpu::Request> requests);
    /// Other requests of the process that runs; what it was doing is called off. The log goes on.
    void ask(std::vector<gpu::Request> requests);
    /// One more request, after the others.
    void also(gpu::Request request);
    /// The same process once more, with the requests that had no answer; the log goes on.
    void restart();
    void stop();

    [[nodiscard]] const runner::RunnerProcess& process() const { return m_process; }
    [[nodiscard]] bool isAlive() const { return m_process.isAlive(); }
    /// Requests that are not done.
    [[nodiscard]] int waiting() const { return static_cast<int>(m_open.size()); }
    [[nodiscard]] const runner::RunLog& log() const { return m_log; }

  Q_SIGNALS:
    void grown(std::shared_ptr<const orrery::runner::RunLog> log);
    void changed(); ///< the process or what it is asked for

  private:
    void send(gpu::Request request);
    void take(const gpu::Event& event);
    void publish();

    runner::RunnerProcess m_process;
    runner::RunLog m_log;
    std::vector<gpu::Request> m_open;
    QTimer m_soon;
    int m_lastId = 0;
};

} // namespace orrery
