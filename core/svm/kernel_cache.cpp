#include "core/svm/kernel_cache.h"

#include <algorithm>

namespace orrery::svm {

KernelCache::KernelCache(ProblemPtr problem, std::size_t bytes)
    : m_problem(std::move(problem))
    , m_rows(std::make_shared<const KernelRows>(*m_problem))
    , m_slotOf(static_cast<std::size_t>(m_problem->points()), -1) {
    const std::size_t rowBytes = static_cast<std::size_t>(m_rows->stride()) * sizeof(double);
    m_most = std::max<std::size_t>(2, std::min(m_slotOf.size(), bytes / rowBytes));
    m_slots.reserve(m_most);
}

KernelCache::KernelCache(const KernelCache& other)
    : m_problem(other.m_problem)
    , m_rows(other.m_rows)
    , m_most(other.m_most)
    , m_slotOf(other.m_slotOf.size(), -1) {
    m_slots.reserve(m_most);
}

void KernelCache::unlink(std::int32_t slot) {
    const Slot& at = m_slots[static_cast<std::size_t>(slot)];
    (at.newer < 0 ? m_newest : m_slots[static_cast<std::size_t>(at.newer)].older) = at.older;
    (at.older < 0 ? m_oldest : m_slots[static_cast<std::size_t>(at.older)].newer) = at.newer;
}

void KernelCache::pushNewest(std::int32_t slot) {
    Slot& at = m_slots[static_cast<std::size_t>(slot)];
    at.newer = -1;
    at.older = m_newest;
    (m_newest < 0 ? m_oldest : m_slots[static_cast<std::size_t>(m_newest)].newer) = slot;
    m_newest = slot;
}

std::int32_t KernelCache::freeSlot() {
    if (m_slots.size() < m_most) {
        m_slots.push_back({Eigen::ArrayXd(m_rows->stride())});
        return static_cast<std::int32_t>(m_slots.size()) - 1;
    }
    const std::int32_t slot = m_oldest;
    m_slotOf[static_cast<std::size_t>(m_slots[static_cast<std::size_t>(slot)].point)] = -1;
    unlink(slot);
    return slot;
}

const double* KernelCache::row(Eigen::Index point) {
    std::int32_t& kept = m_slotOf[static_cast<std::size_t>(point)];
    if (kept >= 0) {
        if (kept != m_newest) {
            unlink(kept);
            pushNewest(kept);
        }
        return m_slots[static_cast<std::size_t>(kept)].values.data();
    }
    const std::int32_t slot = freeSlot();
    Slot& at = m_slots[static_cast<std::size_t>(slot)];
    at.point = static_cast<std::int32_t>(point);
    m_rows->evaluatePoint(*m_problem, point, at.values.data());
    kept = slot;
    pushNewest(slot);
    return at.values.data();
}

} // namespace orrery::svm
