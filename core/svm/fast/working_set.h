// Which variables are optimised together, and the kernel matrix among them.
//
// A round keeps the free variables of the round before, those that came last first, up to three quarters of
// the set; the rest are those that violate the KKT conditions most: half that would rise, half that would
// fall. The pair that violates most is always among them, so every round makes the objective fall. Joachims,
// "Making large-scale SVM learning practical" (1999); Wen et al., "ThunderSVM", JMLR 19 (2018). A member
// keeps its place, so that only rows and columns of new ones are computed.
#pragma once

#include "core/isotonic/huge_array.h"
#include "core/svm/fast/box_dual.h"
#include "core/svm/fast/kernel_blocks.h"

namespace orrery::svm::fast {

class WorkingSet {
  public:
    /// Of up to `largest` variables, rounded to whole panels.
    WorkingSet(std::size_t variables, std::size_t largest);

    /// The members for the next round. gradient: g, N; highest and lowest: m and M.
    void select(const BoxDual& dual, std::span<const double> gradient, double highest, double lowest);
    /// Computes the rows and columns of new members.
    void fillGram(const BoxDual& dual, const KernelBlocks& blocks);

    /// Places: the variable there, or −1; a multiple of kPanel.
    [[nodiscard]] std::span<const std::int32_t> members() const { return m_members; }
    [[nodiscard]] const float* gram() const { return m_gram->data(); } ///< members² , row-major

  private:
    void copyFreshColumns();
    void dropMembers(const BoxDual& dual);
    void admit(std::int32_t variable);

    std::vector<std::int32_t> m_members;
    std::vector<std::int64_t> m_since; ///< of a place: when its member came
    std::vector<std::int32_t> m_vacant;
    std::vector<std::int32_t> m_fresh;    ///< places whose rows are to be computed
    std::vector<std::uint8_t> m_isMember; ///< N
    std::vector<std::int32_t> m_rising, m_falling;
    std::unique_ptr<isotonic::HugeArray<float>> m_gram;
    std::int64_t m_round = 0;
};

} // namespace orrery::svm::fast
