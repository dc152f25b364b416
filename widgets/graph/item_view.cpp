#include "widgets/graph/item_view.h"

#include "widgets/frame/paint.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace orrery {

namespace {

/// Of an arrow; null otherwise.
QPoint directionOf(int key) {
    switch (key) {
    case Qt::Key_Left:
        return {-1, 0};
    case Qt::Key_Right:
        return {1, 0};
    case Qt::Key_Up:
        return {0, -1};
    case Qt::Key_Down:
        return {0, 1};
    default:
        return {};
    }
}

bool isEdit(int key) {
    return key == Qt::Key_Escape || key == Qt::Key_Insert || key == Qt::Key_Delete ||
           key == Qt::Key_Backspace;
}

} // namespace

ItemView::ItemView(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void ItemView::setLegend(std::vector<NodeState> states, const QString& target) {
    m_legend = std::move(states);
    m_target = target;
    place();
    update();
}

void ItemView::pictureChanged() {
    if (m_chosen >= items()) choose(-1);
    if (m_hovered >= items()) hover(-1);
    if (m_marked >= items()) m_marked = -1;
    place();
    update();
}

void ItemView::setMarked(int item) {
    if (std::exchange(m_marked, item) != item) update();
}

void ItemView::hover(int item) {
    if (std::exchange(m_hovered, item) == item) return;
    update();
    Q_EMIT itemHovered(item);
}

void ItemView::choose(int item) {
    if (std::exchange(m_chosen, item) == item) return;
    if (m_describe) setAccessibleDescription(item >= 0 ? m_describe(item) : QString());
    update();
    Q_EMIT itemChosen(item);
}

void ItemView::setTheme(const Theme& theme) {
    m_theme = theme;
    place();
    updateGeometry();
    update();
}

QSize ItemView::minimumSizeHint() const {
    return {m_theme.px(200), m_theme.px(150)};
}
QSize ItemView::sizeHint() const {
    return {m_theme.px(640), m_theme.px(480)};
}

QRectF ItemView::room(double margin) const {
    const double inset = m_theme.px(margin);
    return QRectF(rect()).adjusted(inset, inset, -inset,
                                   -inset - (m_legend.empty() ? 0.0 : legendHeight(m_theme)));
}

// --- painting ---

void ItemView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintPicture(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    paintLegend(painter);
    paintReadout(painter);
    if (m_hasKeyboard) drawFocusRing(painter, rect(), 8, m_theme);
}

void ItemView::paintLegend(QPainter& painter) const {
    if (m_legend.empty()) return;
    const double high = legendHeight(m_theme);
    drawLegend(painter, QRectF(m_theme.px(4), height() - high, width() - m_theme.px(8), high), m_legend,
               m_target, m_theme);
}

// What the item under the pointer, or else the chosen one, is.
void ItemView::paintReadout(QPainter& painter) const {
    const int item = m_hovered >= 0 ? m_hovered : m_chosen;
    const QString text = item >= 0 && m_describe && hasReadout() ? m_describe(item) : QString();
    if (text.isEmpty()) return;
    const QFont font = m_theme.words(12);
    const double wide = std::min(textWidth(font, text) + m_theme.px(18), width() - 8.0);
    const double high = m_theme.px(26), gap = m_theme.px(9);
    const QRectF at = boxOf(item);
    QRectF box(at.center().x() - wide / 2, at.top() - gap - high, wide, high);
    if (box.top() < 2) box.moveTop(at.bottom() + gap);
    box.moveLeft(std::clamp(box.left(), 4.0, std::max(4.0, width() - wide - 4.0)));
    drawPanel(painter, box, m_theme.px(6), m_theme.surface, m_theme.line);
    drawElided(painter, box.adjusted(gap, 0, -gap, 0), Qt::AlignVCenter | Qt::AlignLeft, font, m_theme.ink,
               text);
}

// --- pointer and keys ---

void ItemView::resizeEvent(QResizeEvent*) {
    place();
}

void ItemView::mouseMoveEvent(QMouseEvent* event) {
    hover(itemAt(event->position()));
}

void ItemView::leaveEvent(QEvent*) {
    hover(-1);
}

bool ItemView::moveChoice(const QKeyEvent& event) {
    const QPoint direction = directionOf(event.key());
    if (!direction.isNull() && event.modifiers().testFlag(Qt::AltModifier))
        choose(itemTowards(m_chosen, direction));
    else if (event.key() == Qt::Key_Comma || event.key() == Qt::Key_Period)
        choose(itemAfter(m_chosen, event.key() == Qt::Key_Period ? 1 : -1));
    else
        return false;
    return true;
}

bool ItemView::askOfChosen(const QKeyEvent& event) {
    if (m_chosen < 0 || event.modifiers().testFlag(Qt::AltModifier)) return false;
    switch (event.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT itemClicked(m_chosen, event.modifiers() & ~Qt::KeypadModifier);
        return true;
    case Qt::Key_Insert:
        Q_EMIT moreRequested(m_chosen);
        return true;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        Q_EMIT lessRequested(m_chosen);
        return true;
    case Qt::Key_Escape:
        choose(-1);
        return true;
    default:
        return false;
    }
}

void ItemView::keyPressEvent(QKeyEvent* event) {
    if (items() == 0 || !(moveChoice(*event) || askOfChosen(*event))) QWidget::keyPressEvent(event);
}

// The ring is seen where Tab brought the focus: its release comes here.
void ItemView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Tab && event->key() != Qt::Key_Backtab)
        return QWidget::keyReleaseEvent(event);
    m_hasKeyboard = true;
    update();
}

void ItemView::focusOutEvent(QFocusEvent*) {
    m_hasKeyboard = false;
    update();
}

// Keys that the window may want as well are the view's: the arrows with Alt, and what edits while an item is
// chosen.
bool ItemView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && items() > 0) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool isArrow = !directionOf(key->key()).isNull();
        if ((isArrow && key->modifiers().testFlag(Qt::AltModifier)) || key->key() == Qt::Key_Comma ||
            key->key() == Qt::Key_Period || (m_chosen >= 0 && isEdit(key->key())))
            event->accept();
    }
    return QWidget::event(event);
}

} // namespace orrery
