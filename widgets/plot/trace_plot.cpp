#include "widgets/plot/trace_plot.h"

#include "core/trace/trace.h"
#include "widgets/plot/curve.h"
#include "widgets/plot/number_format.h"

#include <algorithm>
#include <cmath>

namespace orrery {

namespace {
constexpr double kLeastShown = 2e-4; ///< of the values, that an axis spans
}

/// The brass dot at now, and the numbers of the grid inside the plot: the inspector is narrow.
class NowDot final : public PlotPiece {
  public:
    using PlotPiece::PlotPiece;
    std::optional<QPointF> at; ///< in data

    void paint(QPainter& painter) override {
        if (!at) return;
        const QPointF pixel = plot().toPixel(at->x(), at->y());
        if (std::isfinite(pixel.y()))
            drawMark(painter, pixel, MarkShape::Disc, theme().markSize() * 0.8, theme().brass,
                     theme().surface);
    }
    [[nodiscard]] bool clips() const override { return false; }
    void move(std::optional<QPointF> to) {
        at = to;
        changed();
    }
};

TracePlot::TracePlot(QWidget* parent)
    : Plot(parent)
    , m_curve(new Curve(this, [](const Theme& t) { return solidPen(t.accent, t.contextWidth()); }))
    , m_dot(new NowDot(this)) {
    connect(this, &Plot::clicked, this, [this](QPointF pixel) {
        if (m_trace && m_trace->rows() > 0)
            Q_EMIT indexRequested(std::max<qint64>(0, std::llround(fromX(pixel.x()))));
    });
    setReadout([this](QPointF pixel) { return readoutAt(pixel); });
}

QSize TracePlot::sizeHint() const {
    return {theme().px(288), theme().px(180)};
}

// Low rather than below the fold, where a formula above it is long.
QSize TracePlot::minimumSizeHint() const {
    return {theme().px(180), theme().px(80)};
}

void TracePlot::setTrace(std::shared_ptr<const Trace> trace, int column) {
    if (trace == m_trace && column == m_column) return;
    m_trace = std::move(trace);
    m_column = column;
    rebuild();
}

void TracePlot::rebuild() {
    if (!m_trace || m_trace->rows() == 0 || m_column >= static_cast<int>(m_trace->columns().size())) {
        m_curve->setData({}, {});
        return setNow(m_now);
    }
    const auto& values = m_trace->column(static_cast<std::size_t>(m_column));
    const auto& index = m_trace->index();
    bool logarithmic = m_trace->columns()[static_cast<std::size_t>(m_column)].logarithmic;
    double lower = INFINITY, upper = -INFINITY;
    m_whole = true;
    for (const double value : values) {
        if (!std::isfinite(value) || (logarithmic && value <= 0.0)) continue;
        m_whole = m_whole && value == std::round(value);
        lower = std::min(lower, value);
        upper = std::max(upper, value);
    }
    if (!(lower <= upper)) lower = 0, upper = 1, logarithmic = false;
    // Of what hardly changes the last digits say nothing: the axis is not cut so fine.
    const double least = std::max(kLeastShown * std::max(std::abs(lower), std::abs(upper)), 1e-12);
    const double room = logarithmic ? (upper / lower < 1.5 ? 1.5 : std::pow(upper / lower, 0.04))
                                    : std::max((upper - lower) * 0.05, upper - lower < least ? least : 0.0);
    setVertical({.logarithmic = logarithmic, .abbreviate = !logarithmic, .integers = m_whole});
    setHorizontal({.abbreviate = true, .integers = true});
    const double last = std::max<double>(1.0, static_cast<double>(index.back()));
    setHome({0, last},
            logarithmic ? QCPRange(lower / room, upper * room) : QCPRange(lower - room, upper + room));
    m_curve->setData(std::vector<double>(index.begin(), index.end()), values);
    setNow(m_now);
}

void TracePlot::setNow(std::int64_t stepIndex) {
    m_now = stepIndex;
    const std::ptrdiff_t row = m_trace ? m_trace->rowAt(stepIndex) : -1;
    if (row < 0) return m_dot->move(std::nullopt);
    const auto at = static_cast<std::size_t>(row);
    const double x = static_cast<double>(m_trace->index()[at]);
    m_curve->setNow(x);
    m_dot->move(QPointF(x, m_trace->column(static_cast<std::size_t>(m_column))[at]));
}

std::optional<Readout> TracePlot::readoutAt(QPointF pixel) const {
    const std::ptrdiff_t row = m_trace ? m_trace->rowAt(std::llround(fromX(pixel.x()))) : -1;
    if (row < 0) return std::nullopt;
    const auto at = static_cast<std::size_t>(row);
    const double step = static_cast<double>(m_trace->index()[at]);
    const double value = m_trace->column(static_cast<std::size_t>(m_column))[at];
    return Readout{tr("step %1\n%2").arg(fixedNumber(step, 0), figure(value)), toPixel(step, value)};
}

QString TracePlot::figure(double value) const {
    return m_whole && std::abs(value) < 1e15 ? fixedNumber(value, 0) : shortNumber(value);
}

} // namespace orrery
