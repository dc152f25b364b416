#include "app/labs/lasso/lasso_parameters.h"

namespace orrery {

namespace {

ParameterSpec choice(std::string id, std::string label, std::string tooltip, std::vector<ParameterOption> options) {
    ParameterSpec spec;
    spec.id = std::move(id);
    spec.label = std::move(label);
    spec.tooltip = std::move(tooltip);
    spec.kind = ParameterKind::Choice;
    spec.defaultValue = options.front().id;
    spec.options = std::move(options);
    return spec;
}

ParameterSpec integer(std::string id, std::string label, std::string tooltip, std::int64_t value, double low,
                      double high, double hardHigh) {
    ParameterSpec spec;
    spec.id = std::move(id);
    spec.label = std::move(label);
    spec.tooltip = std::move(tooltip);
    spec.kind = ParameterKind::Integer;
    spec.defaultValue = value;
    spec.minimum = low;
    spec.maximum = high;
    spec.hardMaximum = hardHigh;
    return spec;
}

ParameterSpec real(std::string id, std::string label, std::string symbol, std::string tooltip, double value,
                   double low, double high) {
    ParameterSpec spec;
    spec.id = std::move(id);
    spec.label = std::move(label);
    spec.symbol = std::move(symbol);
    spec.tooltip = std::move(tooltip);
    spec.kind = ParameterKind::Real;
    spec.defaultValue = value;
    spec.minimum = low;
    spec.maximum = high;
    return spec;
}

ParameterSpec solverSpec() {
    std::vector<ParameterOption> methods;
    for (const linear::LassoMethod method : linear::kLassoMethods)
        methods.push_back({std::string(linear::idOf(method)), std::string(linear::labelOf(method))});
    return choice("solver", "Solver", "How the path is computed; every solver stops at the same duality gap.",
                  std::move(methods));
}

ParameterSpec lambdaSpec(std::pair<double, double> range) {
    ParameterSpec spec = real("lambda", "Penalty", "λ", "Moves the λ line along the path.", 0.0, range.first, range.second);
    spec.defaultValue = range.second;
    spec.scale = ParameterScale::Logarithmic;
    spec.hardMinimum = 0.0;
    return spec;
}

ParameterSpec alphaSpec() {
    ParameterSpec spec = real("alpha", "Elastic mix", "α",
                              "1 is the lasso, 0 the ridge, anything between the elastic net.", 1.0, 0.0, 1.0);
    spec.hardMaximum = 1.0;
    return spec;
}

ParameterSpec standardizeSpec() {
    ParameterSpec spec;
    spec.id = "standardize";
    spec.label = "Standardise";
    spec.tooltip = "Gives every column variance 1 before the penalty is applied.";
    spec.kind = ParameterKind::Toggle;
    spec.defaultValue = true;
    return spec;
}

ParameterSpec inGroup(std::string group, ParameterSpec spec) {
    spec.group = std::move(group);
    return spec;
}

void addPathSpecs(std::vector<ParameterSpec>& specs) {
    const std::string group = "Path";
    ParameterSpec count = integer("lambdas", "Grid", "Number of λ values, evenly spaced in log λ.", 100, 10, 200, 2000);
    count.hardMinimum = 2;
    specs.push_back(inGroup(group, count));
    ParameterSpec ratio = real("ratio", "Smallest λ / λmax", "", "Where the path ends, as a share of the lasso's own λmax.", 1e-3, 1e-5, 0.5);
    ratio.scale = ParameterScale::Logarithmic;
    ratio.hardMinimum = 1e-10;
    ratio.hardMaximum = 1.0;
    specs.push_back(inGroup(group, ratio));
    ParameterSpec gap = real("gap", "Duality gap", "ε", "A λ is solved when gap ≤ ε ‖y − ȳ‖²/2n.", 1e-6, 1e-10, 1e-2);
    gap.scale = ParameterScale::Logarithmic;
    gap.hardMinimum = 1e-14;
    specs.push_back(inGroup(group, gap));
    ParameterSpec folds = integer("folds", "Folds", "Parts of the cross-validation.", 10, 2, 20, 1000);
    specs.push_back(inGroup(group, folds));
}

void addViewSpecs(std::vector<ParameterSpec>& specs) {
    const std::string group = "View";
    specs.push_back(inGroup(group, choice("stage", "Stage", "Which pictures stand on the stage.",
                                          {{"paths", "Paths"}, {"coefficients", "Coefficients"},
                                           {"geometry", "Geometry"}, {"race", "Solver race"}})));
    specs.push_back(inGroup(group, choice("axis", "Path over", "Horizontal axis of the coefficient paths.",
                                          {{"log-lambda", "log λ"}, {"l1-norm", "ℓ₁ norm"}, {"deviance", "Deviance explained"}})));
    specs.push_back(inGroup(group, choice("scale", "λ as in", "The article writes (1/n)‖·‖² + λ‖·‖₁: its λ is twice the field's.",
                                          {{"field", "The field"}, {"article", "The article"}})));
    ParameterSpec ball = choice("ball", "Ball", "The penalty's ball in the plane of two coefficients.",
                                {{"l1", "ℓ₁"}, {"l0", "ℓ₀"}, {"l2", "ℓ₂"}, {"lq", "ℓ_q"}});
    ball.onlyWhen = std::pair(std::string("stage"), std::vector<std::string>{"geometry"});
    specs.push_back(inGroup(group, ball));
    ParameterSpec q = real("q", "Exponent", "q", "Exponent of the ℓ_q ball.", 0.5, 0.1, 4.0);
    q.onlyWhen = std::pair(std::string("ball"), std::vector<std::string>{"lq"});
    specs.push_back(inGroup(group, q));
    ParameterSpec cost = choice("cost", "Race over", "Horizontal axis of the solver race.",
                                {{"iterations", "Iterations"}, {"seconds", "Seconds"}, {"flops", "Operations"}});
    cost.onlyWhen = std::pair(std::string("stage"), std::vector<std::string>{"race"});
    specs.push_back(inGroup(group, cost));
}

} // namespace

std::vector<ParameterSpec> lassoParameterSpecs(std::pair<double, double> lambdaRange) {
    std::vector<ParameterSpec> specs{solverSpec(), lambdaSpec(lambdaRange), alphaSpec(), standardizeSpec()};
    addPathSpecs(specs);
    addViewSpecs(specs);
    return specs;
}

LassoKnobs lassoKnobs(const ParameterValues& values) {
    static const std::vector<ParameterSpec> specs = lassoParameterSpecs({0.0, 1.0});
    const auto text = [&](const char* id) { return QString::fromStdString(textValue(values, *findSpec(specs, id))); };
    const auto number = [&](const char* id) { return realValue(values, *findSpec(specs, id)); };
    LassoKnobs knobs;
    knobs.method = linear::lassoMethodFromId(textValue(values, *findSpec(specs, "solver"))).value_or(knobs.method);
    knobs.lambda = values.contains("lambda") ? number("lambda") : 0.0;
    knobs.alpha = number("alpha");
    knobs.standardize = toggleValue(values, *findSpec(specs, "standardize"));
    knobs.lambdas = static_cast<int>(number("lambdas"));
    knobs.ratio = number("ratio");
    knobs.gap = number("gap");
    knobs.folds = static_cast<int>(number("folds"));
    knobs.stage = text("stage");
    knobs.axis = text("axis");
    knobs.scale = text("scale");
    knobs.ball = text("ball");
    knobs.q = number("q");
    knobs.cost = text("cost");
    return knobs;
}

} // namespace orrery
