#include "widgets/palette/fuzzy.h"

#include <QStringList>
#include <algorithm>

namespace orrery {

namespace {

constexpr double kNone = -1e9;
constexpr int kShortestInside = 3; ///< letters of a run that begins inside a word

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

bool startsWord(const QString& text, qsizetype at) {
    if (at == 0) return true;
    return !text[at - 1].isLetterOrNumber() || (text[at].isUpper() && text[at - 1].isLower());
}

double runScore(const QString& title, int at, int length) {
    double score = length + 10.0 * (length - 1);
    if (startsWord(title, at)) score += 8;
    const int end = at + length;
    if (end == title.size() || !title[end].isLetterOrNumber()) score += 2; // a whole word, or its end
    return score;
}

struct Best {
    double score = kNone;
    int at = -1, length = 0; ///< of the run that begins here; length 0: the letter is passed over
};

/// best[i][j]: the letters from i on, placed at j or later.
class Placement {
  public:
    Placement(const QString& letters, const QString& title)
        : m_letters(letters)
        , m_title(title)
        , m_text(folded(title))
        , m_q(static_cast<int>(letters.size()))
        , m_n(static_cast<int>(title.size()))
        , m_best(static_cast<std::size_t>(m_q + 1), std::vector<Best>(static_cast<std::size_t>(m_n + 1))) {
        for (Best& best : m_best.back())
            best.score = 0.0;
        for (int i = m_q - 1; i >= 0; --i)
            for (int j = m_n - 1; j >= 0; --j)
                place(i, j);
    }

    [[nodiscard]] std::optional<FuzzyMatch> match() const {
        FuzzyMatch match;
        match.score = at(0, 0).score - 0.05 * m_n; // of two equal ones the shorter
        if (at(0, 0).score <= kNone / 2) return std::nullopt;
        for (int i = 0, j = 0; i < m_q;) {
            const Best& best = at(i, j);
            if (best.length == 0) {
                ++j;
                continue;
            }
            if (i == 0) match.score -= 0.1 * j;
            for (int k = 0; k < best.length; ++k)
                match.positions.push_back(j + k);
            i += best.length, j += best.length;
        }
        return match;
    }

  private:
    [[nodiscard]] const Best& at(int i, int j) const {
        return m_best[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    }

    void place(int i, int j) {
        Best best{at(i, j + 1).score, -1, 0};
        const bool start = startsWord(m_title, j);
        for (int length = 1;
             i + length <= m_q && j + length <= m_n && m_letters[i + length - 1] == m_text[j + length - 1];
             ++length) {
            const bool whole = length == m_q && length > 1;
            if (!start && length < kShortestInside && !whole) continue;
            const double rest = at(i + length, j + length).score;
            if (rest <= kNone / 2) continue;
            if (const double score = runScore(m_title, j, length) + rest; score > best.score)
                best = {score, j, length};
        }
        m_best[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] = best;
    }

    const QString& m_letters;
    const QString& m_title;
    QString m_text;
    int m_q, m_n;
    std::vector<std::vector<Best>> m_best;
};

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(const QString& query, const QString& title) {
    QString letters = folded(query);
    letters.remove(QLatin1Char(' '));
    if (letters.isEmpty()) return FuzzyMatch{};
    return Placement(letters, title).match();
}

bool hasWords(const QString& query, const QString& text) {
    const QString sought = folded(text);
    const QStringList words = folded(query).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&](const QString& word) {
        for (qsizetype at = sought.indexOf(word); at >= 0; at = sought.indexOf(word, at + 1))
            if (startsWord(text, at)) return true;
        return false;
    });
}

} // namespace orrery
