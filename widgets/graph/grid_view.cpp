#include "widgets/graph/grid_view.h"

#include "widgets/frame/paint.h"
#include "widgets/theme/contrast.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace orrery {

namespace {
constexpr double kMargin = 8.0;
constexpr double kLargestCell = 44.0;
} // namespace

GridView::GridView(QWidget* parent) : ItemView(parent) {
    connect(this, &ItemView::moreRequested, this, [this](int cell) { Q_EMIT wallsDrawn({cell}, true); });
    connect(this, &ItemView::lessRequested, this, [this](int cell) { Q_EMIT wallsDrawn({cell}, false); });
}

void GridView::setPicture(GridPicture picture) {
    m_picture = std::move(picture);
    pictureChanged();
}

// Whole pixels a cell where that is possible, so that walls stay sharp.
void GridView::place() {
    if (m_picture.cells() == 0) return;
    const QRectF inside = room(kMargin);
    m_cell = std::min<double>({theme().px(kLargestCell) * 1.0, inside.width() / m_picture.columns,
                               inside.height() / m_picture.rows});
    if (m_cell > 4.0) m_cell = std::floor(m_cell);
    m_origin = QPointF(std::floor(inside.center().x() - m_cell * m_picture.columns / 2.0),
                       std::floor(inside.center().y() - m_cell * m_picture.rows / 2.0));
}

QRectF GridView::boxOf(int cell) const {
    return {m_origin.x() + m_cell * (cell % m_picture.columns),
            m_origin.y() + m_cell * (cell / m_picture.columns), m_cell, m_cell};
}

int GridView::itemAt(QPointF pixel) const {
    if (m_picture.cells() == 0) return -1;
    const int column = static_cast<int>(std::floor((pixel.x() - m_origin.x()) / m_cell));
    const int row = static_cast<int>(std::floor((pixel.y() - m_origin.y()) / m_cell));
    const bool inside = column >= 0 && row >= 0 && column < m_picture.columns && row < m_picture.rows;
    return inside ? row * m_picture.columns + column : -1;
}

// With the drag that is under way.
bool GridView::isWall(int cell) const {
    if (std::ranges::find(m_drawn, cell) != m_drawn.end()) return m_drawsWalls;
    return m_picture.walls[static_cast<std::size_t>(cell)] != 0;
}

int GridView::itemAfter(int cell, int step) const {
    return itemTowards(cell, {step, 0});
}

// From the start, where none is chosen.
int GridView::itemTowards(int cell, QPoint direction) const {
    if (cell < 0) return std::max(0, m_picture.start);
    const int column = std::clamp(cell % m_picture.columns + direction.x(), 0, m_picture.columns - 1);
    const int row = std::clamp(cell / m_picture.columns + direction.y(), 0, m_picture.rows - 1);
    return row * m_picture.columns + column;
}

void GridView::paintPicture(QPainter& painter) {
    if (m_picture.cells() == 0) return;
    paintCells(painter);
    paintWalls(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    paintPath(painter);
    paintEnds(painter);
    paintFrames(painter);
}

void GridView::paintCells(QPainter& painter) const {
    const QRectF whole(m_origin, QSizeF(m_cell * m_picture.columns, m_cell * m_picture.rows));
    painter.fillRect(whole, theme().surface);
    const QColor visited = inkOf(NodeState::Visited, theme()).line;
    for (int cell = 0; cell < m_picture.cells(); ++cell) {
        const auto i = static_cast<std::size_t>(cell);
        const NodeState state = m_picture.states[i];
        if (state == NodeState::Unseen || isWall(cell)) continue;
        if (state == NodeState::Visited || state == NodeState::Rejected || state == NodeState::Found ||
            state == NodeState::Current) {
            const double shade = m_picture.shades.empty() ? 0.5 : m_picture.shades[i];
            painter.fillRect(boxOf(cell), mixed(theme().surface, visited, 0.16 + 0.44 * shade));
        }
    }
    painter.setRenderHint(QPainter::Antialiasing);
    for (int cell = 0; cell < m_picture.cells(); ++cell) {
        const NodeState state = m_picture.states[static_cast<std::size_t>(cell)];
        if (isWall(cell) || (state != NodeState::Frontier && state != NodeState::Rejected)) continue;
        drawNodeShape(painter, boxOf(cell).center(), m_cell * (state == NodeState::Frontier ? 0.46 : 0.3),
                      state, theme());
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

// One rectangle a run of a row: a seam between two would be seen.
void GridView::paintWalls(QPainter& painter) const {
    const QColor wall = mixed(theme().surface, theme().ink, theme().kind == ThemeKind::Dark ? 0.34 : 0.62);
    for (int row = 0; row < m_picture.rows; ++row)
        for (int column = 0; column < m_picture.columns; ++column) {
            const int first = row * m_picture.columns + column;
            if (!isWall(first)) continue;
            int end = column;
            while (end < m_picture.columns && isWall(row * m_picture.columns + end))
                ++end;
            painter.fillRect(boxOf(first).united(boxOf(row * m_picture.columns + end - 1)), wall);
            column = end;
        }
    painter.setPen(QPen(theme().line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(m_origin, QSizeF(m_cell * m_picture.columns, m_cell * m_picture.rows)));
}

void GridView::paintPath(QPainter& painter) const {
    if (m_picture.path.size() < 2) return;
    QPolygonF line;
    for (const int cell : m_picture.path)
        line << boxOf(cell).center();
    painter.setBrush(Qt::NoBrush);
    const double width = std::clamp(m_cell * 0.3, 2.0, 9.0 * theme().lineScale);
    painter.setPen(QPen(theme().surface, width + 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
    painter.setPen(
        QPen(inkOf(NodeState::Found, theme()).line, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
}

// Start: a ring; goal: the diamond of every wanted node; this step: the brass disc.
void GridView::paintEnds(QPainter& painter) const {
    for (int cell = 0; cell < m_picture.cells(); ++cell)
        if (m_picture.states[static_cast<std::size_t>(cell)] == NodeState::Current && !isWall(cell))
            drawNodeShape(painter, boxOf(cell).center(), m_cell * 0.32, NodeState::Current, theme());
    if (m_picture.start >= 0) {
        painter.setPen(QPen(theme().ink, std::clamp(m_cell * 0.1, 1.5, 4.0)));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(boxOf(m_picture.start).center(), m_cell * 0.34, m_cell * 0.34);
    }
    if (m_picture.goal >= 0) drawTarget(painter, boxOf(m_picture.goal).center(), m_cell * 0.36, theme());
}

void GridView::paintFrames(QPainter& painter) const {
    const auto frame = [&](int cell, const QColor& color, double width) {
        if (cell < 0) return;
        painter.setPen(QPen(color, width));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(boxOf(cell).adjusted(-1, -1, 1, 1), 3, 3);
    };
    frame(marked(), theme().brass, theme().focusWidth() * 0.8);
    frame(hovered(), theme().inkThird, theme().contextWidth());
    frame(chosen(), theme().accent, std::max(2.5, theme().contextWidth()));
}

// --- pointer ---

void GridView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return ItemView::mousePressEvent(event);
    m_pressed = m_last = itemAt(event->position());
    m_drawn.clear();
    if (m_pressed < 0) return;
    m_drawsWalls = m_picture.walls[static_cast<std::size_t>(m_pressed)] == 0;
    if (!m_drawsWalls) m_drawn.push_back(m_pressed); // a click on a wall takes it away
    update();
}

// A drag that leaves a free cell builds walls: the cell where it began is one of them. A quick hand leaves no
// gaps: the cells on the straight way between two events are drawn too.
void GridView::mouseMoveEvent(QMouseEvent* event) {
    const int cell = itemAt(event->position());
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
    if (event->button() != Qt::LeftButton) return ItemView::mouseReleaseEvent(event);
    const int pressed = std::exchange(m_pressed, -1);
    const std::vector<int> drawn = std::exchange(m_drawn, {});
    update();
    if (!drawn.empty())
        Q_EMIT wallsDrawn(drawn, m_drawsWalls);
    else if (pressed >= 0 && itemAt(event->position()) == pressed)
        Q_EMIT itemClicked(pressed, event->modifiers());
}

} // namespace orrery
