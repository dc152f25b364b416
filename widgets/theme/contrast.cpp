#include "widgets/theme/contrast.h"

#include <algorithm>
#include <cmath>

namespace orrery {

namespace {

double linear(double component) {
    return component <= 0.04045 ? component / 12.92 : std::pow((component + 0.055) / 1.055, 2.4);
}

} // namespace

double relativeLuminance(const QColor& color) {
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrastRatio(const QColor& a, const QColor& b) {
    const double first = relativeLuminance(a), second = relativeLuminance(b);
    const auto [low, high] = std::minmax(first, second);
    return (high + 0.05) / (low + 0.05);
}

QColor mixed(const QColor& a, const QColor& b, double share) {
    const auto blend = [share](float x, float y) { return static_cast<float>(x + (y - x) * share); };
    return QColor::fromRgbF(blend(a.redF(), b.redF()), blend(a.greenF(), b.greenF()),
                            blend(a.blueF(), b.blueF()), blend(a.alphaF(), b.alphaF()));
}

QColor readable(const QColor& hue, const QColor& ground, double ratio) {
    if (contrastRatio(hue, ground) >= ratio) return hue;
    // Black and white have equal contrast on a ground of luminance 0.179.
    const QColor pole = relativeLuminance(ground) > 0.179 ? QColor(Qt::black) : QColor(Qt::white);
    // In whole 8-bit components, as it will be drawn.
    const auto moved = [&](double share) { return QColor(mixed(hue, pole, share).rgb()); };
    double low = 0, high = 1;
    for (int i = 0; i < 12; ++i) {
        const double middle = (low + high) / 2;
        (contrastRatio(moved(middle), ground) >= ratio ? high : low) = middle;
    }
    return moved(high);
}

} // namespace orrery
