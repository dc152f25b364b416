#include "app/window/edit_times.h"

#include <algorithm>
#include <cmath>

namespace orrery {

namespace {
constexpr std::size_t kKept = 200;
}

void EditTimes::shown() {
    if (m_begun.empty()) return;
    m_shown.push_back(m_begun.front());
    m_begun.pop_front();
}

void EditTimes::painted() {
    for (const QElapsedTimer& since : m_shown)
        m_seconds.push_back(static_cast<double>(since.nsecsElapsed()) * 1e-9);
    m_shown.clear();
    while (m_seconds.size() > kKept)
        m_seconds.pop_front();
}

void EditTimes::clear() {
    *this = {};
}

double EditTimes::seconds95() const {
    if (m_seconds.empty()) return 0.0;
    std::vector<double> sorted(m_seconds.begin(), m_seconds.end());
    const auto at = static_cast<std::ptrdiff_t>(std::ceil(0.95 * static_cast<double>(sorted.size()))) - 1;
    std::nth_element(sorted.begin(), sorted.begin() + at, sorted.end());
    return sorted[static_cast<std::size_t>(at)];
}

} // namespace orrery
