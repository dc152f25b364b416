#include "core/svm/fast/working_set.h"

#include <algorithm>
#include <numeric>

namespace orrery::svm::fast {

namespace {

constexpr std::size_t kKeptNumerator = 3; ///< of a set at most 3/4 stay
constexpr std::size_t kKeptDenominator = 4;
constexpr std::size_t kLine = 16; ///< floats of a cache line; sizes are whole multiples of it

std::size_t wholePanels(std::size_t size) {
    return (size + kPanel - 1) / kPanel * kPanel;
}

/// The first `count` by `order`, sorted; the rest is cut off.
template <class Order>
void keepFirst(std::vector<std::int32_t>& list, std::size_t count, const Order& order) {
    if (list.size() > count) {
        std::nth_element(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(count), list.end(), order);
        list.resize(count);
    }
    std::sort(list.begin(), list.end(), order);
}

} // namespace

WorkingSet::WorkingSet(std::size_t variables, std::size_t largest)
    : m_members(wholePanels(std::min(variables, largest)), -1)
    , m_since(m_members.size(), 0)
    , m_isMember(variables, 0)
    , m_gram(std::make_unique<isotonic::HugeArray<float>>(m_members.size() * m_members.size())) {
    std::fill_n(m_gram->data(), m_members.size() * m_members.size(), 0.0F);
    for (std::size_t place = m_members.size(); place-- > 0;)
        m_vacant.push_back(static_cast<std::int32_t>(place));
}

void WorkingSet::dropMembers(const BoxDual& dual) {
    std::vector<std::int32_t> staying;
    for (std::size_t place = 0; place < m_members.size(); ++place)
        if (m_members[place] >= 0 && dual.isFree(static_cast<std::size_t>(m_members[place])))
            staying.push_back(static_cast<std::int32_t>(place));
    const std::size_t most = m_members.size() * kKeptNumerator / kKeptDenominator;
    keepFirst(staying, most, [this](std::int32_t a, std::int32_t b) {
        const auto since = [this](std::int32_t place) { return m_since[static_cast<std::size_t>(place)]; };
        return since(a) != since(b) ? since(a) > since(b) : a < b;
    });
    std::vector<std::uint8_t> stays(m_members.size(), 0);
    for (const std::int32_t place : staying)
        stays[static_cast<std::size_t>(place)] = 1;
    m_vacant.clear();
    for (std::size_t place = m_members.size(); place-- > 0;) {
        if (stays[place]) continue;
        if (m_members[place] >= 0) m_isMember[static_cast<std::size_t>(m_members[place])] = 0;
        m_members[place] = -1;
        m_vacant.push_back(static_cast<std::int32_t>(place));
    }
}

void WorkingSet::admit(std::int32_t variable) {
    auto& isMember = m_isMember[static_cast<std::size_t>(variable)];
    if (isMember || m_vacant.empty()) return;
    const std::int32_t place = m_vacant.back();
    m_vacant.pop_back();
    isMember = 1;
    m_members[static_cast<std::size_t>(place)] = variable;
    m_since[static_cast<std::size_t>(place)] = m_round;
    m_fresh.push_back(place);
}

void WorkingSet::select(const BoxDual& dual, std::span<const double> gradient, double highest,
                        double lowest) {
    ++m_round;
    m_fresh.clear();
    dropMembers(dual);
    m_rising.clear();
    m_falling.clear();
    for (std::size_t t = 0; t < dual.size(); ++t) {
        if (m_isMember[t]) continue;
        if (gradient[t] > lowest && dual.canRise(t)) m_rising.push_back(static_cast<std::int32_t>(t));
        if (gradient[t] < highest && dual.canFall(t)) m_falling.push_back(static_cast<std::int32_t>(t));
    }
    const auto g = [&](std::int32_t t) { return gradient[static_cast<std::size_t>(t)]; };
    const std::size_t room = m_vacant.size();
    keepFirst(m_rising, room,
              [&](std::int32_t a, std::int32_t b) { return g(a) != g(b) ? g(a) > g(b) : a < b; });
    keepFirst(m_falling, room,
              [&](std::int32_t a, std::int32_t b) { return g(a) != g(b) ? g(a) < g(b) : a < b; });
    // In turns, so that each side gets its half, or what the other leaves.
    for (std::size_t k = 0; k < room; ++k) {
        if (k < m_rising.size()) admit(m_rising[k]);
        if (k < m_falling.size()) admit(m_falling[k]);
    }
}

void WorkingSet::fillGram(const BoxDual& dual, const KernelBlocks& blocks) {
    const std::size_t size = m_members.size();
    std::vector<std::int32_t> points(size), freshPoints;
    for (std::size_t place = 0; place < size; ++place) // a vacant place: any point, it is never chosen
        points[place] = m_members[place] >= 0 ? dual.point[static_cast<std::size_t>(m_members[place])] : 0;
    std::vector<float*> rows;
    for (const std::int32_t place : m_fresh) {
        freshPoints.push_back(points[static_cast<std::size_t>(place)]);
        rows.push_back(m_gram->data() + static_cast<std::size_t>(place) * size);
    }
    const KernelBlocks among = blocks.subset(points);
    among.values(blocks.rows(freshPoints), rows.data(), 0, size);
    copyFreshColumns();
}

// The rows of new members are their columns too. A line of a new row at a time goes to as many old rows.
void WorkingSet::copyFreshColumns() {
    const std::size_t size = m_members.size();
    std::vector<std::uint8_t> isFresh(size, 0);
    for (const std::int32_t place : m_fresh)
        isFresh[static_cast<std::size_t>(place)] = 1;
    float* const gram = m_gram->data();
    for (std::size_t first = 0; first < size; first += kLine)
        for (const std::int32_t fresh : m_fresh) {
            const auto place = static_cast<std::size_t>(fresh);
            const float* const from = gram + place * size;
            for (std::size_t k = first; k < first + kLine; ++k)
                if (!isFresh[k]) gram[k * size + place] = from[k]; // else its whole row is new
        }
}

} // namespace orrery::svm::fast
