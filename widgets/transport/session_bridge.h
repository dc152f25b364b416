// Carries a session's publications to the UI thread and commands back.
//
// However often the session publishes, at most one event waits in the UI thread's queue; when it is handled
// the latest snapshot is taken, so the last publication always arrives. Snapshots of an older generation
// than one already seen are dropped.
#pragma once

#include "core/session/session_base.h"

#include <QObject>
#include <memory>

namespace orrery {

class SessionBridge final : public QObject {
    Q_OBJECT
  public:
    explicit SessionBridge(QObject* parent = nullptr);
    ~SessionBridge() override;

    /// Listens to `session` from now on (null: to none) and forgets the old one. Before its first reset().
    void setSession(std::shared_ptr<SessionBase> session);
    [[nodiscard]] const std::shared_ptr<SessionBase>& session() const { return m_session; }

    void post(Command command);
    /// The last snapshot that was announced by published(); null before the first.
    [[nodiscard]] const std::shared_ptr<const SnapshotBase>& latest() const { return m_latest; }
    /// Of latest(), or a fresh one.
    [[nodiscard]] TransportState state() const { return m_latest ? m_latest->transport : TransportState{}; }

  Q_SIGNALS:
    void published(std::shared_ptr<const orrery::SnapshotBase> snapshot);
    void sessionChanged();

  private:
    struct Link;
    void deliver(const std::shared_ptr<Link>& link);
    void cut();

    std::shared_ptr<SessionBase> m_session;
    std::shared_ptr<Link> m_link; ///< what the session's thread holds: outlives this when it must
    std::shared_ptr<const SnapshotBase> m_latest;
};

} // namespace orrery
