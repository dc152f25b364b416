// A board with as many points as possible, by local search.
//
//   maximise  points(board)  over the 26^(n²) boards of one size, with Qu for q
//
// A proposal changes one tile's letter or swaps two tiles. Hill climbing takes it if it is no worse; after
// `patience` proposals in a row without a better score it starts again from a random board. Simulated
// annealing takes a worse one with probability exp(Δ / T), T falling by a factor each round (Kirkpatrick,
// Gelatt & Vecchi, Science 220 (1983)). One step is one proposal, scored by the fast solver; a round is as
// many proposals as the board has tiles; a phase is a start. Cost of a step: one board.
#pragma once

#include "core/boggle/fast_solver.h"
#include "core/solver/step.h"
#include "core/support/rng.h"

namespace orrery::boggle {

enum class BestBoardMethod : std::uint8_t { HillClimbing, Annealing };

struct BestBoardOptions {
    BestBoardMethod method = BestBoardMethod::HillClimbing;
    int size = 4;
    LetterSource letters = LetterSource::NewDice; ///< of the board that a start begins with
    std::uint64_t seed = 1;
    std::int64_t proposals = 200'000; ///< in all; then the run is exhausted
    std::int64_t patience = 2000;     ///< hill climbing
    double temperature = 20.0;        ///< points; annealing's first T
    double cooling = 0.9995;          ///< a round
};

class BestBoard {
  public:
    struct Move {
        std::uint8_t cell = 0;
        std::uint8_t other = 0;  ///< the same cell: its letter changed; another: they were swapped
        std::int32_t points = 0; ///< of the proposed board
        bool taken = false;
        bool improved = false;  ///< on the best board so far
        bool restarted = false; ///< not a proposal but a new random board
        friend bool operator==(const Move&, const Move&) = default;
    };
    struct State {
        Board board;
        BoardScore score;
        Board best;
        BoardScore bestScore;
        Board proposed; ///< the last one, taken or not
        Move last;
        Rng rng;
        double temperature = 0.0;
        std::int64_t proposals = 0;
        std::int64_t taken = 0;
        std::int64_t sinceBetter = 0; ///< proposals since this start's score went up
        std::int32_t starts = 1;
        friend bool operator==(const State&, const State&) = default;
    };

    BestBoard(std::shared_ptr<const Lexicon> lexicon, const BestBoardOptions& options);

    [[nodiscard]] StepResult step();
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }

    [[nodiscard]] static std::vector<TraceColumn> traceColumns();
    void traceRow(std::span<double> row) const;
    [[nodiscard]] const std::shared_ptr<const Lexicon>& problem() const { return m_solver.lexicon(); }
    [[nodiscard]] const BestBoardOptions& options() const { return m_options; }

  private:
    void propose();
    void judge(BoardScore score);
    void keepBest();
    [[nodiscard]] StepResult restart();

    BestBoardOptions m_options;
    FastSolver m_solver;
    State m_state;
};

static_assert(SteppableSolver<BestBoard> && TracedSolver<BestBoard>);

} // namespace orrery::boggle
