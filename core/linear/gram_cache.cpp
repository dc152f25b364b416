#include "core/linear/gram_cache.h"

#include "core/linear/huge_pages.h"
#include "core/linear/kernels.h"

#include <algorithm>
#include <cstring>

namespace orrery::linear {

namespace {
constexpr std::size_t kSmallestCapacity = 128;
constexpr std::size_t kColumnsPerTask = 32;
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

void GramCache::computeColumns(std::size_t first, ParallelRanges& threads) {
    const std::size_t size = m_order.size();
    threads.run(size, kColumnsPerTask, [&](std::size_t begin, std::size_t end) {
        kernels::GramBlock block;
        block.left = m_columns.data() + begin;
        block.leftCount = end - begin;
        block.right = m_columns.data() + first;
        block.rightCount = size - first;
        block.rows = m_rows;
        block.scale = 1.0 / static_cast<double>(m_rows);
        block.out = m_values.get() + begin + first * m_stride;
        block.stride = m_stride;
        kernels::gramBlock(block);
    });
    for (std::size_t j = first; j < size; ++j)
        for (std::size_t i = 0; i < first; ++i)
            m_values[j + i * m_stride] = m_values[i + j * m_stride];
}

} // namespace orrery::linear
