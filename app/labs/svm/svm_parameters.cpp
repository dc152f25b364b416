#include "app/labs/svm/svm_parameters.h"

#include "app/lab/parameter_specs.h"
#include "app/labs/svm/svm_points.h"

#include <algorithm>
#include <cmath>

namespace orrery {

namespace {

bool isConstant(const data::Column& column) {
    double first = std::nan("");
    for (const double value : column.numeric().values) {
        if (!std::isfinite(value)) continue;
        if (std::isnan(first)) first = value;
        if (value != first) return false;
    }
    return true;
}

// Those that a picture is of where nobody chose: the first two that are not the same everywhere.
std::vector<std::size_t> usualColumns(const data::Dataset* dataset, const std::vector<std::string>& names) {
    std::vector<std::size_t> usual, constant;
    for (std::size_t k = 0; k < names.size() && usual.size() < 2; ++k)
        (isConstant(dataset->table->columns[*dataset->table->find(names[k])]) ? constant : usual)
            .push_back(k);
    usual.insert(usual.end(), constant.begin(), constant.end());
    usual.resize(2, names.size()); // columnSpec takes the last one
    return usual;
}

std::vector<std::string> featureColumns(const data::Dataset* dataset) {
    std::vector<std::string> names;
    if (!dataset || !dataset->table) return names;
    const std::string target = svmTarget(*dataset);
    for (const data::Column& column : dataset->table->columns)
        if (column.isNumeric() && column.name != target) names.push_back(column.name);
    return names;
}

ParameterSpec columnSpec(std::string id, std::string label, std::string tooltip,
                         const std::vector<std::string>& columns, std::size_t usual) {
    std::vector<ParameterOption> options;
    for (const std::string& name : columns)
        options.push_back({name, name});
    if (options.empty()) options.push_back({"", "no column"});
    ParameterSpec spec = choiceSpec(std::move(id), std::move(label), std::move(tooltip), options);
    spec.defaultValue = options[std::min(usual, options.size() - 1)].id;
    return spec;
}

ParameterSpec logSpec(std::string id, std::string label, std::string symbol, std::string tooltip,
                      double value, double low, double high) {
    ParameterSpec spec =
        realSpec(std::move(id), std::move(label), std::move(symbol), std::move(tooltip), value, low, high);
    spec.scale = ParameterScale::Logarithmic;
    spec.hardMinimum = 1e-9;
    spec.hardMaximum = 1e9;
    return spec;
}

void addMachineSpecs(std::vector<ParameterSpec>& specs) {
    std::vector<ParameterOption> kinds, kernels;
    for (const svm::ProblemKind kind : svm::kProblemKinds)
        kinds.push_back({std::string(svm::idOf(kind)), std::string(svm::labelOf(kind))});
    for (const svm::KernelKind kind : svm::kKernelKinds)
        kernels.push_back({std::string(svm::idOf(kind)), std::string(svm::labelOf(kind))});
    const std::string first(svm::idOf(svm::KernelKind::Rbf));
    std::stable_partition(kernels.begin(), kernels.end(),
                          [&](const ParameterOption& option) { return option.id == first; });
    specs.push_back(choiceSpec("problem", "Problem", "What is asked of the machine.", std::move(kinds)));
    specs.push_back(choiceSpec("kernel", "Kernel", "How alike two points are.", std::move(kernels)));
    specs.push_back(
        onlyWhen("problem", {"c-svc", "eps-svr"},
                 logSpec("c", "Cost", "C", "The price of a point inside the margin.", 1.0, 0.01, 1000.0)));
    specs.push_back(onlyWhen(
        "kernel", {"rbf", "poly", "laplacian", "sigmoid"},
        logSpec("gamma", "Width", "γ", "Large: each point reaches only its neighbours.", 1.0, 0.01, 100.0)));
    ParameterSpec degree = integerSpec("degree", "Degree", "Of the polynomial.", 2, 1, 8, 20);
    degree.hardMinimum = 1;
    specs.push_back(onlyWhen("kernel", {"poly"}, degree));
    ParameterSpec coef0 =
        realSpec("coef0", "Constant", "c₀", "Weighs low degrees against high ones.", 0.0, -2.0, 4.0);
    coef0.hardMinimum = -1e6;
    specs.push_back(onlyWhen("kernel", {"poly", "sigmoid"}, coef0));
    specs.push_back(
        onlyWhen("problem", {"eps-svr"},
                 logSpec("epsilon", "Tube", "ε", "Errors up to this cost nothing.", 0.1, 0.001, 10.0)));
    ParameterSpec nu =
        realSpec("nu", "Outliers", "ν", "At most this part of the points is left outside.", 0.1, 0.01, 0.9);
    nu.hardMinimum = 1e-6;
    nu.hardMaximum = 1.0;
    specs.push_back(onlyWhen("problem", {"one-class"}, nu));
    specs.push_back(onlyWhen("problem", {"c-svc"},
                             logSpec("class_weight", "Class weight", "",
                                     "Times C, for points of the first class.", 1.0, 0.1, 10.0)));
    specs.push_back(onlyWhen(
        "problem", {"c-svc"},
        toggleSpec("published", "As published",
                   "Kernels and bias of the article of 2013; the why panel says what is different.", false)));
}

void addPlaneSpecs(std::vector<ParameterSpec>& specs, const data::Dataset* dataset) {
    const auto add = [&](ParameterSpec spec) { specs.push_back(inGroup("Plane", std::move(spec))); };
    const std::vector<std::string> columns = featureColumns(dataset);
    add(onlyWhen("problem", {"c-svc", "one-class"},
                 choiceSpec("plane", "Features",
                            "The machine gets two features, or all of them and is seen on one plane.",
                            {{"two", "Two features"}, {"pca", "All, on two components"}})));
    const std::vector<std::size_t> usual = usualColumns(dataset, columns);
    add(columnSpec("x", "Horizontal", "A feature.", columns, usual[0]));
    add(onlyWhen("plane", {"two"},
                 columnSpec("y", "Vertical",
                            "A feature. Regression predicts it where the target holds classes.", columns,
                            usual[1])));
    add(onlyWhen(
        "problem", {"c-svc"},
        choiceSpec("surface", "Tint",
                   "The decision f, or the probability of the class, fitted on decisions out of sample.",
                   {{"decision", "Decision f"},
                    {"platt", "Probability, Platt"},
                    {"isotonic", "Probability, isotonic"}})));
    add(toggleSpec("standardise", "Standardise", "Each feature to mean 0 and standard deviation 1.", true));
    ParameterSpec most =
        integerSpec("most", "Most rows", "More are sampled down to so many.", 2000, 100, 5000, 20'000);
    most.scale = ParameterScale::Logarithmic;
    most.hardMinimum = 10;
    add(most);
}

void addHandSpecs(std::vector<ParameterSpec>& specs, const data::Dataset* dataset) {
    const auto add = [&](ParameterSpec spec) { specs.push_back(inGroup("Hand", std::move(spec))); };
    add(choiceSpec("tool", "Tool", "What a press on the plane does (keys P, S, E).",
                   {{"point", "Point"}, {"spray", "Spray"}, {"erase", "Erase"}}));
    std::vector<ParameterOption> classes;
    for (const std::string& name : classNamesOf(dataset))
        classes.push_back({name, name});
    add(onlyWhen("problem", {"c-svc"},
                 choiceSpec("brush", "Class of new points", "What is added (key B).", std::move(classes))));
    add(toggleSpec("warm", "Warm start", "After an edit the fit goes on from the one before it.", true));
}

void addSolverSpecs(std::vector<ParameterSpec>& specs) {
    const auto add = [&](ParameterSpec spec) { specs.push_back(inGroup("Solver", std::move(spec))); };
    ParameterSpec tolerance =
        logSpec("tolerance", "Tolerance", "", "The KKT gap at which it stops.", 1e-3, 1e-6, 1e-1);
    tolerance.hardMinimum = 1e-10;
    add(tolerance);
    add(toggleSpec("shrinking", "Shrinking", "Variables that sit at a bound are left out for a while.",
                   true));
}

} // namespace

std::vector<ParameterSpec> svmParameterSpecs(const data::Dataset* dataset) {
    std::vector<ParameterSpec> specs;
    specs.push_back(choiceSpec("view", "View", "Which pictures stand on the stage.",
                               {{"fitting", "Fitting"}, {"stepping", "Stepping"}, {"kernel", "Kernel"}}));
    addMachineSpecs(specs);
    specs.push_back(onlyWhen("view", {"fitting"},
                             choiceSpec("map", "C × γ map", "What its colour is.",
                                        {{"error", "Error"}, {"vectors", "Support vectors"}})));
    addPlaneSpecs(specs, dataset);
    addHandSpecs(specs, dataset);
    addSolverSpecs(specs);
    return specs;
}

SvmKnobs svmKnobs(const ParameterValues& values, const data::Dataset* dataset) {
    const std::vector<ParameterSpec> specs = svmParameterSpecs(dataset);
    const ParameterReader read(specs, values);
    SvmKnobs knobs;
    knobs.view = read.text("view");
    knobs.kind = svm::problemKindFromId(read.text("problem").toStdString()).value_or(knobs.kind);
    knobs.kernel.kind = svm::kernelKindFromId(read.text("kernel").toStdString()).value_or(knobs.kernel.kind);
    knobs.kernel.gamma = read.number("gamma");
    knobs.kernel.coef0 = read.number("coef0");
    knobs.kernel.degree = static_cast<int>(read.number("degree"));
    knobs.c = read.number("c");
    knobs.classWeight = read.number("class_weight");
    knobs.epsilon = read.number("epsilon");
    knobs.nu = read.number("nu");
    const bool classifies = knobs.kind == svm::ProblemKind::Classification;
    knobs.published = read.toggle("published") && classifies;
    knobs.projects = read.text("plane") == u"pca" && knobs.kind != svm::ProblemKind::Regression;
    knobs.x = read.text("x").toStdString();
    knobs.y = read.text("y").toStdString();
    knobs.standardise = read.toggle("standardise");
    knobs.most = static_cast<std::size_t>(read.number("most"));
    knobs.tolerance = read.number("tolerance");
    knobs.shrinking = read.toggle("shrinking");
    knobs.warmStart = read.toggle("warm");
    knobs.tool = read.text("tool");
    knobs.map = read.text("map");
    knobs.surface = read.text("surface");
    const std::vector<std::string> classes = classNamesOf(dataset);
    const auto brush = std::find(classes.begin(), classes.end(), read.text("brush").toStdString());
    knobs.brush = brush == classes.end() ? 0 : static_cast<int>(brush - classes.begin());
    return knobs;
}

std::string svmTarget(const data::Dataset& dataset) {
    return dataset.roles.target.empty() ? data::defaultRoles(*dataset.table).target : dataset.roles.target;
}

} // namespace orrery
