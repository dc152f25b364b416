// Pointer and keys of a GridView.
#include "widgets/graph/grid_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <algorithm>

namespace orrery {

void GridView::resizeEvent(QResizeEvent*) {
    place();
}

void GridView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
    m_pressed = m_last = cellAt(event->position());
    m_drawn.clear();
    if (m_pressed < 0) return;
    m_drawsWalls = m_picture.walls[static_cast<std::size_t>(m_pressed)] == 0;
    if (!m_drawsWalls) m_drawn.push_back(m_pressed); // a click on a wall takes it away
    update();
}

// A drag that leaves a free cell builds walls: the cell where it began is one of them. A quick hand leaves no
// gaps: the cells on the straight way between two events are drawn too.
void GridView::mouseMoveEvent(QMouseEvent* event) {
    const int cell = cellAt(event->position());
    hover(cell);
    if (m_pressed < 0 || !(event->buttons() & Qt::LeftButton) || cell < 0) return;
    if (cell == m_pressed && m_drawn.empty()) return;
    const int from = std::exchange(m_last, cell), columns = m_picture.columns;
    const int wide = cell % columns - from % columns, high = cell / columns - from / columns;
    const int steps = std::max({std::abs(wide), std::abs(high), 1});
    for (int i = 0; i <= steps; ++i)
        draw((from / columns + high * i / steps) * columns + from % columns + wide * i / steps);
    update();
}

void GridView::draw(int cell) {
    const bool isEnd = cell == m_picture.start || cell == m_picture.goal;
    const bool isDrawn = std::ranges::find(m_drawn, cell) != m_drawn.end();
    const bool changes = (m_picture.walls[static_cast<std::size_t>(cell)] == 0) == m_drawsWalls;
    if (!isEnd && !isDrawn && changes) m_drawn.push_back(cell);
}

void GridView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return QWidget::mouseReleaseEvent(event);
    const int pressed = std::exchange(m_pressed, -1);
    const std::vector<int> drawn = std::exchange(m_drawn, {});
    update();
    if (!drawn.empty())
        Q_EMIT wallsDrawn(drawn, m_drawsWalls);
    else if (pressed >= 0 && cellAt(event->position()) == pressed)
        Q_EMIT cellClicked(pressed, event->modifiers());
}

void GridView::leaveEvent(QEvent*) {
    hover(-1);
}

void GridView::hover(int cell) {
    if (std::exchange(m_hovered, cell) == cell) return;
    update();
    Q_EMIT cellHovered(cell);
}

void GridView::choose(int cell) {
    if (std::exchange(m_chosen, cell) == cell) return;
    if (m_describe) setAccessibleDescription(cell >= 0 ? m_describe(cell) : QString());
    update();
}

void GridView::moveCursor(int columns, int rows) {
    if (m_chosen < 0) return choose(m_picture.start >= 0 ? m_picture.start : 0);
    const int column = std::clamp(m_chosen % m_picture.columns + columns, 0, m_picture.columns - 1);
    const int row = std::clamp(m_chosen / m_picture.columns + rows, 0, m_picture.rows - 1);
    choose(row * m_picture.columns + column);
}

void GridView::keyPressEvent(QKeyEvent* event) {
    if (m_picture.cells() == 0) return QWidget::keyPressEvent(event);
    if (event->modifiers() & Qt::AltModifier) {
        switch (event->key()) {
        case Qt::Key_Left:
            return moveCursor(-1, 0);
        case Qt::Key_Right:
            return moveCursor(1, 0);
        case Qt::Key_Up:
            return moveCursor(0, -1);
        case Qt::Key_Down:
            return moveCursor(0, 1);
        default:
            return QWidget::keyPressEvent(event);
        }
    }
    if (event->key() == Qt::Key_Comma) return moveCursor(-1, 0);
    if (event->key() == Qt::Key_Period) return moveCursor(1, 0);
    if (m_chosen < 0) return QWidget::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT cellClicked(m_chosen, event->modifiers() & ~Qt::KeypadModifier);
        return;
    case Qt::Key_Insert:
        Q_EMIT wallsDrawn({m_chosen}, true);
        return;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        Q_EMIT wallsDrawn({m_chosen}, false);
        return;
    case Qt::Key_Escape:
        return choose(-1);
    default:
        return QWidget::keyPressEvent(event);
    }
}

// The ring is seen where Tab brought the focus: its release comes here.
void GridView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Tab && event->key() != Qt::Key_Backtab)
        return QWidget::keyReleaseEvent(event);
    m_hasKeyboard = true;
    update();
}

void GridView::focusOutEvent(QFocusEvent*) {
    m_hasKeyboard = false;
    update();
}

bool GridView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && m_picture.cells() > 0) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool isArrow = key->key() >= Qt::Key_Left && key->key() <= Qt::Key_Down;
        const bool isEdit = key->key() == Qt::Key_Escape || key->key() == Qt::Key_Insert ||
                            key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace;
        if ((isArrow && (key->modifiers() & Qt::AltModifier)) || key->key() == Qt::Key_Comma ||
            key->key() == Qt::Key_Period || (m_chosen >= 0 && isEdit))
            event->accept();
    }
    return QWidget::event(event);
}

} // namespace orrery
