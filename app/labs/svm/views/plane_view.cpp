#include "app/labs/svm/views/plane_view.h"

#include "app/labs/svm/views/surface_layer.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/place_label.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace orrery::svmview {

namespace {

constexpr double kSlackLength = 13.0; ///< pixels a unit of ξ, where f is not linear
constexpr double kMostSlack = 3.0;
constexpr std::size_t kMostBars = 800;
constexpr int kManyRings = 150;
constexpr std::size_t kMostAvoided = 60; ///< points that a label keeps clear of

QString count(int n) {
    return fixedNumber(n, 0);
}

QPen dashed(const QColor& color, double width) {
    QPen pen(color, width, Qt::CustomDashLine, Qt::FlatCap, Qt::RoundJoin);
    pen.setDashPattern({4, 3});
    return pen;
}

} // namespace

PlaneView::PlaneView(QWidget* parent) : PointCanvas(parent, false) {
    setGrid(false);
    m_surface = new SurfaceLayer(this);
    new Sketch(this, [this](QPainter& painter) {
        if (!coversLines()) paintLines(painter);
        paintSlacks(painter);
    });
    addMarks();
    new Sketch(this, [this](QPainter& painter) {
        paintRings(painter);
        if (coversLines()) paintLines(painter);
    });
    new Sketch(
        this, [this](QPainter& painter) { paintPair(painter); }, true, Sketch::Level::Overlay);
    new Sketch(
        this, [this](QPainter& painter) { paintClasses(painter); }, false);
    setPlaceholder(tr("No points yet"));
    setReadout([this](QPointF pixel) { return readoutAt(pixel); });
    connect(this, &Plot::viewChanged, this, &PlaneView::sightChanged);
}

void PlaneView::setNames(const QString& x, const QString& y, const QStringList& classes) {
    setHorizontal({.title = x});
    setVertical({.title = y});
    m_classes = classes;
    setClassCount(static_cast<int>(classes.size()));
}

void PlaneView::frame(bool equalAspect, bool keepSight) {
    setPlaceholder(points().size() > 0 ? QString() : tr("No points yet"));
    setEqualAspect(equalAspect);
    if (keepSight || points().size() == 0) return;
    const auto range = [](const std::vector<double>& values) {
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        const double pad = *high > *low ? 0.12 * (*high - *low) : 1.0;
        return QCPRange(*low - pad, *high + pad);
    };
    setHome(range(points().x), range(points().y));
    m_sightKnown = false;
}

void PlaneView::setPicture(std::shared_ptr<const PlanePicture> picture) {
    m_picture = std::move(picture);
    m_surface->setPicture(m_picture);
    schedule();
}

void PlaneView::keepGhost() {
    if (m_picture) m_ghost = m_picture->boundary;
}

void PlaneView::dropGhost() {
    m_ghost.clear();
    schedule();
}

void PlaneView::setProbability(std::function<double(double)> ofDecision) {
    m_probability = std::move(ofDecision);
    m_surface->setProbability(m_probability);
    schedule();
}

void PlaneView::setHighlightedMark(const QString& mark) {
    m_highlighted = mark;
    schedule();
}

QSize PlaneView::sightPixels() const {
    return area().isEmpty() ? QSize(800, 600) : area().size().toSize();
}

// A layout is dear: only where it would come out differently.
void PlaneView::settleSight() {
    if (!std::exchange(m_sightKnown, true)) prepare();
}

void PlaneView::resizeEvent(QResizeEvent* event) {
    Plot::resizeEvent(event);
    m_sightKnown = false;
    Q_EMIT sightChanged();
}

void PlaneView::setTheme(const Theme& theme) {
    if (theme == this->theme()) return;
    PointCanvas::setTheme(theme);
    m_sightKnown = false;
    Q_EMIT sightChanged();
}

bool PlaneView::showsEachPoint() const {
    return m_picture && points().size() <= kMostMarks;
}

// So many points and rings that the boundary would be lost below them.
bool PlaneView::coversLines() const {
    return m_picture && (m_picture->supportVectors > kManyRings || points().size() > kMostMarks);
}

QString PlaneView::summary() const {
    if (!m_picture) return {};
    const PlanePicture& p = *m_picture;
    QString words = tr("%1 support vectors, %2 at the bound").arg(count(p.supportVectors), count(p.bounded));
    if (p.kind == PlaneKind::Classes || p.kind == PlaneKind::Pairs)
        words += tr("; %1 wrong").arg(count(p.wrong));
    if (p.kind == PlaneKind::OneClass) words += tr("; %1 outside").arg(count(p.wrong));
    return words;
}

// Where the point is now; the picture may be of a moment before the hand.
QPointF PlaneView::placeOf(std::size_t row) const {
    if (points().size() == m_picture->points.size()) return pixelOf(row);
    return toPixel(m_picture->points[row].x, m_picture->points[row].y);
}

double PlaneView::ringRadius(const PlanePoint& point) const {
    return markRadius() * (1.4 + 0.75 * std::sqrt(std::clamp(point.share, 0.0, 1.0)));
}

// --- painting ---

void PlaneView::strokeData(QPainter& painter, const std::vector<QPolygonF>& lines, const QPen& pen) const {
    for (const QPolygonF& line : lines) {
        QPolygonF pixels;
        pixels.reserve(line.size());
        for (const QPointF& point : line)
            pixels.append(toPixel(point.x(), point.y()));
        strokeLines(painter, clippedLine(pixels, area()), pen);
    }
}

void PlaneView::paintLines(QPainter& painter) const {
    if (!m_picture) return;
    strokeData(painter, m_ghost, solidPen(theme().ghost, theme().contextWidth() * 1.2));
    const bool lit = m_highlighted == u"margin";
    const double width = theme().contextWidth() * (lit ? 1.8 : 0.9);
    strokeData(painter, m_picture->upper, dashed(theme().inkSecond, width));
    strokeData(painter, m_picture->lower, dashed(theme().inkSecond, width));
    strokeData(painter, m_picture->boundary, solidPen(theme().ink, theme().focusWidth() * 0.85));
}

// To scale where f is linear: from the point to the margin of its class. Elsewhere a bar as long as ξ.
void PlaneView::paintSlacks(QPainter& painter) const {
    if (!showsEachPoint() || m_picture->points.size() > kMostBars || m_picture->kind == PlaneKind::Pairs ||
        points().size() != m_picture->points.size())
        return;
    const double steep = m_picture->slopeX * m_picture->slopeX + m_picture->slopeY * m_picture->slopeY;
    const double unit = kSlackLength * theme().lineScale;
    painter.setPen(QPen(theme().inkThird, theme().contextWidth(), Qt::SolidLine, Qt::FlatCap));
    for (std::size_t row = 0; row < m_picture->points.size(); ++row) {
        const PlanePoint& point = m_picture->points[row];
        if (!(point.slack > 1e-3)) continue;
        const QPointF from = placeOf(row);
        QPointF to = from - QPointF(0, unit * std::min(point.slack, kMostSlack));
        if (m_picture->kind == PlaneKind::Regression) {
            // The part that sticks out of the tube.
            const double edge = m_picture->upper.empty() ? 0.0 : tubeEdge(point);
            to = {from.x(), toY(edge)};
        } else if (m_picture->straight && steep > 0.0) {
            const double step = point.towards * point.slack / steep;
            to = toPixel(point.x + step * m_picture->slopeX, point.y + step * m_picture->slopeY);
        }
        for (const QPolygonF& line : clippedLine(QPolygonF{from, to}, area()))
            if (line.size() > 1) painter.drawPolyline(line);
    }
}

double PlaneView::tubeEdge(const PlanePoint& point) const {
    const QPolygonF& edge = point.towards < 0 ? m_picture->upper[0] : m_picture->lower[0];
    const double span = edge.last().x() - edge.first().x();
    const double at = span > 0.0 ? (point.x - edge.first().x()) / span * (edge.size() - 1) : 0.0;
    const auto k = static_cast<qsizetype>(std::clamp(at, 0.0, static_cast<double>(edge.size() - 2)));
    const double part = std::clamp(at - static_cast<double>(k), 0.0, 1.0);
    return edge[k].y() + part * (edge[k + 1].y() - edge[k].y());
}

void PlaneView::paintRings(QPainter& painter) const {
    if (!showsEachPoint()) return;
    // Many rings are drawn lightly: they may not hide the boundary that they carry.
    const bool many = m_picture->supportVectors > kManyRings;
    QColor color = theme().ink;
    if (many) color.setAlphaF(0.45f);
    const QPen pen(color, (many ? 0.9 : 1.3) * theme().lineScale);
    for (std::size_t row = 0; row < m_picture->points.size(); ++row) {
        const PlanePoint& point = m_picture->points[row];
        if (point.kind == VectorKind::None) continue;
        const QPointF at = placeOf(row);
        if (!area().contains(at)) continue;
        const bool free = point.kind == VectorKind::Free;
        drawOpenMark(painter, at, free ? MarkShape::Disc : MarkShape::Square, ringRadius(point), pen);
    }
}

// In the corner that hides the fewest points, the upper left one before others; it stays while a point is
// held.
QRectF PlaneView::legendBox(QSizeF size) {
    const QRectF inner = area().adjusted(theme().px(8), theme().px(8), -theme().px(8), -theme().px(8));
    const auto boxAt = [&](int corner) {
        QRectF box(inner.topLeft(), size);
        if (corner & 1) box.moveRight(inner.right());
        if (corner & 2) box.moveBottom(inner.bottom());
        return box;
    };
    if (isHeld() || points().size() > kMostMarks) return boxAt(m_legendCorner);
    std::array<int, 4> hidden{};
    for (int corner = 0; corner < 4; ++corner) {
        const double r = markRadius();
        const QRectF box = boxAt(corner).adjusted(-r, -r, r, r);
        for (std::size_t row = 0; row < points().size(); ++row)
            hidden[static_cast<std::size_t>(corner)] += box.contains(pixelOf(row)) ? 1 : 0;
    }
    m_legendCorner = static_cast<int>(std::min_element(hidden.begin(), hidden.end()) - hidden.begin());
    return boxAt(m_legendCorner);
}

// The names of the classes beside their marks.
void PlaneView::paintClasses(QPainter& painter) {
    if (!m_picture || m_classes.size() < 2 || m_picture->kind == PlaneKind::Regression ||
        m_picture->kind == PlaneKind::OneClass)
        return;
    const QFont font = theme().words(12);
    const QFontMetricsF metrics(font);
    const double pad = theme().px(8), line = std::ceil(metrics.height() * 1.15), mark = theme().px(18);
    double wide = 0.0;
    for (const QString& name : m_classes)
        wide = std::max(wide, metrics.horizontalAdvance(name));
    const QRectF box = legendBox({wide + mark + 1.5 * pad, line * m_classes.size() + pad});
    if (box.width() > area().width() / 2 || box.height() > area().height() / 2) return;
    QColor ground = theme().surface;
    ground.setAlphaF(0.82f);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(box, theme().px(6), theme().px(6));
    painter.setFont(font);
    double y = box.top() + pad / 2;
    for (qsizetype k = 0; k < m_classes.size(); ++k, y += line) {
        const CategoryStyle& style = theme().category(categoryOfClass(static_cast<int>(k)));
        drawMark(painter, {box.left() + pad / 2 + mark / 2, y + line / 2}, style.shape,
                 theme().markSize() * 0.9, style.color, theme().surface);
        painter.setPen(theme().ink);
        painter.drawText(snappedText({box.left() + pad / 2 + mark + theme().px(2),
                                      y + (line - metrics.height()) / 2 + metrics.ascent()},
                                     ratio()),
                         m_classes[k]);
    }
}

void PlaneView::paintPair(QPainter& painter) const {
    if (!m_picture || m_picture->pairFirst < 0 || m_picture->pairSecond < 0 || m_picture->atEnd) return;
    const auto first = static_cast<std::size_t>(m_picture->pairFirst),
               second = static_cast<std::size_t>(m_picture->pairSecond);
    if (std::max(first, second) >= m_picture->points.size()) return;
    const QPointF a = placeOf(first), b = placeOf(second);
    const double width = theme().focusWidth() * 0.8;
    strokeLines(painter, clippedLine(QPolygonF{a, b}, area()), solidPen(theme().brass, width));
    const double r = markRadius() * 1.6;
    for (const auto& [at, row, id] : {std::tuple(a, first, "first"), std::tuple(b, second, "second")}) {
        if (!area().contains(at)) continue;
        const bool lit = m_highlighted == QLatin1String(id);
        const int label = points().size() == m_picture->points.size() ? points().label[row] : 0;
        drawOpenMark(painter, at, MarkShape::Disc, r, QPen(theme().brass, width * (lit ? 1.8 : 1.0)));
        const CategoryStyle& style = theme().category(categoryOfClass(label));
        drawMark(painter, at, style.shape, markRadius(), style.color, theme().surface);
    }
    paintPairLabels(painter, a, b);
}

void PlaneView::paintPairLabels(QPainter& painter, QPointF a, QPointF b) const {
    const QFont font = theme().words(12, QFont::DemiBold);
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    const std::vector<QPolygonF> lines{QPolygonF{a, b}};
    std::vector<QRectF> taken;
    const double r = markRadius() * 2.0;
    for (const QPointF& at : {a, b})
        taken.push_back(QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r));
    const double half = markRadius();
    for (std::size_t row = 0; row < m_picture->points.size() && row < kMostAvoided; ++row)
        taken.push_back(QRectF(placeOf(row) - QPointF(half, half), QSizeF(2 * half, 2 * half)));
    for (const auto& [at, row] : {std::pair(a, m_picture->pairFirst), std::pair(b, m_picture->pairSecond)}) {
        if (!area().contains(at)) continue;
        const QString text = (row == m_picture->pairFirst ? tr("i = %1") : tr("j = %1")).arg(count(row + 1));
        const QRectF box = placeLabel({metrics.horizontalAdvance(text) + theme().px(8), metrics.height()}, at,
                                      area(), theme().px(9), lines, taken);
        if (box.isNull()) continue;
        taken.push_back(box);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().brass);
        painter.drawRoundedRect(box, theme().px(4), theme().px(4));
        painter.setPen(theme().onBrass);
        painter.drawText(snappedText({box.left() + theme().px(4), box.top() + metrics.ascent()}, ratio()),
                         text);
    }
}

std::optional<Readout> PlaneView::readoutAt(QPointF pixel) const {
    const int row = isHeld() ? -1 : rowAt(pixel);
    if (row < 0 || !m_picture || points().size() != m_picture->points.size()) return std::nullopt;
    const auto at = static_cast<std::size_t>(row);
    const PlanePoint& point = m_picture->points[at];
    QStringList lines{tr("point %1").arg(count(row + 1))};
    if (m_picture->kind != PlaneKind::Regression && points().label[at] < m_classes.size())
        lines << tr("class %1").arg(m_classes[points().label[at]]);
    lines << tr("(%1, %2)").arg(shortNumber(points().x[at]), shortNumber(points().y[at]));
    if (m_probability && m_picture->kind == PlaneKind::Classes && m_picture->positive < m_classes.size())
        lines << tr("P(%1) %2")
                     .arg(m_classes[m_picture->positive], fixedNumber(m_probability(point.decision), 2));
    if (at < m_picture->chances.size())
        for (qsizetype k = 0; k < m_classes.size(); ++k)
            lines << tr("P(%1) %2")
                         .arg(m_classes[k],
                              fixedNumber(m_picture->chances[at][static_cast<std::size_t>(k)], 2));
    lines << tr("α / C %1").arg(shortNumber(point.share));
    if (point.slack > 0.0) lines << tr("slack ξ %1").arg(shortNumber(point.slack));
    return Readout{lines.join(u'\n'), pixelOf(at)};
}

} // namespace orrery::svmview
