// The one list of generators with their parameters, in menu order.
#include "core/data/generator_functions.h"

namespace orrery::data {

namespace {

ParameterSpec countSpec(std::string id, std::string label, std::string symbol, std::int64_t value, double low,
                        double high, double hardMaximum, std::string tooltip) {
    return {.id = std::move(id), .label = std::move(label), .symbol = std::move(symbol), .tooltip = std::move(tooltip),
            .kind = ParameterKind::Integer, .defaultValue = value, .minimum = low, .maximum = high,
            .scale = high / std::max(low, 1.0) > 100 ? ParameterScale::Logarithmic : ParameterScale::Linear,
            .hardMaximum = hardMaximum};
}

ParameterSpec realSpec(std::string id, std::string label, std::string symbol, double value, double low, double high,
                       std::string tooltip) {
    return {.id = std::move(id), .label = std::move(label), .symbol = std::move(symbol), .tooltip = std::move(tooltip),
            .kind = ParameterKind::Real, .defaultValue = value, .minimum = low, .maximum = high};
}

ParameterSpec pointsSpec() {
    return countSpec("n", "Points", "n", 300, 10, 5000, 5e6, "How many points, shared evenly between the classes");
}

ParameterSpec noiseSpec(double value, double high) {
    return realSpec("noise", "Noise", "σ", value, 0.0, high, "Standard deviation added to both coordinates");
}

GeneratorEntry sparseLinear() {
    auto density = realSpec("density", "Density", "", 1.0, 0.001, 1.0,
                            "Share of entries that are not zero; below 1 the features stay sparse");
    density.scale = ParameterScale::Logarithmic;
    density.hardMinimum = 1e-7;
    density.hardMaximum = 1.0;
    auto rho = realSpec("rho", "Correlation", "ρ", 0.5, 0.0, 0.95, "Correlation between any two features");
    rho.hardMaximum = 1.0;
    auto snr = realSpec("snr", "Signal-to-noise ratio", "", 3.0, 0.1, 100.0, "Variance of Xβ over the variance of the noise");
    snr.scale = ParameterScale::Logarithmic;
    snr.hardMinimum = 1e-6;
    return {{.id = "sparse_linear", .title = "Sparse linear model",
             .sentence = "Correlated features of which only a few carry the signal.",
             .parameters = {countSpec("n", "Rows", "n", 200, 10, 10'000, 1e7, "Number of observations"),
                            countSpec("p", "Features", "p", 50, 1, 10'000, 1e6, "Number of features"),
                            countSpec("k", "Non-zero coefficients", "k", 10, 0, 100, 1e6,
                                      "The first k features carry the signal, with falling weight and alternating sign"),
                            std::move(snr), std::move(rho), std::move(density)},
             .defaultTarget = "y"},
            generateSparseLinear};
}

GeneratorEntry blobs() {
    return {{.id = "blobs", .title = "Blobs", .sentence = "One round cloud of points for each class.",
             .parameters = {pointsSpec(), countSpec("classes", "Classes", "", 3, 2, 8, 50, "Number of clouds"),
                            realSpec("spread", "Spread", "σ", 1.0, 0.05, 4.0, "Standard deviation of each cloud")},
             .defaultTarget = "class"},
            generateBlobs};
}

GeneratorEntry moons() {
    return {{.id = "moons", .title = "Moons", .sentence = "Two half circles that reach into each other.",
             .parameters = {pointsSpec(), noiseSpec(0.15, 0.5)}, .defaultTarget = "class"},
            generateMoons};
}

GeneratorEntry rings() {
    return {{.id = "rings", .title = "Rings", .sentence = "Circles around one centre, a class each.",
             .parameters = {pointsSpec(), countSpec("classes", "Rings", "", 2, 2, 5, 50, "Number of circles"),
                            noiseSpec(0.1, 0.5)},
             .defaultTarget = "class"},
            generateRings};
}

GeneratorEntry spirals() {
    return {{.id = "spirals", .title = "Spirals", .sentence = "Arms that wind around each other.",
             .parameters = {pointsSpec(), countSpec("classes", "Arms", "", 2, 2, 5, 50, "Number of arms"),
                            realSpec("turns", "Turns", "", 1.5, 0.25, 4.0, "How often an arm goes around the centre"),
                            noiseSpec(0.05, 0.3)},
             .defaultTarget = "class"},
            generateSpirals};
}

GeneratorEntry checkerboard() {
    return {{.id = "checkerboard", .title = "Checkerboard", .sentence = "Two classes on the black and white squares.",
             .parameters = {pointsSpec(), countSpec("squares", "Squares a side", "", 4, 2, 10, 100, "Squares along a side"),
                            noiseSpec(0.0, 0.2)},
             .defaultTarget = "class"},
            generateCheckerboard};
}

GeneratorEntry formula() {
    ParameterSpec typed{.id = "formula", .label = "Formula", .symbol = "f(x)",
                        .tooltip = "A curve in x, such as sin(2*x) or x^2 - 1", .kind = ParameterKind::Text,
                        .defaultValue = std::string("sin(2*x)")};
    auto flips = realSpec("flips", "Wrong labels", "", 0.0, 0.0, 0.5, "Share of points that get the other class");
    flips.hardMaximum = 1.0;
    auto range = realSpec("range", "Range", "", 3.0, 0.5, 10.0, "x and y run from minus this to this");
    range.hardMinimum = 1e-6;
    return {{.id = "formula", .title = "Above or below a formula",
             .sentence = "Points on a square, their class the side of a curve that you type.",
             .parameters = {pointsSpec(), std::move(typed), std::move(range), std::move(flips), noiseSpec(0.0, 0.5)},
             .defaultTarget = "class"},
            generateFormula};
}

} // namespace

std::vector<GeneratorEntry> makeGeneratorList() {
    return {sparseLinear(), blobs(), moons(), rings(), spirals(), checkerboard(), formula()};
}

} // namespace orrery::data
