// The options of `orrery solve boggle` and `orrery bench boggle`.
#pragma once

#include "core/boggle/board.h"
#include "core/boggle/lexicon.h"

#include <span>
#include <string>
#include <vector>

namespace orrery::cli {

struct BoggleArguments {
    std::string dictionary{boggle::kSystemWordList};
    int minimumLength = 3;
    int size = 0; ///< 0: from the number of tiles; the bench's is 4
    bool json = false;
    // solve
    std::string board;
    std::string method = "fast"; ///< or the id of a DictionaryKind: the search that is watched
    bool paths = false;
    // bench
    std::int64_t boards = 100'000;
    std::uint64_t seed = 1;
    std::vector<std::string> letters = {"uniform", "new"};
    std::vector<int> threads; ///< empty: 1, 2, and all there are
    std::int64_t checked = 1000;
    int repeats = 5;
    std::int64_t stepped = 200;  ///< boards whose instructions are counted one by one; 0: none
    std::string kernel = "best"; ///< or loop: without AVX-512

    std::string help; ///< not empty: it was asked for, and nothing else is set
};

enum class BoggleCommand { Solve, Bench };

/// Fails with one line that names the option.
[[nodiscard]] Expected<BoggleArguments> parseBoggleArguments(BoggleCommand command,
                                                             std::span<const std::string> arguments);

/// Reads the word list; one that is not there by default says how to get it.
[[nodiscard]] Expected<std::shared_ptr<const boggle::Lexicon>> loadLexicon(const BoggleArguments& arguments);

} // namespace orrery::cli
