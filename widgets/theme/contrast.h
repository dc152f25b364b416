// Contrast of two colours, and a token moved just far enough to be read on a ground.
//
// WCAG 2.1: (L1 + 0.05) / (L2 + 0.05) of the relative luminances. Text asks for 4.5, marks for 3.
#pragma once

#include <QColor>

namespace orrery {

inline constexpr double kTextContrast = 4.5;
inline constexpr double kMarkContrast = 3.0;

/// Relative luminance of an sRGB colour, 0 to 1; alpha is ignored.
[[nodiscard]] double relativeLuminance(const QColor& color);
[[nodiscard]] double contrastRatio(const QColor& a, const QColor& b);

/// `hue` itself where it has `ratio` on `ground`; else moved towards black or white, whichever the ground
/// asks for, by the least amount that has it. So that brass and the data colours can be small text too.
[[nodiscard]] QColor readable(const QColor& hue, const QColor& ground, double ratio = kTextContrast);

/// Between `a` (share 0) and `b` (share 1), component by component in sRGB: a tint of a flat shape.
[[nodiscard]] QColor mixed(const QColor& a, const QColor& b, double share);

} // namespace orrery
