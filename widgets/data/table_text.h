// How the values of a data set are written on screen.
#pragma once

#include "core/data/table.h"

#include <QString>

namespace orrery {

/// Up to `digits` significant ones, a real minus sign, thin spaces between thousands: "−0.0441", "12 345",
/// "1.2e−7".
[[nodiscard]] QString spokenNumber(double value, int digits = 6);

/// "1 row", "12 345 rows".
[[nodiscard]] QString counted(qint64 count, const QString& one, const QString& many);

/// "442 rows × 11 columns".
[[nodiscard]] QString sizeText(std::size_t rows, std::size_t columns);

/// Type of a column in a word or two: "number", "3 levels".
[[nodiscard]] QString typeText(const data::Column& column);

} // namespace orrery
