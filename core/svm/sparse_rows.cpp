#include "core/svm/sparse_rows.h"

#include <algorithm>
#include <cmath>

namespace orrery::svm {

using Eigen::Index;
using Eigen::VectorXd;

namespace {

/// Products to kernel values, in place. squares: ‖x_i‖² of the points; square: that of the one point.
void applyKernel(const Kernel& kernel, Eigen::Map<Eigen::ArrayXd> values,
                 const Eigen::Ref<const VectorXd>& squares, double square) {
    if (kernel.isRadial()) {
        values = (squares.array() - 2.0 * values + square).max(0.0);
        if (kernel.kind == KernelKind::Laplacian) values = values.sqrt();
        values = (values * -kernel.gamma).exp();
    } else if (kernel.kind != KernelKind::Linear) {
        for (double& value : values)
            value = kernel.ofProduct(value);
    }
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
    applyKernel(kernel, {values, last - first}, m_squares.segment(first, last - first), square);
}

} // namespace orrery::svm
