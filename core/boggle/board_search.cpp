#include "core/boggle/board_search.h"

#include <algorithm>
#include <cassert>

namespace orrery::boggle {

namespace {

std::uint64_t bitOf(int cell) {
    return std::uint64_t{1} << cell;
}

bool spells(const Board& board, std::string_view tiles, int cell, std::vector<std::uint8_t>& path) {
    if (board.letter(cell) != tiles[path.size()]) return false;
    path.push_back(static_cast<std::uint8_t>(cell));
    if (path.size() == tiles.size()) return true;
    const Adjacency& grid = adjacency(board.size);
    for (int slot = 0; slot < grid.degree[static_cast<std::size_t>(cell)]; ++slot) {
        const std::uint8_t next = grid.list[static_cast<std::size_t>(cell)][static_cast<std::size_t>(slot)];
        if (std::ranges::find(path, next) == path.end() && spells(board, tiles, next, path)) return true;
    }
    path.pop_back();
    return false;
}

} // namespace

BoardSearch::BoardSearch(std::shared_ptr<const SearchProblem> problem, DictionaryKind kind, SearchRange range,
                         int extraWork)
    : m_problem(std::move(problem)), m_kind(kind), m_range(std::move(range)), m_extraWork(extraWork) {
    for (const std::uint8_t cell : m_range.prefix)
        (void)push(cell);
    // Whoever cut the tree at this path has counted it and its words.
    m_state.counters = {};
    m_state.found.clear();
    m_state.foundCells.clear();
    m_state.foundSorted.clear();
    m_state.last = {};
    if (!m_range.prefix.empty()) m_state.nextStart = m_problem->board.cells();
}

StepResult BoardSearch::step() {
    if (m_state.done) return {StepStatus::Converged, StepBoundary::None};
    m_state.last = {};
    return m_state.depth == 0 ? start() : extend();
}

StepResult BoardSearch::start() {
    const int cell = m_state.nextStart++;
    if (push(cell)) return {};
    m_state.last.move = SearchMove::Reject;
    m_state.last.cell = static_cast<std::uint8_t>(cell);
    return finish();
}

/// Prunes neighbours until one can be pushed; pops when there is none.
StepResult BoardSearch::extend() {
    Frame& top = m_state.stack[static_cast<std::size_t>(m_state.depth - 1)];
    const Adjacency& grid = adjacency(m_problem->board.size);
    const auto& neighbours = grid.list[top.cell];
    while (m_state.depth < m_range.deepest && top.next < grid.degree[top.cell]) {
        const int cell = neighbours[top.next++];
        if (!(m_state.used & bitOf(cell)) && push(cell)) return {};
    }
    return pop();
}

StepResult BoardSearch::pop() {
    if (m_state.depth == static_cast<int>(m_range.prefix.size())) return finish();
    Frame& top = m_state.stack[static_cast<std::size_t>(--m_state.depth)];
    m_state.last.move = SearchMove::Pop;
    m_state.last.cell = top.cell;
    m_state.used &= ~bitOf(top.cell);
    top = {};
    return m_state.depth == 0 ? finish() : StepResult{};
}

/// After a start cell.
StepResult BoardSearch::finish() {
    m_state.done = m_state.nextStart >= m_problem->board.cells();
    if (m_state.last.move == SearchMove::None) m_state.last.move = SearchMove::Done;
    return {m_state.done ? StepStatus::Converged : StepStatus::Advanced, StepBoundary::Round};
}

/// Puts `cell` on the path unless no word goes on with it.
bool BoardSearch::push(int cell) {
    const int letter = m_problem->board.tiles[static_cast<std::size_t>(cell)];
    const Frame before =
        m_state.depth > 0 ? m_state.stack[static_cast<std::size_t>(m_state.depth - 1)] : Frame{};
    Frame frame{.cell = static_cast<std::uint8_t>(cell)};
    if (m_kind == DictionaryKind::HashSet) {
        frame.hash = WordHashSet::extend(before.hash, letter);
    } else {
        const Automaton& automaton = m_problem->lexicon->automaton(m_kind);
        ++m_state.counters.lookups;
        work();
        frame.edge = automaton.child(before.edge, letter);
        if (frame.edge == kNoEdge) {
            ++m_state.counters.pruned;
            m_state.last.prunedCells |= bitOf(cell);
            return false;
        }
        frame.word = before.word + automaton.edge(frame.edge).skipped;
    }
    m_state.stack[static_cast<std::size_t>(m_state.depth++)] = frame;
    m_state.used |= bitOf(cell);
    m_state.last.move = SearchMove::Push;
    m_state.last.cell = frame.cell;
    ++m_state.counters.paths;
    if (const auto word = wordAt(frame)) record(*word);
    return true;
}

std::optional<std::uint32_t> BoardSearch::wordAt(const Frame& frame) {
    const Lexicon& lexicon = *m_problem->lexicon;
    if (m_kind != DictionaryKind::HashSet) {
        if (!lexicon.automaton(m_kind).edge(frame.edge).endsWord) return std::nullopt;
        return frame.word;
    }
    std::array<char, kMostCells> tiles;
    std::size_t letters = 0;
    for (int d = 0; d < m_state.depth; ++d) {
        const auto place = static_cast<std::size_t>(d);
        tiles[place] = m_problem->board.letter(m_state.stack[place].cell);
        letters += tiles[place] == kQuTile ? 2 : 1;
    }
    if (letters < static_cast<std::size_t>(lexicon.words.options().minimumLength)) return std::nullopt;
    ++m_state.counters.lookups;
    work();
    return lexicon.set.find(frame.hash, {tiles.data(), static_cast<std::size_t>(m_state.depth)},
                            lexicon.words);
}

void BoardSearch::record(std::uint32_t word) {
    m_state.last.found = true;
    m_state.last.word = word;
    const auto place = std::ranges::lower_bound(m_state.foundSorted, word);
    m_state.last.repeated = place != m_state.foundSorted.end() && *place == word;
    if (m_state.last.repeated) {
        ++m_state.counters.repeats;
        return;
    }
    m_state.foundSorted.insert(place, word);
    m_state.counters.points += m_problem->lexicon->words.points(word);
    m_state.found.push_back({word, static_cast<std::uint32_t>(m_state.foundCells.size()),
                             static_cast<std::uint8_t>(m_state.depth)});
    for (int d = 0; d < m_state.depth; ++d)
        m_state.foundCells.push_back(m_state.stack[static_cast<std::size_t>(d)].cell);
}

void BoardSearch::work() const {
    std::uint64_t idle = static_cast<std::uint64_t>(m_state.counters.lookups);
    for (int round = 0; round < m_extraWork; ++round) {
        idle = idle * 0x5851F42D4C957F2Du + 1;
        asm volatile("" : "+r"(idle)); // must not be optimised away
    }
}

std::vector<TraceColumn> BoardSearch::traceColumns() {
    return {{"paths visited", "", false},
            {"pruned", "", false},
            {"words", "", false},
            {"points", "", false},
            {"depth", "tiles", false}};
}

void BoardSearch::traceRow(std::span<double> row) const {
    row[0] = static_cast<double>(m_state.counters.paths);
    row[1] = static_cast<double>(m_state.counters.pruned);
    row[2] = static_cast<double>(m_state.found.size());
    row[3] = m_state.counters.points;
    row[4] = m_state.depth;
}

std::vector<std::uint8_t> findOnBoard(const Board& board, std::string_view tiles) {
    std::vector<std::uint8_t> path;
    if (tiles.empty()) return path;
    for (int cell = 0; cell < board.cells(); ++cell)
        if (spells(board, tiles, cell, path)) return path;
    return {};
}

std::vector<std::uint32_t> wordsByLooking(const Board& board, const Dictionary& words) {
    std::uint32_t letters = 0;
    for (int cell = 0; cell < board.cells(); ++cell)
        letters |= 1u << board.tiles[static_cast<std::size_t>(cell)];
    std::vector<std::uint32_t> found;
    for (std::uint32_t word = 0; word < words.size(); ++word) {
        const std::string_view tiles = words.tiles(word);
        const bool possible = std::ranges::all_of(tiles, [&](char c) { return letters >> (c - 'a') & 1; });
        if (possible && !findOnBoard(board, tiles).empty()) found.push_back(word);
    }
    return found;
}

} // namespace orrery::boggle
