#include "app/labs/lasso/views/path_bundle.h"

#include "widgets/plot/strokes.h"

#include <algorithm>
#include <cmath>

namespace orrery::lasso {

namespace {

constexpr std::size_t kManyPaths = 80; ///< beyond this the future is a faint line: dots would be a fog
constexpr std::size_t kMostGhosts = 60;

} // namespace

void PathBundle::setData(std::shared_ptr<const PathData> data, PathAxis axis, std::vector<int> category) {
    m_axis = axis;
    m_paths.clear();
    const std::vector<double> positions = data ? knotPositions(*data, axis) : std::vector<double>();
    for (std::size_t i = 0; data && i < data->active.size(); ++i)
        m_paths.push_back({drawnColumn(data->active[i], positions), data->active[i].column, category[i]});
    // Context first, focus on top, the first of the focus topmost.
    std::stable_sort(m_paths.begin(), m_paths.end(), [](const Path& a, const Path& b) {
        return (a.category < 0 ? 1 << 20 : a.category) > (b.category < 0 ? 1 << 20 : b.category);
    });
    rebuildGhost();
    m_past = {};
    changed();
}

void PathBundle::setGhost(std::shared_ptr<const PathData> data) {
    m_ghostData = std::move(data);
    rebuildGhost();
    m_past = {};
    changed();
}

void PathBundle::rebuildGhost() {
    m_ghost.clear();
    if (!m_ghostData) return;
    const std::vector<double> positions = knotPositions(*m_ghostData, m_axis);
    for (const PathColumn& column : m_ghostData->active)
        if (m_ghost.size() < kMostGhosts) m_ghost.push_back(drawnColumn(column, positions));
}

void PathBundle::setNow(double x) {
    if (x == m_now) return;
    m_now = x;
    changed();
}

void PathBundle::setHighlighted(int column) {
    if (column == m_highlighted) return;
    m_highlighted = column;
    m_past = {};
    changed();
}

QPen PathBundle::penOf(const Path& path, Look look) const {
    QPen pen = plainPenOf(path, look);
    if (m_paths.size() > kManyPaths && path.category < 0) {
        // Round joins cost more than the lines between them, and are not seen on thin ones.
        pen.setJoinStyle(Qt::BevelJoin);
        pen.setCapStyle(Qt::FlatCap);
    }
    return pen;
}

QPen PathBundle::plainPenOf(const Path& path, Look look) const {
    const bool lit = path.column == m_highlighted;
    const QColor color = lit && path.category < 0 ? theme().ink
                         : path.category < 0      ? theme().ghost
                                                  : theme().category(path.category).color;
    if (look == Look::Past)
        return solidPen(color, lit                 ? theme().focusWidth() * 1.3
                               : path.category < 0 ? theme().contextWidth()
                                                   : theme().focusWidth());
    QColor faint = lit ? color : theme().ghost;
    if (m_paths.size() <= kManyPaths) return dottedPen(faint, theme().contextWidth());
    faint.setAlphaF(lit ? 1.0f : 0.45f);
    return solidPen(faint, theme().hairline());
}

void PathBundle::drawPaths(QPainter& painter, Look look) const {
    const auto draw = [&](const Path& path) {
        strokeLines(painter, pixelLines(plot(), path.drawn.x, path.drawn.y), penOf(path, look));
    };
    for (const Path& path : m_paths)
        if (path.column != m_highlighted) draw(path);
    for (const Path& path : m_paths)
        if (path.column == m_highlighted) draw(path);
}

void PathBundle::drawGhost(QPainter& painter) const {
    QColor color = theme().ghost;
    color.setAlphaF(0.7f);
    for (const DrawnColumn& drawn : m_ghost)
        strokeLines(painter, pixelLines(plot(), drawn.x, drawn.y), solidPen(color, theme().hairline()));
}

QImage PathBundle::imageOf(Look look) const {
    const double ratio = plot().ratio();
    QImage image((QSizeF(plot().width(), plot().height()) * ratio).toSize(),
                 QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing, true);
    drawGhost(painter);
    drawPaths(painter, look);
    return image;
}

QRectF PathBundle::half(Look look) const {
    const double split = std::clamp(plot().toX(m_now), 0.0, double(plot().width()));
    return look == Look::Past ? QRectF(0, 0, split, plot().height())
                              : QRectF(split, 0, plot().width() - split, plot().height());
}

void PathBundle::paint(QPainter& painter) {
    if (plot().paintsVectors()) {
        drawGhost(painter);
        const auto split = [&](const Path& path, Look look) {
            for (const QPolygonF& line : pixelLines(plot(), path.drawn.x, path.drawn.y)) {
                const SplitLine parts = splitAt(line, plot().toX(m_now));
                strokeLines(painter, {look == Look::Past ? parts.left : parts.right}, penOf(path, look));
            }
        };
        for (const Look look : {Look::Future, Look::Past})
            for (const Path& path : m_paths)
                split(path, look);
        return;
    }
    const Key key{plot().mapX(), plot().mapY(), plot().area(), plot().ratio(), theme()};
    if (m_past.isNull() || !(key == m_key)) {
        m_key = key;
        m_past = imageOf(Look::Past);
        m_future = imageOf(Look::Future);
    }
    for (const Look look : {Look::Future, Look::Past}) {
        painter.save();
        painter.setClipRect(half(look), Qt::IntersectClip);
        painter.drawImage(QPointF(0, 0), look == Look::Past ? m_past : m_future);
        painter.restore();
    }
}

} // namespace orrery::lasso
