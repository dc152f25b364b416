#include "app/cli/bench_boggle.h"

#include "app/cli/boggle_arguments.h"
#include "app/cli/boggle_timing.h"
#include "core/boggle/board_search.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <thread>

namespace orrery::cli {

namespace {

using Json = nlohmann::ordered_json;
using LexiconPointer = std::shared_ptr<const boggle::Lexicon>;
constexpr std::string_view kVariations = "variations";

/// Every pair of tiles of a board that scores high, with every other letter of the alphabet on both: what a
/// search for a best board scores. 120 pairs × 13 × 13 letters.
std::vector<boggle::Board> twoTileVariations() {
    const boggle::Board best = boggle::parseBoard("pers latg sine ters").value();
    std::vector<boggle::Board> boards;
    for (std::size_t a = 0; a < 16; ++a)
        for (std::size_t b = a + 1; b < 16; ++b)
            for (std::uint8_t first = 0; first < boggle::kLetters; first += 2)
                for (std::uint8_t second = 0; second < boggle::kLetters; second += 2) {
                    boards.push_back(best);
                    boards.back().tiles[a] = first;
                    boards.back().tiles[b] = second;
                }
    return boards;
}

std::vector<boggle::Board> boardsOf(const BoggleArguments& arguments, const std::string& letters) {
    if (letters == kVariations) return twoTileVariations();
    const boggle::LetterSource source = boggle::letterSourceFromId(letters).value();
    std::vector<boggle::Board> boards;
    for (std::int64_t i = 0; i < arguments.boards; ++i)
        boards.push_back(
            boggle::randomBoard(source, arguments.size, arguments.seed, static_cast<std::uint64_t>(i)));
    return boards;
}

/// The first board on which two searches differ.
std::optional<std::size_t> firstDifference(std::span<const boggle::Board> boards,
                                           const LexiconPointer& lexicon, boggle::FastKernel kernel) {
    constexpr std::size_t kLookedFor = 100; // every so many boards, word by word
    boggle::FastSolver fast(lexicon, kernel);
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

/// One line of the bench.
struct Row {
    std::string letters;
    int size = 4;
    std::size_t boards = 0;
    int threads = 1;
    BoggleTiming timing;

    [[nodiscard]] double perBoard(double all) const { return all / static_cast<double>(boards); }
};

std::string instructionsInWords(const BoggleTiming& timing) {
    const auto& counted = timing.instructions;
    if (!counted) return "instructions not counted";
    std::string text = fmt::format("{:.0f} instructions a board", counted->perBoard);
    if (!counted->bySteps) return text + " (hardware counter)";
    if (counted->ofThread.size() > 1)
        text += fmt::format(" (by thread {:.0f})", fmt::join(counted->ofThread, ", "));
    return text + fmt::format(", counted by single steps over {} boards of {:.1f} paths", counted->boards,
                              counted->pathsPerBoard);
}

void writeLine(std::ostream& out, const Row& row) {
    const BoggleTiming& timing = row.timing;
    out << fmt::format(
               "{:<10} {}×{} {:>3} thread{} {:>9.0f} boards/s {:>7.1f} ns a board, {:.1f} of processor; ",
               row.letters, row.size, row.size, row.threads, row.threads == 1 ? " " : "s",
               static_cast<double>(row.boards) / timing.seconds, 1e9 * row.perBoard(timing.seconds),
               1e9 * row.perBoard(timing.processorSeconds))
        << instructionsInWords(timing)
        << fmt::format("; {:.1f} paths, {:.2f} words a board, {} points in all\n",
                       row.perBoard(static_cast<double>(timing.paths)),
                       row.perBoard(static_cast<double>(timing.words)), timing.points);
    out.flush();
}

void writeJson(std::ostream& out, const BoggleArguments& arguments, const Row& row) {
    const BoggleTiming& timing = row.timing;
    Json json{{"bench", "boggle"},    {"letters", row.letters}, {"size", row.size},
              {"boards", row.boards}, {"seed", arguments.seed}, {"threads", row.threads}};
    json["boards_per_second"] = static_cast<double>(row.boards) / timing.seconds;
    json["ns_per_board"] = 1e9 * row.perBoard(timing.seconds);
    json["processor_ns_per_board"] = 1e9 * row.perBoard(timing.processorSeconds);
    json["instructions_per_board"] = nullptr;
    if (const auto& counted = timing.instructions) {
        json["instructions_per_board"] = counted->perBoard;
        json["instructions_counted_by"] = counted->bySteps ? "single steps" : "hardware counter";
        json["instructions_counted_boards"] = counted->boards;
        json["instructions_counted_paths_per_board"] = counted->pathsPerBoard;
        if (counted->bySteps) json["instructions_per_board_by_thread"] = counted->ofThread;
    }
    json["paths"] = timing.paths;
    json["words"] = timing.words;
    json["points"] = timing.points;
    json["checked"] = std::min<std::size_t>(static_cast<std::size_t>(arguments.checked), row.boards);
    out << json.dump() << std::endl;
}

int benchLetters(const BoggleArguments& arguments, const std::string& letters, const LexiconPointer& lexicon,
                 std::ostream& out, std::ostream& err) {
    const std::vector<boggle::Board> boards = boardsOf(arguments, letters);
    const std::size_t checked = std::min(static_cast<std::size_t>(arguments.checked), boards.size());
    BoggleTimingOptions options{.repeats = arguments.repeats,
                                .stepped = static_cast<std::size_t>(arguments.stepped)};
    if (arguments.kernel == "loop") options.kernel = boggle::FastKernel::Loop;
    if (const auto index = firstDifference(std::span(boards).first(checked), lexicon, options.kernel)) {
        err << fmt::format("orrery: the searches differ on board {}: {}\n", *index,
                           boggle::toText(boards[*index]));
        return 1;
    }
    for (const int threads : arguments.threads) {
        options.threads = threads;
        const Row row{letters, boards.front().size, boards.size(), threads,
                      timeBoards(boards, lexicon, options)};
        arguments.json ? writeJson(out, arguments, row) : writeLine(out, row);
    }
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
