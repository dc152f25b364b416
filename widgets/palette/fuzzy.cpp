#include "widgets/palette/fuzzy.h"

#include <algorithm>

namespace orrery {

namespace {

constexpr double kNone = -1e9;

QString folded(const QString& text) {
    QString out;
    for (const QChar c : text) {
        // The base letter of an accented one; one for one, so that positions stay.
        const QString parts = c.decomposition();
        const QChar base = parts.isEmpty() || c.decompositionTag() != QChar::Canonical ? c : parts.front();
        out += base.toCaseFolded();
    }
    return out;
}

bool startsWord(const QString& text, int at) {
    if (at == 0) return true;
    return !text[at - 1].isLetterOrNumber() || (text[at].isUpper() && text[at - 1].isLower());
}

double letterScore(const QString& title, int at, int previous) {
    double score = 1;
    if (startsWord(title, at)) score += 8;
    if (previous >= 0 && at == previous + 1) score += 5;
    return score;
}

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(const QString& query, const QString& title) {
    QString letters = folded(query);
    letters.remove(QLatin1Char(' '));
    const QString text = folded(title);
    const int q = static_cast<int>(letters.size()), n = static_cast<int>(text.size());
    if (q == 0) return FuzzyMatch{};
    // best[i][j]: letters 0..i placed, the last of them at j.
    std::vector<std::vector<double>> best(q, std::vector<double>(n, kNone));
    std::vector<std::vector<int>> from(q, std::vector<int>(n, -1));
    for (int i = 0; i < q; ++i) {
        int gapBest = -1; // best placement of the letters before that ends before j − 1
        for (int j = i; j < n; ++j) {
            if (i > 0 && j >= 2 && (gapBest < 0 || best[i - 1][j - 2] > best[i - 1][gapBest])) gapBest = j - 2;
            if (letters[i] != text[j]) continue;
            if (i == 0) {
                best[i][j] = letterScore(title, j, -1) - 0.1 * j;
                continue;
            }
            const auto consider = [&](int k) {
                if (k < 0 || best[i - 1][k] <= kNone / 2) return;
                const double score = best[i - 1][k] + letterScore(title, j, k);
                if (score > best[i][j]) best[i][j] = score, from[i][j] = k;
            };
            consider(j - 1);
            consider(gapBest);
        }
    }
    const auto end = std::max_element(best[q - 1].begin(), best[q - 1].end());
    if (n == 0 || *end <= kNone / 2) return std::nullopt;
    FuzzyMatch match;
    match.score = *end - 0.05 * n; // of two equal ones the shorter
    int at = static_cast<int>(end - best[q - 1].begin());
    for (int i = q - 1; i >= 0; --i) {
        match.positions.push_back(at);
        at = from[i][at];
    }
    std::reverse(match.positions.begin(), match.positions.end());
    return match;
}

} // namespace orrery
