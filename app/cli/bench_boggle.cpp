#include "app/cli/bench_boggle.h"

#include "app/cli/boggle_arguments.h"
#include "core/boggle/board_search.h"
#include "core/boggle/fast_solver.h"

#include <atomic>
#include <chrono>
#include <fmt/format.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>
#ifdef __linux__
#include <ctime>
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace orrery::cli {

namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;
using LexiconPointer = std::shared_ptr<const boggle::Lexicon>;

/// Instructions of this process and the threads that it starts from now on, where the system lets us count.
class InstructionCounter {
  public:
    InstructionCounter() {
#ifdef __linux__
        perf_event_attr attributes{};
        attributes.type = PERF_TYPE_HARDWARE;
        attributes.size = sizeof attributes;
        attributes.config = PERF_COUNT_HW_INSTRUCTIONS;
        attributes.exclude_kernel = 1;
        attributes.exclude_hv = 1;
        attributes.inherit = 1;
        m_file = static_cast<int>(syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0));
#endif
    }
    InstructionCounter(const InstructionCounter&) = delete;
    InstructionCounter& operator=(const InstructionCounter&) = delete;
    ~InstructionCounter() {
#ifdef __linux__
        if (m_file >= 0) close(m_file);
#endif
    }
    [[nodiscard]] std::optional<double> read() const {
#ifdef __linux__
        std::uint64_t count = 0;
        if (m_file >= 0 && ::read(m_file, &count, sizeof count) == sizeof count)
            return static_cast<double>(count);
#endif
        return std::nullopt;
    }

  private:
    int m_file = -1;
};

struct Timing {
    double seconds = std::numeric_limits<double>::infinity(); ///< of the quickest run
    double processorSeconds = 0.0;                            ///< of all its threads
    std::optional<double> instructions;                       ///< of one run
    std::int64_t points = 0;
    std::int64_t words = 0;
    std::int64_t paths = 0;
};

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
    Run(const std::vector<boggle::Board>& boards, std::vector<boggle::FastSolver>& solvers)
        : m_boards(boards), m_solvers(solvers), m_scores(boards.size()) {}

    void go() {
        m_next = 0;
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < m_solvers.size(); ++i)
            others.emplace_back([this, i] { work(m_solvers[i]); });
        work(m_solvers.front());
    }
    [[nodiscard]] const std::vector<boggle::BoardScore>& scores() const { return m_scores; }

  private:
    void work(boggle::FastSolver& solver) {
        constexpr std::size_t kPiece = 1024;
        for (std::size_t begin = m_next.fetch_add(kPiece); begin < m_boards.size();
             begin = m_next.fetch_add(kPiece)) {
            const std::size_t count = std::min(kPiece, m_boards.size() - begin);
            solver.score(std::span(m_boards).subspan(begin, count),
                         std::span(m_scores).subspan(begin, count));
        }
    }

    const std::vector<boggle::Board>& m_boards;
    std::vector<boggle::FastSolver>& m_solvers;
    std::vector<boggle::BoardScore> m_scores;
    std::atomic<std::size_t> m_next = 0;
};

Timing timeBoards(const std::vector<boggle::Board>& boards, const LexiconPointer& lexicon, int threads,
                  int repeats) {
    std::vector<boggle::FastSolver> solvers(static_cast<std::size_t>(threads), boggle::FastSolver(lexicon));
    Run run(boards, solvers);
    Timing timing;
    for (int repeat = 0; repeat < repeats; ++repeat) {
        const InstructionCounter counter;
        const double processor = processorSeconds();
        const auto start = Clock::now();
        run.go();
        const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
        if (seconds < timing.seconds) {
            timing.seconds = seconds;
            timing.processorSeconds = processorSeconds() - processor;
        }
        timing.instructions = counter.read();
    }
    for (const boggle::BoardScore& score : run.scores()) {
        timing.points += score.points;
        timing.words += score.words;
    }
    for (const boggle::FastSolver& solver : solvers)
        timing.paths += solver.paths() / repeats;
    return timing;
}

/// The first board on which two searches differ.
std::optional<std::size_t> firstDifference(std::span<const boggle::Board> boards,
                                           const LexiconPointer& lexicon) {
    constexpr std::size_t kLookedFor = 100; // every so many boards, word by word
    boggle::FastSolver fast(lexicon);
    for (std::size_t i = 0; i < boards.size(); ++i) {
        const auto words = fast.words(boards[i]);
        boggle::BoardSearch search(
            std::make_shared<const boggle::SearchProblem>(boggle::SearchProblem{boards[i], lexicon}),
            boggle::DictionaryKind::Dawg);
        (void)solve(search);
        if (search.state().foundSorted != words) return i;
        if (i % kLookedFor == 0 && boggle::wordsByLooking(boards[i], lexicon->words) != words) return i;
    }
    return std::nullopt;
}

void write(std::ostream& out, const BoggleArguments& arguments, const std::string& letters, int threads,
           const Timing& timing) {
    const auto boards = static_cast<double>(arguments.boards);
    const double rate = boards / timing.seconds;
    if (!arguments.json) {
        out << fmt::format("{:<8} {}×{} {:>3} thread{} {:>10.0f} boards/s {:>8.1f} ns a board", letters,
                           arguments.size, arguments.size, threads, threads == 1 ? " " : "s", rate,
                           1e9 / rate);
        out << fmt::format(" {:>8.1f} ns of processor", 1e9 * timing.processorSeconds / boards);
        if (timing.instructions)
            out << fmt::format(" {:>8.0f} instructions a board", *timing.instructions / boards);
        else
            out << "  (the system does not permit instructions to be counted)";
        out << fmt::format("  paths {:.1f}, words {:.2f}, points {:.2f} a board\n",
                           static_cast<double>(timing.paths) / boards,
                           static_cast<double>(timing.words) / boards,
                           static_cast<double>(timing.points) / boards);
        return;
    }
    Json json{{"bench", "boggle"},          {"letters", letters},        {"size", arguments.size},
              {"boards", arguments.boards}, {"seed", arguments.seed},    {"threads", threads},
              {"boards_per_second", rate},  {"ns_per_board", 1e9 / rate}};
    json["processor_ns_per_board"] = 1e9 * timing.processorSeconds / boards;
    json["instructions_per_board"] =
        timing.instructions ? Json(*timing.instructions / boards) : Json(nullptr);
    json["paths"] = timing.paths;
    json["words"] = timing.words;
    json["points"] = timing.points;
    json["checked"] = std::min(arguments.checked, arguments.boards);
    out << json.dump() << std::endl;
}

int benchLetters(const BoggleArguments& arguments, const std::string& letters, const LexiconPointer& lexicon,
                 std::ostream& out, std::ostream& err) {
    const boggle::LetterSource source = boggle::letterSourceFromId(letters).value();
    std::vector<boggle::Board> boards;
    for (std::int64_t i = 0; i < arguments.boards; ++i)
        boards.push_back(
            boggle::randomBoard(source, arguments.size, arguments.seed, static_cast<std::uint64_t>(i)));
    const auto checked = static_cast<std::size_t>(std::min(arguments.checked, arguments.boards));
    if (const auto index = firstDifference(std::span(boards).first(checked), lexicon)) {
        err << fmt::format("orrery: the searches differ on board {}: {}\n", *index,
                           boggle::toText(boards[*index]));
        return 1;
    }
    for (const int threads : arguments.threads)
        write(out, arguments, letters, threads, timeBoards(boards, lexicon, threads, arguments.repeats));
    return 0;
}

} // namespace

int benchBoggle(std::span<const std::string> arguments, std::ostream& out, std::ostream& err) {
    auto parsed = parseBoggleArguments(BoggleCommand::Bench, arguments);
    if (parsed && !parsed->help.empty()) {
        out << parsed->help;
        return 0;
    }
    const auto lexicon = parsed ? loadLexicon(*parsed) : tl::unexpected(parsed.error());
    if (!lexicon) {
        err << "orrery: " << lexicon.error().message << '\n';
        return 2;
    }
    if (parsed->size == 0) parsed->size = 4;
    if (parsed->threads.empty()) {
        const int all = static_cast<int>(std::thread::hardware_concurrency());
        parsed->threads = {1};
        if (all > 1) parsed->threads.push_back(2);
        if (all > 2) parsed->threads.push_back(all);
    }
    for (const std::string& letters : parsed->letters)
        if (const int code = benchLetters(*parsed, letters, *lexicon, out, err)) return code;
    return 0;
}

} // namespace orrery::cli
