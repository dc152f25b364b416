// What the text of one cell means, the same in every reader.
#pragma once

#include <optional>
#include <string_view>

namespace orrery::data {

/// Empty, NA, N/A, NaN, ?, null and their usual spellings.
[[nodiscard]] bool isMissingText(std::string_view text);

/// The whole text as a number, exactly rounded: "1e-3", "+.5", "inf". Nothing where any byte is left over.
/// "nan" is not a number here but a missing mark. Needs no padding.
[[nodiscard]] std::optional<double> parseNumber(std::string_view text);

/// Without spaces, tabs and a carriage return at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text);

} // namespace orrery::data
