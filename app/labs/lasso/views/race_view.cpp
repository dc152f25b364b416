#include "app/labs/lasso/views/race_view.h"

#include "widgets/plot/number_format.h"
#include "widgets/plot/place_label.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace orrery::lasso {

namespace {

constexpr double kMarkEvery = 70.0; ///< pixels between two marks of a curve
constexpr double kSmallestGap = 1e-16;
constexpr double kWideRange = 200.0; ///< beyond this ratio the cost is read on a log axis

} // namespace

RaceView::RaceView(QWidget* parent) : Plot(parent) {
    new Sketch(this, [this](QPainter& painter) { paintRuns(painter); });
    new Sketch(
        this, [this](QPainter& painter) { paintLabels(painter); }, false);
    setPlaceholder(tr("The race has not started"));
    rescale();
    connect(this, &Plot::clicked, this, [this](QPointF pixel) {
        const QRectF reach(pixel.x() - 6, pixel.y() - 6, 12, 12);
        for (std::size_t i = 0; i < m_runs.size(); ++i)
            for (const QPolygonF& line : linesOf(m_runs[i]))
                if (meets(line, reach)) return Q_EMIT runClicked(static_cast<int>(i));
    });
}

void RaceView::setRuns(std::vector<RaceRun> runs) {
    m_runs = std::move(runs);
    rescale();
}

void RaceView::setCost(RaceCost cost) {
    m_cost = cost;
    rescale();
    resetView();
}

void RaceView::setHighlightedRun(int run) {
    m_highlighted = run;
    schedule();
}

const std::vector<double>& RaceView::along(const RaceRun& run) const {
    return m_cost == RaceCost::Iterations ? run.iterations
           : m_cost == RaceCost::Seconds  ? run.seconds
                                          : run.flops;
}

std::vector<QPolygonF> RaceView::linesOf(const RaceRun& run) const {
    // An exact solution (LARS, a Newton step) falls out of the picture through the bottom.
    std::vector<double> gaps = run.relativeGap;
    for (double& gap : gaps)
        gap = std::max(gap, m_floor);
    return pixelLines(*this, along(run), gaps);
}

void RaceView::rescale() {
    double low = INFINITY, high = -INFINITY, first = INFINITY, last = 0.0;
    for (const RaceRun& run : m_runs) {
        for (const double gap : run.relativeGap)
            if (gap > kSmallestGap) low = std::min(low, gap), high = std::max(high, gap);
        double firstOfRun = INFINITY;
        for (const double cost : along(run)) {
            if (cost > 0.0) firstOfRun = std::min(firstOfRun, cost);
            last = std::max(last, cost);
        }
        first = std::min(first, firstOfRun);
    }
    const bool empty = !(low <= high) || !(last > 0.0);
    const bool wide = !empty && last / first > kWideRange;
    const QString titles[] = {tr("iterations"), tr("seconds"), tr("floating-point operations")};
    setHorizontal({.title = titles[static_cast<int>(m_cost)], .logarithmic = wide, .abbreviate = true});
    setVertical({.title = tr("relative duality gap"), .logarithmic = true});
    setPlaceholder(empty ? tr("The race has not started") : QString());
    if (empty) return setHome({0, 1}, {1e-6, 1});
    const double room = std::pow(high / low, 0.04);
    m_floor = low / (10.0 * room);
    // Room at the right for the labels of the slowest.
    setHome(wide ? QCPRange(first, last * std::pow(last / first, 0.22)) : QCPRange(0, last * 1.22),
            {low / room, high * room});
}

void RaceView::paintRuns(QPainter& painter) const {
    for (std::size_t i = 0; i < m_runs.size(); ++i) {
        const CategoryStyle& style = theme().category(static_cast<int>(i));
        const bool lit = static_cast<int>(i) == m_highlighted;
        const auto lines = linesOf(m_runs[i]);
        strokeLines(painter, lines,
                    solidPen(style.color, lit ? theme().focusWidth() : theme().contextWidth() * 1.25));
        for (const QPointF& at : marksOf(i))
            drawMark(painter, at, style.shape, theme().markSize() * 0.8, style.color, theme().surface);
    }
}

// Each run starts elsewhere, so that marks of close curves do not fall together.
std::vector<QPointF> RaceView::marksOf(std::size_t run) const {
    std::vector<QPointF> marks;
    double sinceMark = theme().px(kMarkEvery) * (0.3 + 0.12 * static_cast<double>(run));
    for (const QPolygonF& line : linesOf(m_runs[run]))
        for (qsizetype k = 1; k < line.size(); ++k) {
            sinceMark += QLineF(line[k - 1], line[k]).length();
            if (sinceMark < theme().px(kMarkEvery)) continue;
            marks.push_back(line[k]);
            sinceMark = 0.0;
        }
    return marks;
}

void RaceView::paintLabels(QPainter& painter) const {
    const QFont font = theme().words(12, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    std::vector<QPolygonF> lines;
    for (const RaceRun& run : m_runs)
        for (QPolygonF& line : linesOf(run))
            lines.push_back(std::move(line));
    std::vector<QRectF> taken;
    const double r = theme().markSize() * 1.3;
    for (std::size_t i = 0; i < m_runs.size(); ++i)
        for (const QPointF& at : marksOf(i))
            taken.push_back(QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r));
    // Around the end of a curve only its own name may stand.
    const double near = theme().px(11);
    std::vector<QRectF> ends;
    for (const RaceRun& run : m_runs) {
        const auto own = linesOf(run);
        const QPointF end = own.empty() ? QPointF(-1e9, -1e9) : own.back().last();
        ends.push_back(QRectF(end.x() - near, end.y() - near, 2 * near, 2 * near));
    }
    // From the right: a name goes to the right of its end or below, and the ones to the left find that taken.
    std::vector<std::size_t> order(m_runs.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return ends[a].right() > ends[b].right(); });
    for (const std::size_t i : order) {
        const auto own = linesOf(m_runs[i]);
        if (own.empty()) continue;
        std::vector<QRectF> kept = taken;
        for (std::size_t k = 0; k < ends.size(); ++k)
            if (k != i) kept.push_back(ends[k]);
        const QRectF box = placeLabel({metrics.horizontalAdvance(m_runs[i].name) + 6, metrics.height()},
                                      own.back().last(), area(), theme().px(6), lines, kept, true);
        if (box.isNull()) continue;
        taken.push_back(box);
        drawLeader(painter, own.back().last(), box, theme().markSize() * 1.2, theme().px(14),
                   QPen(theme().category(static_cast<int>(i)).color, theme().hairline()));
        painter.setFont(font);
        painter.setPen(theme().category(static_cast<int>(i)).color);
        painter.drawText(snappedText({box.left() + 3, box.top() + metrics.ascent()}, ratio()),
                         m_runs[i].name);
    }
}

} // namespace orrery::lasso
