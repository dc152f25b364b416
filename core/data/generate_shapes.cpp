// Points in the plane with a class each: columns x1, x2, class. Point i belongs to class i mod (number of classes), so
// that classes are even and a prefix of the rows is a fair sample.
#include "core/data/expression.h"
#include "core/data/generator_functions.h"

#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace orrery::data {

namespace {

constexpr double kTau = 2.0 * std::numbers::pi;

struct Point {
    double x = 0.0;
    double y = 0.0;
};

class PointCloud {
  public:
    PointCloud(std::size_t n, std::vector<std::string> classes) {
        m_x.reserve(n);
        m_y.reserve(n);
        m_class.levels = std::move(classes);
        m_class.codes.reserve(n);
    }

    void add(Point at, std::size_t label) {
        m_x.push_back(at.x);
        m_y.push_back(at.y);
        m_class.codes.push_back(static_cast<std::int32_t>(label));
    }

    Table take() {
        Table table;
        table.rowCount = m_x.size();
        table.columns.push_back({"x1", NumericColumn{std::move(m_x)}});
        table.columns.push_back({"x2", NumericColumn{std::move(m_y)}});
        table.columns.push_back({"class", std::move(m_class)});
        return table;
    }

  private:
    std::vector<double> m_x, m_y;
    CategoricalColumn m_class;
};

// A, B, …, Z, C27, …
std::vector<std::string> letters(std::size_t count) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(i < 26 ? std::string(1, static_cast<char>('A' + i)) : fmt::format("C{}", i + 1));
    return out;
}

Point jittered(Point at, double sigma, Rng& rng) {
    const double dx = rng.normal(0.0, sigma);
    const double dy = rng.normal(0.0, sigma);
    return {at.x + dx, at.y + dy};
}

} // namespace

// Centres on a circle on which neighbours are four units apart, so that the spread means the same for any number.
Expected<Table> generateBlobs(const GeneratorInput& input, std::uint64_t seed) {
    const std::size_t n = input.count("n"), classes = input.count("classes");
    const double radius = 2.0 / std::sin(kTau / 2.0 / static_cast<double>(classes));
    Rng rng(seed);
    const double turn = rng.uniform(0.0, kTau);
    PointCloud cloud(n, letters(classes));
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t label = i % classes;
        const double angle = turn + kTau * static_cast<double>(label) / static_cast<double>(classes);
        cloud.add(jittered({radius * std::cos(angle), radius * std::sin(angle)}, input.real("spread"), rng), label);
    }
    return cloud.take();
}

// The upper half of the unit circle around the origin, and the lower half around (1, 0.5).
Expected<Table> generateMoons(const GeneratorInput& input, std::uint64_t seed) {
    const std::size_t n = input.count("n");
    Rng rng(seed);
    PointCloud cloud(n, letters(2));
    for (std::size_t i = 0; i < n; ++i) {
        const double angle = rng.uniform(0.0, std::numbers::pi);
        const Point at = i % 2 == 0 ? Point{std::cos(angle), std::sin(angle)}
                                    : Point{1.0 - std::cos(angle), 0.5 - std::sin(angle)};
        cloud.add(jittered(at, input.real("noise"), rng), i % 2);
    }
    return cloud.take();
}

// Radii 1/m, 2/m, …, 1 for m rings.
Expected<Table> generateRings(const GeneratorInput& input, std::uint64_t seed) {
    const std::size_t n = input.count("n"), classes = input.count("classes");
    Rng rng(seed);
    PointCloud cloud(n, letters(classes));
    for (std::size_t i = 0; i < n; ++i) {
        const double angle = rng.uniform(0.0, kTau);
        const double radius = static_cast<double>(i % classes + 1) / static_cast<double>(classes);
        cloud.add(jittered({radius * std::cos(angle), radius * std::sin(angle)}, input.real("noise"), rng), i % classes);
    }
    return cloud.take();
}

// Archimedean arms r = t, angle = 2π·turns·t, uniform in t by area (t is the root of a uniform draw).
Expected<Table> generateSpirals(const GeneratorInput& input, std::uint64_t seed) {
    const std::size_t n = input.count("n"), classes = input.count("classes");
    Rng rng(seed);
    PointCloud cloud(n, letters(classes));
    for (std::size_t i = 0; i < n; ++i) {
        const double t = std::sqrt(rng.uniform());
        const double angle = kTau * (input.real("turns") * t + static_cast<double>(i % classes) / static_cast<double>(classes));
        cloud.add(jittered({t * std::cos(angle), t * std::sin(angle)}, input.real("noise"), rng), i % classes);
    }
    return cloud.take();
}

// Uniform on the squares of one's own colour, s squares a side of length one.
Expected<Table> generateCheckerboard(const GeneratorInput& input, std::uint64_t seed) {
    const std::size_t n = input.count("n"), squares = input.count("squares");
    Rng rng(seed);
    PointCloud cloud(n, letters(2));
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint64_t row = rng.below(squares);
        // Columns of row `row` whose colour is i mod 2.
        const std::uint64_t offset = (row + i) % 2;
        const std::uint64_t column = offset + 2 * rng.below((squares - offset + 1) / 2);
        const double dx = rng.uniform(), dy = rng.uniform();
        const Point at{static_cast<double>(column) + dx, static_cast<double>(row) + dy};
        cloud.add(jittered(at, input.real("noise"), rng), i % 2);
    }
    return cloud.take();
}

// Uniform on the square; class "above" where y > f(x). Noise moves the point after its class is settled.
Expected<Table> generateFormula(const GeneratorInput& input, std::uint64_t seed) {
    const std::size_t n = input.count("n");
    const auto curve = Expression::parse(input.text("formula"), {{"x", false}}, ExpressionType::Number);
    if (!curve) return tl::unexpected(curve.error());
    const double range = input.real("range");
    Rng rng(seed);
    PointCloud cloud(n, {"below", "above"});
    for (std::size_t i = 0; i < n; ++i) {
        const Point at{rng.uniform(-range, range), rng.uniform(-range, range)};
        const bool flipped = rng.uniform() < input.real("flips");
        const bool above = at.y > curve->number({.numbers = {&at.x, 1}, .texts = {}});
        cloud.add(jittered(at, input.real("noise"), rng), above != flipped ? 1 : 0);
    }
    return cloud.take();
}

} // namespace orrery::data
