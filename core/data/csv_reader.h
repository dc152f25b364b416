// Delimited text to a table, in parallel.
//
// One pass cuts the text at line ends outside quotes and bounds the rows of each part; a second parses every part
// straight into its rows of the columns. A column is numeric unless some cell is neither a number nor missing; the
// columns where that is found late are read again as levels, so the outcome does not depend on the cuts. Levels
// are numbered by first appearance in the text. Cost: about a byte a cycle and thread.
#pragma once

#include "core/data/readers.h"

namespace orrery::data {

/// Reads up to kNumberPadding bytes past `text`: they must exist and hold no digit right after it.
[[nodiscard]] TableResult readCsv(std::string_view text, const std::string& name, const ReadOptions& options,
                                  Progress& progress);

} // namespace orrery::data
