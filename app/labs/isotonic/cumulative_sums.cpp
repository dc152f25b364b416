#include "app/labs/isotonic/cumulative_sums.h"

namespace orrery::isotone {

CumulativeSums::CumulativeSums(std::shared_ptr<const isotonic::IsotonicProblem> problem)
    : m_problem(std::move(problem)) {
    m_kept.reserve(m_problem->points() / kStride + 1);
    for (std::size_t i = 0; i < m_problem->points(); ++i) {
        if (i % kStride == 0) m_kept.push_back(m_total);
        const double weight = m_problem->weight(i);
        m_total.weight += weight;
        m_total.value += weight * m_problem->y[i];
    }
}

CumulativeSums::Sum CumulativeSums::at(std::size_t points) const {
    if (points >= m_problem->points()) return m_total;
    Sum sum = m_kept[points / kStride];
    for (std::size_t i = points / kStride * kStride; i < points; ++i) {
        const double weight = m_problem->weight(i);
        sum.weight += weight;
        sum.value += weight * m_problem->y[i];
    }
    return sum;
}

} // namespace orrery::isotone
