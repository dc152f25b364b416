#include "core/boggle/fast_solver.h"

#include <algorithm>
#include <array>
#include <cassert>
#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace orrery::boggle {

namespace {

constexpr int kCellShift = kLetters; ///< a Row's tile: letter bit below, cell above
using Path = FastSolver::Path;
using Row = FastSolver::Row;
using Hit = FastSolver::Hit;

/// All that one level reads and writes. `tilesOut` and `fromOut` have room for 8 × (count + 1), `hits` for one
/// more than count.
struct Level {
    const Edge* edges;
    const Row* rows;
    const std::uint64_t* neighbours;
    const Path* parents;
    const std::uint32_t* tiles;
    const std::uint32_t* from;
    std::size_t count;
    Path* visited;
    std::uint32_t* tilesOut;
    std::uint32_t* fromOut;
    Hit* hits;
};

struct LevelResult {
    std::size_t next = 0;
    std::size_t hits = 0;
};

/// The path `parent` with one tile more.
inline Path extended(const Path& parent, std::uint32_t tile, const Edge& edge) {
    return {.used = parent.used | std::uint64_t{1} << (tile >> kCellShift),
            .word = parent.word + edge.skipped,
            .children = edge.children,
            .first = edge.first,
            .row = parent.row,
            .board = parent.board};
}

LevelResult expandByLoop(const Level level) {
    LevelResult result;
    for (std::size_t i = 0; i < level.count; ++i) {
        const std::uint32_t tile = level.tiles[i];
        const Path& parent = level.parents[level.from[i]];
        const std::uint32_t smaller = parent.children & ((tile & kLetterBits) - 1);
        const Edge& edge = level.edges[parent.first + static_cast<std::uint32_t>(std::popcount(smaller))];
        const Path path = extended(parent, tile, edge);
        level.visited[i] = path;
        level.hits[result.hits] = {path.word, path.board};
        result.hits += edge.endsWord;
        for (const std::uint32_t neighbour : level.rows[path.row + (tile >> kCellShift)].tiles) {
            level.tilesOut[result.next] = neighbour;
            level.fromOut[result.next] = static_cast<std::uint32_t>(i);
            const bool goesOn = (neighbour & path.children) != 0;
            result.next += goesOn && !(path.used >> (neighbour >> kCellShift) & 1) ? 1 : 0;
        }
    }
    return result;
}

#ifdef __x86_64__
__attribute__((target("avx512f,avx512vl,bmi,bmi2,popcnt"))) LevelResult expandByAvx512(const Level level) {
    LevelResult result;
    for (std::size_t i = 0; i < level.count; ++i) {
        const std::uint32_t tile = level.tiles[i];
        const std::uint32_t cell = tile >> kCellShift;
        const Path& parent = level.parents[level.from[i]];
        const std::uint32_t smaller = parent.children & ((tile & kLetterBits) - 1);
        const Edge& edge = level.edges[parent.first + static_cast<std::uint32_t>(_mm_popcnt_u32(smaller))];
        const std::uint64_t used = parent.used | std::uint64_t{1} << cell;
        const std::uint32_t word = parent.word + edge.skipped;
        level.visited[i] = {used, word, edge.children, edge.first, parent.row, parent.board};
        level.hits[result.hits] = {word, parent.board};
        result.hits += edge.endsWord;
        // A row's lanes are its cell's neighbours in ascending order, and so are the bits that pext gathers.
        const __m256i row = _mm256_load_si256(reinterpret_cast<const __m256i*>(level.rows + parent.row + cell));
        const __m256i children = _mm256_set1_epi32(static_cast<int>(edge.children));
        const auto taken = static_cast<std::uint32_t>(_pext_u64(used, level.neighbours[cell]));
        const auto live = static_cast<__mmask8>(_mm256_test_epi32_mask(row, children) & ~taken);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(level.tilesOut + result.next),
                            _mm256_maskz_compress_epi32(live, row));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(level.fromOut + result.next),
                            _mm256_set1_epi32(static_cast<int>(i)));
        result.next += static_cast<std::size_t>(_mm_popcnt_u32(live));
    }
    return result;
}
#endif

template <class Vector>
void makeRoom(Vector& vector, std::size_t size) {
    if (vector.size() < size) vector.resize(size + size / 2);
}

} // namespace

FastKernel bestFastKernel() {
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi2"))
        return FastKernel::Avx512;
#endif
    return FastKernel::Loop;
}

FastSolver::FastSolver(std::shared_ptr<const Lexicon> lexicon, FastKernel kernel)
    : m_lexicon(std::move(lexicon)), m_kernel(kernel), m_seen(m_lexicon->words.size(), 0) {}

void FastSolver::setSize(int size) {
    if (size == m_size) return;
    m_size = size;
    const Adjacency& grid = adjacency(size);
    const auto cells = static_cast<std::size_t>(size * size);
    m_slots.assign(cells * kMostNeighbours, kMostCells);
    for (std::size_t cell = 0; cell < cells; ++cell)
        std::copy_n(grid.list[cell].begin(), grid.degree[cell], m_slots.begin() + static_cast<std::ptrdiff_t>(cell * kMostNeighbours));
    m_rows.assign(kBatch * cells, {});
    makeRoom(m_parents, kBatch);
}

/// The rows of every board, and its first tiles as the frontier.
void FastSolver::lay(std::span<const Board> boards) {
    const Edge& root = m_lexicon->dawg.edge(Automaton::kRoot);
    const auto cells = static_cast<std::size_t>(m_size * m_size);
    makeRoom(m_now.tiles, boards.size() * cells + 1);
    makeRoom(m_now.from, boards.size() * cells + 1);
    std::array<std::uint32_t, kMostCells + 1> tiles;
    tiles[kMostCells] = 0;
    std::size_t count = 0;
    for (std::size_t b = 0; b < boards.size(); ++b) {
        const auto board = static_cast<std::uint32_t>(b);
        m_parents[b] = {0, 0, root.children, root.first, static_cast<std::uint32_t>(b * cells), board};
        for (std::size_t cell = 0; cell < cells; ++cell) {
            const std::uint8_t letter = boards[b].tiles[cell];
            tiles[cell] = 1u << letter | static_cast<std::uint32_t>(cell) << kCellShift;
            m_now.tiles[count] = tiles[cell];
            m_now.from[count] = board;
            count += root.children >> letter & 1;
        }
        std::uint32_t* const rows = m_rows[b * cells].tiles;
        for (std::size_t slot = 0; slot < m_slots.size(); ++slot)
            rows[slot] = tiles[m_slots[slot]];
    }
    m_now.size = count;
}

void FastSolver::search(std::span<const Board> boards) {
    setSize(boards.front().size);
    lay(boards);
    m_hitCount = 0;
    while (m_now.size > 0) {
        const std::size_t count = m_now.size;
        makeRoom(m_visited, count);
        makeRoom(m_hits, m_hitCount + count + 1);
        makeRoom(m_next.tiles, kMostNeighbours * (count + 1));
        makeRoom(m_next.from, kMostNeighbours * (count + 1));
        const Level level{m_lexicon->dawg.data(), m_rows.data(),        adjacency(m_size).mask.data(), m_parents.data(),
                          m_now.tiles.data(),     m_now.from.data(),    count,                         m_visited.data(),
                          m_next.tiles.data(),    m_next.from.data(),   m_hits.data() + m_hitCount};
#ifdef __x86_64__
        const LevelResult result = m_kernel == FastKernel::Avx512 ? expandByAvx512(level) : expandByLoop(level);
#else
        const LevelResult result = expandByLoop(level);
#endif
        m_paths += static_cast<std::int64_t>(count);
        m_hitCount += result.hits;
        m_next.size = result.next;
        std::swap(m_now, m_next);
        std::swap(m_parents, m_visited);
    }
}

void FastSolver::scoreBatch(std::span<const Board> boards, std::span<BoardScore> scores) {
    search(boards);
    std::fill(scores.begin(), scores.end(), BoardScore{});
    const Dictionary& words = m_lexicon->words;
    for (std::size_t i = 0; i < m_hitCount; ++i) {
        const Hit hit = m_hits[i];
        const std::uint8_t seen = m_seen[hit.word];
        const std::int32_t fresh = ~(seen >> hit.board) & 1;
        m_seen[hit.word] = static_cast<std::uint8_t>(seen | 1u << hit.board);
        scores[hit.board].words += fresh;
        scores[hit.board].points += words.points(hit.word) & -fresh;
    }
    for (std::size_t i = 0; i < m_hitCount; ++i)
        m_seen[m_hits[i].word] = 0;
}

void FastSolver::score(std::span<const Board> boards, std::span<BoardScore> scores) {
    assert(boards.size() == scores.size());
    for (std::size_t begin = 0; begin < boards.size(); begin += kBatch) {
        const std::size_t count = std::min(kBatch, boards.size() - begin);
        scoreBatch(boards.subspan(begin, count), scores.subspan(begin, count));
    }
}

BoardScore FastSolver::score(const Board& board) {
    BoardScore score;
    scoreBatch({&board, 1}, {&score, 1});
    return score;
}

std::vector<std::uint32_t> FastSolver::words(const Board& board) {
    search({&board, 1});
    std::vector<std::uint32_t> words;
    for (std::size_t i = 0; i < m_hitCount; ++i)
        words.push_back(m_hits[i].word);
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

} // namespace orrery::boggle
