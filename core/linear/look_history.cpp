#include "core/linear/look_history.h"

#include "core/linear/kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace orrery::linear {

namespace {
/// ‖e‖ is a rounded sum, and c one of n terms.
constexpr double kSlack = 1.0 + 1e-9;
constexpr double kRounding = 1e-12; ///< of ‖r‖
} // namespace

int LookHistory::add(const std::vector<double>& residual) {
    const double square = kernels::dot(residual.data(), residual.data(), residual.size());
    m_residuals.push_back(std::make_shared<const Residual>(Residual{residual, square}));
    return static_cast<int>(m_residuals.size()) - 1;
}

void LookHistory::forget(const std::vector<char>& isOver, std::size_t most) {
    std::vector<char> needed(m_residuals.size(), 0);
    for (std::size_t j = 0; j < m_lookOf.size(); ++j)
        if (!isOver[j]) needed[static_cast<std::size_t>(m_lookOf[j])] = 1;
    std::size_t room = most;
    for (std::size_t look = m_residuals.size(); look-- > 0;) {
        if (!m_residuals[look]) continue;
        if (needed[look] && room > 0)
            --room;
        else
            m_residuals[look] = nullptr;
    }
}

void LookHistory::reach(const std::vector<double>& residual, std::vector<Reach>& out) const {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    out.assign(m_residuals.size(), {.distance = kInfinity, .largest = kInfinity});
    const double length = std::sqrt(kernels::dot(residual.data(), residual.data(), residual.size()));
    for (std::size_t look = 0; look < m_residuals.size(); ++look) {
        if (!m_residuals[look]) continue;
        const auto& [values, square] = *m_residuals[look];
        const double scale =
            square > 0.0 ? kernels::dot(values.data(), residual.data(), values.size()) / square : 0.0;
        const kernels::Rest rest = kernels::restBeside(scale, values.data(), residual.data(), values.size());
        out[look] = {.scale = std::abs(scale),
                     .length = std::sqrt(square),
                     .distance = std::sqrt(rest.square) * kSlack + kRounding * length,
                     .largest = rest.largest + kRounding * length};
    }
}

std::size_t LookHistory::kept() const {
    return static_cast<std::size_t>(
        std::count_if(m_residuals.begin(), m_residuals.end(), [](const auto& r) { return r != nullptr; }));
}

std::size_t LookHistory::bytes() const {
    return m_lookOf.size() * sizeof(int) + m_residuals.size() * sizeof(m_residuals[0]);
}

bool operator==(const LookHistory& a, const LookHistory& b) {
    return a.m_lookOf == b.m_lookOf &&
           std::equal(a.m_residuals.begin(), a.m_residuals.end(), b.m_residuals.begin(), b.m_residuals.end(),
                      [](const auto& x, const auto& y) { return x == y || (x && y && *x == *y); });
}

} // namespace orrery::linear
