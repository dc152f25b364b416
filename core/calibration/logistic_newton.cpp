#include "core/calibration/logistic_newton.h"

#include "core/linear/parallel_ranges.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <cmath>
#include <vector>

namespace orrery::calibration {

using Eigen::Matrix3d;
using Eigen::Vector3d;

namespace {

constexpr std::size_t kChunk = 8192;    ///< rows of a partial sum
constexpr std::size_t kLarge = 1 << 15; ///< rows from which a thinned sample gives the start
constexpr std::size_t kThinning = 8;    ///< one run of rows in so many is kept,
constexpr std::size_t kRun = 8;         ///< of this length: a cache line
constexpr int kMaxIterations = 100;
constexpr int kMaxHalvings = 40;
/// A Newton decrement λ²/Σw below this leaves an error of its square after the step that it belongs to.
constexpr double kDecrement = 1e-11;
/// Keeps the system regular where the columns are collinear.
constexpr double kRidge = 1e-14;

/// Where a column lies, and the targets' side of the gradient: Σ w t (x₀, x₁, 1).
struct Moments {
    std::array<double, 2> mean{};
    std::array<double, 2> scale{}; ///< 0: constant or absent
    Vector3d target = Vector3d::Zero();
    double weight = 0.0;
};

class Newton {
  public:
    Newton(const LogisticColumns& columns, int threads) : m_columns(columns), m_ranges(threads) {
        m_partial.resize((columns.rows + kChunk - 1) / kChunk);
        findMoments();
    }

    [[nodiscard]] LogisticFit run(const std::array<double, 3>& start) {
        m_theta = {start[0] * m_moments.scale[0], start[1] * m_moments.scale[1],
                   start[2] + start[0] * m_moments.mean[0] + start[1] * m_moments.mean[1]};
        for (int k = 0; k < 2; ++k) // a column that was constant in the thinned sample starts at 0
            if (m_moments.scale[k] == 0.0) m_theta[k] = 0.0;
        LogisticFit fit;
        evaluate(m_theta);
        while (fit.iterations < kMaxIterations && !fit.converged) {
            ++fit.iterations;
            const Vector3d step = newtonStep();
            const double decrement = -m_gradient.dot(step);
            fit.converged = decrement <= kDecrement * m_moments.weight;
            if (fit.converged)
                m_theta += step;
            else if (!descend(step, decrement))
                break;
        }
        fit.loss = m_loss;
        fit.theta = inDataScale(m_theta);
        return fit;
    }

    /// All weight on the intercept.
    [[nodiscard]] std::array<double, 3> constantFit() const {
        const double share = m_moments.target[2] / m_moments.weight;
        return {0.0, 0.0, std::log(share / (1.0 - share))};
    }

  private:
    void findMoments() {
        for (int k = 0; k < m_columns.columns(); ++k) {
            const double shift = m_columns.x[k][0]; // makes a constant column 0 exactly
            const kernels::LabelSums sums = chunkedLabelSums(m_columns.x[k], shift);
            m_moments.weight = sums.weight[0] + sums.weight[1];
            const double apart = (sums.x[0] + sums.x[1]) / m_moments.weight;
            m_moments.mean[k] = shift + apart;
            m_moments.scale[k] = std::sqrt(std::max(sums.square / m_moments.weight - apart * apart, 0.0));
            const auto& t = m_columns.target;
            m_moments.target[2] = t[0] * sums.weight[0] + t[1] * sums.weight[1];
            m_moments.target[k] = t[0] * sums.x[0] + t[1] * sums.x[1] + shift * m_moments.target[2];
        }
    }

    kernels::LabelSums chunkedLabelSums(const double* x, double shift) {
        std::vector<kernels::LabelSums> partial(m_partial.size());
        forEachChunk([&](std::size_t chunk, std::size_t begin, std::size_t count) {
            partial[chunk] =
                kernels::labelSums(x + begin, shift, m_columns.labels + begin,
                                   m_columns.weights ? m_columns.weights + begin : nullptr, count);
        });
        kernels::LabelSums total;
        for (const auto& sums : partial) {
            for (int label = 0; label < 2; ++label) {
                total.weight[label] += sums.weight[label];
                total.x[label] += sums.x[label];
            }
            total.square += sums.square;
        }
        return total;
    }

    template <class Body>
    void forEachChunk(const Body& body) {
        m_ranges.run(m_partial.size(), 4, [&](std::size_t from, std::size_t to) {
            for (std::size_t chunk = from; chunk < to; ++chunk)
                body(chunk, chunk * kChunk, std::min(kChunk, m_columns.rows - chunk * kChunk));
        });
    }

    [[nodiscard]] std::array<double, 3> inDataScale(const Vector3d& theta) const {
        std::array<double, 3> data{0.0, 0.0, theta[2]};
        for (int k = 0; k < 2; ++k) {
            if (m_moments.scale[k] == 0.0) continue;
            data[k] = theta[k] / m_moments.scale[k];
            data[2] -= data[k] * m_moments.mean[k];
        }
        return data;
    }

    /// Sets loss, gradient and Hessian at θ, in the scaled columns.
    void evaluate(const Vector3d& theta) {
        const std::array<double, 3> data = inDataScale(theta);
        forEachChunk([&](std::size_t chunk, std::size_t begin, std::size_t count) {
            const auto from = [&](const double* x) { return x ? x + begin : nullptr; };
            m_partial[chunk] = kernels::logisticSums(
                {from(m_columns.x[0]), from(m_columns.x[1]), from(m_columns.weights), count}, data.data());
        });
        kernels::LogisticSums total;
        for (const auto& sums : m_partial) {
            total.softplus += sums.softplus;
            for (int k = 0; k < 3; ++k)
                total.p[k] += sums.p[k];
            for (int k = 0; k < 6; ++k)
                total.v[k] += sums.v[k];
        }
        const Vector3d gradient = Vector3d(total.p[0], total.p[1], total.p[2]) - m_moments.target;
        m_loss = total.softplus - Vector3d(data[0], data[1], data[2]).dot(m_moments.target);
        Matrix3d hessian;
        hessian << total.v[0], total.v[1], total.v[3], total.v[1], total.v[2], total.v[4], total.v[3],
            total.v[4], total.v[5];
        const Matrix3d change = toScaledColumns();
        m_gradient = change * gradient;
        m_hessian = change * hessian * change.transpose();
    }

    /// (x̃₀, x̃₁, 1) = change · (x₀, x₁, 1); rows of columns without spread are 0.
    [[nodiscard]] Matrix3d toScaledColumns() const {
        Matrix3d change = Matrix3d::Zero();
        change(2, 2) = 1.0;
        for (int k = 0; k < 2; ++k) {
            if (m_moments.scale[k] == 0.0) continue;
            change(k, k) = 1.0 / m_moments.scale[k];
            change(k, 2) = -m_moments.mean[k] / m_moments.scale[k];
        }
        return change;
    }

    [[nodiscard]] Vector3d newtonStep() const {
        Matrix3d system = m_hessian;
        system.diagonal().array() += kRidge * (m_hessian.trace() + m_moments.weight * kRidge);
        for (int k = 0; k < 2; ++k)
            if (m_moments.scale[k] == 0.0) system(k, k) = 1.0;
        return -system.ldlt().solve(m_gradient);
    }

    /// Halves the step until the loss falls. False: rounding is all that is left to gain.
    [[nodiscard]] bool descend(const Vector3d& step, double decrement) {
        const double before = m_loss;
        const Vector3d from = m_theta;
        double length = 1.0;
        for (int halving = 0; halving < kMaxHalvings; ++halving, length *= 0.5) {
            m_theta = from + length * step;
            evaluate(m_theta);
            if (m_loss <= before - 1e-4 * length * decrement) return true;
            if (std::abs(m_loss - before) <= 1e-14 * std::abs(before)) return m_gradient.allFinite();
        }
        m_theta = from;
        evaluate(m_theta);
        return false;
    }

    const LogisticColumns& m_columns;
    linear::ParallelRanges m_ranges;
    std::vector<kernels::LogisticSums> m_partial; ///< one a chunk
    Moments m_moments;
    Vector3d m_theta = Vector3d::Zero(); ///< in the scaled columns, as are the next three
    Vector3d m_gradient = Vector3d::Zero();
    Matrix3d m_hessian = Matrix3d::Zero();
    double m_loss = 0.0;
};

/// An eighth of the rows, from everywhere.
struct ThinnedRows {
    std::array<std::vector<double>, 2> x;
    std::vector<std::uint8_t> labels;
    std::vector<double> weights;

    explicit ThinnedRows(const LogisticColumns& from) {
        const std::size_t runs = from.rows / (kRun * kThinning);
        keep(from.x[0], runs, x[0]);
        if (from.x[1]) keep(from.x[1], runs, x[1]);
        keep(from.labels, runs, labels);
        if (from.weights) keep(from.weights, runs, weights);
    }
    template <class Value>
    static void keep(const Value* from, std::size_t runs, std::vector<Value>& into) {
        into.resize(runs * kRun);
        for (std::size_t run = 0; run < runs; ++run)
            std::copy_n(from + run * kRun * kThinning, kRun, into.data() + run * kRun);
    }
    [[nodiscard]] bool hasBothLabels() const {
        double weight[2] = {0.0, 0.0};
        for (std::size_t i = 0; i < labels.size(); ++i)
            weight[labels[i]] += weights.empty() ? 1.0 : weights[i];
        return weight[0] > 0.0 && weight[1] > 0.0;
    }
    [[nodiscard]] LogisticColumns columns(const LogisticColumns& from) const {
        return {{x[0].data(), from.x[1] ? x[1].data() : nullptr},
                labels.data(),
                from.weights ? weights.data() : nullptr,
                labels.size(),
                from.target};
    }
};

} // namespace

LogisticFit fitLogistic(const LogisticColumns& columns, int threads) {
    Newton newton(columns, threads);
    if (columns.rows < kLarge) return newton.run(newton.constantFit());
    const ThinnedRows thinned(columns);
    if (!thinned.hasBothLabels()) return newton.run(newton.constantFit());
    const LogisticFit start = fitLogistic(thinned.columns(columns), threads);
    return newton.run(start.converged ? start.theta : newton.constantFit());
}

} // namespace orrery::calibration
