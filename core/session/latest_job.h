// One finite job at a time on a thread of its own; the newest request wins. For what is computed beside a
// run: a cross-validation, a decision surface (coarse first, then fine), reading a file.
#pragma once

#include "core/support/progress.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace orrery {

class LatestJob {
  public:
    /// Polls `progress.isCancelled()` and hands its results over by itself.
    using Work = std::function<void(Progress& progress)>;

    LatestJob();
    ~LatestJob();
    LatestJob(const LatestJob&) = delete;
    LatestJob& operator=(const LatestJob&) = delete;

    /// Cancels what runs or waits, and runs `work` next. Returns the progress that the work will report to.
    std::shared_ptr<Progress> submit(Work work);
    void cancel();
    /// Blocks until nothing runs or waits.
    void waitUntilIdle() const;

  private:
    struct Request {
        Work work;
        std::shared_ptr<Progress> progress;
    };
    void run(const std::stop_token& stop);

    mutable std::mutex m_mutex;
    mutable std::condition_variable_any m_changed;
    std::optional<Request> m_waiting;
    std::shared_ptr<Progress> m_running;
    std::jthread m_thread; ///< last: joined before the rest is destroyed
};

} // namespace orrery
