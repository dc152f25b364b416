#include "app/labs/boggle/boggle_parameters.h"

#include "app/lab/parameter_specs.h"

#include <thread>

namespace orrery {

namespace {

const std::vector<std::string> kOnBoard = {"searching", "parallel"};

std::vector<ParameterOption> letterOptions() {
    std::vector<ParameterOption> options;
    for (const auto source : {boggle::LetterSource::NewDice, boggle::LetterSource::ClassicDice,
                              boggle::LetterSource::BigDice, boggle::LetterSource::Uniform})
        options.push_back({std::string(boggle::idOf(source)), std::string(boggle::labelOf(source))});
    options.push_back({"typed", "Typed by hand"});
    return options;
}

ParameterSpec textSpec(std::string id, std::string label, std::string tooltip, std::string value) {
    ParameterSpec spec;
    spec.id = std::move(id);
    spec.label = std::move(label);
    spec.tooltip = std::move(tooltip);
    spec.kind = ParameterKind::Text;
    spec.defaultValue = std::move(value);
    return spec;
}

void addBoardSpecs(std::vector<ParameterSpec>& specs) {
    specs.push_back(choiceSpec("letters", "Letters", "Dice are shaken with the seed; or type your own board.",
                               letterOptions()));
    ParameterSpec size = integerSpec("size", "Board", "Tiles in a row.", 4, boggle::kSmallestBoard,
                                     boggle::kLargestBoard, boggle::kLargestBoard);
    size.symbol = "n";
    size.hardMinimum = boggle::kSmallestBoard;
    specs.push_back(onlyWhen("letters", {"new", "classic", "big", "uniform"}, size));
    specs.push_back(onlyWhen("letters", {"typed"},
                             textSpec("board", "Tiles",
                                      "Row by row; Qu is one tile. Clicking a tile of the board and "
                                      "typing does the same.",
                                      "tran sile dome parc")));
}

void addDictionarySpecs(std::vector<ParameterSpec>& specs) {
    const std::string group = "Dictionary";
    specs.push_back(inGroup(
        group, choiceSpec("words", "Words",
                          "Debian's list of American English, a short list that comes with the program, or a "
                          "file with a word a line.",
                          {{"system", "Debian's list"}, {"short", "Short list"}, {"file", "Own file"}})));
    specs.push_back(inGroup(
        group, onlyWhen("words", {"file"},
                        textSpec("file", "File", "A word a line; it can be dropped on the window.", ""))));
    ParameterSpec least =
        integerSpec("min_length", "Shortest word", "Letters, Qu counting two.", 3, 1, 8, 64);
    least.hardMinimum = 1;
    specs.push_back(inGroup(group, least));
}

void addParallelSpecs(std::vector<ParameterSpec>& specs) {
    const std::string group = "Threads";
    const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    const auto add = [&](ParameterSpec spec) {
        specs.push_back(inGroup(group, onlyWhen("view", {"parallel"}, std::move(spec))));
    };
    ParameterSpec threads =
        integerSpec("threads", "Threads", "That share the work; more than there are cores gain nothing.", 4,
                    1, std::max(8, 2 * cores), 256);
    threads.hardMinimum = 1;
    add(threads);
    ParameterSpec depth = integerSpec("depth", "Granularity",
                                      "A task is all that begins with a path of so many tiles.", 2, 1, 5, 8);
    depth.hardMinimum = 1;
    depth.unit = "tiles";
    add(depth);
    ParameterSpec slowness =
        integerSpec("slowness", "Slow dictionary",
                    "Rounds of idle arithmetic for every question, about a nanosecond each: a "
                    "dictionary on a disk or a network.",
                    1, 1, 1e6, 1e8);
    slowness.scale = ParameterScale::Logarithmic;
    slowness.hardMinimum = 1;
    slowness.unit = "rounds";
    add(slowness);
}

void addBestSpecs(std::vector<ParameterSpec>& specs) {
    const std::string group = "Best board";
    const auto add = [&](ParameterSpec spec) {
        specs.push_back(
            inGroup(group, spec.onlyWhen ? std::move(spec) : onlyWhen("view", {"best"}, std::move(spec))));
    };
    add(choiceSpec("method", "Method", "Annealing also takes worse boards, less and less often.",
                   {{"annealing", "Simulated annealing"}, {"climbing", "Hill climbing"}}));
    ParameterSpec proposals = integerSpec(
        "proposals", "Proposals", "A changed letter or two tiles swapped, each.", 20'000, 1000, 1e6, 1e7);
    proposals.scale = ParameterScale::Logarithmic;
    proposals.hardMinimum = 1;
    add(proposals);
    ParameterSpec heat =
        realSpec("temperature", "Temperature", "T", "Of the first round, in points.", 20.0, 0.1, 200.0);
    heat.scale = ParameterScale::Logarithmic;
    heat.hardMinimum = 1e-6;
    add(onlyWhen("method", {"annealing"}, heat));
    ParameterSpec cooling =
        realSpec("cooling", "Cooling", "", "The temperature's factor, every n² proposals.", 0.995, 0.9, 1.0);
    cooling.hardMinimum = 0.0;
    cooling.hardMaximum = 1.0;
    add(onlyWhen("method", {"annealing"}, cooling));
    ParameterSpec patience = integerSpec(
        "patience", "Patience", "Proposals without a better score before a new start.", 2000, 10, 1e5, 1e7);
    patience.scale = ParameterScale::Logarithmic;
    add(onlyWhen("method", {"climbing"}, patience));
}

} // namespace

std::vector<ParameterSpec> boggleParameterSpecs() {
    std::vector<ParameterSpec> specs;
    specs.push_back(
        choiceSpec("view", "View", "Which pictures stand on the stage.",
                   {{"searching", "Searching"}, {"parallel", "In parallel"}, {"best", "Best board"}}));
    specs.push_back(onlyWhen(
        "view", kOnBoard,
        choiceSpec("engine", "Dictionary as",
                   "A hash set knows only whole words; a trie knows beginnings; a minimised automaton is "
                   "a trie with equal endings shared.",
                   {{"trie", "Trie"}, {"dawg", "Minimised automaton"}, {"brute", "Hash set, no pruning"}})));
    addBoardSpecs(specs);
    addDictionarySpecs(specs);
    addParallelSpecs(specs);
    addBestSpecs(specs);
    return specs;
}

BoggleKnobs boggleKnobs(const ParameterValues& values) {
    const std::vector<ParameterSpec> specs = boggleParameterSpecs();
    const ParameterReader read(specs, values);
    BoggleKnobs knobs;
    knobs.view = read.text("view");
    if (const auto source = boggle::letterSourceFromId(read.text("letters").toStdString()))
        knobs.letters = *source;
    knobs.size = static_cast<int>(read.number("size"));
    knobs.board = read.text("board").toStdString();
    knobs.words = read.text("words");
    knobs.file = read.text("file").toStdString();
    knobs.minimumLength = static_cast<int>(read.number("min_length"));
    for (const auto kind : boggle::kDictionaryKinds)
        if (read.text("engine").toStdString() == boggle::idOf(kind)) knobs.kind = kind;
    knobs.threads = static_cast<int>(read.number("threads"));
    knobs.depth = static_cast<int>(read.number("depth"));
    knobs.slowness = static_cast<int>(read.number("slowness"));
    if (knobs.slowness <= 1) knobs.slowness = 0; // the slider is logarithmic and knows no 0
    knobs.anneals = read.text("method") == u"annealing";
    knobs.proposals = static_cast<std::int64_t>(read.number("proposals"));
    knobs.temperature = read.number("temperature");
    knobs.cooling = read.number("cooling");
    knobs.patience = static_cast<std::int64_t>(read.number("patience"));
    return knobs;
}

} // namespace orrery
