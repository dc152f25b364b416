// Decomposition on large working sets: the fast twin of SMO.
//
// A round: choose the working set, solve the programme restricted to it by SMO (inner_smo.h) until its own
// gap is a tenth of the whole's, and carry the change to f at all points, f += Σ Δβ_j k(x_j, ·): a product of
// kernel rows, computed in blocks and kept where there is room, with a vector. Ends when max − min of g over
// all variables is within the tolerance, like SMO.
//
// Where most variables are free, f of all points is bound by memory: rows of radial kernels are kept in fixed
// point then, and what that has added to f is estimated; where it could matter at the end, f is summed anew
// and the run goes on from there. So the gap at the end is that of values rounded to single precision.
//
// Where bounds hold most variables, the others are solved once by themselves, packed (active_set.h).
//
// Cost of a round: O(q²) values of the kernel for q members, O(n) a changed member; a row that comes again
// and again is kept in the cache. Each point's sum is taken in one order, so threads change nothing.
#pragma once

#include "core/linear/parallel_ranges.h"
#include "core/support/progress.h"
#include "core/svm/fast/row_cache.h"
#include "core/svm/fast/working_set.h"

namespace orrery::svm::fast {

inline constexpr std::size_t kNever = static_cast<std::size_t>(-1);

struct DualOptions {
    double tolerance = 1e-3;
    std::size_t cacheBytes = std::size_t{2} << 30;
    std::size_t workingSet = 0; ///< variables; 0: a quarter of all, from 96 to 1008; 1680 while many are free
    int threads = 1;
    std::size_t shrinkFrom = 4000; ///< variables: once where bounds hold half of them; fewer fit the caches
    std::int64_t mostPairs = 0;
    Progress* progress = nullptr;
};

class DualSolver {
  public:
    DualSolver(BoxDual dual, const KernelBlocks& blocks, const DualOptions& options);

    enum class Ending : std::uint8_t { Converged, MostPairs, Stuck, NotFinite, Cancelled };
    [[nodiscard]] Ending solve();

    [[nodiscard]] const BoxDual& dual() const { return m_dual; }
    [[nodiscard]] std::span<const double> gradient() const { return m_gradient; } ///< g, N
    [[nodiscard]] double gap() const { return m_highest - m_lowest; }
    [[nodiscard]] std::int64_t pairs() const { return m_pairs; }
    [[nodiscard]] std::int64_t rounds() const { return m_rounds; }
    [[nodiscard]] std::size_t active() const {
        return m_active;
    } ///< variables left by shrinking; 0: it did not
    [[nodiscard]] double objective() const;
    [[nodiscard]] double bias() const;

  private:
    struct Changes;
    void updateGradient();
    void enlargeSet();
    [[nodiscard]] std::int64_t solveWorkingSet();
    template <class T>
    [[nodiscard]] std::int64_t solveInnerIn();
    [[nodiscard]] Changes takeChanges();
    void addToSums(const Changes& changes);
    template <class Value>
    void addToSumsFrom(RowCache<Value>& cache, const Changes& changes);
    void startSums();
    void carry(const Changes& changes); ///< to all sums, by rows that are not kept
    [[nodiscard]] bool shrinks() const;
    void solveActiveSet();
    [[nodiscard]] double gapError() const;
    [[nodiscard]] double innerTolerance() const;
    void report();

    BoxDual m_dual;
    const KernelBlocks& m_blocks;
    DualOptions m_options;
    linear::ParallelRanges m_threads;
    std::optional<RowCache<float>> m_cache;
    std::optional<RowCache<std::uint16_t>> m_fixedCache; ///< in the place of m_cache, from when most are free
    double m_variance = 0.0; ///< of a sum in m_sums, by what fixed point has left out
    WorkingSet m_set;
    std::vector<double> m_sums;     ///< f at each point, padded
    std::vector<double> m_gradient; ///< g, N
    std::vector<double> m_inner;    ///< β, lower, upper of the working set
    std::vector<double> m_innerReal;
    double m_highest = 0.0, m_lowest = 0.0;
    double m_firstGap = 0.0;
    std::size_t m_active = 0;
    std::size_t m_free = 0; ///< variables between their bounds
    std::int64_t m_pairs = 0;
    std::int64_t m_rounds = 0;
};

} // namespace orrery::svm::fast
