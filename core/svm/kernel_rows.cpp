#include "core/svm/kernel_rows.h"

#include <algorithm>

namespace orrery::svm {

using Eigen::Index;

namespace {

constexpr Index kBlock = 512; ///< values of a row at a time: they stay in the first-level cache

using Segment = Eigen::Map<Eigen::ArrayXd>;

} // namespace

KernelRows::KernelRows(const Kernel& kernel, const Eigen::Ref<const PointMatrix>& points)
    : m_kernel(kernel), m_points(points.rows()) {
    m_columns = Eigen::MatrixXd::Zero(stride(), points.cols());
    m_columns.topRows(m_points) = points;
}

KernelRows::KernelRows(const SvmProblem& problem) : KernelRows(problem.kernel, problem.x) {
    if (!problem.isSparse()) return;
    m_points = problem.points();
    m_sparse.emplace(problem.sparse);
}

void KernelRows::evaluatePoint(const SvmProblem& problem, Index point, double* row) const {
    if (m_sparse)
        m_sparse->kernelValues(m_kernel, problem.sparse, point, 0, m_points, row);
    else
        evaluate(problem.point(point).data(), row);
}

void KernelRows::evaluate(const double* x, double* row) const {
    const bool radial = m_kernel.isRadial();
    for (Index begin = 0; begin < stride(); begin += kBlock) {
        const Index length = std::min(kBlock, stride() - begin);
        Segment out(row + begin, length);
        out.setZero();
        for (Index k = 0; k < m_columns.cols(); ++k) {
            const auto column = m_columns.col(k).segment(begin, length).array();
            if (radial)
                out += (column - x[k]).square();
            else
                out += column * x[k];
        }
        if (m_kernel.kind == KernelKind::Rbf)
            out = (out * -m_kernel.gamma).exp();
        else if (m_kernel.kind == KernelKind::Laplacian)
            out = (out.sqrt() * -m_kernel.gamma).exp();
        else if (m_kernel.kind != KernelKind::Linear)
            for (Index i = 0; i < length; ++i)
                out[i] = m_kernel.ofProduct(out[i]);
    }
}

} // namespace orrery::svm
