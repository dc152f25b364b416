#include "tests/widgets/plot/sample_path.h"

#include <Eigen/Dense>
#include <cmath>
#include <random>

using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

struct Sample {
    MatrixXd x; ///< rows × columns, standardised
    VectorXd y;
};

Sample draw(int rows, int columns, std::mt19937_64& random) {
    std::normal_distribution<double> normal;
    Sample sample{MatrixXd(rows, columns), VectorXd::Zero(rows)};
    for (double& value : sample.x.reshaped())
        value = normal(random);
    for (int j = 1; j < columns; ++j)
        sample.x.col(j) = 0.5 * sample.x.col(j - 1) + 0.9 * sample.x.col(j);
    for (int j = 0; j < columns; ++j) {
        sample.x.col(j).array() -= sample.x.col(j).mean();
        sample.x.col(j) /= std::sqrt(sample.x.col(j).squaredNorm() / rows);
        if (j < 8) sample.y += (j % 2 ? -1.0 : 1.0) * (30.0 - 4 * j) * sample.x.col(j);
    }
    for (double& value : sample.y)
        value += 50.0 * normal(random);
    sample.y.array() -= sample.y.mean();
    return sample;
}

/// Proximal gradient on ½‖y − Xβ‖²/n + λ‖β‖₁ from a warm start.
VectorXd fit(const Sample& sample, double lambda, VectorXd beta) {
    const double n = static_cast<double>(sample.x.rows()), step = n / sample.x.squaredNorm() * 2.0;
    for (int i = 0; i < 300; ++i) {
        const VectorXd moved = beta + step * sample.x.transpose() * (sample.y - sample.x * beta) / n;
        beta = moved.unaryExpr(
            [&](double v) { return std::copysign(std::max(0.0, std::abs(v) - step * lambda), v); });
    }
    return beta;
}

void record(orrery::lasso::PathData& path, int knot, const VectorXd& beta) {
    path.l1norm.push_back(beta.lpNorm<1>());
    for (int j = 0; j < beta.size(); ++j) {
        if (beta[j] == 0.0) continue;
        auto at = std::find_if(path.active.begin(), path.active.end(),
                               [j](const auto& c) { return c.column == j; });
        if (at == path.active.end()) at = path.active.insert(at, {j, {}, {}});
        at->knots.push_back(knot);
        at->values.push_back(beta[j]);
    }
    path.computed = knot + 1;
}

} // namespace

SampleFit sampleFit(int rows, int columns, int knots, unsigned seed) {
    std::mt19937_64 random(seed);
    const Sample train = draw(rows, columns, random), test = draw(rows, columns, random);
    auto path = std::make_shared<orrery::lasso::PathData>();
    path->columns = columns;
    SampleFit result;
    VectorXd beta = VectorXd::Zero(columns);
    const double largest = (train.x.transpose() * train.y).cwiseAbs().maxCoeff() / rows;
    for (int k = 0; k < knots; ++k) {
        path->lambdas.push_back(largest * std::pow(1e-3, double(k) / (knots - 1)));
        beta = fit(train, path->lambdas.back(), beta);
        record(*path, k, beta);
        path->devianceRatio.push_back(1.0 - (train.y - train.x * beta).squaredNorm() / train.y.squaredNorm());
        const VectorXd squares = (test.y - test.x * beta).array().square();
        const double mean = squares.mean();
        result.validation.mean.push_back(mean);
        result.validation.standardError.push_back(std::sqrt((squares.array() - mean).square().mean() / rows));
        if (k == knots / 2) {
            const VectorXd fitted = train.x * beta, residuals = train.y - fitted;
            result.fitted.assign(fitted.begin(), fitted.end());
            result.residuals.assign(residuals.begin(), residuals.end());
        }
    }
    auto& cv = result.validation;
    cv.lambdas = path->lambdas;
    cv.folds = 10;
    cv.best = static_cast<int>(std::min_element(cv.mean.begin(), cv.mean.end()) - cv.mean.begin());
    const auto best = static_cast<std::size_t>(cv.best);
    cv.oneSe = 0;
    while (cv.mean[static_cast<std::size_t>(cv.oneSe)] > cv.mean[best] + cv.standardError[best])
        ++cv.oneSe;
    result.path = path;
    return result;
}
