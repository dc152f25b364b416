#include "widgets/board/board_view.h"

#include "widgets/board/board_paint.h"
#include "widgets/frame/paint.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace orrery {

namespace {
constexpr double kRoom = 10.0; ///< around the board, for rings
} // namespace

BoardView::BoardView(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void BoardView::setPicture(BoardPicture picture) {
    if (picture == m_picture) return;
    m_picture = std::move(picture);
    if (m_cursor >= m_picture.rows * m_picture.columns) m_cursor = -1;
    describe();
    update();
}

void BoardView::setEditable(bool editable) {
    m_editable = editable;
    setFocusPolicy(editable ? Qt::StrongFocus : Qt::NoFocus);
    if (!editable) setCursorCell(-1);
}

void BoardView::setPair(QChar first, QChar second) {
    m_pairFirst = first;
    m_pairSecond = second;
}

void BoardView::setHighlightsOpen(bool on) {
    if (std::exchange(m_highlightsOpen, on) != on) update();
}

void BoardView::setCursorCell(int cell) {
    if (std::exchange(m_cursor, cell) != cell) update();
}

void BoardView::describe() {
    QStringList rows;
    for (int row = 0; row < m_picture.rows; ++row) {
        QStringList letters;
        for (int column = 0; column < m_picture.columns; ++column)
            letters << m_picture.letters.at(static_cast<std::size_t>(row * m_picture.columns + column));
        rows << letters.join(QLatin1Char(' '));
    }
    setAccessibleDescription(rows.join(QStringLiteral(", ")));
}

QRectF BoardView::tileRect(int cell) const {
    const double room = m_theme.px(kRoom);
    const auto geometry = BoardGeometry::inside(QRectF(rect()).adjusted(room, room, -room, -room),
                                                m_picture.rows, m_picture.columns);
    return geometry.tileAt(cell / m_picture.columns, cell % m_picture.columns);
}

int BoardView::cellAt(QPointF position) const {
    for (int cell = 0; cell < m_picture.rows * m_picture.columns; ++cell)
        if (tileRect(cell).contains(position)) return cell;
    return -1;
}

void BoardView::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

QSize BoardView::minimumSizeHint() const {
    return {m_theme.px(120), m_theme.px(120)};
}
QSize BoardView::sizeHint() const {
    return {m_theme.px(420), m_theme.px(420)};
}

void BoardView::paintEvent(QPaintEvent*) {
    if (m_picture.letters.empty()) return;
    QPainter painter(this);
    const double room = m_theme.px(kRoom);
    const auto geometry = BoardGeometry::inside(QRectF(rect()).adjusted(room, room, -room, -room),
                                                m_picture.rows, m_picture.columns);
    paintBoard(painter, m_picture, geometry, m_theme, hasFocus() ? m_cursor : -1, m_highlightsOpen);
    if (hasFocus() && m_keyboardFocus && m_cursor < 0)
        drawFocusRing(painter, geometry.board.adjusted(-room, -room, room, room), geometry.tile * 0.2,
                      m_theme);
}

void BoardView::mousePressEvent(QMouseEvent* event) {
    const int cell = cellAt(event->position());
    if (event->button() != Qt::LeftButton) return event->ignore();
    m_pairIsOpen = false;
    if (m_editable) setCursorCell(cell);
    if (cell >= 0) Q_EMIT tileClicked(cell);
}

// The keys of the window (arrows step, letters command) are the board's while letters are typed.
bool BoardView::isForTyping(const QKeyEvent& event) const {
    if (m_cursor < 0 || (event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier))) return false;
    switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Escape:
    case Qt::Key_Backspace:
        return true;
    default:
        return event.key() >= Qt::Key_A && event.key() <= Qt::Key_Z;
    }
}

bool BoardView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && isForTyping(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

bool BoardView::moveCursor(int key) {
    const int columns = m_picture.columns, cells = m_picture.rows * columns;
    const int by = key == Qt::Key_Left    ? -1
                   : key == Qt::Key_Right ? 1
                   : key == Qt::Key_Up    ? -columns
                   : key == Qt::Key_Down  ? columns
                                          : 0;
    if (by == 0) return false;
    setCursorCell(std::clamp(m_cursor + by, 0, cells - 1));
    return true;
}

void BoardView::keyPressEvent(QKeyEvent* event) {
    const int cells = m_picture.rows * m_picture.columns;
    if (m_editable && m_cursor < 0 && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        return setCursorCell(0);
    if (!isForTyping(*event)) return QWidget::keyPressEvent(event);
    const bool closesPair = std::exchange(m_pairIsOpen, false) && QChar(event->key()) == m_pairSecond;
    if (closesPair) return;
    if (moveCursor(event->key())) return;
    if (event->key() == Qt::Key_Escape) return setCursorCell(-1);
    if (event->key() == Qt::Key_Backspace) return setCursorCell(std::max(0, m_cursor - 1));
    const int cell = m_cursor;
    setCursorCell((cell + 1) % cells);
    m_pairIsOpen = !m_pairFirst.isNull() && QChar(event->key()) == m_pairFirst;
    Q_EMIT tileTyped(cell, QChar(event->key()));
}

// A focus that came because its widget was hidden is reported as Tab too: the key itself is waited for.
void BoardView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Tab || event->key() == Qt::Key_Backtab) {
        m_keyboardFocus = true;
        update();
    }
    QWidget::keyReleaseEvent(event);
}

void BoardView::focusOutEvent(QFocusEvent* event) {
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason)
        setCursorCell(-1);
    m_keyboardFocus = false;
    update();
    QWidget::focusOutEvent(event);
}

} // namespace orrery
