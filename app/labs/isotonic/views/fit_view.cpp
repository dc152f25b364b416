#include "app/labs/isotonic/views/fit_view.h"

#include "app/labs/isotonic/views/density_layer.h"
#include "app/labs/isotonic/views/step_marks.h"
#include "widgets/canvas/point_grip.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/raster_scatter.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <algorithm>
#include <cmath>

namespace orrery::isotone {

namespace {

constexpr std::size_t kMostStems = 400; ///< more residuals than this are no picture
constexpr int kMergeMilliseconds = 160;

} // namespace

FitView::FitView(QWidget* parent)
    : Plot(parent), m_density(new DensityLayer(this)), m_scatter(new RasterScatter(this)) {
    new Sketch(this, [this](QPainter& painter) {
        paintStems(painter);
        paintFit(painter);
        paintPoints(painter);
    });
    new Sketch(
        this, [this](QPainter& painter) { paintStep(painter); }, false, Sketch::Level::Overlay);
    m_grip = new PointGrip(
        this, [this](QPointF pixel) { return isEditable() ? rowAt(pixel) : -1; },
        [this](int row) { return rowPixel(static_cast<std::size_t>(row)); });
    m_motion.setDuration(kMergeMilliseconds);
    m_motion.setEasingCurve(QEasingCurve::OutCubic);
    m_motion.setStartValue(0.0);
    m_motion.setEndValue(1.0);
    m_motion.setCurrentTime(kMergeMilliseconds);
    connect(&m_motion, &QVariantAnimation::valueChanged, this, [this] { update(); });
    setPlaceholder(tr("No points yet"));
    setReadout([this](QPointF pixel) { return readoutAt(pixel); });
    linkPointer();
}

void FitView::setNames(const QString& x, const QString& y) {
    m_xName = x;
    m_yName = y;
    setHorizontal({.title = x});
    setVertical({.title = y});
}

void FitView::setPoints(std::shared_ptr<const FitPoints> points, bool keepGhost) {
    const bool kept = keepGhost && m_moment.finished;
    m_ghost = kept ? m_moment.finished : nullptr;
    m_ghostProblem = kept ? m_moment.problem : nullptr;
    m_points = std::move(points);
    m_moment = {};
    m_colors = {};
    if (!m_dragging) m_preview.reset();
    if (!m_points || m_chosen >= static_cast<int>(m_points->total)) m_chosen = -1;
    const bool cloud = m_points && m_points->total > kFewRows && m_points->x.size() == m_points->total;
    m_scatter->setData(cloud ? m_points->x : std::vector<double>(),
                       cloud ? m_points->y : std::vector<double>());
    m_scatter->setHighlighted(cloud ? m_marked : std::vector<int>());
    m_density->setPicture(nullptr);
    setPlaceholder(m_points && m_points->total > 0 ? QString() : tr("No points yet"));
    if (!m_dragging) rescale();
}

void FitView::rescale() {
    if (!m_points) return;
    const auto padded = [](QCPRange range, double share) {
        const double pad = range.size() > 0.0 ? share * range.size() : 0.5;
        return QCPRange(range.lower - pad, range.upper + pad);
    };
    setHome(padded(m_points->rangeX, 0.03), padded(m_points->rangeY, 0.07));
}

void FitView::setMoment(const FitMoment& moment) {
    const std::int64_t before = m_moment.problem == moment.problem ? m_moment.index : -2;
    if (m_moment.finished != moment.finished) m_colors = BlockColors(moment.finished);
    m_moment = moment;
    animate(before);
    schedule();
}

// Only where a person takes one step: the time line's own motion is not to be drawn twice.
void FitView::animate(std::int64_t before) {
    const bool merges = m_moment.move.pooled() && m_moment.index == before + 1;
    if (merges && m_mayAnimate && isVisible() && !theme().reducedMotion &&
        !testAttribute(Qt::WA_DontShowOnScreen)) {
        m_motion.stop();
        m_motion.start();
    } else if (m_moment.index != before) {
        m_motion.stop();
        m_motion.setCurrentTime(kMergeMilliseconds);
    }
}

void FitView::setDensity(std::shared_ptr<const DensityPicture> density) {
    const bool each = density && !density->pointX.empty();
    m_scatter->setData(each ? density->pointX : std::vector<double>(),
                       each ? density->pointY : std::vector<double>());
    m_density->setPicture(each ? nullptr : std::move(density));
}

QSize FitView::sightPixels() const {
    const QSizeF size = area().size() * devicePixelRatioF();
    return size.isEmpty() ? QSize(800, 500) : size.toSize();
}

void FitView::resizeEvent(QResizeEvent* event) {
    Plot::resizeEvent(event);
    Q_EMIT sightChanged();
}

void FitView::setHoveredPoint(int point) {
    if (std::exchange(m_hovered, point) != point) schedule();
}

void FitView::setMarkedRows(const std::vector<int>& rows) {
    m_marked = rows;
    if (m_scatter->size() > 0) m_scatter->setHighlighted(rows);
    schedule();
}

void FitView::setHighlightedMark(const QString& mark) {
    m_highlighted = mark;
    update();
}

std::size_t FitView::exactRows() const {
    return showsMarks() ? m_points->x.size() : m_scatter->size();
}

bool FitView::isEditable() const {
    return m_points && m_points->total <= kMostEditable && m_points->x.size() == m_points->total;
}

QString FitView::summary() const {
    if (!m_moment.problem) return {};
    const std::size_t total = m_moment.problem->points();
    const QString points = counted(static_cast<double>(total), tr("point"), tr("points")),
                  blocks = counted(static_cast<double>(m_moment.blockCount), tr("block"), tr("blocks"));
    if (m_moment.taken == total) return tr("%1, %2").arg(points, blocks);
    return tr("%1 of %2, %3").arg(fixedNumber(static_cast<double>(m_moment.taken), 0), points, blocks);
}

std::uint32_t FitView::pointOf(std::size_t row) const {
    return m_points->point.empty() ? static_cast<std::uint32_t>(row) : m_points->point[row];
}

QPointF FitView::rowPixel(std::size_t row) const {
    if (m_preview && static_cast<int>(row) == m_chosen) return toPixel(m_preview->x(), m_preview->y());
    return toPixel(m_points->x[row], m_points->y[row]);
}

// The area follows the weight.
double FitView::markRadius(std::size_t row) const {
    const double size = theme().markSize() * (m_points->total <= 120   ? 0.95
                                              : m_points->total <= 400 ? 0.75
                                                                       : 0.6);
    if (m_points->weight.empty()) return size;
    return size * std::max(0.35, 1.35 * std::sqrt(m_points->weight[row] / m_points->largestWeight));
}

// --- painting ---

void FitView::paintStems(QPainter& painter) const {
    if (!showsMarks() || m_points->total > kMostStems || !m_moment.problem) return;
    QVector<QLineF> stems;
    const Blocks& blocks = *m_moment.now;
    for (std::size_t row = 0; row < m_points->x.size(); ++row) {
        const int block = blockAt(blocks, pointOf(row));
        if (block < 0) continue;
        const QPointF at = rowPixel(row);
        const double level = toY(m_moment.problem->bounded(blocks[static_cast<std::size_t>(block)].value));
        for (const QPolygonF& line : clippedLine(QPolygonF{at, {at.x(), level}}, area()))
            if (line.size() > 1) stems << QLineF(line.first(), line.last());
    }
    painter.setPen(QPen(theme().track, theme().hairline()));
    painter.drawLines(stems);
}

void FitView::paintFit(QPainter& painter) const {
    if (!m_points) return;
    if (m_ghost && m_ghostProblem) {
        const auto [x, y] = staircase(*m_ghostProblem, *m_ghost);
        strokeLines(painter, pixelLines(*this, x, y), solidPen(theme().ghost, theme().contextWidth()));
    }
    if (!m_moment.problem) return;
    const isotonic::IsotonicProblem& problem = *m_moment.problem;
    if (m_moment.finished && m_moment.finished != m_moment.now) {
        const auto [x, y] = staircase(problem, *m_moment.finished);
        strokeLines(painter, pixelLines(*this, x, y), dottedPen(theme().ghost, theme().contextWidth()));
    }
    const auto [x, y] = staircase(problem, *m_moment.now);
    const auto lines = pixelLines(*this, x, y);
    if (m_points->total > kFewRows)
        return strokeLines(painter, lines, solidPen(theme().ink, theme().contextWidth() * 1.3));
    strokeLines(painter, lines, solidPen(theme().track, theme().hairline())); // the risers
    for (const isotonic::Block& block : *m_moment.now) {
        const int category = m_colors.of(block.first);
        const bool lit = m_hovered >= 0 && static_cast<int>(block.first) <= m_hovered &&
                         m_hovered <= static_cast<int>(block.last);
        const double width = lit                ? theme().focusWidth() * 1.5
                             : block.size() > 1 ? theme().focusWidth()
                                                : theme().contextWidth();
        QPen pen = solidPen(category < 0 ? theme().inkThird : theme().category(category).color, width);
        pen.setCapStyle(Qt::FlatCap);
        paintLevel(painter, block, problem.bounded(block.value), pen);
    }
}

void FitView::paintLevel(QPainter& painter, const isotonic::Block& block, double value,
                         const QPen& pen) const {
    const BlockSpan span = spanOf(*m_moment.problem, block);
    const double y = snapped(toY(value), wholeWidth(pen.widthF(), ratio()), ratio());
    const double left = std::max(toX(span.left), area().left()),
                 right = std::min(toX(span.right), area().right());
    if (left >= right || y < area().top() - 2 || y > area().bottom() + 2) return;
    painter.setPen(pen);
    painter.drawLine(QPointF(left, y), QPointF(right, y));
}

void FitView::paintPoints(QPainter& painter) const {
    if (!showsMarks()) return;
    for (std::size_t row = 0; row < m_points->x.size(); ++row) {
        const QPointF at = rowPixel(row);
        const double r = markRadius(row);
        if (!area().adjusted(-r, -r, r, r).contains(at)) continue;
        const bool reached = pointOf(row) < m_moment.taken || !m_moment.problem;
        const int category = m_colors.of(pointOf(row));
        const QColor color = !reached       ? theme().ghost
                             : category < 0 ? theme().inkThird
                                            : theme().category(category).color;
        drawMark(painter, at, category < 0 ? MarkShape::Disc : theme().category(category).shape, r, color,
                 theme().surface);
    }
    const QPen ring(theme().accent, 1.8 * theme().lineScale);
    for (const int row : m_marked)
        if (row >= 0 && row < static_cast<int>(m_points->x.size()))
            drawOpenMark(painter, rowPixel(static_cast<std::size_t>(row)), MarkShape::Disc,
                         markRadius(static_cast<std::size_t>(row)) * 1.7, ring);
    if (m_chosen >= 0)
        drawOpenMark(painter, rowPixel(static_cast<std::size_t>(m_chosen)), MarkShape::Disc,
                     markRadius(static_cast<std::size_t>(m_chosen)) * 1.9,
                     QPen(theme().accent, 2.2 * theme().lineScale));
}

// What this step compared, over everything else.
void FitView::paintStep(QPainter& painter) const {
    const isotonic::Move& move = m_moment.move;
    if (!m_moment.problem || !m_points || move.kind == isotonic::MoveKind::None ||
        move.kind == isotonic::MoveKind::Done)
        return;
    const double share = m_motion.currentValue().toDouble();
    const StepMarks marks = stepMarks(move, *m_moment.problem);
    if (marks.result) {
        const BlockSpan span = spanOf(*m_moment.problem, *marks.result);
        QColor flash = theme().brass;
        flash.setAlphaF(static_cast<float>(0.10 + 0.28 * (1.0 - share)));
        const QRectF band(QPointF(toX(span.left), area().top()), QPointF(toX(span.right), area().bottom()));
        painter.fillRect(band.intersected(area()), flash);
    }
    const double width = theme().focusWidth();
    for (const auto& [block, id] : {std::pair(&marks.left, "left"), std::pair(&marks.right, "right")}) {
        if (!*block) continue;
        paintMembers(painter, **block);
        const bool lit = m_highlighted == QLatin1String(id);
        QPen pen(theme().brass, lit ? width * 1.4 : theme().contextWidth(), Qt::SolidLine, Qt::FlatCap);
        if (marks.result) pen.setDashPattern({3, 2});
        if (!marks.result) pen.setWidthF(lit ? width * 1.4 : width);
        paintLevel(painter, **block, (*block)->value, pen);
    }
    if (marks.result) {
        const auto between = [&](const isotonic::Block& from) {
            return from.value + share * (marks.result->value - from.value);
        };
        QPen pen(theme().brass, m_highlighted == u"result" ? width * 1.6 : width * 1.15,
                 marks.pending ? Qt::DotLine : Qt::SolidLine, Qt::FlatCap);
        if (share >= 1.0) {
            paintLevel(painter, *marks.result, marks.result->value, pen);
        } else {
            paintLevel(painter, *marks.left, between(*marks.left), pen);
            if (marks.right) paintLevel(painter, *marks.right, between(*marks.right), pen);
        }
    }
    paintValues(painter, marks);
}

void FitView::paintMembers(QPainter& painter, const isotonic::Block& block) const {
    if (!showsMarks()) return;
    const QPen pen(theme().brass, 1.8 * theme().lineScale);
    for (std::size_t row = 0; row < m_points->x.size(); ++row) {
        const std::uint32_t point = pointOf(row);
        const QPointF at = rowPixel(row);
        if (point < block.first || point > block.last || !area().contains(at)) continue;
        drawOpenMark(painter, at, MarkShape::Disc, markRadius(row) * 1.55, pen);
    }
}

void FitView::paintValues(QPainter& painter, const StepMarks& marks) const {
    const auto label = [&](const isotonic::Block& block, bool strong) {
        const BlockSpan span = spanOf(*m_moment.problem, block);
        const double left = std::max(toX(span.left), area().left()),
                     right = std::min(toX(span.right), area().right());
        return ValueLabel{
            figure(block.value), {0.5 * (left + right), toY(block.value)}, 0.5 * (right - left), strong};
    };
    std::vector<ValueLabel> labels;
    if (marks.result) labels.push_back(label(*marks.result, true));
    if (marks.left) labels.push_back(label(*marks.left, false));
    if (marks.right) labels.push_back(label(*marks.right, false));
    std::vector<QRectF> taken;
    if (showsMarks() && m_points->total <= 200)
        for (std::size_t row = 0; row < m_points->x.size(); ++row) {
            const QPointF at = rowPixel(row);
            const double r = markRadius(row) * 1.6;
            taken.push_back(QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r));
        }
    drawValueLabels(painter, *this, labels, taken);
}

} // namespace orrery::isotone
