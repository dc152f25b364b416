#include "app/labs/gpu/views/throughput_view.h"

#include "widgets/plot/curve.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/sketch.h"

#include <QVBoxLayout>
#include <algorithm>

namespace orrery::panel {

ThroughputView::ThroughputView(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        auto* plot = new Plot(this);
        new Sketch(plot, [this, plot](QPainter& p) { paintParts(p, *plot); });
        const bool first = i == 0;
        m_rows[i].plot = plot;
        m_rows[i].curve = new Curve(plot, [first](const Theme& t) {
            return solidPen(first ? t.accent : t.inkSecond, first ? t.focusWidth() * 0.75 : t.contextWidth());
        });
        column->addWidget(plot, first ? 3 : 1);
        plot->setVisible(first);
    }
    m_rows.front().plot->setPlaceholder(tr("Nothing has been measured yet"));
    for (const Row& row : m_rows)
        row.plot->setReadout([this, &row](QPointF pixel) { return readoutAt(row, pixel); });
}

std::optional<Readout> ThroughputView::readoutAt(const Row& row, QPointF pixel) const {
    const auto at = std::ranges::lower_bound(row.curve->x(), row.plot->fromX(pixel.x()));
    if (at == row.curve->x().end()) return std::nullopt;
    const auto i = static_cast<std::size_t>(at - row.curve->x().begin());
    const double second = row.curve->x()[i], value = row.curve->y()[i];
    return Readout{tr("%1 s\n%2 %3").arg(shortNumber(second), shortNumber(value, 4), row.unit),
                   row.plot->toPixel(second, value)};
}

int ThroughputView::shownRows() const {
    return static_cast<int>(
        std::ranges::count_if(m_rows, [](const Row& row) { return !row.plot->isHidden(); }));
}

void ThroughputView::setTrack(const runner::Track& track, const QString& unit) {
    m_seconds = track.seconds;
    m_starts.clear();
    for (const auto& part : track.parts)
        if (part.first > 0 && part.first < track.seconds.size())
            m_starts.push_back(0.5 * (track.seconds[part.first - 1] + track.seconds[part.first]));
    const auto known = [](const std::vector<double>& y) {
        return std::ranges::any_of(y, [](double v) { return v > 0; });
    };
    const std::array titles{tr("%1/s").arg(unit), tr("clock, MHz"), tr("power, W"), tr("temperature, °C")};
    const std::array units{titles[0], tr("MHz"), tr("W"), tr("°C")};
    const std::array values{&track.itemsPerS, &track.clockMhz, &track.powerW, &track.temperatureC};
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i].title = titles[i], m_rows[i].unit = units[i];
        m_rows[i].isKnown = i == 0 || known(*values[i]);
        if (m_rows[i].isKnown) setRow(m_rows[i], *values[i]);
    }
    chooseRows();
    m_rows.front().plot->setPlaceholder(m_seconds.empty() ? tr("Nothing has been measured yet") : QString());
    m_summary =
        m_seconds.empty() ? QString() : tr("%1 %2/s now").arg(shortNumber(track.itemsPerS.back(), 4), unit);
}

void ThroughputView::setRow(Row& row, const std::vector<double>& y) {
    row.curve->setData(m_seconds, y);
    const double end = m_seconds.empty() ? 1.0 : std::max(m_seconds.back(), 0.1);
    const double high = y.empty() ? 1.0 : *std::ranges::max_element(y);
    row.plot->setHome({0, end * 1.02}, {0, high > 0 ? high * 1.15 : 1.0});
    row.plot->schedule();
}

int ThroughputView::axisHeight(bool isLast) const {
    return m_rows.front().plot->theme().px(!isLast ? 8 : m_density.titled ? 52 : 28);
}

int ThroughputView::leastHeight(const Row& row, bool isLast) const {
    const bool first = &row == &m_rows.front();
    return axisHeight(isLast) + row.plot->theme().px(first ? m_density.first : m_density.other);
}

int ThroughputView::leastHeight(const std::vector<Row*>& rows) const {
    int sum = -layout()->spacing();
    for (const Row* row : rows)
        sum += leastHeight(*row, row == rows.back()) + layout()->spacing();
    return sum;
}

// Every row that is known, nearer to each other where there is little room; only where that does not do
// either are the last ones left out.
void ThroughputView::chooseRows() {
    static constexpr std::array kDensities{Density{84, 36, true}, Density{62, 26, true},
                                           Density{54, 22, false}};
    std::vector<Row*> shown;
    for (Row& row : m_rows)
        if (row.isKnown) shown.push_back(&row);
    for (const Density& density : kDensities) {
        m_density = density;
        if (height() <= 0 || leastHeight(shown) <= height()) break;
    }
    while (shown.size() > 1 && height() > 0 && leastHeight(shown) > height())
        shown.pop_back();
    for (Row& row : m_rows) {
        const bool isShown = std::ranges::find(shown, &row) != shown.end();
        row.plot->setVisible(isShown);
        row.plot->setMinimumHeight(isShown ? leastHeight(row, &row == shown.back()) : 0);
        if (isShown) nameRow(row, &row == shown.back());
    }
    alignRows();
}

void ThroughputView::nameRow(Row& row, bool isLast) const {
    Plot& plot = *row.plot;
    const bool first = &row == &m_rows.front();
    // About a sixth of the whole where all four rows are there.
    const double room = std::max(leastHeight(row, isLast), height() / 6) - axisHeight(isLast);
    const bool fits = first || QFontMetricsF(plot.theme().words(12)).horizontalAdvance(row.title) <= room;
    plot.setHorizontal(
        {.title = isLast && m_density.titled ? tr("seconds measured") : QString(), .labels = isLast});
    plot.setVertical({.title = fits ? row.title : row.unit, .abbreviate = first});
}

void ThroughputView::setTheme(const Theme& theme) {
    for (const Row& row : m_rows)
        row.plot->setTheme(theme);
    chooseRows();
}

// Rows give way before the window does.
QSize ThroughputView::minimumSizeHint() const {
    const Theme& theme = m_rows.front().plot->theme();
    return {theme.px(240), theme.px(170)};
}

void ThroughputView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    chooseRows();
}

// The axes of all rows begin at the same pixel.
void ThroughputView::alignRows() {
    int left = 0;
    for (const Row& row : m_rows)
        if (!row.plot->isHidden()) {
            row.plot->setMinimumMargins({});
            row.plot->prepare();
            left = std::max(left, row.plot->naturalMargins().left());
        }
    for (const Row& row : m_rows)
        row.plot->setMinimumMargins({left, 0, 0, 0});
}

void ThroughputView::paintParts(QPainter& painter, const Plot& plot) const {
    std::vector<QPolygonF> lines;
    for (const double start : m_starts)
        lines.push_back({{plot.toX(start), plot.area().top()}, {plot.toX(start), plot.area().bottom()}});
    strokeLines(painter, lines, dottedPen(plot.theme().ghost, plot.theme().contextWidth()));
}

} // namespace orrery::panel
