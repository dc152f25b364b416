#include "core/linear/active_factor.h"

#include "core/linear/kernels.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace orrery::linear {

namespace {
/// A pivot below this fraction of its diagonal entry is rounding.
constexpr double kVanishing = 1e-11;
constexpr std::size_t kSmallestCapacity = 64;
} // namespace

void ActiveFactor::setGram(const double* gram, std::size_t stride) {
    m_gram = gram;
    m_gramStride = stride;
}

void ActiveFactor::reset(double ridge) {
    m_recipe = {.ridge = ridge};
    m_slots.clear();
}

void ActiveFactor::follow(const FactorRecipe& recipe) {
    const auto& wanted = recipe.operations;
    const auto& mine = m_recipe.operations;
    if (recipe.ridge != m_recipe.ridge || mine.size() > wanted.size() ||
        !std::equal(mine.begin(), mine.end(), wanted.begin()))
        reset(recipe.ridge);
    std::size_t at = mine.size();
    while (at < wanted.size()) {
        if (wanted[at] < 0) {
            drop(~wanted[at++]);
            continue;
        }
        const auto begin = wanted.begin() + static_cast<std::ptrdiff_t>(at);
        const auto end = std::find_if(begin, wanted.end(), [](int operation) { return operation < 0; });
        append(&*begin, static_cast<std::size_t>(end - begin));
        at += static_cast<std::size_t>(end - begin);
    }
    m_recipe = recipe;
}

void ActiveFactor::reserve(std::size_t size) {
    if (size <= m_stride) return;
    const std::size_t stride = (std::max(kSmallestCapacity, size + size / 2) + 7) / 8 * 8;
    std::vector<double> larger(stride * stride);
    for (std::size_t i = 0; i < m_slots.size(); ++i)
        std::copy_n(row(i), i + 1, larger.data() + i * stride);
    m_rows = std::move(larger);
    m_stride = stride;
}

/// One forward substitution a new row; all of them read each old row while it is in cache.
void ActiveFactor::append(const int* slots, std::size_t count) {
    const std::size_t old = m_slots.size();
    reserve(old + count);
    const auto entry = [&](int i, int j) {
        return m_gram[static_cast<std::size_t>(i) + static_cast<std::size_t>(j) * m_gramStride];
    };
    for (std::size_t r = 0; r < count; ++r)
        for (std::size_t i = 0; i < old; ++i)
            row(old + r)[i] = entry(m_slots[i], slots[r]);
    kernels::forwardRows(m_rows.data(), m_stride, old, count);
    for (std::size_t r = 0; r < count; ++r) {
        const std::size_t at = m_slots.size();
        if (at != old + r) std::copy_n(row(old + r), old, row(at)); // close the gap of a row left out
        double* mine = row(at);
        for (std::size_t i = old; i < at; ++i) {
            const double sum = entry(m_slots[i], slots[r]) - kernels::dot(row(i), mine, i);
            mine[i] = sum / row(i)[i];
        }
        const double diagonal = entry(slots[r], slots[r]) + m_recipe.ridge;
        const double pivot = diagonal - kernels::dot(mine, mine, at);
        if (!(pivot > kVanishing * diagonal)) continue;
        mine[at] = std::sqrt(pivot);
        m_slots.push_back(slots[r]);
    }
}

void ActiveFactor::drop(int slot) {
    const auto found = std::find(m_slots.begin(), m_slots.end(), slot);
    if (found == m_slots.end()) return; // it was left out
    const auto at = static_cast<std::size_t>(found - m_slots.begin());
    m_slots.erase(found);
    m_cosine.clear();
    m_sine.clear();
    for (std::size_t i = at + 1; i <= m_slots.size(); ++i) {
        const double* from = row(i);
        double* to = row(i - 1);
        std::copy_n(from, at, to);
        double carried = from[at];
        for (std::size_t k = 0; k < m_cosine.size(); ++k) {
            const double next = from[at + k + 1];
            to[at + k] = m_cosine[k] * carried + m_sine[k] * next;
            carried = m_cosine[k] * next - m_sine[k] * carried;
        }
        const double radius = std::hypot(carried, from[i]);
        m_cosine.push_back(carried / radius);
        m_sine.push_back(from[i] / radius);
        to[i - 1] = radius;
    }
}

void ActiveFactor::solve(double* b) const {
    const std::size_t size = m_slots.size();
    for (std::size_t i = 0; i < size; ++i)
        b[i] = (b[i] - kernels::dot(row(i), b, i)) / row(i)[i];
    for (std::size_t i = size; i-- > 0;) {
        b[i] /= row(i)[i];
        kernels::addScaled(-b[i], row(i), b, i);
    }
}

} // namespace orrery::linear
