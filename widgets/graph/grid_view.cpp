#include "widgets/graph/grid_view.h"

#include "widgets/frame/paint.h"
#include "widgets/theme/contrast.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace orrery {

namespace {
constexpr double kMargin = 8.0;
constexpr double kLargestCell = 44.0;
} // namespace

GridView::GridView(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void GridView::setPicture(GridPicture picture) {
    m_picture = std::move(picture);
    if (m_chosen >= m_picture.cells()) choose(-1);
    if (m_hovered >= m_picture.cells()) hover(-1);
    if (m_marked >= m_picture.cells()) m_marked = -1;
    place();
    update();
}

void GridView::setLegend(std::vector<NodeState> states, const QString& target) {
    m_legend = std::move(states);
    m_target = target;
    place();
    update();
}

void GridView::setMarked(int cell) {
    if (std::exchange(m_marked, cell) != cell) update();
}

void GridView::setTheme(const Theme& theme) {
    m_theme = theme;
    place();
    updateGeometry();
    update();
}

QSize GridView::minimumSizeHint() const {
    return {m_theme.px(200), m_theme.px(150)};
}
QSize GridView::sizeHint() const {
    return {m_theme.px(640), m_theme.px(480)};
}

// Whole pixels a cell where that is possible, so that walls stay sharp.
void GridView::place() {
    if (m_picture.cells() == 0) return;
    const double margin = m_theme.px(kMargin);
    QRectF room = QRectF(rect()).adjusted(margin, margin, -margin, -margin);
    if (!m_legend.empty()) room.setBottom(room.bottom() - legendHeight(m_theme));
    m_cell = std::min(
        {m_theme.px(kLargestCell) * 1.0, room.width() / m_picture.columns, room.height() / m_picture.rows});
    if (m_cell > 4.0) m_cell = std::floor(m_cell);
    m_origin = QPointF(std::floor(room.center().x() - m_cell * m_picture.columns / 2.0),
                       std::floor(room.center().y() - m_cell * m_picture.rows / 2.0));
}

QRectF GridView::rectOf(int cell) const {
    return {m_origin.x() + m_cell * (cell % m_picture.columns),
            m_origin.y() + m_cell * (cell / m_picture.columns), m_cell, m_cell};
}

int GridView::cellAt(QPointF pixel) const {
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

void GridView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (m_picture.cells() > 0) {
        paintCells(painter);
        paintWalls(painter);
        painter.setRenderHint(QPainter::Antialiasing);
        paintPath(painter);
        paintEnds(painter);
        paintCursor(painter);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    if (!m_legend.empty()) {
        const double height = legendHeight(m_theme);
        drawLegend(painter, QRectF(m_theme.px(4), this->height() - height, width() - m_theme.px(8), height),
                   m_legend, m_target, m_theme);
    }
    paintReadout(painter);
    if (m_hasKeyboard) drawFocusRing(painter, rect(), 8, m_theme);
}

void GridView::paintCells(QPainter& painter) const {
    const QRectF whole(m_origin, QSizeF(m_cell * m_picture.columns, m_cell * m_picture.rows));
    painter.fillRect(whole, m_theme.surface);
    const QColor visited = inkOf(NodeState::Visited, m_theme).line;
    for (int cell = 0; cell < m_picture.cells(); ++cell) {
        const auto i = static_cast<std::size_t>(cell);
        const NodeState state = m_picture.states[i];
        if (state == NodeState::Unseen || isWall(cell)) continue;
        if (state == NodeState::Visited || state == NodeState::Rejected || state == NodeState::Found ||
            state == NodeState::Current) {
            const double shade = m_picture.shades.empty() ? 0.5 : m_picture.shades[i];
            painter.fillRect(rectOf(cell), mixed(m_theme.surface, visited, 0.16 + 0.44 * shade));
        }
    }
    painter.setRenderHint(QPainter::Antialiasing);
    for (int cell = 0; cell < m_picture.cells(); ++cell) {
        const NodeState state = m_picture.states[static_cast<std::size_t>(cell)];
        if (isWall(cell) || (state != NodeState::Frontier && state != NodeState::Rejected)) continue;
        drawNodeShape(painter, rectOf(cell).center(), m_cell * (state == NodeState::Frontier ? 0.46 : 0.3),
                      state, m_theme);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

// One rectangle a run of a row: a seam between two would be seen.
void GridView::paintWalls(QPainter& painter) const {
    const QColor wall = mixed(m_theme.surface, m_theme.ink, m_theme.kind == ThemeKind::Dark ? 0.34 : 0.62);
    for (int row = 0; row < m_picture.rows; ++row)
        for (int column = 0; column < m_picture.columns; ++column) {
            const int first = row * m_picture.columns + column;
            if (!isWall(first)) continue;
            int end = column;
            while (end < m_picture.columns && isWall(row * m_picture.columns + end))
                ++end;
            painter.fillRect(rectOf(first).united(rectOf(row * m_picture.columns + end - 1)), wall);
            column = end;
        }
    painter.setPen(QPen(m_theme.line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(m_origin, QSizeF(m_cell * m_picture.columns, m_cell * m_picture.rows)));
}

void GridView::paintPath(QPainter& painter) const {
    if (m_picture.path.size() < 2) return;
    QPolygonF line;
    for (const int cell : m_picture.path)
        line << rectOf(cell).center();
    painter.setBrush(Qt::NoBrush);
    const double width = std::clamp(m_cell * 0.3, 2.0, 9.0 * m_theme.lineScale);
    painter.setPen(QPen(m_theme.surface, width + 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
    painter.setPen(
        QPen(inkOf(NodeState::Found, m_theme).line, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
}

// Start: a ring; goal: the diamond of every wanted node; this step: the brass disc.
void GridView::paintEnds(QPainter& painter) const {
    for (int cell = 0; cell < m_picture.cells(); ++cell)
        if (m_picture.states[static_cast<std::size_t>(cell)] == NodeState::Current && !isWall(cell))
            drawNodeShape(painter, rectOf(cell).center(), m_cell * 0.32, NodeState::Current, m_theme);
    if (m_picture.start >= 0) {
        painter.setPen(QPen(m_theme.ink, std::clamp(m_cell * 0.1, 1.5, 4.0)));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(rectOf(m_picture.start).center(), m_cell * 0.34, m_cell * 0.34);
    }
    if (m_picture.goal >= 0) drawTarget(painter, rectOf(m_picture.goal).center(), m_cell * 0.36, m_theme);
}

void GridView::paintCursor(QPainter& painter) const {
    const auto frame = [&](int cell, const QColor& color, double width) {
        if (cell < 0) return;
        painter.setPen(QPen(color, width));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rectOf(cell).adjusted(-1, -1, 1, 1), 3, 3);
    };
    frame(m_marked, m_theme.brass, m_theme.focusWidth() * 0.8);
    frame(m_hovered, m_theme.inkThird, m_theme.contextWidth());
    frame(m_chosen, m_theme.accent, std::max(2.5, m_theme.contextWidth()));
}

void GridView::paintReadout(QPainter& painter) const {
    const int cell = m_hovered >= 0 ? m_hovered : m_chosen;
    const QString text = cell >= 0 && m_describe && m_drawn.empty() ? m_describe(cell) : QString();
    if (text.isEmpty()) return;
    const double wide = std::min(textWidth(m_theme.words(12), text) + m_theme.px(18), width() - 8.0);
    const double high = m_theme.px(26);
    const QRectF at = rectOf(cell);
    QRectF box(at.center().x() - wide / 2, at.top() - m_theme.px(8) - high, wide, high);
    if (box.top() < 2) box.moveTop(at.bottom() + m_theme.px(8));
    box.moveLeft(std::clamp(box.left(), 4.0, std::max(4.0, width() - wide - 4.0)));
    drawPanel(painter, box, m_theme.px(6), m_theme.surface, m_theme.line);
    drawElided(painter, box.adjusted(m_theme.px(9), 0, -m_theme.px(9), 0), Qt::AlignVCenter | Qt::AlignLeft,
               m_theme.words(12), m_theme.ink, text);
}

} // namespace orrery
