#include "app/labs/lasso/views/path_bundle.h"

#include "widgets/plot/strokes.h"

#include <algorithm>
#include <cmath>

namespace orrery::lasso {

namespace {

constexpr std::size_t kManyPaths = 80;      ///< beyond this the future is a faint line: dots would be a fog
constexpr std::size_t kVeryManyPaths = 400; ///< beyond this context is one pixel of the device wide
constexpr std::size_t kMostGhosts = 60;

} // namespace

void PathBundle::setData(std::shared_ptr<const PathData> data, PathAxis axis, std::vector<int> category) {
    m_axis = axis;
    m_paths.clear();
    const std::vector<double> positions = data ? knotPositions(*data, axis) : std::vector<double>();
    m_end = positions.empty() ? 0.0 : positions.back();
    for (std::size_t i = 0; data && i < data->active.size(); ++i)
        m_paths.push_back({drawnColumn(data->active[i], positions), data->active[i].column, category[i]});
    // Context first, focus on top, the first of the focus topmost.
    std::stable_sort(m_paths.begin(), m_paths.end(), [](const Path& a, const Path& b) {
        return (a.category < 0 ? 1 << 20 : a.category) > (b.category < 0 ? 1 << 20 : b.category);
    });
    rebuildGhost();
    forgetImages();
    changed();
}

void PathBundle::setGhost(std::shared_ptr<const PathData> data) {
    m_ghostData = std::move(data);
    rebuildGhost();
    forgetImages();
    changed();
}

void PathBundle::forgetImages() {
    m_past = {};
    m_future = {};
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
    forgetImages();
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

// Lines of up to one pixel of the device are drawn eight times as fast as wider ones, and a thousand wider
// ones are a fog.
double PathBundle::contextWidth() const {
    if (m_paths.size() > kVeryManyPaths) return std::min(theme().hairline(), 1.0 / plot().ratio());
    return m_paths.size() > kManyPaths ? theme().hairline() : theme().contextWidth();
}

QPen PathBundle::plainPenOf(const Path& path, Look look) const {
    const bool lit = path.column == m_highlighted;
    const QColor color = lit && path.category < 0 ? theme().ink
                         : path.category < 0      ? theme().ghost
                                                  : theme().category(path.category).color;
    if (look == Look::Past)
        return solidPen(color, lit                 ? theme().focusWidth() * 1.3
                               : path.category < 0 ? contextWidth()
                                                   : theme().focusWidth());
    QColor faint = lit ? color : theme().ghost;
    if (m_paths.size() <= kManyPaths) return dottedPen(faint, theme().contextWidth());
    faint.setAlphaF(lit ? 1.0f : 0.45f);
    return solidPen(faint, contextWidth());
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

// While a path grows, the playhead stands at its end: half the drawing is not seen and not made.
bool PathBundle::isSeen(Look look) const {
    return look == Look::Past || !m_ghost.empty() || plot().toX(m_now) < plot().toX(m_end) - 0.5;
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
    if (!(key == m_key)) forgetImages();
    m_key = key;
    for (const Look look : {Look::Future, Look::Past}) {
        if (!isSeen(look)) continue;
        QImage& image = look == Look::Past ? m_past : m_future;
        if (image.isNull()) image = imageOf(look);
        painter.save();
        painter.setClipRect(half(look), Qt::IntersectClip);
        painter.drawImage(QPointF(0, 0), image);
        painter.restore();
    }
}

} // namespace orrery::lasso
