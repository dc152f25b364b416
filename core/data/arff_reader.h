// Attribute-Relation File Format: a header of typed attributes, then rows, dense or {index value, …}.
//
//   @relation iris
//   @attribute 'sepal length' numeric         also real, integer
//   @attribute species {setosa, 'versi color'}
//   @attribute note string                    string and date become levels as they stand
//   @data
//   5.1, setosa, ?                            ? is missing
//   {0 5.1, 1 setosa}                         what is left out is 0 or the first level
//
// Keywords in any case; % begins a comment line. Relational attributes are not supported.
#pragma once

#include "core/data/readers.h"

namespace orrery::data {

[[nodiscard]] TableResult readArff(std::string_view text, const std::string& name, Progress& progress);

/// Whether a line that begins with @relation or @attribute comes before any other content.
[[nodiscard]] bool looksLikeArff(std::string_view text);

} // namespace orrery::data
