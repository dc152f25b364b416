#include "widgets/plot/density_image.h"

#include <algorithm>
#include <cmath>

namespace orrery {

namespace {

constexpr double kMostOpaque = 0.92;

/// Coverage of a pixel by a disc, by distance: one pixel of soft edge.
std::uint8_t discCoverage(double distance, double radius) {
    return static_cast<std::uint8_t>(std::lround(255.0 * std::clamp(radius - distance + 0.5, 0.0, 1.0)));
}

} // namespace

DensityImage::DensityImage(QSize size, double radius)
    : m_size(size), m_side(2 * static_cast<int>(std::ceil(radius + 1.0)) + 1) {
    const double middle = m_side / 2;
    for (int phase = 0; phase < kPhases * kPhases; ++phase) {
        const double cx = middle + (phase % kPhases + 0.5) / kPhases,
                     cy = middle + (phase / kPhases + 0.5) / kPhases;
        auto& coverage = m_stamps[static_cast<std::size_t>(phase)].coverage;
        for (int row = 0; row < m_side; ++row)
            for (int column = 0; column < m_side; ++column)
                coverage.push_back(discCoverage(std::hypot(column + 0.5 - cx, row + 0.5 - cy), radius));
    }
}

void DensityImage::add(double x, double y, std::size_t color) {
    if (!std::isfinite(x) || !std::isfinite(y)) return;
    const double fx = std::floor(x), fy = std::floor(y);
    if (fx < -m_side || fy < -m_side || fx > m_size.width() + m_side || fy > m_size.height() + m_side) return;
    const int px = static_cast<int>((x - fx) * kPhases), py = static_cast<int>((y - fy) * kPhases);
    const Stamp& stamp = m_stamps[static_cast<std::size_t>(py * kPhases + px)];
    const int left = static_cast<int>(fx) - m_side / 2, top = static_cast<int>(fy) - m_side / 2;
    std::vector<float>& sums = m_sums[color % kColors];
    if (sums.empty()) sums.assign(static_cast<std::size_t>(m_size.width()) * m_size.height(), 0.0f);
    const int firstColumn = std::max(0, -left), lastColumn = std::min(m_side, m_size.width() - left);
    for (int row = std::max(0, -top); row < std::min(m_side, m_size.height() - top); ++row) {
        float* to = sums.data() + static_cast<std::ptrdiff_t>(top + row) * m_size.width() + left;
        const std::uint8_t* from = stamp.coverage.data() + row * m_side;
        for (int column = firstColumn; column < lastColumn; ++column)
            to[column] += from[column];
    }
}

QImage DensityImage::image(std::span<const QColor> colors, double single) const {
    QImage result(m_size, QImage::Format_ARGB32_Premultiplied);
    result.fill(Qt::transparent);
    const std::size_t pixels = static_cast<std::size_t>(m_size.width()) * m_size.height();
    std::vector<float> total(pixels, 0.0f);
    std::vector<std::size_t> used;
    for (std::size_t c = 0; c < std::min(kColors, colors.size()); ++c) {
        if (m_sums[c].empty()) continue;
        used.push_back(c);
        for (std::size_t at = 0; at < pixels; ++at)
            total[at] += m_sums[c][at];
    }
    const double most = pixels > 0 ? *std::max_element(total.begin(), total.end()) / 255.0 : 0.0;
    const double growth = most > 1.0 ? (kMostOpaque - single) / std::log(most) : 0.0;
    for (int y = 0; y < m_size.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(result.scanLine(y));
        for (int x = 0; x < m_size.width(); ++x) {
            const std::size_t at = static_cast<std::size_t>(y) * m_size.width() + x;
            const double count = total[at] / 255.0;
            if (count <= 0.0) continue;
            const double opacity = count < 1.0 ? single * count : single + growth * std::log(count);
            double red = 0.0, green = 0.0, blue = 0.0;
            for (const std::size_t c : used) {
                const double share = m_sums[c][at] / total[at] * opacity;
                red += share * colors[c].red(), green += share * colors[c].green(),
                    blue += share * colors[c].blue();
            }
            line[x] = qRgba(qRound(red), qRound(green), qRound(blue), qRound(255 * opacity));
        }
    }
    return result;
}

} // namespace orrery
