#include "core/svm/fast/dual_solver.h"

#include "core/svm/fast/active_set.h"
#include "core/svm/fast/inner_smo.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace orrery::svm::fast {

namespace {

constexpr double kInnerShare = 0.1; ///< of the gap, that a working set is solved to
constexpr double kFinalShare = 0.5; ///< of the tolerance, likewise at the end
/// Single precision in the inner loop where the tolerance is this much of the largest g, or more.
constexpr double kSingleAbove = 2e-5;
constexpr std::int64_t kPairsPerMember = 100; ///< at most in one round
constexpr std::size_t kPanelsAtOnce = 60;     ///< points whose sums stay in the first-level cache
constexpr std::size_t kNearPanels = 20; ///< points whose part of new rows stays in the second-level cache
constexpr std::uint8_t kWeightOfBounded = 1; ///< for the cache: a row of a bounded variable, of a free one
constexpr std::uint8_t kWeightOfFree = 2;

constexpr std::size_t kLeastSet = 96;
constexpr std::size_t kLargestSet = 1008;  ///< whose kernel matrix is 4 MB
constexpr std::size_t kManyFreeSet = 1680; ///< where sets of that size would take turns correcting each other

constexpr double kFixedVariance = 1.0 / (12.0 * kFixedOne * kFixedOne); ///< of one value in fixed point
constexpr double kDeviations = 6.0;                                     ///< that no sum is off by more than
constexpr double kErrorShare = 0.4;                                     ///< of the gap, that it may be off by
constexpr double kFinalErrorShare = 0.4; ///< of the tolerance, likewise at the end

constexpr double kHeldShare = 0.5; ///< of the variables, from when the others are solved by themselves

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::size_t setSizeOf(std::size_t variables, std::size_t wanted) {
    return wanted > 0 ? wanted : std::clamp(variables / 4, kLeastSet, kLargestSet);
}

} // namespace

/// Points whose β changed, their rows, and by how much.
struct DualSolver::Changes {
    std::vector<std::int32_t> points;
    std::vector<double> amounts;
    std::vector<std::uint8_t> weights; ///< for the cache

    void add(std::int32_t point, double amount) {
        points.push_back(point);
        amounts.push_back(amount);
    }
};

DualSolver::DualSolver(BoxDual dual, const KernelBlocks& blocks, const DualOptions& options)
    : m_dual(std::move(dual))
    , m_blocks(blocks)
    , m_options(options)
    , m_threads(options.threads)
    , m_set(m_dual.size(), setSizeOf(m_dual.size(), options.workingSet))
    , m_sums(blocks.padded(), 0.0)
    , m_gradient(m_dual.size(), 0.0) {
    startSums();
    updateGradient();
}

void DualSolver::startSums() {
    std::fill(m_sums.begin(), m_sums.end(), 0.0);
    m_variance = 0.0;
    Changes changes;
    std::vector<double> beta(m_blocks.points(), 0.0);
    for (std::size_t t = 0; t < m_dual.size(); ++t)
        beta[static_cast<std::size_t>(m_dual.point[t])] += m_dual.beta[t];
    for (std::size_t i = 0; i < beta.size(); ++i)
        if (beta[i] != 0.0) {
            changes.add(static_cast<std::int32_t>(i), beta[i]);
        }
    carry(changes);
}

void DualSolver::carry(const Changes& changes) {
    if (changes.points.empty()) return;
    const KernelBlocks::Rows rows = m_blocks.rows(changes.points);
    m_threads.run(m_blocks.padded() / kPanel, kNearPanels, [&](std::size_t first, std::size_t last) {
        m_blocks.sums(rows, changes.amounts, m_sums.data(), first * kPanel, last * kPanel);
    });
}

// Once a run: what was held too early is found by the rounds that follow.
bool DualSolver::shrinks() const {
    return m_dual.size() >= m_options.shrinkFrom && !m_fixedCache &&
           static_cast<double>(heldVariables(m_dual, m_gradient, m_highest, m_lowest)) >=
               kHeldShare * static_cast<double>(m_dual.size());
}

void DualSolver::solveActiveSet() {
    const ActiveSet active = activeSetOf(m_dual, m_gradient, m_highest, m_lowest);
    const KernelBlocks among = m_blocks.subset(active.points);
    m_cache.reset();
    m_options.shrinkFrom = kNever;
    m_active = active.variables.size();
    DualOptions options = m_options;
    options.mostPairs -= m_pairs;
    DualSolver solver(active.dual, among, options);
    (void)solver.solve(); // what ended it ends the run as well, or the rounds go on
    m_pairs += solver.pairs();
    m_rounds += solver.rounds();
    active.writeBack(solver.dual(), m_dual);
    Changes changes;
    for (std::size_t k = 0; k < active.variables.size(); ++k)
        if (const double amount = solver.dual().beta[k]; amount != 0.0)
            changes.add(m_dual.point[static_cast<std::size_t>(active.variables[k])], amount);
    carry(changes);
    updateGradient();
}

void DualSolver::updateGradient() {
    m_highest = -kInfinity;
    m_lowest = kInfinity;
    m_free = 0;
    for (std::size_t t = 0; t < m_dual.size(); ++t) {
        const double g = m_dual.offset[t] - m_sums[static_cast<std::size_t>(m_dual.point[t])];
        m_gradient[t] = g;
        if (m_dual.isFree(t)) ++m_free;
        if (m_dual.canRise(t)) m_highest = std::max(m_highest, g);
        if (m_dual.canFall(t)) m_lowest = std::min(m_lowest, g);
    }
    if (m_highest == -kInfinity || m_lowest == kInfinity) m_highest = m_lowest = 0.0; // nothing can move
}

void DualSolver::enlargeSet() {
    const std::size_t size = m_set.members().size();
    if (m_options.workingSet == 0 && size < kManyFreeSet && m_free > 2 * size)
        m_set = WorkingSet(m_dual.size(), kManyFreeSet);
}

double DualSolver::innerTolerance() const {
    return std::max(kInnerShare * gap(), kFinalShare * m_options.tolerance);
}

template <class T>
std::int64_t DualSolver::solveInnerIn() {
    const std::span<const std::int32_t> members = m_set.members();
    const std::size_t size = members.size();
    std::vector<T> work(4 * size, T(0));
    for (std::size_t k = 0; k < size; ++k)
        if (members[k] >= 0) work[k] = static_cast<T>(m_gradient[static_cast<std::size_t>(members[k])]);
    InnerBlock<T> block;
    block.size = size;
    block.gram = m_set.gram();
    block.gradient = work.data();
    block.scratch = work.data() + size;
    block.beta = m_inner.data();
    block.lower = m_inner.data() + size;
    block.upper = m_inner.data() + 2 * size;
    block.tolerance = innerTolerance();
    block.mostPairs =
        std::min(m_options.mostPairs - m_pairs, kPairsPerMember * static_cast<std::int64_t>(size));
    return solveInner(block);
}

std::int64_t DualSolver::solveWorkingSet() {
    const std::span<const std::int32_t> members = m_set.members();
    const std::size_t size = members.size();
    m_inner.assign(3 * size, 0.0);
    double largest = 0.0;
    for (std::size_t k = 0; k < size; ++k) {
        if (members[k] < 0) continue;
        const auto t = static_cast<std::size_t>(members[k]);
        m_inner[k] = m_dual.beta[t];
        m_inner[size + k] = m_dual.lower[t];
        m_inner[2 * size + k] = m_dual.upper[t];
        largest = std::max(largest, std::abs(m_gradient[t]));
    }
    const double tolerance = innerTolerance();
    return tolerance > kSingleAbove * largest ? solveInnerIn<float>() : solveInnerIn<double>();
}

DualSolver::Changes DualSolver::takeChanges() {
    const std::span<const std::int32_t> members = m_set.members();
    Changes changes;
    std::size_t freeCount = 0;
    for (std::size_t k = 0; k < members.size(); ++k) {
        if (members[k] < 0) continue;
        double& beta = m_dual.beta[static_cast<std::size_t>(members[k])];
        if (m_inner[k] == beta) continue;
        const std::int32_t point = m_dual.point[static_cast<std::size_t>(members[k])];
        // Regression has two variables a point; they are seldom in one set, so the search is short.
        const auto at = m_dual.size() > m_blocks.points()
                            ? std::find(changes.points.begin(), changes.points.end(), point)
                            : changes.points.end();
        if (at != changes.points.end()) {
            changes.amounts[static_cast<std::size_t>(at - changes.points.begin())] += m_inner[k] - beta;
        } else {
            changes.add(point, m_inner[k] - beta);
            changes.weights.push_back(kWeightOfBounded);
        }
        beta = m_inner[k];
        if (!m_dual.isFree(static_cast<std::size_t>(members[k]))) continue;
        changes.weights.back() = kWeightOfFree;
        ++freeCount;
    }
    // Where most are free, they will come again and again.
    if (4 * freeCount > 3 * changes.points.size()) {
        std::fill(changes.weights.begin(), changes.weights.end(), kWeightOfPlace);
        if (!m_cache && !m_fixedCache && m_blocks.isFixed())
            m_fixedCache.emplace(m_blocks.points(), m_blocks.padded(), m_options.cacheBytes);
    }
    return changes;
}

void DualSolver::addToSums(const Changes& changes) {
    if (m_fixedCache) return addToSumsFrom(*m_fixedCache, changes);
    if (!m_cache) m_cache.emplace(m_blocks.points(), m_blocks.padded(), m_options.cacheBytes);
    addToSumsFrom(*m_cache, changes);
}

/// By how much the gap may be off. Errors of one row are evenly spread over a step of fixed point, those of
/// different rows are independent, and a gap has two ends.
double DualSolver::gapError() const {
    return 2.0 * kDeviations * std::sqrt(m_variance);
}

template <class Value>
void DualSolver::addToSumsFrom(RowCache<Value>& cache, const Changes& changes) {
    const auto places = cache.place(changes.points, changes.weights);
    Changes fresh, homeless; // computed and kept; computed alone
    std::vector<Value*> freshRows;
    std::vector<const Value*> rows;
    std::vector<double> amounts;
    for (std::size_t k = 0; k < changes.points.size(); ++k) {
        if (places.rows[k] && std::is_same_v<Value, std::uint16_t>)
            m_variance += kFixedVariance * changes.amounts[k] * changes.amounts[k];
        if (!places.rows[k]) {
            homeless.add(changes.points[k], changes.amounts[k]);
        } else if (places.missing[k]) {
            fresh.add(changes.points[k], changes.amounts[k]);
            freshRows.push_back(places.rows[k]);
        } else {
            rows.push_back(places.rows[k]);
            amounts.push_back(changes.amounts[k]);
        }
    }
    const KernelBlocks::Rows freshPoints = m_blocks.rows(fresh.points),
                             homelessPoints = m_blocks.rows(homeless.points);
    m_threads.run(m_blocks.padded() / kPanel, kNearPanels, [&](std::size_t begin, std::size_t end) {
        const std::size_t from = begin * kPanel, to = end * kPanel;
        if (!homeless.points.empty())
            m_blocks.sums(homelessPoints, homeless.amounts, m_sums.data(), from, to);
        for (std::size_t first = from; first < to; first += kNearPanels * kPanel) { // while they are near
            const std::size_t last = std::min(first + kNearPanels * kPanel, to);
            if (freshRows.empty()) break;
            m_blocks.values(freshPoints, freshRows.data(), first, last);
            addRows(freshRows.data(), fresh.amounts.data(), freshRows.size(), m_sums.data(), first, last);
        }
        for (std::size_t first = from; first < to; first += kPanelsAtOnce * kPanel)
            addRows(rows.data(), amounts.data(), rows.size(), m_sums.data(), first,
                    std::min(first + kPanelsAtOnce * kPanel, to));
    });
}

void DualSolver::report() {
    if (!m_options.progress || !(gap() > 0.0) || !(m_firstGap > m_options.tolerance)) return;
    const double fraction = std::log(m_firstGap / gap()) / std::log(m_firstGap / m_options.tolerance);
    m_options.progress->setFraction(std::clamp(fraction, m_options.progress->fraction(), 1.0));
}

DualSolver::Ending DualSolver::solve() {
    m_firstGap = gap();
    for (;; ++m_rounds) {
        if (!std::isfinite(gap())) return Ending::NotFinite;
        // While the gap is far above what fixed point leaves out, that does no harm; below, the sums are made
        // anew.
        if (gapError() > std::max(kErrorShare * gap(), kFinalErrorShare * m_options.tolerance)) {
            startSums();
            updateGradient();
        }
        if (gap() > m_options.tolerance && shrinks()) solveActiveSet();
        if (gap() + gapError() <= m_options.tolerance) return Ending::Converged;
        if (m_pairs >= m_options.mostPairs) return Ending::MostPairs;
        if (m_options.progress && m_options.progress->isCancelled()) return Ending::Cancelled;
        enlargeSet();
        m_set.select(m_dual, m_gradient, m_highest, m_lowest);
        m_set.fillGram(m_dual, m_blocks);
        m_pairs += solveWorkingSet();
        const Changes changes = takeChanges();
        if (changes.points.empty()) return Ending::Stuck;
        addToSums(changes);
        updateGradient();
        report();
    }
}

double DualSolver::objective() const {
    double sum = 0.0;
    for (std::size_t t = 0; t < m_dual.size(); ++t)
        if (m_dual.beta[t] != 0.0) // ½ β (f − c) − ½ β c
            sum -= 0.5 * m_dual.beta[t] * (m_gradient[t] + m_dual.offset[t]);
    return sum;
}

double DualSolver::bias() const {
    double sum = 0.0;
    std::size_t count = 0;
    for (std::size_t t = 0; t < m_dual.size(); ++t)
        if (m_dual.isFree(t)) {
            sum += m_gradient[t];
            ++count;
        }
    return count > 0 ? sum / static_cast<double>(count) : 0.5 * (m_highest + m_lowest);
}

} // namespace orrery::svm::fast
