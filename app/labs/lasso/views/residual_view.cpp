#include "app/labs/lasso/views/residual_view.h"

#include "widgets/plot/brush.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/raster_scatter.h"

#include <algorithm>
#include <cmath>

namespace orrery::lasso {

namespace {

/// `scale`: of the data; what is a rounding of it counts as zero.
QCPRange padded(const std::vector<double>& values, bool symmetric, double scale) {
    double low = 0.0, high = 0.0;
    if (!values.empty()) {
        const auto [least, most] = std::minmax_element(values.begin(), values.end());
        low = *least, high = *most;
    }
    if (symmetric) high = std::max(std::abs(low), std::abs(high)), low = -high;
    if (high - low > 1e-12 * scale) return {low - 0.05 * (high - low), high + 0.05 * (high - low)};
    const double middle = symmetric ? 0.0 : (low + high) / 2, half = scale > 0.0 ? scale / 2 : 1.0;
    return {middle - half, middle + half};
}

} // namespace

ResidualView::ResidualView(QWidget* parent) : Plot(parent), m_scatter(new RasterScatter(this)) {
    auto* brush = new Brush(this);
    setHorizontal({.title = tr("fitted value")});
    setVertical({.title = tr("residual"), .reference = 0.0});
    setPlaceholder(tr("No fit yet"));
    setReadout([this](QPointF pixel) { return readoutAt(pixel); });
    connect(brush, &Brush::brushed, this, [this](const QPolygonF& pixels) {
        m_scatter->setHighlighted(pixels.isEmpty() ? std::vector<int>() : m_scatter->inside(pixels));
        Q_EMIT rowsBrushed(m_scatter->highlighted());
    });
    connect(this, &Plot::hovered, this, [this](QPointF pixel) {
        const int row = m_scatter->nearest(pixel);
        if (std::exchange(m_hovered, row) != row) Q_EMIT rowHovered(row);
    });
}

void ResidualView::setResiduals(std::vector<double> fitted, std::vector<double> residuals) {
    m_fitted = fitted;
    m_residuals = residuals;
    m_scatter->setData(std::move(fitted), std::move(residuals));
    setPlaceholder(m_fitted.empty() ? tr("No fit yet") : QString());
    double scale = 0.0;
    for (const double value : m_fitted)
        scale = std::max(scale, std::abs(value));
    setHome(padded(m_fitted, false, scale), padded(m_residuals, true, scale));
}

void ResidualView::setBrushedRows(const std::vector<int>& rows) {
    m_scatter->setHighlighted(rows);
}

std::optional<Readout> ResidualView::readoutAt(QPointF pixel) const {
    const int row = m_scatter->nearest(pixel);
    if (row < 0) return std::nullopt;
    const auto at = static_cast<std::size_t>(row);
    return Readout{
        tr("row %1\nfitted %2\nresidual %3")
            .arg(fixedNumber(row + 1, 0), shortNumber(m_fitted[at], 4), shortNumber(m_residuals[at])),
        toPixel(m_fitted[at], m_residuals[at])};
}

} // namespace orrery::lasso
