#include "app/labs/isotonic/isotonic_parameters.h"

#include "app/lab/parameter_specs.h"

#include <algorithm>

namespace orrery {

namespace {

std::vector<std::string> numericColumns(const data::Dataset* dataset) {
    std::vector<std::string> names;
    if (dataset && dataset->table)
        for (const data::Column& column : dataset->table->columns)
            if (column.isNumeric()) names.push_back(column.name);
    return names;
}

std::vector<std::string> allColumns(const data::Dataset* dataset) {
    std::vector<std::string> names;
    if (dataset && dataset->table)
        for (const data::Column& column : dataset->table->columns)
            names.push_back(column.name);
    return names;
}

std::string usualTarget(const data::Dataset* dataset) {
    if (!dataset || !dataset->table) return {};
    return dataset->roles.target.empty() ? data::defaultRoles(*dataset->table).target : dataset->roles.target;
}

// The first of `wanted` that is among the columns, else the first column.
std::string pick(const std::vector<std::string>& columns, std::initializer_list<std::string> wanted) {
    for (const std::string& name : wanted)
        if (std::find(columns.begin(), columns.end(), name) != columns.end()) return name;
    return columns.empty() ? std::string() : columns.front();
}

ParameterSpec columnSpec(std::string id, std::string label, std::string tooltip,
                         std::vector<ParameterOption> before, const std::vector<std::string>& columns,
                         std::string defaultValue) {
    for (const std::string& name : columns)
        before.push_back({name, name});
    if (before.empty()) before.push_back({"", "no column"});
    ParameterSpec spec = choiceSpec(std::move(id), std::move(label), std::move(tooltip), std::move(before));
    spec.defaultValue = std::move(defaultValue);
    return spec;
}

std::vector<ParameterOption> dataOptions() {
    std::vector<ParameterOption> options;
    for (const isotonic::Shape shape : isotonic::kShapes)
        options.push_back({std::string(isotonic::idOf(shape)), std::string(isotonic::labelOf(shape))});
    options.push_back({"table", "Columns of the table"});
    return options;
}

void addDataSpecs(std::vector<ParameterSpec>& specs, const data::Dataset* dataset) {
    const std::vector<std::string> columns = numericColumns(dataset);
    const std::string y = pick(columns, {usualTarget(dataset)});
    const auto first =
        std::find_if(columns.begin(), columns.end(), [&](const std::string& name) { return name != y; });
    std::vector<std::string> shapes;
    for (const isotonic::Shape shape : isotonic::kShapes)
        shapes.emplace_back(isotonic::idOf(shape));
    specs.push_back(
        onlyWhen("view", {"fitting", "race"},
                 choiceSpec("data", "Data", "A shape of the article, or columns of the table that is loaded.",
                            dataOptions())));
    ParameterSpec n = integerSpec("n", "Points", "How many points the shape has.", 32, 10, 1e5, 1e7);
    n.symbol = "n";
    n.scale = ParameterScale::Logarithmic;
    n.hardMinimum = 1;
    specs.push_back(onlyWhen("data", shapes, n));
    specs.push_back(onlyWhen("data", {"table"},
                             columnSpec("x", "Order", "The fit rises (or falls) along this column.",
                                        {{kRowNumber, "Row number"}}, columns,
                                        first == columns.end() ? std::string(kRowNumber) : *first)));
    specs.back().symbol = "x";
    specs.push_back(
        onlyWhen("data", {"table"}, columnSpec("y", "Value", "The column that is fitted.", {}, columns, y)));
    specs.back().symbol = "y";
    specs.push_back(onlyWhen("data", {"table"},
                             columnSpec("weight", "Weight", "How much each row counts; not negative.",
                                        {{kUnweighted, "Every row counts 1"}}, columns, kUnweighted)));
    specs.back().symbol = "w";
}

void addFitSpecs(std::vector<ParameterSpec>& specs, const data::Dataset*) {
    const std::string group = "Fit";
    const auto add = [&](ParameterSpec spec) {
        specs.push_back(inGroup(group, onlyWhen("view", {"fitting"}, std::move(spec))));
    };
    add(choiceSpec("direction", "Direction", "Auto takes the sign of Spearman's rank correlation.",
                   {{"increasing", "Increasing"}, {"decreasing", "Decreasing"}, {"auto", "Auto"}}));
    add(choiceSpec("loss", "Loss",
                   "Squared error pools to weighted means, absolute error to weighted medians.",
                   {{"l2", "Squared (mean)"}, {"l1", "Absolute (median)"}}));
    add(toggleSpec("bounded", "Bounds", "Keeps the fit between two values.", false));
    for (const auto& [id, label, value] :
         {std::tuple("y_min", "Lower bound", -100.0), std::tuple("y_max", "Upper bound", 100.0)}) {
        ParameterSpec bound = realSpec(id, label, "", "The fit is cut off here.", value, -100.0, 500.0);
        bound.hardMinimum = -1e300;
        specs.push_back(inGroup(group, onlyWhen("bounded", {"true"}, bound)));
    }
    add(choiceSpec("sums", "Cumulative sums", "Less the mean the minorant is the same, and easier to see.",
                   {{"centred", "Less the mean"}, {"raw", "As they are"}}));
}

void addRaceSpecs(std::vector<ParameterSpec>& specs) {
    specs.push_back(onlyWhen("view", {"race"},
                             choiceSpec("cost", "Race over", "What stands on the vertical axis.",
                                        {{"seconds", "Seconds"}, {"operations", "Operations"}})));
    ParameterSpec largest =
        integerSpec("largest", "Largest n",
                    "The race goes through the powers of ten up to here. The four ways of "
                    "writing one algorithm stop at 300,000 points, on the pathological sequence at 3000.",
                    100'000, 1000, 1e6, 1e7);
    largest.scale = ParameterScale::Logarithmic;
    largest.hardMinimum = 100;
    specs.push_back(onlyWhen("view", {"race"}, largest));
}

void addCalibrationSpecs(std::vector<ParameterSpec>& specs, const data::Dataset* dataset) {
    const std::vector<std::string> numeric = numericColumns(dataset), all = allColumns(dataset);
    const auto add = [&](ParameterSpec spec) {
        specs.push_back(spec.onlyWhen ? std::move(spec) : onlyWhen("view", {"calibration"}, std::move(spec)));
    };
    add(choiceSpec("scores", "Scores from",
                   "A classifier that never saw the row that it scores, or a column.",
                   {{"logistic", "Logistic regression"}, {"column", "A column"}}));
    add(onlyWhen("scores", {"column"},
                 columnSpec("score", "Score", "Larger means more likely.", {}, numeric,
                            pick(numeric, {"score", "probability", "p", "prediction"}))));
    add(onlyWhen("scores", {"column"},
                 columnSpec("label", "Outcome", "Two levels, or two numbers.", {}, all,
                            pick(all, {usualTarget(dataset), "label", "y"}))));
    add(choiceSpec(
        "bins", "Bins", "CORP bins are the blocks of the isotonic fit: no edges, no number to choose.",
        {{"corp", "CORP (isotonic)"}, {"equal-width", "Equal width"}, {"equal-count", "Equal count"}}));
    ParameterSpec count =
        integerSpec("bin_count", "Number of bins", "Of equal width or equal count.", 10, 2, 50, 1000);
    add(onlyWhen("bins", {"equal-width", "equal-count"}, count));
    add(choiceSpec(
        "band", "Band",
        "Consistency: where a calibrated forecast would lie, 90 %. Confidence: how sure the curve is.",
        {{"consistency", "Consistency"}, {"confidence", "Confidence"}, {"none", "None"}}));
    add(choiceSpec(
        "calibrator", "Calibrated by",
        "What the diagram shows; every row is mapped by a fit that did not see it.",
        {{"none", "Nothing: as scored"}, {"isotonic", "Isotonic"}, {"platt", "Platt"}, {"beta", "Beta"}}));
    ParameterSpec folds = integerSpec("folds", "Folds", "Parts of the cross-fitting.", 5, 2, 20, 200);
    folds.hardMinimum = 2;
    add(folds);
}

} // namespace

std::vector<ParameterSpec> isotonicParameterSpecs(const data::Dataset* dataset) {
    std::vector<ParameterSpec> specs;
    specs.push_back(choiceSpec("view", "View", "Which pictures stand on the stage.",
                               {{"fitting", "Fitting"}, {"race", "Race"}, {"calibration", "Calibration"}}));
    std::vector<ParameterOption> methods;
    for (const isotonic::IsotonicMethod method : isotonic::kIsotonicMethods)
        methods.push_back({std::string(isotonic::idOf(method)), std::string(isotonic::labelOf(method))});
    specs.push_back(choiceSpec("solver", "Algorithm", "All three end in the same fit.", std::move(methods)));
    addDataSpecs(specs, dataset);
    addFitSpecs(specs, dataset);
    addRaceSpecs(specs);
    addCalibrationSpecs(specs, dataset);
    return specs;
}

IsotonicKnobs isotonicKnobs(const ParameterValues& values, const data::Dataset* dataset) {
    const std::vector<ParameterSpec> specs = isotonicParameterSpecs(dataset);
    const ParameterReader read(specs, values);
    IsotonicKnobs knobs;
    knobs.view = read.text("view");
    knobs.shape = isotonic::shapeFromId(read.text("data").toStdString());
    knobs.n = static_cast<std::size_t>(read.number("n"));
    knobs.x = read.text("x").toStdString();
    knobs.y = read.text("y").toStdString();
    knobs.weight = read.text("weight").toStdString();
    knobs.method = isotonic::isotonicMethodFromId(read.text("solver").toStdString()).value_or(knobs.method);
    const QString direction = read.text("direction");
    knobs.direction = direction == u"auto"         ? isotonic::Direction::Auto
                      : direction == u"decreasing" ? isotonic::Direction::Decreasing
                                                   : isotonic::Direction::Increasing;
    knobs.loss = read.text("loss") == u"l1" ? isotonic::Loss::L1 : isotonic::Loss::L2;
    knobs.bounded = read.toggle("bounded");
    knobs.yMin = read.number("y_min");
    knobs.yMax = read.number("y_max");
    knobs.centredSums = read.text("sums") == u"centred";
    knobs.cost = read.text("cost");
    knobs.largest = static_cast<std::size_t>(read.number("largest"));
    knobs.scoresFromColumns = read.text("scores") == u"column";
    knobs.score = read.text("score").toStdString();
    knobs.label = read.text("label").toStdString();
    knobs.folds = static_cast<int>(read.number("folds"));
    knobs.bins = read.text("bins");
    knobs.binCount = static_cast<int>(read.number("bin_count"));
    knobs.band = read.text("band");
    knobs.calibrator = read.text("calibrator");
    return knobs;
}

} // namespace orrery
