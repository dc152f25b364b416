#include "widgets/frame/rail.h"

#include "widgets/frame/paint.h"

#include <QAction>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <QVBoxLayout>

namespace orrery {

namespace {

constexpr double kWidth = 64;
constexpr double kTile = 44;
constexpr double kMarkCentre = 28;
constexpr double kMark = 30;

} // namespace

RailButton::RailButton(QAction* action, QWidget* parent) : IconButton(action, parent, 44, 26) {}

QSize RailButton::sizeHint() const { return {theme().px(kWidth), theme().px(kTile)}; }

void RailButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    QRectF tile(0, 0, theme().px(kTile), theme().px(kTile));
    tile.moveCenter(QRectF(rect()).center());
    const double radius = theme().px(10);
    if (isChecked()) {
        drawPanel(painter, tile, radius, theme().accentSoft);
        const double half = theme().px(10), bar = theme().px(3);
        // Round at its right end only: it grows out of the window's edge.
        drawPanel(painter, QRectF(-bar, tile.center().y() - half, 2 * bar, 2 * half), bar * 0.6, theme().accent);
    } else if (hovered()) {
        drawPanel(painter, tile, radius, theme().field);
    }
    QRectF square(0, 0, theme().px(26), theme().px(26));
    square.moveCenter(tile.center());
    if (const auto icon = drawing()) paintIcon(painter, square, *icon, restingInk(), theme());
    if (showsFocus()) drawFocusRing(painter, tile, radius, theme());
}

void RailButton::showName() {
    QToolTip::showText(mapToGlobal(QPoint(width() + 2, height() / 2 - theme().px(28))), toolTip(), this);
}

void RailButton::enterEvent(QEnterEvent* event) {
    IconButton::enterEvent(event);
    showName();
}

void RailButton::focusInEvent(QFocusEvent* event) {
    IconButton::focusInEvent(event);
    showName();
}

void RailButton::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Down) focusNextChild();
    else if (event->key() == Qt::Key_Up) focusPreviousChild();
    else IconButton::keyPressEvent(event);
}

Rail::Rail(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Labs"));
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
    m_layout->addStretch(1);
    setTheme(m_theme);
}

void Rail::addLab(QAction* action) {
    auto* button = new RailButton(action, this);
    button->setTheme(m_theme);
    m_layout->insertWidget(m_labs++, button);
}

void Rail::addBottom(QAction* action) {
    auto* button = new RailButton(action, this);
    button->setTheme(m_theme);
    m_layout->addWidget(button);
}

void Rail::setTheme(const Theme& theme) {
    m_theme = theme;
    m_layout->setContentsMargins(0, theme.px(72), 0, theme.px(12));
    m_layout->setSpacing(theme.px(8));
    updateGeometry();
    update();
}

QSize Rail::sizeHint() const { return {m_theme.px(kWidth), m_layout->sizeHint().height()}; }

void Rail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.surface);
    painter.fillRect(QRectF(width() - 1, 0, 1, height()), m_theme.line);
    QRectF mark(0, 0, m_theme.px(kMark), m_theme.px(kMark));
    mark.moveCenter(QPointF(m_theme.px(kWidth) / 2.0, m_theme.px(kMarkCentre)));
    paintIcon(painter, mark, Icon::Mark, m_theme.ink, m_theme);
}

} // namespace orrery
