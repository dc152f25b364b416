#include "core/calibration/logistic_regression.h"

#include "core/calibration/kernels.h"
#include "core/linear/regression_problem.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace orrery::calibration {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

constexpr int kMaxHalvings = 30;

/// ln(1 + e^z) without overflow.
double softplus(double z) {
    return std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z)));
}

/// Unknowns are (β, β₀): p + 1, β of the standardised columns.
class LogisticNewton {
  public:
    LogisticNewton(const linear::RegressionProblem& problem, const std::vector<std::uint8_t>& labels,
                   const LogisticOptions& options)
        : m_problem(problem), m_options(options), m_penalty(1.0 / options.inverseStrength) {
        m_labels = Eigen::Map<const Eigen::Matrix<std::uint8_t, Eigen::Dynamic, 1>>(
                       labels.data(), static_cast<Index>(labels.size()))
                       .cast<double>();
        m_unknowns = VectorXd::Zero(problem.columns() + 1);
        const double share = m_labels.mean();
        m_unknowns[problem.columns()] = std::log(share / (1.0 - share));
        evaluate();
    }

    [[nodiscard]] Expected<LogisticModel> run(const Progress& progress) {
        LogisticModel model;
        while (!(model.converged = gradientNorm() <= m_options.tolerance) &&
               model.iterations < m_options.maxIterations) {
            if (progress.isCancelled())
                return fail("logistic regression was cancelled", ErrorCode::Cancelled);
            ++model.iterations;
            if (!descend(newtonStep())) break; // rounding is all that is left to gain
        }
        fill(model);
        return model;
    }

  private:
    void evaluate() {
        const Index p = m_problem.columns();
        VectorXd z = linear::times(m_problem, m_unknowns.head(p));
        z.array() += m_unknowns[p];
        m_objective = 0.5 * m_penalty * m_unknowns.head(p).squaredNorm();
        for (Index i = 0; i < z.size(); ++i) // the sign tells a label's side of the loss
            m_objective += softplus(m_labels[i] > 0.5 ? -z[i] : z[i]);
        m_probability.resize(z.size());
        kernels::sigmoid(z.data(), static_cast<std::size_t>(z.size()), 1.0, 0.0, m_probability.data());
        const VectorXd residual = m_probability - m_labels;
        m_gradient.resize(p + 1);
        m_gradient.head(p) = linear::transposeTimes(m_problem, residual) + m_penalty * m_unknowns.head(p);
        m_gradient[p] = residual.sum();
    }

    [[nodiscard]] double gradientNorm() const {
        return m_gradient.cwiseAbs().maxCoeff() / static_cast<double>(m_labels.size());
    }

    [[nodiscard]] VectorXd curvature() const { return m_probability.array() * (1.0 - m_probability.array()); }

    [[nodiscard]] VectorXd newtonStep() const {
        const auto* dense = std::get_if<MatrixXd>(&m_problem.design);
        if (dense && m_problem.columns() <= kDirectColumns) return factoredStep(*dense);
        return conjugateGradientStep();
    }

    [[nodiscard]] VectorXd factoredStep(const MatrixXd& design) const {
        const Index p = design.cols();
        const VectorXd v = curvature();
        const MatrixXd scaled = v.cwiseSqrt().asDiagonal() * design; // n × p
        MatrixXd system = MatrixXd::Zero(p + 1, p + 1);
        system.topLeftCorner(p, p).selfadjointView<Eigen::Lower>().rankUpdate(scaled.transpose());
        system.diagonal().head(p).array() += m_penalty;
        system.row(p).head(p).noalias() = (design.transpose() * v).transpose();
        system(p, p) = v.sum() + 1e-300; // every probability may have run to 0 or 1
        return system.selfadjointView<Eigen::Lower>().ldlt().solve(-m_gradient);
    }

    [[nodiscard]] VectorXd hessianTimes(const VectorXd& v, const VectorXd& direction) const {
        const Index p = m_problem.columns();
        VectorXd moved = linear::times(m_problem, direction.head(p));
        moved.array() += direction[p];
        moved.array() *= v.array();
        VectorXd product(p + 1);
        product.head(p) = linear::transposeTimes(m_problem, moved) + m_penalty * direction.head(p);
        product[p] = moved.sum();
        return product;
    }

    /// Solved the closer, the nearer the optimum: that keeps the outer convergence superlinear.
    [[nodiscard]] VectorXd conjugateGradientStep() const {
        const VectorXd v = curvature();
        VectorXd step = VectorXd::Zero(m_gradient.size()), residual = -m_gradient, direction = residual;
        double square = residual.squaredNorm();
        const double wanted = square * std::min(0.01, gradientNorm());
        for (Index k = 0; k < 2 * m_gradient.size() && square > wanted; ++k) {
            const VectorXd image = hessianTimes(v, direction);
            const double length = square / direction.dot(image);
            step += length * direction;
            residual -= length * image;
            const double next = residual.squaredNorm();
            direction = residual + (next / square) * direction;
            square = next;
        }
        return step;
    }

    [[nodiscard]] bool descend(const VectorXd& step) {
        const VectorXd from = m_unknowns;
        const double before = m_objective, slope = m_gradient.dot(step), norm = gradientNorm();
        double length = 1.0;
        for (int halving = 0; halving < kMaxHalvings; ++halving, length *= 0.5) {
            m_unknowns = from + length * step;
            evaluate();
            if (m_objective <= before + 1e-4 * length * slope) return true;
            // So near the optimum that the objective no longer resolves the gain, the gradient still does.
            if (std::abs(m_objective - before) <= 1e-12 * before && gradientNorm() < norm) return true;
        }
        m_unknowns = from;
        evaluate();
        return false;
    }

    void fill(LogisticModel& model) const {
        const Index p = m_problem.columns();
        model.standardized = m_unknowns.head(p);
        model.standardizedIntercept = m_unknowns[p];
        model.coefficients = model.standardized.cwiseQuotient(m_problem.columnScale);
        model.intercept = model.standardizedIntercept - model.coefficients.dot(m_problem.columnMean);
        model.objective = m_objective;
        model.gradientNorm = gradientNorm();
    }

    const linear::RegressionProblem& m_problem;
    const LogisticOptions& m_options;
    double m_penalty;       ///< 1/C
    VectorXd m_labels;      ///< n, 0 or 1
    VectorXd m_unknowns;    ///< p + 1
    VectorXd m_probability; ///< n, at the unknowns, as are the next two
    VectorXd m_gradient;    ///< p + 1
    double m_objective = 0.0;
};

} // namespace

Expected<LogisticModel> fitLogisticRegression(const BinaryDesign& design, const LogisticOptions& options,
                                              const Progress& progress) {
    if (!(options.inverseStrength > 0.0) || !std::isfinite(options.inverseStrength))
        return fail(fmt::format("the inverse strength C of the penalty is above 0, not {:.4g}",
                                options.inverseStrength));
    const auto events = std::count(design.labels.begin(), design.labels.end(), std::uint8_t{1});
    if (events == 0 || events == design.rows())
        return fail(fmt::format("every row is {}, but logistic regression needs two classes",
                                events == 0 ? design.otherName : design.eventName));
    VectorXd y(design.rows());
    for (Index i = 0; i < y.size(); ++i)
        y[i] = design.labels[static_cast<std::size_t>(i)];
    const auto problem = std::visit(
        [&](const auto& x) { return linear::makeProblem(x, std::move(y), true, design.names); }, design.x);
    if (!problem) return tl::unexpected(problem.error());
    return LogisticNewton(**problem, design.labels, options).run(progress);
}

VectorXd logOdds(const LogisticModel& model, const BinaryDesign& design) {
    VectorXd z = std::visit([&](const auto& x) { return VectorXd(x * model.coefficients); }, design.x);
    z.array() += model.intercept;
    return z;
}

Expected<VectorXd> LogisticScoring::scores(const BinaryDesign& training, const BinaryDesign& scored,
                                           const Progress& progress) const {
    const auto model = fitLogisticRegression(training, m_options, progress);
    if (!model) return tl::unexpected(model.error());
    if (!model->converged)
        return fail(fmt::format("logistic regression stopped after {} iterations with a gradient of {:.2g}",
                                model->iterations, model->gradientNorm));
    VectorXd z = logOdds(*model, scored);
    kernels::sigmoid(z.data(), static_cast<std::size_t>(z.size()), 1.0, 0.0, z.data());
    return z;
}

} // namespace orrery::calibration
