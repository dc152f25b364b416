#include "app/labs/lasso/lasso_parameters.h"

#include "app/lab/parameter_specs.h"

namespace orrery {

namespace {

ParameterSpec solverSpec() {
    std::vector<ParameterOption> methods;
    for (const linear::LassoMethod method : linear::kLassoMethods)
        methods.push_back({std::string(linear::idOf(method)), std::string(linear::labelOf(method))});
    return choiceSpec("solver", "Solver",
                      "How the path is computed; every solver stops at the same duality gap.",
                      std::move(methods));
}

ParameterSpec lambdaSpec(std::pair<double, double> range) {
    ParameterSpec spec = realSpec("lambda", "Penalty", "λ", "Moves the λ line along the path.", 0.0,
                                  range.first, range.second);
    spec.defaultValue = range.second;
    spec.scale = ParameterScale::Logarithmic;
    spec.hardMinimum = 0.0;
    return spec;
}

ParameterSpec alphaSpec() {
    ParameterSpec spec =
        realSpec("alpha", "Elastic mix", "α",
                 "1 is the lasso, 0 the ridge, anything between the elastic net.", 1.0, 0.0, 1.0);
    spec.hardMaximum = 1.0;
    return spec;
}

void addPathSpecs(std::vector<ParameterSpec>& specs) {
    const std::string group = "Path";
    ParameterSpec count =
        integerSpec("lambdas", "Grid", "Number of λ values, evenly spaced in log λ.", 100, 10, 200, 2000);
    count.hardMinimum = 2;
    specs.push_back(inGroup(group, count));
    ParameterSpec ratio =
        realSpec("ratio", "Smallest λ / λmax", "", "Where the path ends, as a share of the lasso's own λmax.",
                 1e-3, 1e-5, 0.5);
    ratio.scale = ParameterScale::Logarithmic;
    ratio.hardMinimum = 1e-10;
    ratio.hardMaximum = 1.0;
    specs.push_back(inGroup(group, ratio));
    ParameterSpec gap =
        realSpec("gap", "Duality gap", "ε", "A λ is solved when gap ≤ ε ‖y − ȳ‖²/2n.", 1e-6, 1e-10, 1e-2);
    gap.scale = ParameterScale::Logarithmic;
    gap.hardMinimum = 1e-14;
    specs.push_back(inGroup(group, gap));
    ParameterSpec folds = integerSpec("folds", "Folds", "Parts of the cross-validation.", 10, 2, 20, 1000);
    specs.push_back(inGroup(group, folds));
}

void addViewSpecs(std::vector<ParameterSpec>& specs) {
    const std::string group = "View";
    specs.push_back(inGroup(group, choiceSpec("stage", "Stage", "Which pictures stand on the stage.",
                                              {{"paths", "Paths"},
                                               {"coefficients", "Coefficients"},
                                               {"geometry", "Geometry"},
                                               {"race", "Solver race"}})));
    specs.push_back(inGroup(
        group,
        choiceSpec("axis", "Path over", "Horizontal axis of the coefficient paths.",
                   {{"log-lambda", "log λ"}, {"l1-norm", "ℓ₁ norm"}, {"deviance", "Deviance explained"}})));
    specs.push_back(
        inGroup(group, choiceSpec("scale", "λ as in",
                                  "The article writes (1/n)‖·‖² + λ‖·‖₁: its λ is twice the field's.",
                                  {{"field", "The field"}, {"article", "The article"}})));
    ParameterSpec ball = choiceSpec("ball", "Ball", "The penalty's ball in the plane of two coefficients.",
                                    {{"l1", "ℓ₁"}, {"l0", "ℓ₀"}, {"l2", "ℓ₂"}, {"lq", "ℓ_q"}});
    specs.push_back(inGroup(group, onlyWhen("stage", {"geometry"}, ball)));
    ParameterSpec q = realSpec("q", "Exponent", "q", "Exponent of the ℓ_q ball.", 0.5, 0.1, 4.0);
    specs.push_back(inGroup(group, onlyWhen("ball", {"lq"}, q)));
    ParameterSpec cost =
        choiceSpec("cost", "Race over", "Horizontal axis of the solver race.",
                   {{"iterations", "Iterations"}, {"seconds", "Seconds"}, {"flops", "Operations"}});
    specs.push_back(inGroup(group, onlyWhen("stage", {"race"}, cost)));
}

} // namespace

std::vector<ParameterSpec> lassoParameterSpecs(std::pair<double, double> lambdaRange) {
    std::vector<ParameterSpec> specs{
        solverSpec(), lambdaSpec(lambdaRange), alphaSpec(),
        toggleSpec("standardize", "Standardise",
                   "Gives every column variance 1 before the penalty is applied.", true)};
    addPathSpecs(specs);
    addViewSpecs(specs);
    return specs;
}

LassoKnobs lassoKnobs(const ParameterValues& values) {
    static const std::vector<ParameterSpec> specs = lassoParameterSpecs({0.0, 1.0});
    const ParameterReader read(specs, values);
    LassoKnobs knobs;
    knobs.method = linear::lassoMethodFromId(read.text("solver").toStdString()).value_or(knobs.method);
    knobs.lambda = values.contains("lambda") ? read.number("lambda") : 0.0;
    knobs.alpha = read.number("alpha");
    knobs.standardize = read.toggle("standardize");
    knobs.lambdas = static_cast<int>(read.number("lambdas"));
    knobs.ratio = read.number("ratio");
    knobs.gap = read.number("gap");
    knobs.folds = static_cast<int>(read.number("folds"));
    knobs.stage = read.text("stage");
    knobs.axis = read.text("axis");
    knobs.scale = read.text("scale");
    knobs.ball = read.text("ball");
    knobs.q = read.number("q");
    knobs.cost = read.text("cost");
    return knobs;
}

} // namespace orrery
