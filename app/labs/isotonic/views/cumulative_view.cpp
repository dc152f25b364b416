#include "app/labs/isotonic/views/cumulative_view.h"

#include "app/labs/isotonic/views/step_marks.h"
#include "widgets/frame/paint.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <algorithm>
#include <cmath>

namespace orrery::isotone {

namespace {

constexpr std::size_t kSamples = 4000;    ///< of the diagram at most
constexpr std::size_t kMostMarks = 200;   ///< points drawn as marks
constexpr std::size_t kMostChords = 1500; ///< chords in colours of their own

} // namespace

CumulativeView::CumulativeView(QWidget* parent) : Plot(parent) {
    new Sketch(this, [this](QPainter& painter) {
        paintDiagram(painter);
        paintMinorant(painter);
    });
    new Sketch(
        this, [this](QPainter& painter) { paintStep(painter); }, false, Sketch::Level::Overlay);
    setCentred(true);
    setPlaceholder(tr("No points yet"));
    setReadout([this](QPointF pixel) { return readoutAt(pixel); });
    connect(this, &Plot::hovered, this, [this](QPointF pixel) {
        const int point = area().contains(pixel) ? pointAt(fromX(pixel.x())) : -1;
        if (std::exchange(m_hovered, point) == point) return;
        schedule();
        Q_EMIT pointHovered(point);
    });
    connect(this, &Plot::pointerLeft, this, [this] {
        if (std::exchange(m_hovered, -1) < 0) return;
        schedule();
        Q_EMIT pointHovered(-1);
    });
    connect(this, &Plot::viewChanged, this, &CumulativeView::sample);
}

bool CumulativeView::hasMinorant() const {
    return m_moment.problem && m_moment.problem->loss == isotonic::Loss::L2;
}

void CumulativeView::setMoment(const FitMoment& moment) {
    const bool another = m_moment.sums != moment.sums;
    if (m_moment.finished != moment.finished) m_colors = BlockColors(moment.finished);
    m_moment = moment;
    if (another) rescale();
    setPlaceholder(!m_moment.problem ? tr("No points yet")
                   : hasMinorant()   ? QString()
                                     : tr("The minorant belongs to squared error: sums know no median."));
    schedule();
}

void CumulativeView::setCentred(bool centred) {
    m_centred = centred;
    setHorizontal({.title = tr("cumulative weight W = Σ w"), .abbreviate = true});
    setVertical({.title = centred ? tr("cumulative sum Σ w (y − ȳ)") : tr("cumulative sum S = Σ w y"),
                 .abbreviate = true,
                 .reference = centred ? std::optional(0.0) : std::nullopt});
    rescale();
}

QPointF CumulativeView::at(std::size_t points) const {
    const CumulativeSums::Sum sum = m_moment.sums->at(points);
    return {sum.weight, sum.value - m_slope * sum.weight};
}

int CumulativeView::pointAt(double weight) const {
    if (!hasMinorant() || weight < 0.0 || weight > m_moment.sums->total().weight) return -1;
    std::size_t low = 0, high = m_moment.sums->points();
    while (low + 1 < high) {
        const std::size_t middle = (low + high) / 2;
        (m_moment.sums->at(middle).weight <= weight ? low : high) = middle;
    }
    return static_cast<int>(low);
}

void CumulativeView::setHoveredPoint(int point) {
    if (std::exchange(m_hovered, point) != point) schedule();
}

void CumulativeView::setHighlightedMark(const QString& mark) {
    m_highlighted = mark;
    update();
}

QString CumulativeView::summary() const {
    if (!hasMinorant()) return {};
    const QString whole = m_moment.problem->increasing ? tr("slopes of the minorant are the fit")
                                                       : tr("slopes of the majorant are the fit");
    return QStringList{whole, tr("its slopes are the fit")}.join(kShorter);
}

void CumulativeView::rescale() {
    m_w.clear();
    m_s.clear();
    if (!hasMinorant()) return;
    m_slope = m_centred ? m_moment.sums->mean() : 0.0;
    m_stride = std::max<std::size_t>(1, m_moment.sums->points() / kSamples);
    double low = INFINITY, high = -INFINITY;
    for (std::size_t i = 0; i <= m_moment.sums->points(); i += m_stride) {
        const QPointF p = at(i);
        m_w.push_back(p.x()), m_s.push_back(p.y());
        low = std::min(low, p.y()), high = std::max(high, p.y());
    }
    const double pad = high > low ? 0.08 * (high - low) : 1.0, total = m_moment.sums->total().weight;
    setHome({-0.02 * total, 1.02 * total}, {low - pad, high + pad});
    sample();
}

// Zoomed in, every point of what is in sight.
void CumulativeView::sample() {
    if (!hasMinorant() || m_moment.sums->points() <= kSamples) return;
    const auto clamped = [this](double weight) {
        return std::clamp(weight, 0.0, m_moment.sums->total().weight);
    };
    const auto first = static_cast<std::size_t>(std::max(0, pointAt(clamped(xAxis->range().lower))));
    const auto last = static_cast<std::size_t>(std::max(0, pointAt(clamped(xAxis->range().upper)))) + 1;
    m_stride = std::max<std::size_t>(1, (last - first) / kSamples);
    m_w.clear();
    m_s.clear();
    for (std::size_t i = first; i <= last; i += m_stride) {
        const QPointF p = at(i);
        m_w.push_back(p.x()), m_s.push_back(p.y());
    }
}

void CumulativeView::paintDiagram(QPainter& painter) const {
    if (!hasMinorant()) return;
    const auto lines = pixelLines(*this, m_w, m_s);
    const double now = toX(m_moment.sums->at(m_moment.taken).weight);
    const bool marks = m_moment.sums->points() <= kMostMarks;
    const double width = marks ? theme().hairline() : theme().contextWidth();
    for (const QPolygonF& line : lines) {
        const SplitLine split = splitAt(line, now);
        strokeLines(painter, {split.right}, dottedPen(theme().ghost, width));
        strokeLines(painter, {split.left}, solidPen(theme().inkThird, width));
    }
    if (!marks) return;
    for (std::size_t i = 0; i < m_w.size(); ++i) {
        const QPointF p = toPixel(m_w[i], m_s[i]);
        if (!area().adjusted(-2, -2, 2, 2).contains(p)) continue;
        const int category = i == 0 ? -1 : m_colors.of(static_cast<std::uint32_t>(i - 1));
        const QColor color = i > m_moment.taken ? theme().ghost
                             : category < 0     ? theme().inkThird
                                                : theme().category(category).color;
        drawMark(painter, p, MarkShape::Disc, theme().markSize() * 0.55, color, theme().surface);
    }
}

// Vertices of the minorant: the ends of its blocks.
std::vector<QPolygonF> CumulativeView::outline(const Blocks& blocks) const {
    std::vector<double> w, s;
    if (!blocks.empty()) {
        const QPointF start = at(blocks.front().first);
        w.push_back(start.x()), s.push_back(start.y());
    }
    for (const isotonic::Block& block : blocks) {
        const QPointF end = at(block.last + std::size_t{1});
        w.push_back(end.x()), s.push_back(end.y());
    }
    return pixelLines(*this, w, s);
}

void CumulativeView::paintMinorant(QPainter& painter) const {
    if (!hasMinorant()) return;
    if (m_moment.finished && m_moment.finished != m_moment.now)
        strokeLines(painter, outline(*m_moment.finished), dottedPen(theme().ghost, theme().contextWidth()));
    if (m_moment.now->size() > kMostChords || m_moment.sums->points() > kMostChords)
        return strokeLines(painter, outline(*m_moment.now),
                           solidPen(theme().category(0).color, theme().contextWidth() * 1.3));
    for (const isotonic::Block& block : *m_moment.now) {
        const int category = m_colors.of(block.first);
        const bool lit = m_hovered >= 0 && static_cast<int>(block.first) <= m_hovered &&
                         m_hovered <= static_cast<int>(block.last);
        paintChord(painter, block,
                   solidPen(category < 0 ? theme().inkThird : theme().category(category).color,
                            lit            ? theme().focusWidth() * 1.5
                            : category < 0 ? theme().contextWidth()
                                           : theme().focusWidth() * 0.85));
    }
}

void CumulativeView::paintChord(QPainter& painter, const isotonic::Block& block, const QPen& pen) const {
    const QPointF from = at(block.first), to = at(block.last + std::size_t{1});
    strokeLines(painter, clippedLine(QPolygonF{toPixel(from.x(), from.y()), toPixel(to.x(), to.y())}, area()),
                pen);
}

void CumulativeView::paintStep(QPainter& painter) const {
    const isotonic::Move& move = m_moment.move;
    if (!hasMinorant() || move.kind == isotonic::MoveKind::None || move.kind == isotonic::MoveKind::Done)
        return;
    const StepMarks marks = stepMarks(move, *m_moment.problem);
    const double width = theme().focusWidth();
    for (const auto& [block, id] : {std::pair(&marks.left, "left"), std::pair(&marks.right, "right")}) {
        if (!*block) continue;
        QPen pen = solidPen(theme().brass, m_highlighted == QLatin1String(id) ? width * 1.3
                                           : marks.result                     ? theme().contextWidth()
                                                                              : width);
        if (marks.result) pen.setDashPattern({3, 2});
        paintChord(painter, **block, pen);
    }
    const auto vertex = [&](std::size_t points, bool open) {
        const QPointF p = at(points), pixel = toPixel(p.x(), p.y());
        if (!area().adjusted(-3, -3, 3, 3).contains(pixel)) return;
        if (open)
            drawOpenMark(painter, pixel, MarkShape::Disc, theme().markSize() * 0.95,
                         QPen(theme().brass, 1.8 * theme().lineScale));
        else
            drawMark(painter, pixel, MarkShape::Disc, theme().markSize() * 0.8, theme().brass,
                     theme().surface);
    };
    if (marks.result) {
        QPen pen = solidPen(theme().brass, m_highlighted == u"result" ? width * 1.5 : width);
        if (marks.pending) pen = dottedPen(theme().brass, width);
        paintChord(painter, *marks.result, pen);
        vertex(marks.result->first, false);
        vertex(marks.result->last + std::size_t{1}, false);
    }
    if (marks.left && marks.right)
        vertex(marks.right->first, marks.result.has_value()); // where they met, and meet no more
    if (!marks.result) return;
    const QPointF from = at(marks.result->first), to = at(marks.result->last + std::size_t{1});
    const ValueLabel label{tr("slope %1").arg(figure(marks.result->value)),
                           toPixel(0.5 * (from.x() + to.x()), 0.5 * (from.y() + to.y())), 0.0, true};
    std::vector<QPolygonF> lines = pixelLines(*this, m_w, m_s);
    for (QPolygonF& line : outline(*m_moment.now))
        lines.push_back(std::move(line));
    drawValueLabels(painter, *this, {label}, {}, std::move(lines));
}

std::optional<Readout> CumulativeView::readoutAt(QPointF pixel) const {
    const int point = area().contains(pixel) ? pointAt(fromX(pixel.x())) : -1;
    const int block = point < 0 ? -1 : blockAt(*m_moment.now, static_cast<std::uint32_t>(point));
    if (block < 0) return std::nullopt;
    const isotonic::Block& b = (*m_moment.now)[static_cast<std::size_t>(block)];
    const QPointF end = at(b.last + std::size_t{1});
    return Readout{tr("points %1–%2\nweight %3\nslope %4")
                       .arg(fixedNumber(b.first + 1.0, 0), fixedNumber(b.last + 1.0, 0), figure(b.weight),
                            figure(b.value)),
                   toPixel(end.x(), end.y())};
}

} // namespace orrery::isotone
