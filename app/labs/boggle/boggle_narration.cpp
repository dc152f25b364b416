#include "app/labs/boggle/boggle_narration.h"

#include "app/labs/boggle/boggle_pictures.h"
#include "widgets/frame/paint.h"
#include "widgets/narration/formula.h"
#include "widgets/plot/number_format.h"

#include <bit>
#include <cmath>
#include <thread>

namespace orrery {

namespace {

using boggle::DictionaryKind;
using boggle::SearchMove;
using Search = boggle::BoardSearch::State;
using Best = boggle::BestBoard::State;

// Three and more in a row are written as a range where there are many: one line holds no alphabet.
QString lettersOf(std::uint32_t mask) {
    constexpr int kMany = 12;
    const bool asRanges = std::popcount(mask) > kMany;
    const auto name = [](int letter) { return tileText(static_cast<char>('a' + letter)); };
    QStringList letters;
    for (int letter = 0; letter < boggle::kLetters; ++letter) {
        if (!(mask >> letter & 1)) continue;
        const int run = std::countr_one(mask >> letter);
        letters << (asRanges && run > 2 ? name(letter) + QStringLiteral("–") + name(letter + run - 1)
                                        : name(letter));
        if (asRanges && run > 2) letter += run - 1;
    }
    return letters.isEmpty() ? QStringLiteral("∅")
                             : QStringLiteral("{%1}").arg(letters.join(QLatin1Char(' ')));
}

QString pathText(const BoggleRun& run, const Search& state) {
    std::string tiles;
    for (int d = 0; d < state.depth; ++d)
        tiles += run.problem->board.letter(state.stack[static_cast<std::size_t>(d)].cell);
    return spelt(tiles);
}

QString prunedText(const BoggleRun& run, const Search& state) {
    QStringList letters;
    for (int cell = 0; cell < run.problem->board.cells(); ++cell)
        if (state.last.prunedCells >> cell & 1) letters << tileText(run.problem->board.letter(cell));
    return letters.join(QStringLiteral(", "));
}

// What goes on from here: the letters of the node and those of the free neighbours.
void addMeeting(Narration& why, const BoggleRun& run, const Search& state) {
    if (run.kind == DictionaryKind::HashSet || state.depth == 0) return;
    const std::uint32_t children = childLetters(run, state), open = openLetters(run, state);
    why.formula = {markedTerm(lettersOf(children), QStringLiteral("children")),
                   plainTerm(QStringLiteral(" ∩ ")),
                   markedTerm(lettersOf(open), QStringLiteral("neighbours")),
                   plainTerm(QStringLiteral(" = ")), resultTerm(lettersOf(children & open))};
    why.formula.back().mark = QStringLiteral("open");
}

Narration ofFound(const BoggleRun& run, const Search& state) {
    Narration why;
    const QString word = pathText(run, state);
    if (state.last.repeated) {
        why.sentence = QStringLiteral("%1 again, along another path: it counts once.").arg(word);
        addMeeting(why, run, state);
        return why;
    }
    const int points = run.lexicon().words.points(state.last.word);
    why.sentence = QStringLiteral("%1 is a word of %2 letters.").arg(word).arg(word.size());
    why.formula = {plainTerm(QStringLiteral("score %1 + ").arg(state.counters.points - points)),
                   markedTerm(QString::number(points), QStringLiteral("path")),
                   plainTerm(QStringLiteral(" = ")), resultTerm(QString::number(state.counters.points))};
    return why;
}

Narration ofPush(const BoggleRun& run, const Search& state) {
    if (state.last.found) return ofFound(run, state);
    Narration why;
    const QString tile = tileText(run.problem->board.letter(state.last.cell)), path = pathText(run, state);
    if (run.kind == DictionaryKind::HashSet) {
        why.sentence =
            QStringLiteral(
                "%1 goes on the path. %2 is no word, but the hash set cannot say that none begins so: "
                "the search goes on.")
                .arg(tile, path);
        why.afterword =
            QStringLiteral("%1 visited, none pruned.").arg(counted(state.counters.paths, "path", "paths"));
        return why;
    }
    why.sentence = state.depth == 1
                       ? QStringLiteral("A new start: words begin with %1.").arg(tile)
                       : QStringLiteral("%1 is next and free, and words begin with %2: it goes on the stack.")
                             .arg(tile, path);
    addMeeting(why, run, state);
    return why;
}

Narration ofPop(const BoggleRun& run, const Search& state) {
    Narration why;
    const QString tile = tileText(run.problem->board.letter(state.last.cell));
    why.sentence =
        state.depth == 0
            ? QStringLiteral("All that begins with this %1 has been looked at: the stack is empty.").arg(tile)
            : QStringLiteral("From this %1 no neighbour is left to try: back to %2.")
                  .arg(tile, pathText(run, state));
    addMeeting(why, run, state);
    return why;
}

Narration ofSearch(const BoggleRun& run, const Search& state) {
    Narration why;
    if (state.last.move == SearchMove::None) {
        why.sentence = QStringLiteral(
            "Each tile in turn is a start; a path goes from neighbour to neighbour and uses no tile "
            "twice.");
        return why;
    }
    switch (state.last.move) {
    case SearchMove::Push:
        why = ofPush(run, state);
        break;
    case SearchMove::Pop:
        why = ofPop(run, state);
        break;
    default:
        why.sentence = QStringLiteral("No word begins with %1.")
                           .arg(tileText(run.problem->board.letter(state.last.cell)));
    }
    const QString pruned = prunedText(run, state);
    if (!pruned.isEmpty() && state.last.move != SearchMove::Reject)
        why.afterword = QStringLiteral("Pruned on the way: %1; no word goes on so.").arg(pruned);
    if (state.done)
        why.afterword = QStringLiteral("Every start has been tried: %1, %2.")
                            .arg(counted(static_cast<qint64>(state.found.size()), "word", "words"),
                                 counted(state.counters.points, "point", "points"));
    return why;
}

Narration ofReplay(const BoggleRun& run, const ParallelReplay::State& state) {
    Narration why;
    const boggle::ParallelResult& result = run.record->result;
    if (state.finished == 0) {
        why.sentence =
            QStringLiteral(
                "One thread has cut the search into %1, a path of %2 each; now all threads take one after "
                "the other.")
                .arg(counted(static_cast<qint64>(result.records.size()), "task", "tasks"),
                     counted(run.record->options.depth, "tile", "tiles"));
        return why;
    }
    const auto& record = result.records[run.record->byEnd[static_cast<std::size_t>(state.finished - 1)]];
    std::string tiles;
    for (const std::uint8_t cell : result.prefixes[record.task])
        tiles += run.problem->board.letter(cell);
    why.sentence = QStringLiteral("Thread %1 has finished all that begins with %2: %3 in %4.")
                       .arg(record.thread + 1)
                       .arg(spelt(tiles), counted(record.paths, "path", "paths"),
                            spokenSeconds(record.end - record.begin));
    double busy = result.splitSeconds;
    for (const auto& task : result.records)
        busy += task.end - task.begin;
    why.formula = {plainTerm(QStringLiteral("threads at work = %1 in tasks / %2 = ")
                                 .arg(spokenSeconds(busy), spokenSeconds(result.seconds))),
                   resultTerm(fixedNumber(busy / result.seconds, 2))};
    const auto cores = static_cast<int>(std::thread::hardware_concurrency());
    why.afterword =
        run.record->options.threads > cores
            ? QStringLiteral(
                  "There are %1 cores: more threads than that share them, and each task takes longer.")
                  .arg(cores)
            : QStringLiteral("In tasks %1 % of the time.")
                  .arg(fixedNumber(100.0 * result.busyShare(run.record->options.threads), 0));
    return why;
}

Narration ofBest(const BoggleRun& run, const Best& state) {
    Narration why;
    if (state.proposals == 0) {
        why.sentence = QStringLiteral("A random board of %1. Each step changes a letter or swaps two tiles.")
                           .arg(counted(state.score.points, "point", "points"));
        return why;
    }
    if (state.last.restarted) {
        why.sentence = QStringLiteral("Nothing better in %1 proposals: a new start from a random board.")
                           .arg(run.best->patience);
        return why;
    }
    const auto tile = [&](std::uint8_t cell) { return tileText(state.proposed.letter(cell)); };
    const QString change =
        state.last.cell == state.last.other
            ? QStringLiteral("A tile becomes %1").arg(tile(state.last.cell))
            : QStringLiteral("%1 and %2 change places").arg(tile(state.last.cell), tile(state.last.other));
    why.sentence = QStringLiteral("%1: %2. The board %3.")
                       .arg(change, counted(state.last.points, "point", "points"),
                            state.last.improved ? QStringLiteral("is taken, the best so far")
                            : state.last.taken  ? QStringLiteral("is taken")
                                                : QStringLiteral("is turned down"));
    if (run.best->method == boggle::BestBoardMethod::Annealing && !state.last.taken) {
        const double loss = state.last.points - state.score.points;
        const bool hasCooled = state.proposals % state.board.cells() == 0; // after the decision
        const double temperature = hasCooled ? state.temperature / run.best->cooling : state.temperature;
        why.formula = {
            plainTerm(
                QStringLiteral("chance exp(%1 / %2) = ").arg(fixedNumber(loss, 0), shortNumber(temperature))),
            resultTerm(shortNumber(std::exp(loss / temperature)))};
    }
    why.afterword =
        QStringLiteral("Best so far: %1.").arg(counted(state.bestScore.points, "point", "points"));
    return why;
}

} // namespace

Narration narrateBoggle(const BoggleRun& run, const BoggleRunSolver::State& state) {
    if (const auto* search = std::get_if<Search>(&state)) return ofSearch(run, *search);
    if (const auto* replay = std::get_if<ParallelReplay::State>(&state)) return ofReplay(run, *replay);
    return ofBest(run, std::get<Best>(state));
}

} // namespace orrery
