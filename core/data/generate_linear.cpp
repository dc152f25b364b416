// y = Xβ + σz with k non-zero coefficients β_j = (−1)^j exp(−2(j−1)/20), j = 1 … k, and z standard normal.
// Features are standard normal with correlation ρ between any two: x_ij = √ρ u_i + √(1−ρ) z_ij. σ² is the variance of
// Xβ over the signal-to-noise ratio: for these features Var(xβ) = (1−ρ)‖β‖² + ρ(Σβ_j)².
// The simulation of Friedman, Hastie & Tibshirani, J. Stat. Softw. 33 (2010), section 5.
//
// With a density below one an entry is kept with that probability, independently, and features stay sparse.
// Then E x² = density, and two features have covariance density²·ρ.
#include "core/data/generator_functions.h"

#include <cmath>
#include <fmt/format.h>
#include <tbb/parallel_for.h>

namespace orrery::data {

namespace {

// Streams of one seed. Column j of X has its own, so that columns can be made in parallel and a larger p keeps
// the first columns.
constexpr std::uint64_t kNoiseStream = 0;
constexpr std::uint64_t kSharedStream = 1;
constexpr std::uint64_t kFirstColumnStream = 16;

std::vector<double> coefficients(std::size_t k) {
    std::vector<double> beta(k);
    for (std::size_t j = 0; j < k; ++j)
        beta[j] = (j % 2 == 0 ? -1.0 : 1.0) * std::exp(-2.0 * static_cast<double>(j) / 20.0);
    return beta;
}

std::vector<double> normals(std::size_t n, std::uint64_t seed, std::uint64_t stream) {
    Rng rng(seed, stream);
    std::vector<double> out(n);
    for (double& x : out) x = rng.normal();
    return out;
}

double signalVariance(const std::vector<double>& beta, double rho, double density) {
    double squares = 0.0, sum = 0.0;
    for (const double b : beta) {
        squares += b * b;
        sum += b;
    }
    const double covariance = density * density * rho;
    return (density - covariance) * squares + covariance * sum * sum;
}

struct DesignRecipe {
    std::size_t n;
    std::uint64_t seed;
    double rho;
    double density;
    std::vector<double> shared; // u, n
};

// Column j as dense values; entries that are not kept are zero.
std::vector<double> denseColumn(const DesignRecipe& recipe, std::size_t j) {
    Rng rng(recipe.seed, kFirstColumnStream + j);
    const double own = std::sqrt(1.0 - recipe.rho);
    const double common = std::sqrt(recipe.rho);
    std::vector<double> x(recipe.n);
    for (std::size_t i = 0; i < recipe.n; ++i) x[i] = common * recipe.shared[i] + own * rng.normal();
    return x;
}

// Gaps between kept entries are geometric: cost in proportion to what is kept.
void sparseColumn(const DesignRecipe& recipe, std::size_t j, SparseBlock& block) {
    Rng rng(recipe.seed, kFirstColumnStream + j);
    const double own = std::sqrt(1.0 - recipe.rho);
    const double common = std::sqrt(recipe.rho);
    const double logMiss = std::log1p(-recipe.density);
    const auto column = static_cast<Eigen::Index>(j);
    block.values.startVec(column);
    double row = -1.0;
    for (;;) {
        row += 1.0 + std::floor(std::log1p(-rng.uniform()) / logMiss);
        if (row >= static_cast<double>(recipe.n)) return;
        const auto i = static_cast<std::size_t>(row);
        block.values.insertBack(static_cast<Eigen::Index>(i), column) =
            common * recipe.shared[i] + own * rng.normal();
    }
}

std::string featureName(std::size_t j) { return fmt::format("x{}", j + 1); }

void makeDense(const DesignRecipe& recipe, std::size_t p, const std::vector<double>& beta, Table& table,
               std::vector<double>& y) {
    table.columns.resize(p);
    tbb::parallel_for(std::size_t{0}, p, [&](std::size_t j) {
        table.columns[j] = {featureName(j), NumericColumn{denseColumn(recipe, j)}};
    });
    for (std::size_t j = 0; j < beta.size(); ++j) {
        const auto& x = table.columns[j].numeric().values;
        for (std::size_t i = 0; i < y.size(); ++i) y[i] += beta[j] * x[i];
    }
}

void makeSparse(const DesignRecipe& recipe, std::size_t p, const std::vector<double>& beta, Table& table,
                std::vector<double>& y) {
    SparseBlock block;
    block.values.resize(static_cast<Eigen::Index>(recipe.n), static_cast<Eigen::Index>(p));
    for (std::size_t j = 0; j < p; ++j) {
        block.names.push_back(featureName(j));
        sparseColumn(recipe, j, block);
    }
    block.values.finalize();
    for (std::size_t j = 0; j < beta.size(); ++j) {
        using Entry = Eigen::SparseMatrix<double, Eigen::ColMajor, int>::InnerIterator;
        for (Entry it(block.values, static_cast<Eigen::Index>(j)); it; ++it)
            y[static_cast<std::size_t>(it.row())] += beta[j] * it.value();
    }
    table.sparse = std::move(block);
}

} // namespace

Expected<Table> generateSparseLinear(const GeneratorInput& input, std::uint64_t seed) {
    const std::size_t n = input.count("n"), p = input.count("p"), k = input.count("k");
    if (k > p) return fail(fmt::format("non-zero coefficients ({}) cannot be more than the features ({})", k, p));
    const double rho = input.real("rho"), density = input.real("density");
    // More than this would not fit in memory as dense columns.
    if (static_cast<double>(n) * static_cast<double>(p) * density > 4e8)
        return fail(fmt::format("{} × {} is too large; make it smaller or sparser", n, p));
    const auto beta = coefficients(k);
    const DesignRecipe recipe{n, seed, rho, density, normals(n, seed, kSharedStream)};
    Table table;
    table.rowCount = n;
    std::vector<double> y(n, 0.0);
    if (density < 1.0) makeSparse(recipe, p, beta, table, y);
    else makeDense(recipe, p, beta, table, y);
    const double sigma = std::sqrt(signalVariance(beta, rho, density) / input.real("snr"));
    const auto noise = normals(n, seed, kNoiseStream);
    for (std::size_t i = 0; i < n; ++i) y[i] += (k == 0 ? 1.0 : sigma) * noise[i];
    table.columns.push_back({"y", NumericColumn{std::move(y)}});
    return table;
}

} // namespace orrery::data
