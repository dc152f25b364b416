#include "core/svm/sparse_rows.h"

#include <algorithm>
#include <cmath>

namespace orrery::svm {

using Eigen::Index;
using Eigen::VectorXd;

namespace {

constexpr Index kAtOnce = 8; ///< values

/// Products to values of a radial kernel, in place, a whole block at a time, so that each takes the same way
/// through the arithmetic. squares: ‖x_i‖² of the points; square: that of the one point.
void applyRadial(const Kernel& kernel, double* values, const double* squares, Index count, double square) {
    using Block = Eigen::Array<double, kAtOnce, 1>;
    for (Index from = 0; from < count; from += kAtOnce) {
        const Index length = std::min(kAtOnce, count - from);
        Block products = Block::Zero(), norms = Block::Zero();
        std::copy_n(values + from, length, products.data());
        std::copy_n(squares + from, length, norms.data());
        Block distance = (norms - 2.0 * products + square).max(0.0);
        if (kernel.kind == KernelKind::Laplacian) distance = distance.sqrt().eval();
        products = (distance * -kernel.gamma).exp();
        std::copy_n(products.data(), length, values + from);
    }
}

void applyKernel(const Kernel& kernel, double* values, const double* squares, Index count, double square) {
    if (kernel.isRadial()) return applyRadial(kernel, values, squares, count, square);
    if (kernel.kind == KernelKind::Linear) return;
    for (Index i = 0; i < count; ++i)
        values[i] = kernel.ofProduct(values[i]);
}

} // namespace

SparseRows selectedRows(const SparseRows& from, const std::vector<Index>& rows) {
    SparseRows to(static_cast<Index>(rows.size()), from.cols());
    Index stored = 0;
    for (const Index row : rows)
        stored += from.outerIndexPtr()[row + 1] - from.outerIndexPtr()[row];
    to.reserve(stored);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        to.startVec(static_cast<Index>(i));
        for (SparseRows::InnerIterator at(from, rows[i]); at; ++at)
            to.insertBack(static_cast<Index>(i), at.col()) = at.value();
    }
    to.finalize();
    return to;
}

VectorXd squaredNorms(const SparseRows& points) {
    VectorXd squares(points.rows());
    for (Index i = 0; i < points.rows(); ++i)
        squares[i] = product(points, i, points, i);
    return squares;
}

double product(const SparseRows& a, Index row, const SparseRows& b, Index other) {
    double sum = 0.0;
    SparseRows::InnerIterator x(a, row), z(b, other);
    while (x && z) {
        if (x.col() == z.col()) sum += x.value() * z.value();
        const auto at = x.col(), beside = z.col();
        if (at <= beside) ++x;
        if (beside <= at) ++z;
    }
    return sum;
}

SparseColumns::SparseColumns(const SparseRows& points) : m_columns(points), m_squares(squaredNorms(points)) {}

void SparseColumns::kernelValues(const Kernel& kernel, const SparseRows& from, Index row, Index first,
                                 Index last, double* values) const {
    std::fill(values, values + (last - first), 0.0);
    const bool isWhole = first == 0 && last == points();
    double square = 0.0;
    for (SparseRows::InnerIterator x(from, row); x; ++x) {
        square += x.value() * x.value();
        if (x.col() >= m_columns.cols()) continue;
        const std::int32_t* const index = m_columns.innerIndexPtr();
        Index at = m_columns.outerIndexPtr()[x.col()], end = m_columns.outerIndexPtr()[x.col() + 1];
        if (!isWhole) {
            const std::int32_t* const column = index + at;
            end = std::lower_bound(column, index + end, static_cast<std::int32_t>(last)) - index;
            at = std::lower_bound(column, index + end, static_cast<std::int32_t>(first)) - index;
        }
        const double* const value = m_columns.valuePtr();
        for (; at < end; ++at)
            values[index[at] - first] += x.value() * value[at];
    }
    applyKernel(kernel, values, m_squares.data() + first, last - first, square);
}

} // namespace orrery::svm
