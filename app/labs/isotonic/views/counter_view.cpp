#include "app/labs/isotonic/views/counter_view.h"

#include "widgets/frame/paint.h"
#include "widgets/plot/number_format.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace orrery::isotone {

namespace {

struct Counter {
    const char* name;
    std::int64_t isotonic::Counters::*field;
};
constexpr std::array kCounters{
    Counter{"Comparisons", &isotonic::Counters::comparisons}, Counter{"Pops", &isotonic::Counters::pops},
    Counter{"Writes", &isotonic::Counters::writes}, Counter{"Passes", &isotonic::Counters::passes}};

QString inFigures(std::int64_t count) {
    if (count >= 10'000'000) return shortNumber(static_cast<double>(count) / 1e6, 4) + QStringLiteral("M");
    return fixedNumber(static_cast<double>(count), 0);
}

// Short: three of them share a narrow card.
QString nameOf(isotonic::IsotonicMethod method) {
    switch (method) {
    case isotonic::IsotonicMethod::Sweep:
        return CounterView::tr("Sweep");
    case isotonic::IsotonicMethod::ActiveSet:
        return CounterView::tr("Active set");
    case isotonic::IsotonicMethod::Stack:
        break;
    }
    return CounterView::tr("Stack");
}

} // namespace

// Blue, green, red: orange is too near to the brass of the one that is played.
int categoryOf(isotonic::IsotonicMethod method) {
    return static_cast<int>(method) == 0 ? 0 : static_cast<int>(method) + 1;
}

const CounterSample& CounterSeries::at(std::int64_t step) const {
    const auto after =
        std::upper_bound(samples.begin(), samples.end(), step,
                         [](std::int64_t s, const CounterSample& sample) { return s < sample.step; });
    return after == samples.begin() ? samples.front() : *(after - 1);
}

CounterView::CounterView(QWidget* parent) : QWidget(parent), m_table(new NumberTable(this)) {
    m_table->setPlaceholder(tr("Counting…"));
    setMinimumSize(m_table->minimumSizeHint());
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void CounterView::setSeries(std::vector<CounterSeries> series) {
    m_series = std::move(series);
    fill();
}

void CounterView::setNow(std::int64_t step, isotonic::IsotonicMethod method) {
    m_step = step;
    m_method = method;
    fill();
}

QString CounterView::summary() const {
    const bool stopped =
        std::any_of(m_series.begin(), m_series.end(), [](const CounterSeries& s) { return !s.finished; });
    if (m_series.empty()) return {};
    return stopped ? QStringList{tr("at this step; + was stopped early"), tr("+ was stopped early")}.join(
                         kShorter)
                   : tr("at this step; pale: at the end");
}

void CounterView::fill() {
    std::vector<FigureColumn> columns;
    std::vector<FigureRow> rows;
    for (const CounterSeries& series : m_series)
        columns.push_back({nameOf(series.method), categoryOf(series.method), series.method == m_method});
    fillSteps(rows);
    for (const Counter& counter : kCounters) {
        FigureRow row{tr(counter.name), {}, {}, false};
        double most = 1.0;
        for (const CounterSeries& series : m_series)
            most = std::max(most, static_cast<double>(series.samples.back().counters.*counter.field));
        const auto share = [&](std::int64_t count) {
            return std::log1p(static_cast<double>(count)) / std::log1p(most);
        };
        for (const CounterSeries& series : m_series) {
            if (!series.wasTried()) {
                row.cells.push_back({});
                continue;
            }
            const CounterSample& now = series.at(m_step);
            const std::int64_t count = now.counters.*counter.field;
            row.cells.push_back(
                {inFigures(count) + (series.wasCutBefore(m_step) ? QStringLiteral("+") : QString()),
                 share(count), share(series.samples.back().counters.*counter.field),
                 series.method == m_method});
        }
        rows.push_back(std::move(row));
    }
    if (m_series.empty()) rows.clear();
    m_table->setTable(std::move(columns), std::move(rows));
}

// How far each is at this step, of all its steps.
void CounterView::fillSteps(std::vector<FigureRow>& rows) const {
    FigureRow row{tr("Steps"), {}, {}, false};
    double most = 1.0;
    for (const CounterSeries& series : m_series)
        most = std::max(most, static_cast<double>(series.samples.back().step));
    const auto share = [&](std::int64_t steps) {
        return std::log1p(static_cast<double>(steps)) / std::log1p(most);
    };
    for (const CounterSeries& series : m_series) {
        if (!series.wasTried()) {
            row.cells.push_back({});
            continue;
        }
        const std::int64_t end = series.samples.back().step, now = std::min(m_step, end);
        row.cells.push_back({inFigures(now) + (series.wasCutBefore(m_step) ? QStringLiteral("+") : QString()),
                             share(now), share(end), series.method == m_method});
    }
    if (!m_series.empty()) rows.push_back(std::move(row));
}

void CounterView::setTheme(const Theme& theme) {
    m_table->setTheme(theme);
}

void CounterView::resizeEvent(QResizeEvent*) {
    m_table->setGeometry(rect());
}

} // namespace orrery::isotone
