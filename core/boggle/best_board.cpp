#include "core/boggle/best_board.h"

#include <algorithm>
#include <cmath>

namespace orrery::boggle {

BestBoard::BestBoard(std::shared_ptr<const Lexicon> lexicon, const BestBoardOptions& options)
    : m_options(options), m_solver(std::move(lexicon)) {
    m_state.rng = Rng(options.seed, ~std::uint64_t{0}); // a stream that no board is made from
    m_state.temperature = options.temperature;
    m_state.board = randomBoard(options.letters, options.size, options.seed);
    m_state.score = m_solver.score(m_state.board);
    m_state.proposed = m_state.best = m_state.board;
    m_state.bestScore = m_state.score;
}

StepResult BestBoard::step() {
    if (m_state.proposals >= m_options.proposals) return {StepStatus::Exhausted, StepBoundary::None};
    m_state.last = {};
    ++m_state.proposals;
    const bool isStuck =
        m_options.method == BestBoardMethod::HillClimbing && m_state.sinceBetter >= m_options.patience;
    if (isStuck) return restart();
    propose();
    judge(m_solver.score(m_state.proposed));
    const bool closesRound = m_state.proposals % m_state.board.cells() == 0;
    if (closesRound) m_state.temperature *= m_options.cooling;
    return {m_state.proposals < m_options.proposals ? StepStatus::Advanced : StepStatus::Exhausted,
            closesRound ? StepBoundary::Round : StepBoundary::None};
}

void BestBoard::propose() {
    constexpr std::uint64_t kSwapEvery = 4; // letters matter more than places, so fewer swaps
    const auto cells = static_cast<std::uint64_t>(m_state.board.cells());
    Rng& rng = m_state.rng;
    m_state.proposed = m_state.board;
    auto& tiles = m_state.proposed.tiles;
    const std::uint64_t cell = rng.below(cells);
    std::uint64_t other = cell;
    if (rng.below(kSwapEvery) == 0) {
        other = (cell + 1 + rng.below(cells - 1)) % cells;
        std::swap(tiles[cell], tiles[other]);
    } else {
        tiles[cell] = static_cast<std::uint8_t>((tiles[cell] + 1 + rng.below(kLetters - 1)) % kLetters);
    }
    m_state.last.cell = static_cast<std::uint8_t>(cell);
    m_state.last.other = static_cast<std::uint8_t>(other);
}

void BestBoard::judge(BoardScore score) {
    const int gain = score.points - m_state.score.points;
    m_state.last.points = score.points;
    // The draw is made whether it is needed or not: the sequence must not depend on the method's luck.
    const double draw = m_state.rng.uniform();
    m_state.last.taken =
        gain >= 0 || (m_options.method == BestBoardMethod::Annealing && m_state.temperature > 0.0 &&
                      draw < std::exp(gain / m_state.temperature));
    m_state.sinceBetter = gain > 0 ? 0 : m_state.sinceBetter + 1;
    if (!m_state.last.taken) return;
    ++m_state.taken;
    m_state.board = m_state.proposed;
    m_state.score = score;
    keepBest();
}

void BestBoard::keepBest() {
    if (m_state.score.points <= m_state.bestScore.points) return;
    m_state.last.improved = true;
    m_state.best = m_state.board;
    m_state.bestScore = m_state.score;
}

StepResult BestBoard::restart() {
    m_state.board = randomBoard(m_options.letters, m_options.size, m_options.seed,
                                static_cast<std::uint64_t>(m_state.starts));
    m_state.proposed = m_state.board;
    m_state.score = m_solver.score(m_state.board);
    m_state.last.restarted = true;
    m_state.last.points = m_state.score.points;
    m_state.sinceBetter = 0;
    ++m_state.starts;
    keepBest();
    return {m_state.proposals < m_options.proposals ? StepStatus::Advanced : StepStatus::Exhausted,
            StepBoundary::Phase};
}

std::vector<TraceColumn> BestBoard::traceColumns() {
    return {{"score", "points", false},
            {"best score", "points", false},
            {"proposed score", "points", false},
            {"temperature", "points", true}};
}

void BestBoard::traceRow(std::span<double> row) const {
    row[0] = m_state.score.points;
    row[1] = m_state.bestScore.points;
    row[2] = m_state.last.points;
    row[3] = m_state.temperature;
}

} // namespace orrery::boggle
