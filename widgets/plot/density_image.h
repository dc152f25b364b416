// Counts points into an image: the raster behind a dense scatter.
#pragma once

#include <QColor>
#include <QImage>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace orrery {

/// One stamp of a disc a point, coverage summed a colour. A pixel's opacity grows with the logarithm of how
/// many discs cover it, from `single` for one to nearly 1 for the most: structure shows in the thin parts and
/// in the thick. Its colour is the mean of the colours that fell on it.
class DensityImage {
  public:
    /// Sizes in device pixels.
    DensityImage(QSize size, double radius);
    void add(double x, double y, std::size_t color);
    [[nodiscard]] QImage image(std::span<const QColor> colors, double single) const;

  private:
    static constexpr int kPhases = 4; ///< sub-pixel positions of the stamp, each way
    struct Stamp {
        std::vector<std::uint8_t> coverage; ///< side × side, 255 = full
    };
    static constexpr std::size_t kColors = 6;

    QSize m_size;
    int m_side;
    std::array<Stamp, kPhases * kPhases> m_stamps;
    std::array<std::vector<float>, kColors> m_sums; ///< width × height, made when first used
};

} // namespace orrery
