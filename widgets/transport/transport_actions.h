// The transport's commands as actions: one list for the window's keys, the bar's buttons, the command palette
// and the sheet of keys. The same in every lab.
//
// Space play or pause; →/← one step; Shift one round; Ctrl one phase; Home restart; End run to the end;
// 1-9 speed; L loop; F follow.
#pragma once

#include "widgets/theme/icons.h"
#include "widgets/transport/session_bridge.h"

#include <QAction>
#include <array>

namespace orrery {

/// Steps per second of the keys 1 to 9; the last is as fast as it goes.
inline constexpr std::array<double, 9> kSpeedKeys{1, 3, 10, 30, 100, 1e3, 1e4, 1e5, kUnlimitedSpeed};

/// "30 /s", "1 000 /s", "max".
[[nodiscard]] QString speedText(double stepsPerSecond);
/// Reads "30", "1e4", "max"; nullopt when it is neither or not positive.
[[nodiscard]] std::optional<double> parseSpeed(const QString& text);

class TransportActions final : public QObject {
    Q_OBJECT
  public:
    explicit TransportActions(SessionBridge* bridge, QObject* parent = nullptr);

    QAction* const playPause;
    QAction* const stepForward;
    QAction* const stepBack;
    QAction* const roundForward;
    QAction* const roundBack;
    QAction* const phaseForward;
    QAction* const phaseBack;
    QAction* const restart;
    QAction* const runToEnd;
    QAction* const loop;   ///< checkable: repeats the last loop range, at first the whole run
    QAction* const follow; ///< checkable: views keep the shown step in sight; the window listens to toggled()
    std::array<QAction*, 9> speeds;

    [[nodiscard]] QList<QAction*> actions() const;

  private:
    QAction* add(const QString& text, const QKeySequence& key, Icon icon);
    QAction* addStep(const QString& text, const QKeySequence& key, Grain grain, int count, Icon icon);
    void addSpeeds();
    void toggleLoop();
    void update(const TransportState& state);

    SessionBridge* m_bridge;
    std::optional<std::pair<std::int64_t, std::int64_t>> m_loop; ///< the last range there was
};

} // namespace orrery
