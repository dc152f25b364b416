// Fuzzy match of what was typed against a title: its letters in order, not necessarily side by side.
//
// Score: each letter 1, at the start of a word +8, next to the previous match +5, less the letters skipped
// before the first one. The best of all placements, by dynamic programming: O(query · title).
#pragma once

#include <QString>
#include <optional>
#include <vector>

namespace orrery {

struct FuzzyMatch {
    double score = 0;
    std::vector<int> positions; ///< in the title, ascending
};

/// nullopt when a letter is missing. Spaces in the query are passed over; case and accents are not looked at.
[[nodiscard]] std::optional<FuzzyMatch> fuzzyMatch(const QString& query, const QString& title);

} // namespace orrery
