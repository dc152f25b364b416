#include "core/session/latest_job.h"

#include <utility>

namespace orrery {

LatestJob::LatestJob() : m_thread([this](const std::stop_token& stop) { run(stop); }) {}

LatestJob::~LatestJob() {
    cancel();
    m_thread.request_stop();
}

std::shared_ptr<Progress> LatestJob::submit(Work work) {
    auto progress = std::make_shared<Progress>();
    const std::scoped_lock lock(m_mutex);
    if (m_running) m_running->cancel();
    m_waiting = Request{std::move(work), progress};
    m_changed.notify_all();
    return progress;
}

void LatestJob::cancel() {
    const std::scoped_lock lock(m_mutex);
    if (m_running) m_running->cancel();
    m_waiting.reset();
    m_changed.notify_all();
}

void LatestJob::waitUntilIdle() const {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_waiting && !m_running; });
}

void LatestJob::run(const std::stop_token& stop) {
    for (;;) {
        Request request;
        {
            std::unique_lock lock(m_mutex);
            if (!m_changed.wait(lock, stop, [this] { return m_waiting.has_value(); })) return;
            request = *std::exchange(m_waiting, std::nullopt);
            m_running = request.progress;
        }
        request.work(*request.progress);
        const std::scoped_lock lock(m_mutex);
        m_running.reset();
        m_changed.notify_all();
    }
}

} // namespace orrery
