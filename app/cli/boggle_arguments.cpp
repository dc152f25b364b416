#include "app/cli/boggle_arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

namespace orrery::cli {

namespace {

void addCommonOptions(CLI::App& app, BoggleArguments& into) {
    app.add_option("--dictionary", into.dictionary, "A word a line (default: the system's word list)");
    app.add_option("--min-length", into.minimumLength, "Letters of the shortest word")
        ->check(CLI::Range(1, 64));
    app.add_option("--size", into.size, "n, for a board of n × n")
        ->check(CLI::Range(boggle::kSmallestBoard, boggle::kLargestBoard));
    app.add_flag("--json", into.json, "Print JSON");
}

void addSolveOptions(CLI::App& app, BoggleArguments& into) {
    app.add_option("--board", into.board, "The tiles, row by row; Qu is one tile; required");
    app.add_option("--method", into.method, "fast, or the search that can be watched: dawg, trie, brute")
        ->check(CLI::IsMember({"fast", "dawg", "trie", "brute"}));
    app.add_flag("--paths", into.paths, "Print the cells of each word, too");
}

void addBenchOptions(CLI::App& app, BoggleArguments& into) {
    app.add_option("--boards", into.boards, "Random boards")->check(CLI::Range(1, 20'000'000));
    app.add_option("--seed", into.seed, "Seed of the boards");
    app.add_option("--letters", into.letters,
                   "uniform, classic, new, big, variations (20,280 of a board with many words, two tiles "
                   "each); several are allowed")
        ->check(CLI::IsMember({"uniform", "classic", "new", "big", "variations"}));
    app.add_option("--threads", into.threads, "Threads; several are allowed")->check(CLI::Range(1, 1024));
    app.add_option("--check", into.checked,
                   "Boards on which the search that can be watched has to find the same")
        ->check(CLI::Range(0, 20'000'000));
    app.add_option("--repeats", into.repeats, "Runs, of which the quickest counts")
        ->check(CLI::Range(1, 1000));
    app.add_option("--stepped", into.stepped,
                   "Boards on which instructions are counted by single steps, where the system refuses its "
                   "counter; 0: none. Slow: seconds a hundred boards")
        ->check(CLI::Range(0, 100'000));
    app.add_option("--kernel", into.kernel, "best, or loop: the fast solver without AVX-512")
        ->check(CLI::IsMember({"best", "loop"}));
}

std::string oneLine(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    while (!text.empty() && text.back() == ' ')
        text.pop_back();
    return text;
}

} // namespace

Expected<BoggleArguments> parseBoggleArguments(BoggleCommand command,
                                               std::span<const std::string> arguments) {
    const bool solve = command == BoggleCommand::Solve;
    BoggleArguments parsed;
    CLI::App app(solve ? "All words on a board" : "Random boards a second",
                 solve ? "orrery solve boggle" : "orrery bench boggle");
    addCommonOptions(app, parsed);
    solve ? addSolveOptions(app, parsed) : addBenchOptions(app, parsed);
    try {
        // CLI11 takes a vector from its back.
        app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::CallForHelp&) {
        BoggleArguments help;
        help.help = app.help();
        return help;
    } catch (const CLI::ParseError& error) {
        return fail(oneLine(error.what()));
    }
    // after the parser, which would not name an option that it does not know
    if (solve && app.count("--board") == 0) return fail("--board is required");
    return parsed;
}

Expected<std::shared_ptr<const boggle::Lexicon>> loadLexicon(const BoggleArguments& arguments) {
    if (arguments.dictionary.empty()) return fail("--dictionary names no file");
    auto words =
        boggle::Dictionary::fromFile(arguments.dictionary, {.minimumLength = arguments.minimumLength});
    if (words) return std::make_shared<const boggle::Lexicon>(std::move(*words));
    Error error = words.error();
    if (error.code == ErrorCode::NotFound && arguments.dictionary == boggle::kSystemWordList)
        error.message += "; install the package wamerican, or name a list with --dictionary";
    return tl::unexpected(std::move(error));
}

} // namespace orrery::cli
