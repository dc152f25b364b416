#include "app/labs/gpu/views/run_bar.h"

#include "widgets/frame/buttons.h"
#include "widgets/frame/paint.h"

#include <QAction>
#include <QPainter>

namespace orrery::panel {

namespace {
constexpr double kInset = 12; ///< where the card's title begins
}

RunBar::RunBar(QWidget* parent)
    : QWidget(parent)
    , m_start(add(tr("Run here"), &RunBar::startRequested))
    , m_stop(add(tr("Stop"), &RunBar::stopRequested))
    , m_restart(add(tr("Start again"), &RunBar::restartRequested))
    , m_save(add(tr("Save run…"), &RunBar::saveRequested)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setStatus({});
}

RunBar::Button RunBar::add(const QString& text, void (RunBar::*asked)()) {
    auto* action = new QAction(text, this);
    action->setProperty("inPalette", true);
    connect(action, &QAction::triggered, this, asked);
    return {action, new TextButton(action, this)};
}

void RunBar::setStatus(const RunStatus& status) {
    m_status = status;
    m_start.action->setText(status.startText.isEmpty() ? tr("Run here") : status.startText);
    for (const auto& [button, isShown] : {std::pair{m_start, status.canStart},
                                          {m_stop, status.canStop},
                                          {m_restart, status.canRestart},
                                          {m_save, status.canSave}}) {
        button.action->setVisible(isShown);
        button.face->setVisible(isShown);
    }
    const QString whole = longestForm(status.sentence);
    setToolTip(status.logTail.isEmpty() ? whole : whole + u'\n' + status.logTail);
    setAccessibleName(whole);
    followTheme();
    place();
    update();
}

void RunBar::setTheme(const Theme& theme) {
    m_theme = theme;
    followTheme();
    updateGeometry();
    place();
    update();
}

// In a lecture the picture has the room, unless there is something to be mended.
void RunBar::followTheme() {
    constexpr double kPresentedScale = 1.5;
    if (parentWidget())
        setVisible(m_theme.scale < kPresentedScale || m_status.kind >= RunStatus::Kind::Refused);
}

void RunBar::resizeEvent(QResizeEvent*) {
    place();
}

void RunBar::place() {
    int right = width() - m_theme.px(kInset);
    for (TextButton* face : {m_save.face, m_restart.face, m_stop.face, m_start.face}) {
        if (face->isHidden()) continue;
        const QSize size = face->sizeHint();
        const int tall = std::min(size.height(), height());
        face->setGeometry(right - size.width(), (height() - tall) / 2, size.width(), tall);
        right -= size.width() + m_theme.px(8);
    }
    m_buttonsLeft = right;
}

void RunBar::paintEvent(QPaintEvent*) {
    using Kind = RunStatus::Kind;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double middle = height() / 2.0, radius = m_theme.px(4);
    const QColor color = m_status.kind >= Kind::Refused   ? m_theme.failure
                         : m_status.kind == Kind::Running ? m_theme.brass
                         : m_status.kind == Kind::Waiting ? m_theme.accent
                                                          : m_theme.ghost;
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QPointF(m_theme.px(kInset) + radius, middle), radius, radius);
    const double left = m_theme.px(kInset) + 2 * radius + m_theme.px(8);
    const double room = m_buttonsLeft - left - m_theme.px(8);
    drawElided(painter, {left, 0, room, double(height())}, Qt::AlignLeft | Qt::AlignVCenter,
               m_theme.words(12.5), m_status.kind >= Kind::Refused ? m_theme.failure : m_theme.inkSecond,
               longestThatFits(m_status.sentence, m_theme.words(12.5), room));
}

} // namespace orrery::panel
