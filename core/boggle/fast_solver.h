// The words on many boards, fast: the lean twin of BoardSearch over the minimised automaton.
//
//   visit (path, node) for every path of neighbouring, distinct cells that spells the beginning of a word
//
// The same paths as the depth-first search, level by level instead: all paths of one tile on a batch of boards,
// then all of two, and so on. Paths of one level do not depend on each other, so the processor overlaps their
// way through the cache, which a depth-first search has to wait for; and no branch depends on a letter. A path takes one edge record
// (16 bytes), and one test of its child mask against the letters of its cell's up to eight neighbours, held side by side for each cell.
// Those that go on and are free are moved to the next level by one compressing store where AVX-512 is there,
// else by a loop.
//
// A word reached along several paths counts once: words are numbered, and a byte a word keeps which boards of
// the batch have it. Cost: O(paths that spell a beginning); no allocation in steady state.
#pragma once

#include "core/boggle/board.h"
#include "core/boggle/lexicon.h"

#include <memory>
#include <span>
#include <vector>

namespace orrery::boggle {

struct BoardScore {
    std::int32_t points = 0;
    std::int32_t words = 0; ///< distinct
    friend bool operator==(const BoardScore&, const BoardScore&) = default;
};

/// How a level is expanded.
enum class FastKernel : std::uint8_t { Loop, Avx512 };
/// Avx512 where this processor has it.
[[nodiscard]] FastKernel bestFastKernel();

/// One a thread: it owns its scratch. Copies share the lexicon.
class FastSolver {
  public:
    static constexpr std::size_t kBatch = 8; ///< boards at a time: one bit each in a byte

    explicit FastSolver(std::shared_ptr<const Lexicon> lexicon, FastKernel kernel = bestFastKernel());

    /// The cheap answer. Boards of one size; scores.size() == boards.size().
    void score(std::span<const Board> boards, std::span<BoardScore> scores);
    [[nodiscard]] BoardScore score(const Board& board);
    /// The rich answer: every word once, ascending.
    [[nodiscard]] std::vector<std::uint32_t> words(const Board& board);

    /// Paths visited by all calls so far: the paths that BoardSearch pushes over trie or automaton.
    [[nodiscard]] std::int64_t paths() const { return m_paths; }
    [[nodiscard]] const std::shared_ptr<const Lexicon>& lexicon() const { return m_lexicon; }

    /// A neighbour as the kernels see it: its letter as a bit, and its cell above the letters.
    struct alignas(32) Row {
        std::uint32_t tiles[kMostNeighbours]; ///< ascending cells, then zeros
    };
    /// A path that was visited, as its continuations need it.
    struct alignas(32) Path {
        std::uint64_t used = 0;     ///< bit c: cell c is on the path
        std::uint32_t word = 0;     ///< words that sort before those that begin with this path
        std::uint32_t children = 0; ///< of the automaton's node
        std::uint32_t first = 0;
        std::uint32_t row = 0; ///< its board's first row
        std::uint32_t board = 0;
    };
    /// One tile longer than a path of the level before.
    struct Frontier {
        std::vector<std::uint32_t> tiles; ///< letter bit and cell
        std::vector<std::uint32_t> from;  ///< which path of the level before
        std::size_t size = 0;
    };
    struct Hit {
        std::uint32_t word;
        std::uint32_t board;
    };

  private:
    void setSize(int size);
    void lay(std::span<const Board> boards);
    /// Visits all paths of the boards; every word reached is in m_hits, as often as it is reached.
    void search(std::span<const Board> boards);
    void scoreBatch(std::span<const Board> boards, std::span<BoardScore> scores);

    std::shared_ptr<const Lexicon> m_lexicon;
    FastKernel m_kernel;
    int m_size = 0;
    std::vector<std::uint8_t> m_slots;  ///< cells × 8: neighbour cells, kMostCells for none
    std::vector<Row> m_rows;            ///< boards × cells
    std::vector<Path> m_parents;        ///< of the level before
    std::vector<Path> m_visited;         ///< of this level
    Frontier m_now;
    Frontier m_next;
    std::vector<Hit> m_hits;
    std::size_t m_hitCount = 0;
    std::vector<std::uint8_t> m_seen; ///< a bit a board, for every word; zero between calls
    std::int64_t m_paths = 0;
};

} // namespace orrery::boggle
