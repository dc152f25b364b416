#include "core/svm/fast/row_cache.h"

#include <algorithm>

namespace orrery::svm::fast {

namespace {
/// Rows whose distance is a multiple of 4 KiB would fall on the same sets of the first-level cache.
template <class Value>
std::size_t strideOf(std::size_t length) {
    return length * sizeof(Value) % 4096 == 0 ? length + 64 / sizeof(Value) : length;
}
template <class Value>
std::size_t capacityOf(std::size_t points, std::size_t stride, std::size_t bytes) {
    return std::min(points, bytes / (stride * sizeof(Value)));
}
} // namespace

template <class Value>
RowCache<Value>::RowCache(std::size_t points, std::size_t length, std::size_t bytes)
    : m_stride(strideOf<Value>(length))
    , m_capacity(capacityOf<Value>(points, m_stride, bytes))
    , m_data(m_capacity * m_stride)
    , m_slotOf(points, -1)
    , m_weight(points, 0) {
    m_pointOf.reserve(m_capacity);
}

template <class Value>
std::int32_t RowCache<Value>::takeSlot() {
    if (m_pointOf.size() < m_capacity) {
        m_pointOf.push_back(-1);
        m_lastUse.push_back(m_call);
        return static_cast<std::int32_t>(m_pointOf.size()) - 1;
    }
    if (m_oldest.empty()) return -1;
    const std::int32_t slot = m_oldest.back();
    m_oldest.pop_back();
    m_slotOf[static_cast<std::size_t>(m_pointOf[static_cast<std::size_t>(slot)])] = -1;
    return slot;
}

template <class Value>
typename RowCache<Value>::Places RowCache<Value>::place(std::span<const std::int32_t> wanted,
                                                        std::span<const std::uint8_t> weights) {
    ++m_call;
    std::size_t absent = 0;
    for (const std::int32_t point : wanted) {
        const std::int32_t slot = m_slotOf[static_cast<std::size_t>(point)];
        if (slot >= 0)
            m_lastUse[static_cast<std::size_t>(slot)] = m_call;
        else
            ++absent;
    }
    listOldest(absent);
    Places places;
    for (std::size_t k = 0; k < wanted.size(); ++k) {
        const auto point = static_cast<std::size_t>(wanted[k]);
        std::int32_t& slot = m_slotOf[point];
        const bool isMissing = slot < 0;
        m_weight[point] =
            static_cast<std::uint8_t>(std::min<int>(m_weight[point] + weights[k], kWeightOfPlace));
        if (isMissing && m_weight[point] == kWeightOfPlace) slot = takeSlot();
        if (isMissing && slot >= 0) {
            m_pointOf[static_cast<std::size_t>(slot)] = wanted[k];
            m_lastUse[static_cast<std::size_t>(slot)] = m_call;
        }
        places.rows.push_back(slot >= 0 ? rowAt(slot) : nullptr);
        places.missing.push_back(isMissing ? 1 : 0);
    }
    return places;
}

template <class Value>
void RowCache<Value>::listOldest(std::size_t absent) {
    m_oldest.clear();
    if (m_pointOf.size() + absent <= m_capacity) return;
    for (std::size_t slot = 0; slot < m_pointOf.size(); ++slot)
        if (m_lastUse[slot] != m_call) m_oldest.push_back(static_cast<std::int32_t>(slot));
    std::stable_sort(m_oldest.begin(), m_oldest.end(), [this](std::int32_t a, std::int32_t b) {
        return m_lastUse[static_cast<std::size_t>(a)] > m_lastUse[static_cast<std::size_t>(b)];
    });
}

template class RowCache<float>;
template class RowCache<std::uint16_t>;

} // namespace orrery::svm::fast
