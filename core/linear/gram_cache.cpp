#include "core/linear/gram_cache.h"

#include "core/linear/huge_pages.h"
#include "core/linear/kernels.h"

#include <algorithm>
#include <cstring>

namespace orrery::linear {

namespace {
constexpr std::size_t kSmallestCapacity = 128;
constexpr std::size_t kColumnsPerTask = 32;
constexpr std::size_t kColumnsPerGroup = 96;
} // namespace

void GramCache::Free::operator()(double* p) const {
    freeHuge(p);
}

void GramCache::reserve(std::size_t size) {
    if (size <= m_stride) return;
    const std::size_t stride = std::max({kSmallestCapacity, size + size / 2, m_stride});
    const std::size_t rounded = (stride + 7) / 8 * 8;
    std::unique_ptr<double[], Free> larger(
        static_cast<double*>(allocateHuge(rounded * rounded * sizeof(double))));
    for (std::size_t j = 0; j < m_order.size(); ++j)
        std::memcpy(larger.get() + j * rounded, m_values.get() + j * m_stride,
                    m_order.size() * sizeof(double));
    m_values = std::move(larger);
    m_stride = rounded;
}

void GramCache::match(const std::vector<int>& working, ParallelRanges& threads) {
    const auto [mine, theirs] = std::mismatch(m_order.begin(), m_order.end(), working.begin(), working.end());
    if (theirs == working.end()) return;
    const auto first = static_cast<std::size_t>(mine - m_order.begin());
    m_order.resize(first);
    reserve(working.size());
    m_order = working;
    m_columns.resize(working.size());
    for (std::size_t j = first; j < working.size(); ++j)
        m_columns[j] = m_design + static_cast<std::size_t>(working[j]) * m_rows;
    computeColumns(first, threads);
}

/// New columns in groups that stay in the second-level cache, each against all columns up to its own end; the
/// other triangle is copied.
void GramCache::computeColumns(std::size_t first, ParallelRanges& threads) {
    const std::size_t size = m_order.size();
    for (std::size_t right = first; right < size; right += kColumnsPerGroup) {
        const std::size_t end = std::min(right + kColumnsPerGroup, size);
        threads.run(end, kColumnsPerTask, [&](std::size_t from, std::size_t to) {
            kernels::GramBlock block;
            block.left = m_columns.data() + from;
            block.leftCount = to - from;
            block.right = m_columns.data() + right;
            block.rightCount = end - right;
            block.rows = m_rows;
            block.scale = 1.0 / static_cast<double>(m_rows);
            block.out = m_values.get() + from + right * m_stride;
            block.stride = m_stride;
            kernels::gramBlock(block);
        });
        for (std::size_t i = 0; i < right; ++i)
            for (std::size_t j = right; j < end; ++j)
                m_values[j + i * m_stride] = m_values[i + j * m_stride];
    }
}

} // namespace orrery::linear
