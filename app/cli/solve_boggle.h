// `orrery solve boggle`: the words on a board without the window.
#pragma once

#include <ostream>
#include <span>
#include <string>

namespace orrery::cli {

/// `arguments` are those after "solve boggle". Results go to `out`, one line about what was wrong to `err`.
/// Returns the exit code: 0, or 2 on bad input, with nothing printed to `out`. JSON: words, score,
/// paths_visited, seconds; load_seconds, method, size, board, dictionary_words; paths (cells, row by row from
/// 0) when asked for.
[[nodiscard]] int solveBoggle(std::span<const std::string> arguments, std::ostream& out, std::ostream& err);

} // namespace orrery::cli
