// Rows of the kernel matrix that were computed lately, within a number of bytes; the one used longest ago
// goes first. A row is the same whether it was kept or is computed again, so the cache saves time and changes
// nothing.
#pragma once

#include "core/svm/kernel_rows.h"

#include <cstdint>

namespace orrery::svm {

class KernelCache {
  public:
    /// At least two rows are kept, so that a pair can be held at once.
    KernelCache(ProblemPtr problem, std::size_t bytes);
    /// Shares the points; keeps no row yet.
    KernelCache(const KernelCache& other);
    KernelCache& operator=(const KernelCache&) = delete;

    /// Row of k(x_point, ·), n values. Valid until the second call after this one.
    [[nodiscard]] const double* row(Eigen::Index point);
    [[nodiscard]] std::size_t rowsKept() const { return m_slots.size(); }

  private:
    struct Slot {
        Eigen::ArrayXd values; ///< stride
        std::int32_t point = -1;
        std::int32_t newer = -1;
        std::int32_t older = -1;
    };
    void unlink(std::int32_t slot);
    void pushNewest(std::int32_t slot);
    [[nodiscard]] std::int32_t freeSlot();

    ProblemPtr m_problem;
    std::shared_ptr<const KernelRows> m_rows;
    std::size_t m_most;                 ///< rows
    std::vector<Slot> m_slots;          ///< those in use
    std::vector<std::int32_t> m_slotOf; ///< n; −1: not kept
    std::int32_t m_newest = -1;
    std::int32_t m_oldest = -1;
};

} // namespace orrery::svm
