#include "app/labs/search/search_parameters.h"

#include "app/lab/parameter_specs.h"

namespace orrery {

namespace {

std::vector<ParameterOption> methodOptions() {
    std::vector<ParameterOption> options;
    for (const search::SearchMethod method : search::kSearchMethods)
        options.push_back({std::string(search::idOf(method)), std::string(search::labelOf(method))});
    return options;
}

search::SearchMethod methodFrom(const QString& id, search::SearchMethod otherwise) {
    for (const search::SearchMethod method : search::kSearchMethods)
        if (id.toStdString() == search::idOf(method)) return method;
    return otherwise;
}

ParameterSpec symbolled(std::string symbol, double hardLow, ParameterSpec spec) {
    spec.symbol = std::move(symbol);
    spec.hardMinimum = hardLow;
    return spec;
}

ParameterSpec textSpec(std::string id, std::string label, std::string tooltip) {
    ParameterSpec spec = toggleSpec(std::move(id), std::move(label), std::move(tooltip), false);
    spec.kind = ParameterKind::Text;
    spec.defaultValue = std::string();
    return spec;
}

void addTreeSpecs(std::vector<ParameterSpec>& specs) {
    const auto add = [&](ParameterSpec spec) {
        specs.push_back(onlyWhen("structure", {"tree"}, std::move(spec)));
    };
    add(choiceSpec("shape", "Shape", "Random: children at nodes that were drawn. Complete: level by level.",
                   {{"random", "Random"}, {"complete", "Complete"}}));
    add(symbolled("n", 1,
                  integerSpec("size", "Nodes", "At most; branching and levels may leave room for fewer.", 22,
                              1, 80, static_cast<double>(search::kMostTreeNodes))));
    add(symbolled("b", 1, integerSpec("branching", "Branching", "Most children of a node.", 3, 1, 6, 20)));
    add(symbolled("d", 1,
                  integerSpec("levels", "Depth", "Most levels, the root's included.", 5, 2, 12, 100)));
    add(symbolled("", 0,
                  integerSpec("target", "Target",
                              "Label of the wanted node; click one. 0: nothing is wanted, all is "
                              "walked.",
                              0, 0, 80, 999'999)));
    add(textSpec("tree", "Tree",
                 "A label, then its children in brackets: 1(2(5 6) 3). Empty: made from the seed."));
}

void addMazeSpecs(std::vector<ParameterSpec>& specs) {
    const auto add = [&](ParameterSpec spec) {
        specs.push_back(onlyWhen("structure", {"maze"}, std::move(spec)));
    };
    add(symbolled("", 3, integerSpec("width", "Width", "In cells; made odd.", 31, 5, 45, kMostMazeSide)));
    add(symbolled("", 3, integerSpec("height", "Height", "In cells; made odd.", 21, 5, 45, kMostMazeSide)));
    add(realSpec("loops", "Loops", "", "Share of the inner walls that are opened: ways round.", 0.1, 0.0,
                 1.0));
    specs.back().hardMaximum = 1.0;
    add(textSpec("maze", "Maze", "# wall, S start, G goal, rows parted by /. Empty: made from the seed."));
}

void addPropertySpecs(std::vector<ParameterSpec>& specs) {
    const auto add = [&](ParameterSpec spec) {
        specs.push_back(onlyWhen("view", {"property"}, std::move(spec)));
    };
    add(toggleSpec("mutation", "|| becomes &&", "The slip of one operator in the recursive search.", true));
    add(symbolled("", 1,
                  integerSpec("cases", "Cases", "Random trees that are tried.", 100, 10, 500, 10'000)));
    add(symbolled("", 1,
                  integerSpec("largest", "Largest tree", "Sizes grow from 0 to this.", 30, 5, 60, 200)));
}

} // namespace

std::vector<ParameterSpec> searchParameterSpecs() {
    std::vector<ParameterSpec> specs;
    specs.push_back(choiceSpec(
        "view", "View", "Which pictures stand on the stage.",
        {{"search", "One search"}, {"beside", "Two side by side"}, {"property", "Property and shrinking"}}));
    specs.push_back(
        onlyWhen("view", {"search", "beside"},
                 choiceSpec("algorithm", "Algorithm", "A queue, a stack, a stack cut at a depth that grows.",
                            methodOptions())));
    specs.push_back(onlyWhen(
        "view", {"beside"}, choiceSpec("second", "Beside it", "On the same tree or maze.", methodOptions())));
    specs.back().defaultValue = std::string(search::idOf(search::SearchMethod::DepthFirst));
    specs.push_back(onlyWhen(
        "view", {"search", "beside"},
        choiceSpec("structure", "Structure", "What is searched.", {{"tree", "Tree"}, {"maze", "Maze"}})));
    addTreeSpecs(specs);
    addMazeSpecs(specs);
    addPropertySpecs(specs);
    return specs;
}

SearchKnobs searchKnobs(const ParameterValues& values) {
    const std::vector<ParameterSpec> specs = searchParameterSpecs();
    const ParameterReader read(specs, values);
    const auto whole = [&](const char* id) { return static_cast<int>(read.number(id)); };
    SearchKnobs knobs;
    knobs.view = read.text("view");
    knobs.method = methodFrom(read.text("algorithm"), knobs.method);
    knobs.second = methodFrom(read.text("second"), knobs.second);
    knobs.isMaze = read.text("structure") == u"maze";
    knobs.tree.shape =
        read.text("shape") == u"complete" ? search::TreeShape::Complete : search::TreeShape::Random;
    knobs.tree.size = static_cast<std::size_t>(whole("size"));
    knobs.tree.branching = whole("branching");
    knobs.tree.levels = whole("levels");
    knobs.target = whole("target");
    knobs.treeText = read.text("tree").toStdString();
    knobs.mazeWidth = whole("width");
    knobs.mazeHeight = whole("height");
    knobs.loops = read.number("loops");
    knobs.mazeText = read.text("maze").toStdString();
    knobs.branches = read.toggle("mutation") ? search::Operator::And : search::Operator::Or;
    knobs.cases = static_cast<std::size_t>(whole("cases"));
    knobs.largest = static_cast<std::size_t>(whole("largest"));
    return knobs;
}

} // namespace orrery
