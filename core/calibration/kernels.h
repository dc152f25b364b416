// One pass of Newton's method for logistic regression on one or two columns, compiled for several instruction
// sets and chosen at run time. The order of every sum depends on the number of rows alone.
#pragma once

#include <cstddef>

namespace orrery::calibration::kernels {

/// One or two columns of features, each of `rows` numbers.
struct LogisticRows {
    const double* x0 = nullptr;
    const double* x1 = nullptr;      ///< null: one column
    const double* weights = nullptr; ///< null: every row counts 1
    std::size_t rows = 0;
};

/// z = theta[0] x0 + theta[1] x1 + theta[2].
struct LogisticSums {
    double softplus = 0.0; ///< Σ w ln(1 + e^z)
    double p[3] = {};      ///< Σ w p (x0, x1, 1), p = 1/(1 + e^−z)
    double v[6] = {};      ///< Σ w p (1 − p) (x0², x0 x1, x1², x0, x1, 1)
};

/// Cost: one exponential a row, and with weights one logarithm.
[[nodiscard]] LogisticSums logisticSums(const LogisticRows& rows, const double theta[3]);

/// Of s kept inside [clip, 1 − clip]: logOdds[i] = ln s − ln(1 − s).
void logOdds(const double* s, std::size_t size, double clip, double* out);
/// The same apart: logEvent[i] = ln s, logOther[i] = −ln(1 − s).
void logarithms(const double* s, std::size_t size, double clip, double* logEvent, double* logOther);

/// 1/(1 + e^−z) with z = a x + b; out may be x.
void sigmoid(const double* x, std::size_t size, double a, double b, double* out);

/// Sums over the rows of each label, of x − shift and its square: what centres a column and gives the
/// targets' side of the gradient.
struct LabelSums {
    double weight[2] = {};
    double x[2] = {};
    double square = 0.0; ///< Σ w (x − shift)², both labels
};
[[nodiscard]] LabelSums labelSums(const double* x, double shift, const unsigned char* labels,
                                  const double* weights, std::size_t size);

} // namespace orrery::calibration::kernels
