// Fuzzy match of what was typed against a title: its letters in order, in runs. A run begins at the start of
// a word, or has three letters or more (or is the whole query); so loose letters inside words are no match.
//
// Score of a run: each letter 1, next to the one before +10, at the start of a word +8, up to the end of one
// +2; less the letters skipped before the first run. The best of all placements, by dynamic programming:
// O(query² · title).
#pragma once

#include <QString>
#include <optional>
#include <vector>

namespace orrery {

struct FuzzyMatch {
    double score = 0;
    std::vector<int> positions; ///< in the title, ascending
};

/// nullopt when there is no such placement. Spaces in the query are passed over; case and accents are not
/// looked at.
[[nodiscard]] std::optional<FuzzyMatch> fuzzyMatch(const QString& query, const QString& title);

/// Whether each word of the query is the beginning of a word of the text, in any order.
[[nodiscard]] bool hasWords(const QString& query, const QString& text);

} // namespace orrery
