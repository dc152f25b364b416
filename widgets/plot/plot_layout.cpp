// Margins, ticks and maps of a Plot.
#include "widgets/plot/axes_piece.h"
#include "widgets/plot/plot.h"

#include <algorithm>
#include <cmath>

namespace orrery {

namespace {

std::vector<Tick> ticksOf(const AxisOptions& axis, QCPRange range, int most) {
    if (!axis.names.empty()) {
        std::vector<Tick> ticks;
        for (std::size_t i = 0; i < axis.names.size(); ++i)
            if (range.contains(static_cast<double>(i)))
                ticks.push_back({static_cast<double>(i), axis.names[i], {}});
        return ticks;
    }
    const TickOptions options{most, axis.abbreviate, axis.integers};
    return axis.logarithmic ? logTicks(range.lower, range.upper, options)
                            : linearTicks(range.lower, range.upper, options);
}

QMarginsF largest(const QMarginsF& a, const QMarginsF& b) {
    return {std::max(a.left(), b.left()), std::max(a.top(), b.top()), std::max(a.right(), b.right()),
            std::max(a.bottom(), b.bottom())};
}

AxisMap mapOf(const AxisOptions& axis, QCPRange range, double from, double to) {
    if (axis.reversed) std::swap(from, to);
    return {range.lower, range.upper, from, to, axis.logarithmic};
}

} // namespace

// Height first: it decides the ticks of the vertical axis, they the left margin, that the width.
void Plot::updateLayout() {
    m_arranging = true; // what it sets is for this layout: no reason for another
    arrange();
    m_arranging = false;
    layoutVertical();
    layoutHorizontal();
    if (m_equalAspect) {
        holdAspect();
        layoutVertical();
        layoutHorizontal();
    }
    const QRectF whole = viewport();
    axisRect()->setMargins(QMargins(qRound(m_area.left() - whole.left()), qRound(m_area.top() - whole.top()),
                                    qRound(whole.right() - m_area.right()),
                                    qRound(whole.bottom() - m_area.bottom())));
    QCustomPlot::updateLayout();
}

void Plot::layoutVertical() {
    QMarginsF wanted;
    for (const PlotPiece* piece : m_pieces)
        if (piece->visible()) wanted = largest(wanted, piece->margins());
    const double line = QFontMetricsF(m_theme.axis()).height();
    // Half a tick label stands above the highest tick.
    const double top = std::max({wanted.top(), line / 2 + 1, double(m_minimumMargins.top())});
    const double bottom = std::max(
        {wanted.bottom(), AxesPiece::roomBelow(m_horizontal, m_theme), double(m_minimumMargins.bottom())});
    const QRectF whole = viewport();
    const double height = std::max(10.0, std::floor(whole.height() - std::ceil(top) - std::ceil(bottom)));
    // Three numbers where they fit: a lone zero tells no scale.
    const int most = std::max(height > line * 4 ? 3 : 2, static_cast<int>(height / (line * 3.6)));
    m_ticksY = ticksOf(m_vertical, yAxis->range(), most);
    const double natural = std::max(wanted.left(), AxesPiece::roomLeft(m_vertical, m_ticksY, m_theme));
    const double left = std::max(natural, double(m_minimumMargins.left()));
    const double right = std::max({wanted.right(), double(m_theme.px(10)), double(m_minimumMargins.right())});
    m_naturalMargins = QMargins(qCeil(natural), qCeil(top), qCeil(right), qCeil(bottom));
    const double width = std::max(10.0, std::floor(whole.width() - std::ceil(left) - std::ceil(right)));
    m_area = QRectF(whole.left() + std::ceil(left), whole.top() + std::ceil(top), width, height);
    m_mapY = mapOf(m_vertical, yAxis->range(), m_area.bottom(), m_area.top());
}

void Plot::layoutHorizontal() {
    m_mapX = mapOf(m_horizontal, xAxis->range(), m_area.left(), m_area.right());
    const double gap = m_theme.px(14);
    for (int most = std::max(2, static_cast<int>(m_area.width() / m_theme.px(64)));; --most) {
        m_ticksX = ticksOf(m_horizontal, xAxis->range(), most);
        double reach = -1e9;
        bool apart = true;
        std::vector<Tick> sorted = m_ticksX;
        if (m_horizontal.reversed) std::reverse(sorted.begin(), sorted.end());
        for (const Tick& tick : sorted) {
            const double half = AxesPiece::width(tick, m_theme) / 2;
            apart = apart && toX(tick.value) - half >= reach + gap;
            reach = toX(tick.value) + half;
        }
        if (apart || most <= 2 || !m_horizontal.names.empty()) return;
    }
}

// The axis with fewer units to a pixel shows more, around its middle.
void Plot::holdAspect() {
    if (!m_zoomed) {
        xAxis->setRange(m_homeX);
        yAxis->setRange(m_homeY);
    }
    const double unitsX = xAxis->range().size() / m_area.width(),
                 unitsY = yAxis->range().size() / m_area.height();
    QCPAxis* wider = unitsX < unitsY ? xAxis : yAxis;
    wider->scaleRange(std::max(unitsX, unitsY) / std::min(unitsX, unitsY));
}

} // namespace orrery
