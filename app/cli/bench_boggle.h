// `orrery bench boggle`: boards a second, and nanoseconds and instructions a board, on one thread and more.
#pragma once

#include <ostream>
#include <span>
#include <string>

namespace orrery::cli {

/// `arguments` are those after "bench boggle". One line a letter source and thread count to `out`, as JSON
/// when asked for. First the fast solver's words are compared, board by board, with those of the search that
/// can be watched, and on every hundredth board with a search for each word of the list. Returns the exit
/// code: 0; 1 when they differ; 2 on bad input.
[[nodiscard]] int benchBoggle(std::span<const std::string> arguments, std::ostream& out, std::ostream& err);

} // namespace orrery::cli
