#include "widgets/transport/transport_actions.h"

#include "widgets/frame/paint.h"

#include <cmath>

namespace orrery {

QString speedText(double stepsPerSecond) {
    if (std::isinf(stepsPerSecond)) return QStringLiteral("max");
    const QString number = stepsPerSecond >= 10 ? grouped(std::llround(stepsPerSecond))
                                                : QString::number(stepsPerSecond, 'g', 2);
    return QStringLiteral("%1 /s").arg(number);
}

std::optional<double> parseSpeed(const QString& text) {
    QString plain = text.trimmed().toLower();
    if (plain == QLatin1String("max") || plain == QLatin1String("unlimited")) return kUnlimitedSpeed;
    if (plain.endsWith(QLatin1String("/s"))) plain.chop(2);
    plain.remove(QLatin1Char(' ')).remove(QChar(0x2009)).remove(QChar(0x202F));
    bool valid = false;
    const double speed = plain.toDouble(&valid);
    if (!valid || !(speed > 0) || !std::isfinite(speed)) return std::nullopt;
    return speed;
}

TransportActions::TransportActions(SessionBridge* bridge, QObject* parent)
    : QObject(parent), playPause(add(tr("Play"), Qt::Key_Space, Icon::Play)),
      stepForward(addStep(tr("One step forward"), Qt::Key_Right, Grain::Step, 1, Icon::StepForward)),
      stepBack(addStep(tr("One step back"), Qt::Key_Left, Grain::Step, -1, Icon::StepBack)),
      roundForward(addStep(tr("One round forward"), Qt::SHIFT | Qt::Key_Right, Grain::Round, 1, Icon::StepForward)),
      roundBack(addStep(tr("One round back"), Qt::SHIFT | Qt::Key_Left, Grain::Round, -1, Icon::StepBack)),
      phaseForward(addStep(tr("One phase forward"), Qt::CTRL | Qt::Key_Right, Grain::Phase, 1, Icon::StepForward)),
      phaseBack(addStep(tr("One phase back"), Qt::CTRL | Qt::Key_Left, Grain::Phase, -1, Icon::StepBack)),
      restart(add(tr("Restart with the same seed"), Qt::Key_Home, Icon::First)),
      runToEnd(add(tr("Run to the end"), Qt::Key_End, Icon::Last)), loop(add(tr("Loop"), Qt::Key_L, Icon::Loop)),
      follow(add(tr("Follow the shown step"), Qt::Key_F, Icon::Follow)), speeds{}, m_bridge(bridge) {
    connect(playPause, &QAction::triggered, this, [this] { m_bridge->post(command::TogglePlay{}); });
    connect(restart, &QAction::triggered, this, [this] { m_bridge->post(command::Restart{}); });
    connect(runToEnd, &QAction::triggered, this, [this] { m_bridge->post(command::RunToEnd{}); });
    loop->setCheckable(true);
    connect(loop, &QAction::triggered, this, &TransportActions::toggleLoop);
    follow->setCheckable(true);
    follow->setChecked(true);
    addSpeeds();
    connect(bridge, &SessionBridge::published, this,
            [this](const std::shared_ptr<const SnapshotBase>& snapshot) { update(snapshot->transport); });
    connect(bridge, &SessionBridge::sessionChanged, this, [this] {
        m_loop.reset();
        update(m_bridge->state());
    });
    update(bridge->state());
}

QAction* TransportActions::add(const QString& text, const QKeySequence& key, Icon icon) {
    auto* action = new QAction(plainIcon(icon), text, this);
    action->setShortcut(key);
    action->setProperty("group", tr("Time"));
    return action;
}

QAction* TransportActions::addStep(const QString& text, const QKeySequence& key, Grain grain, int count, Icon icon) {
    QAction* action = add(text, key, icon);
    action->setAutoRepeat(true);
    connect(action, &QAction::triggered, this, [this, grain, count] { m_bridge->post(command::Step{grain, count}); });
    return action;
}

void TransportActions::addSpeeds() {
    for (std::size_t i = 0; i < speeds.size(); ++i) {
        const double speed = kSpeedKeys[i];
        const QString text = std::isinf(speed) ? tr("Speed: as fast as it goes")
                             : speed == 1      ? tr("Speed: 1 step a second")
                                               : tr("Speed: %1 steps a second").arg(grouped(std::llround(speed)));
        speeds[i] = add(text, QKeySequence(Qt::Key_1 + static_cast<int>(i)), Icon::Play);
        connect(speeds[i], &QAction::triggered, this, [this, speed] { m_bridge->post(command::SetSpeed{speed}); });
    }
}

void TransportActions::toggleLoop() {
    const TransportState state = m_bridge->state();
    if (state.loop) {
        m_bridge->post(command::SetLoop{std::nullopt});
    } else if (const auto range = m_loop.value_or(std::pair<std::int64_t, std::int64_t>(0, state.furthest));
               range.first < range.second) {
        m_bridge->post(command::SetLoop{range});
    }
    // The check mark is what the session says, not what was asked for.
    loop->setChecked(state.loop.has_value());
}

void TransportActions::update(const TransportState& state) {
    if (state.loop) m_loop = state.loop;
    const bool any = m_bridge->session() != nullptr;
    for (QAction* action : actions()) action->setEnabled(any);
    follow->setEnabled(true);
    if (state.playing != (playPause->text() == tr("Pause"))) {
        playPause->setText(state.playing ? tr("Pause") : tr("Play"));
        playPause->setIcon(plainIcon(state.playing ? Icon::Pause : Icon::Play));
    }
    for (QAction* back : {stepBack, roundBack, phaseBack, restart}) back->setEnabled(any && state.index > 0);
    for (QAction* on : {stepForward, roundForward, phaseForward, runToEnd}) on->setEnabled(any && !state.atEnd());
    loop->setChecked(state.loop.has_value());
}

QList<QAction*> TransportActions::actions() const {
    QList<QAction*> all{playPause, stepForward,  stepBack,  roundForward, roundBack, phaseForward,
                        phaseBack, restart,      runToEnd,  loop,         follow};
    for (QAction* speed : speeds) all.append(speed);
    return all;
}

} // namespace orrery
