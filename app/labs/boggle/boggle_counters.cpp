#include "app/labs/boggle/boggle_counters.h"

#include "widgets/frame/paint.h"
#include "widgets/plot/number_table.h"

#include <cmath>

namespace orrery {

namespace {

using boggle::DictionaryKind;

QString nameOf(DictionaryKind kind) {
    switch (kind) {
    case DictionaryKind::HashSet:
        return NumberTable::tr("Hash set");
    case DictionaryKind::Trie:
        return NumberTable::tr("Trie");
    case DictionaryKind::Dawg:
        return NumberTable::tr("Automaton");
    }
    return {};
}

// Blue, green, red: orange is too near to the brass of the one that is played.
int categoryOf(DictionaryKind kind) {
    return kind == DictionaryKind::HashSet ? 0 : static_cast<int>(kind) + 1;
}

struct Row {
    const char* label;
    std::int64_t (*end)(const EngineTotals&);
    std::int64_t (*now)(const boggle::SearchCounters&, std::int64_t words);
};

constexpr Row kRows[] = {
    {QT_TRANSLATE_NOOP("Boggle", "Visited"), [](const EngineTotals& t) { return t.counters.paths; },
     [](const boggle::SearchCounters& c, std::int64_t) { return c.paths; }},
    {QT_TRANSLATE_NOOP("Boggle", "Pruned"), [](const EngineTotals& t) { return t.counters.pruned; },
     [](const boggle::SearchCounters& c, std::int64_t) { return c.pruned; }},
    {QT_TRANSLATE_NOOP("Boggle", "Words"), [](const EngineTotals& t) { return t.words; },
     [](const boggle::SearchCounters&, std::int64_t words) { return words; }},
};

FigureCell plain(const QString& text) {
    return {text, -1.0, -1.0, false};
}

const QString kPending = QStringLiteral("…");

// Eight digits do not fit a narrow card.
QString inFigures(std::int64_t n) {
    constexpr std::int64_t kMany = 10'000'000;
    if (n < kMany) return grouped(n);
    return QStringLiteral("%1 M").arg(static_cast<double>(n) * 1e-6, 0, 'f', 2);
}

QString inBytes(std::size_t bytes) {
    if (bytes == 0) return {};
    if (bytes < 1024) return QStringLiteral("%1 B").arg(bytes);
    const double kilo = static_cast<double>(bytes) / 1024.0;
    return kilo < 1024.0 ? QStringLiteral("%1 KiB").arg(std::lround(kilo))
                         : QStringLiteral("%1 MiB").arg(kilo / 1024.0, 0, 'f', 1);
}

/// The one that is played counts before its end is known.
FigureCell cellOf(const EngineTotals& engine, bool isPlayed, std::int64_t here, double share, double end) {
    if (engine.wasRun) return {inFigures(here), share, end, isPlayed};
    if (!engine.isPending) return {};
    return plain(isPlayed ? inFigures(here) : kPending);
}

} // namespace

void fillCounters(NumberTable& table, const std::vector<EngineTotals>& totals, DictionaryKind played,
                  const boggle::SearchCounters& now, std::int64_t wordsNow) {
    table.setPlaceholder(NumberTable::tr("Counting…"));
    if (totals.empty()) return table.setTable({}, {});
    std::vector<FigureColumn> columns;
    for (const EngineTotals& engine : totals)
        columns.push_back({nameOf(engine.kind), categoryOf(engine.kind), engine.kind == played});
    std::vector<FigureRow> rows;
    for (const Row& kind : kRows) {
        double most = 1.0;
        for (const EngineTotals& engine : totals)
            most = std::max(most, static_cast<double>(kind.end(engine)));
        const auto share = [most](std::int64_t n) {
            return std::log1p(static_cast<double>(n)) / std::log1p(most);
        };
        FigureRow row{NumberTable::tr(kind.label), {}, {}, false};
        for (const EngineTotals& engine : totals) {
            const std::int64_t end = kind.end(engine),
                               here = engine.kind == played ? kind.now(now, wordsNow) : end;
            row.cells.push_back(cellOf(engine, engine.kind == played, here, share(here), share(end)));
        }
        rows.push_back(std::move(row));
    }
    FigureRow time{NumberTable::tr("Time"), {}, {}, false},
        size{NumberTable::tr("Memory"), {}, {}, false, true};
    for (const EngineTotals& engine : totals) {
        time.cells.push_back(plain(engine.wasRun      ? spokenSeconds(engine.seconds)
                                   : engine.isPending ? kPending
                                                      : QString()));
        size.cells.push_back(plain(inBytes(engine.bytes)));
    }
    rows.push_back(std::move(time));
    rows.push_back(std::move(size));
    table.setTable(std::move(columns), std::move(rows));
}

} // namespace orrery
