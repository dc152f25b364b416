// Word lists and boards for the tests of Boggle, all from seeds.
#pragma once

#include "core/boggle/board_search.h"
#include "core/boggle/fast_solver.h"
#include "core/solver/step.h"
#include "core/support/rng.h"

#include <algorithm>
#include <memory>
#include <string>

namespace orrery::boggle::cases {

/// Pronounceable words of 3 to 9 letters, a line each; some share long endings, some hold qu.
inline std::string inventedWords(std::size_t count, std::uint64_t seed) {
    constexpr std::string_view kConsonants = "bcdfghjklmnprstvwxyz", kVowels = "aeiou";
    Rng rng(seed);
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t length = 2 + rng.below(6);
        for (std::size_t at = 0; at < length; ++at) {
            if (at % 2 == 1)
                text += kVowels[rng.below(kVowels.size())];
            else if (rng.below(25) == 0)
                text += "qu";
            else
                text += kConsonants[rng.below(kConsonants.size())];
        }
        constexpr std::string_view kEndings[] = {"", "s", "ed", "ing"};
        text += kEndings[rng.below(4)];
        text += '\n';
    }
    return text;
}

inline std::shared_ptr<const Lexicon> lexiconOf(std::string_view text, int minimumLength = 3) {
    return std::make_shared<const Lexicon>(
        Dictionary::fromText(text, {.minimumLength = minimumLength}).value());
}

inline std::shared_ptr<const Lexicon> inventedLexicon(std::size_t count = 4000, std::uint64_t seed = 7) {
    return lexiconOf(inventedWords(count, seed));
}

inline BoardSearch searched(const Board& board, std::shared_ptr<const Lexicon> lexicon, DictionaryKind kind) {
    BoardSearch search(std::make_shared<const SearchProblem>(SearchProblem{board, std::move(lexicon)}), kind);
    (void)solve(search);
    return search;
}

} // namespace orrery::boggle::cases
