#include "widgets/plot/ticks.h"

#include "widgets/plot/number_format.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace orrery {

namespace {

constexpr double kSlack = 1e-9; ///< a tick on the bound itself counts, whatever the rounding

QString plainText(double value, double step, bool abbreviate) {
    return abbreviate ? abbreviatedNumber(value, step) : fixedNumber(value, decimalsFor(step));
}

Tick decadeTick(int decade, bool plain, bool abbreviate) {
    const double value = std::pow(10.0, decade);
    if (plain) return {value, plainText(value, value, abbreviate), {}};
    QString power = QString::number(std::abs(decade));
    if (decade < 0) power.prepend(kMinus);
    return {value, QStringLiteral("10"), power};
}

std::vector<Tick> decadeTicks(int first, int last, const TickOptions& options) {
    const int stride = std::max(1, (last - first + options.most) / std::max(1, options.most));
    const bool plain = first >= 0 && last <= 4;
    std::vector<Tick> ticks;
    for (int decade = first; decade <= last; ++decade)
        if (((decade % stride) + stride) % stride == 0)
            ticks.push_back(decadeTick(decade, plain, options.abbreviate));
    return ticks;
}

std::vector<Tick> withinDecadeTicks(double lower, double upper, const TickOptions& options) {
    std::vector<Tick> ticks;
    const int first = static_cast<int>(std::floor(std::log10(lower)));
    const int last = static_cast<int>(std::ceil(std::log10(upper)));
    for (int decade = first; decade <= last; ++decade)
        for (const double mantissa : {1.0, 2.0, 5.0}) {
            const double value = mantissa * std::pow(10.0, decade);
            if (value < lower * (1 - kSlack) || value > upper * (1 + kSlack)) continue;
            ticks.push_back({value, plainText(value, value, options.abbreviate), {}});
        }
    return ticks;
}

} // namespace

double tickStep(double lower, double upper, const TickOptions& options) {
    const double span = upper - lower;
    const int most = std::max(2, options.most);
    double magnitude = std::pow(10.0, std::floor(std::log10(span / most)));
    for (;; magnitude *= 10.0)
        for (const double mantissa : {1.0, 2.0, 2.5, 5.0}) {
            const double step = mantissa * magnitude;
            if (options.integers && (step < 1.0 || step != std::round(step))) continue;
            if (std::floor(upper / step + kSlack) - std::ceil(lower / step - kSlack) + 1 <= most) return step;
        }
}

std::vector<Tick> linearTicks(double lower, double upper, const TickOptions& options) {
    if (!(upper > lower) || !std::isfinite(upper - lower)) return {};
    const double step = tickStep(lower, upper, options);
    std::vector<Tick> ticks;
    const double last = std::floor(upper / step + kSlack);
    for (double k = std::ceil(lower / step - kSlack); k <= last; ++k)
        ticks.push_back({k * step, plainText(k * step, step, options.abbreviate), {}});
    return ticks;
}

std::vector<Tick> logTicks(double lower, double upper, const TickOptions& options) {
    if (!(lower > 0.0) || !(upper > lower) || !std::isfinite(upper)) return {};
    const int first = static_cast<int>(std::ceil(std::log10(lower) - kSlack));
    const int last = static_cast<int>(std::floor(std::log10(upper) + kSlack));
    if (last - first >= 2 || options.most < 3) return decadeTicks(first, last, options);
    std::vector<Tick> fine = withinDecadeTicks(lower, upper, options);
    if (fine.size() < 2) return linearTicks(lower, upper, options);
    if (static_cast<int>(fine.size()) > options.most && last > first)
        return decadeTicks(first, last, options);
    return fine;
}

} // namespace orrery
