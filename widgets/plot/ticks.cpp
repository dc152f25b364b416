#include "widgets/plot/ticks.h"

#include "widgets/plot/number_format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace orrery {

namespace {

constexpr double kSlack = 1e-9; ///< a tick on the bound itself counts, whatever the rounding
constexpr double kSmallestPlain = 1e-5, kLargestPlain = 1e8; ///< beyond these an axis is written with powers

/// One way of writing for the whole axis: nothing stands as 1.0k beside a 500.
struct Unit {
    double size = 1.0;
    QString letter;
};

bool areWhole(const std::vector<double>& values, double unit) {
    return std::all_of(values.begin(), values.end(), [unit](double value) {
        return std::abs(value / unit - std::round(value / unit)) < 1e-6;
    });
}

double largestOf(const std::vector<double>& values) {
    double largest = 0.0;
    for (const double value : values)
        largest = std::max(largest, std::abs(value));
    return largest;
}

Unit unitFor(const std::vector<double>& values) {
    const double largest = largestOf(values) * (1 + kSlack);
    for (const auto& [size, letter] : {std::pair{1e9, "G"}, {1e6, "M"}, {1e3, "k"}}) {
        if (largest < size) continue;
        // Below a hundred thousand the number itself is as short as the letter would make it.
        if (areWhole(values, size) || largest >= 1e5) return {size, QString::fromLatin1(letter)};
        break;
    }
    return {};
}

QString numberText(double value, const Unit& unit, int decimals) {
    if (value == 0.0 && !unit.letter.isEmpty()) return QStringLiteral("0");
    return fixedNumber(value / unit.size, decimals) + unit.letter;
}

QString superscripted(int power) {
    return (power < 0 ? QString(kMinus) : QString()) + QString::number(std::abs(power));
}

/// So small or so large that digits would fill the margin: 2·10 to a power that all ticks share.
std::vector<Tick> scientificTicks(const std::vector<double>& values, double step) {
    const int power = static_cast<int>(std::floor(std::log10(largestOf(values)) + kSlack));
    const double unit = std::pow(10.0, power);
    const int decimals = decimalsFor(std::round(step / unit * 1e6) / 1e6);
    std::vector<Tick> ticks;
    for (const double value : values) {
        const bool zero = std::abs(value) < step / 2;
        ticks.push_back(
            {value, zero ? QStringLiteral("0") : fixedNumber(value / unit, decimals) + QStringLiteral("·10"),
             zero ? QString() : superscripted(power)});
    }
    return ticks;
}

/// `step` is the distance between neighbours, or the least value where they are not evenly spaced.
std::vector<Tick> plainTicks(const std::vector<double>& values, double step, const TickOptions& options) {
    if (values.empty()) return {};
    const double largest = largestOf(values);
    if (largest > 0.0 && (largest < kSmallestPlain || largest >= (options.abbreviate ? 1e12 : kLargestPlain)))
        return scientificTicks(values, step);
    const Unit unit = options.abbreviate ? unitFor(values) : Unit{};
    std::vector<Tick> ticks;
    for (const double value : values)
        ticks.push_back({value, numberText(value, unit, decimalsFor(step / unit.size)), {}});
    return ticks;
}

std::vector<Tick> decadeTicks(int first, int last, const TickOptions& options) {
    const int stride = std::max(1, (last - first + options.most) / std::max(1, options.most));
    const bool plain = first >= 0 && last <= 4;
    std::vector<Tick> ticks;
    for (int decade = first; decade <= last; ++decade) {
        if (((decade % stride) + stride) % stride != 0) continue;
        const double value = std::pow(10.0, decade);
        ticks.push_back(plain ? Tick{value, fixedNumber(value, 0), {}}
                              : Tick{value, QStringLiteral("10"), superscripted(decade)});
    }
    return ticks;
}

std::vector<Tick> withinDecadeTicks(double lower, double upper, const TickOptions& options) {
    std::vector<double> values;
    const int first = static_cast<int>(std::floor(std::log10(lower)));
    const int last = static_cast<int>(std::ceil(std::log10(upper)));
    for (int decade = first; decade <= last; ++decade)
        for (const double mantissa : {1.0, 2.0, 5.0}) {
            const double value = mantissa * std::pow(10.0, decade);
            if (value >= lower * (1 - kSlack) && value <= upper * (1 + kSlack)) values.push_back(value);
        }
    std::vector<Tick> ticks =
        values.empty() ? std::vector<Tick>() : plainTicks(values, values.front(), options);
    const Unit unit = options.abbreviate ? unitFor(values) : Unit{};
    for (Tick& tick : ticks) // each as short as it can be: 0.5, 1, 2
        if (tick.power.isEmpty())
            tick.text = numberText(tick.value, unit, decimalsFor(tick.value / unit.size));
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
    std::vector<double> values;
    const double last = std::floor(upper / step + kSlack);
    for (double k = std::ceil(lower / step - kSlack); k <= last; ++k)
        values.push_back(k * step);
    return plainTicks(values, step, options);
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
