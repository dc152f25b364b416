// All words on a board, as a depth-first search that can be watched.
//
//   words of the dictionary spelt by a path of distinct cells, each a king's move from the one before
//
// The stack is explicit: frame d is the path's d-th tile, with the neighbour that is looked at next. One step
// pushes one tile or pops one. Before a push, a step looks at the neighbours in ascending order that are not
// on the path; with a trie or an automaton those after which no word goes on are pruned, and a step may prune
// several before it pushes or pops. With the hash set nothing is pruned: every self-avoiding path is walked
// and looked up, 12,029,640 of them on 4×4. A round is a start cell; it ends with the pop of its tile, or
// where no word begins with its letter.
//
// Cost of a step: O(1), at most 8 neighbours. A copy of the state: 1.6 kB and the words found.
#pragma once

#include "core/boggle/board.h"
#include "core/boggle/lexicon.h"
#include "core/solver/step.h"

#include <memory>
#include <vector>

namespace orrery::boggle {

/// A search that prunes nothing walks 12,029,640 paths of 4×4, and thousands of times as many of 5×5: larger
/// boards than this it would not finish.
inline constexpr int kLargestWithoutPruning = 4;

struct SearchProblem {
    Board board;
    std::shared_ptr<const Lexicon> lexicon;
};

/// The part of the search tree that is walked: all of it, or what lies under one path, or down to a depth.
struct SearchRange {
    std::vector<std::uint8_t> prefix; ///< cells of a path that is on the stack from the beginning, and stays
    int deepest = kMostCells;         ///< tiles; longer paths are not walked

    friend bool operator==(const SearchRange&, const SearchRange&) = default;
};

/// One tile of the path.
struct Frame {
    std::uint64_t hash = WordHashSet::kEmptyPath; ///< of the path up to here; hash set only
    std::uint32_t edge = Automaton::kRoot;        ///< into the node reached; trie and automaton only
    std::uint32_t word = 0;                       ///< words that sort before those that begin with this path
    std::uint8_t cell = 0;
    std::uint8_t next = 0; ///< place in the cell's list of neighbours

    friend bool operator==(const Frame&, const Frame&) = default;
};

enum class SearchMove : std::uint8_t {
    None, ///< before the first step
    Push,
    Pop,
    Reject, ///< a start cell whose letter begins no word
    Done,
};

/// What the last step did.
struct SearchStep {
    SearchMove move = SearchMove::None;
    std::uint8_t cell = 0;         ///< pushed, popped or rejected
    bool found = false;            ///< the pushed path spells a word
    bool repeated = false;         ///< … that another path has spelt before
    std::uint32_t word = 0;        ///< which, if found
    std::uint64_t prunedCells = 0; ///< bit c: neighbour c was free, and no word goes on with it

    friend bool operator==(const SearchStep&, const SearchStep&) = default;
};

struct SearchCounters {
    std::int64_t paths = 0;   ///< visited, that is pushed
    std::int64_t pruned = 0;  ///< continuations that were not walked because no word goes on so
    std::int64_t lookups = 0; ///< questions to the dictionary
    std::int64_t repeats = 0; ///< words spelt again by another path
    std::int32_t points = 0;

    friend bool operator==(const SearchCounters&, const SearchCounters&) = default;
};

struct FoundWord {
    std::uint32_t word = 0;
    std::uint32_t begin = 0; ///< of its path in State::foundCells
    std::uint8_t tiles = 0;

    friend bool operator==(const FoundWord&, const FoundWord&) = default;
};

class BoardSearch {
  public:
    struct State {
        std::array<Frame, kMostCells> stack{}; ///< `depth` of them, zeros above
        int depth = 0;
        int nextStart = 0;
        std::uint64_t used = 0; ///< bit c: cell c is on the path
        SearchStep last;
        SearchCounters counters;
        std::vector<FoundWord> found;           ///< distinct words, in the order of finding
        std::vector<std::uint8_t> foundCells;   ///< their paths, one after the other
        std::vector<std::uint32_t> foundSorted; ///< their numbers, ascending
        bool done = false;

        [[nodiscard]] std::span<const std::uint8_t> pathOf(const FoundWord& word) const {
            return std::span(foundCells).subspan(word.begin, word.tiles);
        }
        [[nodiscard]] std::size_t stateBytes() const {
            return sizeof(State) + found.size() * (sizeof(FoundWord) + sizeof(std::uint32_t)) +
                   foundCells.size();
        }
        friend bool operator==(const State&, const State&) = default;
    };

    /// `extraWork`: rounds of idle arithmetic for every question to the dictionary, to make it as slow as one
    /// on a disk or a network.
    BoardSearch(std::shared_ptr<const SearchProblem> problem, DictionaryKind kind, SearchRange range = {},
                int extraWork = 0);

    [[nodiscard]] StepResult step();
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }

    [[nodiscard]] static std::vector<TraceColumn> traceColumns();
    void traceRow(std::span<double> row) const;
    [[nodiscard]] const std::shared_ptr<const SearchProblem>& problem() const { return m_problem; }
    [[nodiscard]] DictionaryKind kind() const { return m_kind; }

  private:
    [[nodiscard]] StepResult start();
    [[nodiscard]] StepResult extend();
    [[nodiscard]] StepResult pop();
    [[nodiscard]] StepResult finish();
    [[nodiscard]] bool push(int cell);
    [[nodiscard]] std::optional<std::uint32_t> wordAt(const Frame& frame);
    void record(std::uint32_t word);
    void work() const;

    std::shared_ptr<const SearchProblem> m_problem;
    DictionaryKind m_kind;
    SearchRange m_range;
    int m_extraWork;
    State m_state;
};

static_assert(SteppableSolver<BoardSearch> && TracedSolver<BoardSearch>);

/// Cells of a path that spells `tiles`, by plain recursion over the board; empty when there is none. The
/// oracle of the searches' tests, and what a clicked word is drawn with.
[[nodiscard]] std::vector<std::uint8_t> findOnBoard(const Board& board, std::string_view tiles);
/// The words that findOnBoard finds, ascending. About a millisecond for a 4×4 board and 64,000 words.
[[nodiscard]] std::vector<std::uint32_t> wordsByLooking(const Board& board, const Dictionary& words);

} // namespace orrery::boggle
