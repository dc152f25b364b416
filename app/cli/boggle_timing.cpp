#include "app/cli/boggle_timing.h"

#include "app/cli/instruction_count.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <limits>
#include <thread>
#ifdef __linux__
#include <ctime>
#endif

namespace orrery::cli {

namespace {

using boggle::Board;
using boggle::BoardScore;
using boggle::FastSolver;
using Clock = std::chrono::steady_clock;

/// Of all threads of this process; 0 where the system does not say.
double processorSeconds() {
#ifdef __linux__
    timespec time{};
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0)
        return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
#endif
    return 0.0;
}

/// One run: threads take pieces of the boards until none is left.
class Run {
  public:
    Run(std::span<const Board> boards, std::vector<FastSolver>& solvers)
        : m_boards(boards), m_solvers(solvers), m_scores(boards.size()) {}

    void go() {
        m_next = 0;
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < m_solvers.size(); ++i)
            others.emplace_back([this, i] { work(m_solvers[i]); });
        work(m_solvers.front());
    }
    [[nodiscard]] const std::vector<BoardScore>& scores() const { return m_scores; }

  private:
    void work(FastSolver& solver) {
        constexpr std::size_t kPiece = 1024;
        for (std::size_t begin = m_next.fetch_add(kPiece); begin < m_boards.size();
             begin = m_next.fetch_add(kPiece)) {
            const std::size_t count = std::min(kPiece, m_boards.size() - begin);
            solver.score(m_boards.subspan(begin, count), std::span(m_scores).subspan(begin, count));
        }
    }

    std::span<const Board> m_boards;
    std::vector<FastSolver>& m_solvers;
    std::vector<BoardScore> m_scores;
    std::atomic<std::size_t> m_next = 0;
};

/// The first boards in as many shares as there are solvers, each by its own, which has had its set-up: the
/// timed runs.
std::optional<BoggleInstructions> stepThrough(std::span<const Board> boards, std::vector<FastSolver>& solvers,
                                              std::size_t wanted) {
    BoggleInstructions result{.bySteps = true, .boards = std::min(wanted, boards.size())};
    if (result.boards < solvers.size()) return std::nullopt;
    std::vector<BoardScore> scores(result.boards);
    std::vector<Work> pieces;
    std::vector<std::size_t> shares;
    std::int64_t before = 0, after = 0;
    for (std::size_t i = 0; i < solvers.size(); ++i) {
        const std::size_t begin = result.boards * i / solvers.size();
        const std::size_t count = result.boards * (i + 1) / solvers.size() - begin;
        FastSolver& solver = solvers[i];
        const auto work = [&solver, share = boards.subspan(begin, count),
                           into = std::span(scores).subspan(begin, count)] { solver.score(share, into); };
        before += solver.paths();
        work(); // whatever it has to set up for these boards
        after += solver.paths();
        pieces.emplace_back(work);
        shares.push_back(count);
    }
    const auto counts = countBySteps(pieces);
    if (!counts) return std::nullopt;
    double all = 0.0;
    for (std::size_t i = 0; i < counts->size(); ++i) {
        const auto count = static_cast<double>((*counts)[i]);
        result.ofThread.push_back(count / static_cast<double>(shares[i]));
        all += count;
    }
    result.perBoard = all / static_cast<double>(result.boards);
    result.pathsPerBoard = static_cast<double>(after - before) / static_cast<double>(result.boards);
    return result;
}

} // namespace

BoggleTiming timeBoards(std::span<const Board> boards, const std::shared_ptr<const boggle::Lexicon>& lexicon,
                        const BoggleTimingOptions& options) {
    std::vector<FastSolver> solvers(static_cast<std::size_t>(options.threads),
                                    FastSolver(lexicon, options.kernel));
    Run run(boards, solvers);
    BoggleTiming timing;
    timing.seconds = std::numeric_limits<double>::infinity();
    std::optional<std::uint64_t> counted;
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
        const HardwareCounter counter;
        const double processor = processorSeconds();
        const auto start = Clock::now();
        run.go();
        const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
        counted = counter.read();
        if (seconds >= timing.seconds) continue;
        timing.seconds = seconds;
        timing.processorSeconds = processorSeconds() - processor;
    }
    for (const BoardScore& score : run.scores()) {
        timing.points += score.points;
        timing.words += score.words;
    }
    for (const FastSolver& solver : solvers)
        timing.paths += solver.paths();
    timing.paths /= options.repeats;
    const auto all = static_cast<double>(boards.size());
    if (counted)
        timing.instructions = {static_cast<double>(*counted) / all,
                               false,
                               boards.size(),
                               static_cast<double>(timing.paths) / all,
                               {}};
    else if (options.stepped > 0)
        timing.instructions = stepThrough(boards, solvers, options.stepped);
    return timing;
}

} // namespace orrery::cli
