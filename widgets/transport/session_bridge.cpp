#include "widgets/transport/session_bridge.h"

#include <atomic>
#include <mutex>

namespace orrery {

struct SessionBridge::Link {
    std::mutex mutex;
    SessionBridge* target = nullptr; ///< guarded by mutex; null once cut
    std::atomic<bool> queued = false;
};

SessionBridge::SessionBridge(QObject* parent) : QObject(parent) {}

SessionBridge::~SessionBridge() { cut(); }

void SessionBridge::cut() {
    if (!m_link) return;
    const std::lock_guard lock(m_link->mutex);
    m_link->target = nullptr;
}

void SessionBridge::setSession(std::shared_ptr<SessionBase> session) {
    cut();
    m_session = std::move(session);
    m_latest.reset();
    m_link = std::make_shared<Link>();
    m_link->target = this;
    if (m_session) {
        m_session->setPublished([link = m_link] {
            if (link->queued.exchange(true)) return;
            const std::lock_guard lock(link->mutex);
            if (!link->target) return;
            SessionBridge* target = link->target;
            QMetaObject::invokeMethod(target, [target, link] { target->deliver(link); }, Qt::QueuedConnection);
        });
    }
    Q_EMIT sessionChanged();
    // A session that already runs has something to show.
    if (m_session) deliver(m_link);
}

void SessionBridge::deliver(const std::shared_ptr<Link>& link) {
    if (link != m_link || !m_session) return;
    // Lowered before the snapshot is read: a publication after this line queues an event of its own.
    link->queued.store(false);
    std::shared_ptr<const SnapshotBase> snapshot = m_session->latest();
    if (!snapshot || snapshot == m_latest) return;
    if (m_latest && snapshot->transport.generation < m_latest->transport.generation) return;
    m_latest = std::move(snapshot);
    Q_EMIT published(m_latest);
}

void SessionBridge::post(Command command) {
    if (m_session) m_session->post(std::move(command));
}

} // namespace orrery
