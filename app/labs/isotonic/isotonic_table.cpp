#include "app/labs/isotonic/isotonic_table.h"

#include <fmt/format.h>
#include <iterator>

namespace orrery {

namespace {

constexpr std::size_t kPiece = 1 << 20; ///< bytes, about

using Write = std::function<bool(const QByteArray&)>;

/// Rows gather here until a piece is full. One block may hold all of them, so it is each piece that looks
/// whether to go on.
class Pieces {
  public:
    Pieces(const isotonic::IsotonicProblem& problem, const Write& write, Progress& progress)
        : m_problem(problem), m_write(write), m_progress(progress) {}

    void add(const isotonic::Block& block, std::size_t number) {
        const double fit = m_problem.bounded(block.value);
        for (std::size_t i = block.first; i <= block.last && m_going; ++i) {
            fmt::format_to(std::back_inserter(m_text), "{:.17g},{:.17g},{:.17g},{:.17g},{}\n", m_problem.x[i],
                           m_problem.y[i], m_problem.weight(i), fit, number);
            if (m_text.size() >= kPiece) flush(i + 1);
        }
    }
    void flush(std::size_t written) {
        m_going = m_going && !m_progress.isCancelled() &&
                  m_write(QByteArray(m_text.data(), static_cast<qsizetype>(m_text.size())));
        m_text.clear();
        m_progress.setFraction(static_cast<double>(written) / static_cast<double>(m_problem.points()));
    }
    [[nodiscard]] bool isGoing() const { return m_going; }

  private:
    const isotonic::IsotonicProblem& m_problem;
    const Write& m_write;
    Progress& m_progress;
    fmt::memory_buffer m_text;
    bool m_going = true;
};

} // namespace

TableWriter fitWriter(std::shared_ptr<const isotonic::IsotonicProblem> problem,
                      std::shared_ptr<const IsotonicRunSolver::State> state) {
    return [problem = std::move(problem), state = std::move(state)](const Write& write, Progress& progress) {
        if (!write("x,y,weight,fit,block\n")) return false;
        Pieces pieces(*problem, write, progress);
        const std::size_t points = problem->points();
        std::size_t number = 0;
        isotonic::forEachBlock(*problem, *state, 0, static_cast<std::uint32_t>(points - 1),
                               [&](const isotonic::Block& block) {
                                   ++number;
                                   if (progress.isCancelled()) return; // quick: there is nothing to undo
                                   pieces.add(block, number);
                               });
        pieces.flush(points);
        return pieces.isGoing() && !progress.isCancelled();
    };
}

} // namespace orrery
