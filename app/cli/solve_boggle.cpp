#include "app/cli/solve_boggle.h"

#include "app/cli/boggle_arguments.h"
#include "core/boggle/board_search.h"
#include "core/boggle/fast_solver.h"

#include <chrono>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace orrery::cli {

namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

struct Solution {
    std::vector<std::uint32_t> words; ///< ascending
    std::int64_t paths = 0;
    double seconds = 0.0;
};

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

Solution solveWith(const std::string& method, const boggle::Board& board,
                   const std::shared_ptr<const boggle::Lexicon>& lexicon) {
    Solution solution;
    for (const boggle::DictionaryKind kind : boggle::kDictionaryKinds) {
        if (method != boggle::idOf(kind)) continue;
        boggle::BoardSearch search(
            std::make_shared<const boggle::SearchProblem>(boggle::SearchProblem{board, lexicon}), kind);
        const auto start = Clock::now();
        (void)solve(search);
        solution.seconds = secondsSince(start);
        solution.words = search.state().foundSorted;
        solution.paths = search.state().counters.paths;
        return solution;
    }
    boggle::FastSolver solver(lexicon);
    const auto start = Clock::now();
    solution.words = solver.words(board);
    solution.seconds = secondsSince(start);
    solution.paths = solver.paths();
    return solution;
}

int scoreOf(const Solution& solution, const boggle::Dictionary& words) {
    int score = 0;
    for (const std::uint32_t word : solution.words)
        score += words.points(word);
    return score;
}

void writeJson(std::ostream& out, const BoggleArguments& arguments, const boggle::Board& board,
               const Solution& solution, const boggle::Dictionary& words, double loadSeconds) {
    Json json;
    json["words"] = Json::array();
    for (const std::uint32_t word : solution.words)
        json["words"].push_back(words.text(word));
    json["score"] = scoreOf(solution, words);
    json["paths_visited"] = solution.paths;
    json["seconds"] = solution.seconds;
    json["load_seconds"] = loadSeconds;
    json["method"] = arguments.method;
    json["size"] = board.size;
    json["board"] = boggle::toText(board);
    json["dictionary_words"] = words.size();
    if (arguments.paths) {
        json["paths"] = Json::array();
        for (const std::uint32_t word : solution.words)
            json["paths"].push_back(boggle::findOnBoard(board, words.tiles(word)));
    }
    out << json.dump() << '\n';
}

void writeTable(std::ostream& out, const BoggleArguments& arguments, const boggle::Board& board,
                const Solution& solution, const boggle::Dictionary& words, double loadSeconds) {
    for (const std::uint32_t word : solution.words) {
        out << fmt::format("{:>3}  {}", words.points(word), words.text(word));
        if (arguments.paths)
            out << fmt::format("  [{}]", fmt::join(boggle::findOnBoard(board, words.tiles(word)), " "));
        out << '\n';
    }
    const auto count = [](std::int64_t n, const char* one) {
        return fmt::format("{} {}{}", n, one, n == 1 ? "" : "s");
    };
    out << fmt::format("\n{}, {}, {} visited\nSolved in {:.3g} s, loaded in {:.3g} s\n",
                       count(scoreOf(solution, words), "point"),
                       count(static_cast<std::int64_t>(solution.words.size()), "word"),
                       count(solution.paths, "path"), solution.seconds, loadSeconds);
}

} // namespace

int solveBoggle(std::span<const std::string> arguments, std::ostream& out, std::ostream& err) {
    const auto refuse = [&](const Error& error) {
        err << "orrery: " << error.message << '\n';
        return 2;
    };
    const auto parsed = parseBoggleArguments(BoggleCommand::Solve, arguments);
    if (!parsed) return refuse(parsed.error());
    if (!parsed->help.empty()) {
        out << parsed->help;
        return 0;
    }
    const auto board = boggle::parseBoard(parsed->board, parsed->size);
    if (!board) return refuse(board.error());
    if (parsed->method == idOf(boggle::DictionaryKind::HashSet) &&
        board->size > boggle::kLargestWithoutPruning)
        return refuse({ErrorCode::BadInput,
                       fmt::format("--method: brute would not finish on {0}×{0}; {1}×{1} is the largest",
                                   board->size, boggle::kLargestWithoutPruning)});
    const auto start = Clock::now();
    const auto lexicon = loadLexicon(*parsed);
    if (!lexicon) return refuse(lexicon.error());
    const double loadSeconds = secondsSince(start);
    const Solution solution = solveWith(parsed->method, *board, *lexicon);
    (parsed->json ? writeJson : writeTable)(out, *parsed, *board, solution, (*lexicon)->words, loadSeconds);
    return 0;
}

} // namespace orrery::cli
