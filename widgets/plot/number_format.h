// Numbers as text for axes, tags and read-outs: a real minus sign, thin spaces between thousands, no exponent
// notation on paper.
#pragma once

#include <QString>

namespace orrery {

/// U+2212, and the thin space that parts thousands.
inline constexpr QChar kMinus{0x2212};
inline constexpr QChar kThinSpace{0x2009};

/// `value` with `decimals` digits after the point: −1 204.50. Never "−0".
[[nodiscard]] QString fixedNumber(double value, int decimals);

/// About `digits` significant digits, as short as that allows: 1.83, 12 400, 3.1e−05 beyond six decades.
[[nodiscard]] QString shortNumber(double value, int digits = 3);

/// Digits after the point that tell apart numbers `step` apart.
[[nodiscard]] int decimalsFor(double step);

/// "1 row", "442 rows".
[[nodiscard]] QString counted(double count, const QString& one, const QString& many);

} // namespace orrery
