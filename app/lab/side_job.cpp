#include "app/lab/side_job.h"

#include <QCoreApplication>
#include <QEvent>

namespace orrery {

SideJob::SideJob(QObject* parent) : QObject(parent) {}

void SideJob::submit(Work work) {
    const std::uint64_t request = ++m_request;
    m_progress = m_job.submit([this, request, work = std::move(work)](Progress& progress) {
        work(progress,
             [this, request](std::function<void()> function) { post(request, std::move(function)); });
        post(request, [this] { setBusy(false); });
    });
    setBusy(true);
}

void SideJob::cancel() {
    ++m_request;
    m_job.cancel();
    setBusy(false);
}

void SideJob::wait() {
    m_job.waitUntilIdle();
    QCoreApplication::sendPostedEvents(this, QEvent::MetaCall);
}

void SideJob::post(std::uint64_t request, std::function<void()> function) {
    QMetaObject::invokeMethod(
        this,
        [this, request, function = std::move(function)] {
            if (request == m_request) function();
        },
        Qt::QueuedConnection);
}

void SideJob::setBusy(bool busy) {
    if (busy == m_busy) return;
    m_busy = busy;
    Q_EMIT busyChanged();
}

} // namespace orrery
