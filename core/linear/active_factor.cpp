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
constexpr std::size_t kBlock = 32; ///< rows
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

/// Rows of L in blocks at fixed places, so that an entry is summed in one order whichever rows came with it:
/// the products with the columns before the block by tiles, for all new rows at once, the rest one by one.
void ActiveFactor::append(const int* slots, std::size_t count) {
    while (count > 0) {
        const std::size_t done = appendUntilVanishing(slots, count);
        slots += done;
        count -= done;
    }
}

/// Appends up to and with the first slot whose pivot vanishes; that one is left out. Returns how many were
/// dealt with.
std::size_t ActiveFactor::appendUntilVanishing(const int* slots, std::size_t count) {
    const std::size_t old = m_slots.size(), end = old + count;
    reserve(end);
    m_slots.insert(m_slots.end(), slots, slots + count);
    for (std::size_t r = old; r < end; ++r)
        for (std::size_t i = 0; i <= r; ++i)
            row(r)[i] = gram(m_slots[i], m_slots[r]);
    for (std::size_t first = 0; first < end; first += kBlock) {
        const std::size_t begin = std::max(old, first), last = std::min(first + kBlock, end);
        subtractProducts(first, last, begin, end);
        for (std::size_t r = begin; r < end; ++r) {
            double* mine = row(r);
            for (std::size_t i = first; i < std::min(last, r); ++i)
                mine[i] = (mine[i] - kernels::dot(row(i) + first, mine + first, i - first)) / row(i)[i];
            if (r >= last) continue;
            const double diagonal = gram(m_slots[r], m_slots[r]) + m_recipe.ridge;
            const double pivot = diagonal - kernels::dot(mine, mine, r);
            if (pivot > kVanishing * diagonal) {
                mine[r] = std::sqrt(pivot);
            } else {
                m_slots.resize(r);
                return r - old + 1;
            }
        }
    }
    return count;
}

/// row(r)[i] −= Σ_{k<first} L_ik row(r)[k] for i in [first, last) and r in [begin, end).
void ActiveFactor::subtractProducts(std::size_t first, std::size_t last, std::size_t begin, std::size_t end) {
    if (first == 0) return;
    m_left.clear();
    m_right.clear();
    for (std::size_t i = first; i < last; ++i)
        m_left.push_back(row(i));
    for (std::size_t r = begin; r < end; ++r)
        m_right.push_back(row(r));
    m_products.resize(kBlock * m_right.size());
    kernels::gramBlock({.left = m_left.data(),
                        .leftCount = m_left.size(),
                        .right = m_right.data(),
                        .rightCount = m_right.size(),
                        .rows = first,
                        .out = m_products.data(),
                        .stride = kBlock});
    for (std::size_t r = begin; r < end; ++r)
        for (std::size_t i = first; i < std::min(last, r); ++i)
            row(r)[i] -= m_products[i - first + (r - begin) * kBlock];
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
