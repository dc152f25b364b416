#include "app/labs/lasso/views/race_view.h"

#include "widgets/plot/labelled_lines.h"

#include <algorithm>
#include <cmath>

namespace orrery::lasso {

namespace {

constexpr double kSmallestGap = 1e-16;
constexpr double kWideRange = 200.0; ///< beyond this ratio the cost is read on a log axis

} // namespace

RaceView::RaceView(QWidget* parent) : Plot(parent), m_lines(new LabelledLines(this)) {
    setPlaceholder(tr("The race has not started"));
    rescale();
    connect(this, &Plot::clicked, this, [this](QPointF pixel) {
        if (const int run = m_lines->lineAt(pixel); run >= 0) Q_EMIT runClicked(run);
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
    m_lines->setHighlighted(run);
}

const std::vector<double>& RaceView::along(const RaceRun& run) const {
    return m_cost == RaceCost::Iterations ? run.iterations
           : m_cost == RaceCost::Seconds  ? run.seconds
                                          : run.flops;
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
    const double room = empty ? 1.0 : std::pow(high / low, 0.04);
    // An exact solution (LARS, a Newton step) falls out of the picture through the bottom.
    const double floor = empty ? 1e-300 : low / (10.0 * room);
    std::vector<LabelledLine> lines;
    for (const RaceRun& run : m_runs) {
        std::vector<double> gaps = run.relativeGap;
        for (double& gap : gaps)
            gap = std::max(gap, floor);
        lines.push_back({.name = run.name,
                         .x = along(run),
                         .y = std::move(gaps),
                         .category = static_cast<int>(lines.size())});
    }
    m_lines->setLines(std::move(lines));
    if (empty) return setHome({0, 1}, {1e-6, 1});
    // Room at the right for the labels of the slowest.
    setHome(wide ? QCPRange(first, last * std::pow(last / first, 0.22)) : QCPRange(0, last * 1.22),
            {low / room, high * room});
}

} // namespace orrery::lasso
