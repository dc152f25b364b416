#include "app/labs/boggle/boggle_pictures.h"

#include "widgets/frame/paint.h"

#include <QCoreApplication>

namespace orrery {

using boggle::DictionaryKind;
using boggle::SearchMove;
using boggleview::TrieChild;
using State = boggle::BoardSearch::State;

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("Boggle", text);
}

std::size_t at(int i) {
    return static_cast<std::size_t>(i);
}

const boggle::Frame& top(const State& state) {
    return state.stack[at(state.depth - 1)];
}

/// The node of the trie behind the first `depth` tiles: also where the automaton is searched, whose nodes
/// have the same children.
std::uint32_t edgeAt(const State& state, int depth) {
    return depth == 0 ? boggle::Automaton::kRoot : state.stack[at(depth - 1)].edge;
}

std::vector<int> pathOf(const State& state) {
    std::vector<int> cells;
    for (int d = 0; d < state.depth; ++d)
        cells.push_back(state.stack[at(d)].cell);
    return cells;
}

std::vector<int> cellsOf(std::uint64_t mask) {
    std::vector<int> cells;
    for (int cell = 0; cell < boggle::kMostCells; ++cell)
        if (mask >> cell & 1) cells.push_back(cell);
    return cells;
}

std::vector<int> openCells(const BoggleRun& run, const State& state) {
    std::vector<int> cells;
    if (state.depth == 0 || state.done) return cells;
    const boggle::Frame& frame = top(state);
    const boggle::Adjacency& grid = boggle::adjacency(run.problem->board.size);
    for (int slot = frame.next; slot < grid.degree[frame.cell]; ++slot)
        if (const int cell = grid.list[frame.cell][at(slot)]; !(state.used >> cell & 1))
            cells.push_back(cell);
    return cells;
}

BoardPicture boardOf(const BoggleRun& run, const State& state) {
    BoardPicture picture = boardPictureOf(run.problem->board);
    if (state.depth > 0) {
        BoardTrail trail;
        trail.cells = pathOf(state);
        trail.complete = state.last.found;
        picture.trails.push_back(trail);
    }
    picture.blocked = cellsOf(state.last.prunedCells);
    if (state.last.move == SearchMove::Push && state.depth > 1)
        picture.blockedFrom = state.stack[at(state.depth - 2)].cell;
    if (state.last.move == SearchMove::Pop) picture.left = picture.blockedFrom = state.last.cell;
    const std::uint32_t children = childLetters(run, state);
    for (const int cell : openCells(run, state))
        if (children >> run.problem->board.tiles[at(cell)] & 1) picture.open.push_back(cell);
    return picture;
}

std::vector<boggleview::StackFrame> framesOf(const BoggleRun& run, const State& state) {
    std::vector<boggleview::StackFrame> frames;
    const boggle::Adjacency& grid = boggle::adjacency(run.problem->board.size);
    for (int d = 0; d < state.depth; ++d) {
        const boggle::Frame& frame = state.stack[at(d)];
        frames.push_back(
            {tileText(run.problem->board.letter(frame.cell)), grid.degree[frame.cell], frame.next});
    }
    return frames;
}

std::vector<TrieChild> childrenOf(const boggle::Automaton& automaton, std::uint32_t edge, int onPath,
                                  std::uint32_t reachable) {
    std::vector<TrieChild> children;
    for (int letter = 0; letter < boggle::kLetters; ++letter) {
        const std::uint32_t child = automaton.child(edge, letter);
        if (child == boggle::kNoEdge) continue;
        children.push_back({tileText(static_cast<char>('a' + letter)), letter == onPath,
                            bool(reachable >> letter & 1), automaton.edge(child).endsWord != 0});
    }
    return children;
}

boggleview::TriePicture trieOf(const BoggleRun& run, const State& state) {
    boggleview::TriePicture picture;
    if (run.kind == DictionaryKind::HashSet) {
        picture.sentence =
            tr("A hash set knows whole words only, no beginnings: every path is walked to its end.");
        return picture;
    }
    const boggle::Automaton& automaton = run.lexicon().automaton(run.kind);
    const std::uint32_t open = openLetters(run, state);
    for (int d = 0; d <= state.depth; ++d) {
        const bool isLast = d == state.depth;
        const int letter = isLast ? -1 : run.problem->board.tiles[state.stack[at(d)].cell];
        picture.levels.push_back(childrenOf(automaton, edgeAt(state, d), letter, isLast ? open : 0));
        if (!isLast) picture.path.push_back(tileText(static_cast<char>('a' + letter)));
    }
    if (picture.levels.back().empty() && picture.levels.size() > 1) picture.levels.pop_back();
    return picture;
}

QString pathText(const BoggleRun& run, const State& state) {
    std::string tiles;
    for (int d = 0; d < state.depth; ++d)
        tiles += run.problem->board.letter(state.stack[at(d)].cell);
    return spelt(tiles);
}

boggleview::Headline headlineOf(const BoggleRun& run, const State& state) {
    boggleview::Headline line;
    line.letters = pathText(run, state);
    line.total = counted(static_cast<qint64>(state.found.size()), "word", "words") + QStringLiteral(" · ") +
                 counted(state.counters.points, "point", "points");
    const QString cell = state.last.move == SearchMove::None
                             ? QString()
                             : tileText(run.problem->board.letter(state.last.cell));
    if (state.done)
        line.verdict = tr("every start has been tried");
    else if (state.last.found)
        line.verdict = state.last.repeated
                           ? tr("has been found before")
                           : counted(run.lexicon().words.points(state.last.word), "point", "points");
    else if (state.last.move == SearchMove::Pop)
        line.verdict = tr("back from %1").arg(cell);
    else if (state.last.move == SearchMove::Reject)
        line.verdict = tr("no word begins with %1").arg(cell);
    line.isGood = state.last.found && !state.last.repeated;
    return line;
}

} // namespace

QString tileText(char letter) {
    if (letter == boggle::kQuTile) return QStringLiteral("Qu");
    return QString(QLatin1Char(letter)).toUpper();
}

QString spelt(std::string_view tiles) {
    return QString::fromStdString(boggle::spell(tiles)).toUpper();
}

QString counted(qint64 n, const char* one, const char* many) {
    return QStringLiteral("%1 %2").arg(grouped(n), n == 1 ? tr(one) : tr(many));
}

BoardPicture boardPictureOf(const boggle::Board& board) {
    BoardPicture picture;
    picture.rows = picture.columns = board.size;
    for (int cell = 0; cell < board.cells(); ++cell)
        picture.letters.push_back(tileText(board.letter(cell)));
    return picture;
}

std::uint32_t openLetters(const BoggleRun& run, const State& state) {
    std::uint32_t letters = 0;
    if (state.depth == 0 && !state.done) return 1u << run.problem->board.tiles[at(state.nextStart)];
    for (const int cell : openCells(run, state))
        letters |= 1u << run.problem->board.tiles[at(cell)];
    return letters;
}

std::uint32_t childLetters(const BoggleRun& run, const State& state) {
    if (run.kind == DictionaryKind::HashSet) return boggle::kLetterBits;
    return run.lexicon().automaton(run.kind).edge(edgeAt(state, state.depth)).children;
}

SearchMoment searchMoment(const BoggleRun& run, const State& state) {
    SearchMoment moment;
    moment.board = boardOf(run, state);
    moment.frames = framesOf(run, state);
    constexpr int kUsual = 6; // words are seldom longer
    moment.deepest =
        run.kind == DictionaryKind::HashSet ? run.problem->board.cells() : std::max(kUsual, state.depth);
    moment.trie = trieOf(run, state);
    moment.headline = headlineOf(run, state);
    for (const boggle::FoundWord& found : state.found) {
        const auto path = state.pathOf(found);
        moment.words.push_back({spelt(run.lexicon().words.tiles(found.word)).toLower(),
                                run.lexicon().words.points(found.word),
                                {path.begin(), path.end()}});
    }
    moment.isFresh = state.last.found && !state.last.repeated;
    return moment;
}

} // namespace orrery
