#include "core/calibration/binary_target.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace orrery::calibration {

namespace {

std::string levelText(double value, const std::vector<std::string>& levels) {
    return levels.empty() ? fmt::format("{}", value) : levels[static_cast<std::size_t>(value)];
}

/// The first three distinct values.
std::vector<double> distinctValues(std::span<const double> values) {
    std::vector<double> found;
    for (const double value : values) {
        if (std::find(found.begin(), found.end(), value) != found.end()) continue;
        found.push_back(value);
        if (found.size() == 3) break;
    }
    return found;
}

bool names(const std::string& event, double value, const std::vector<std::string>& levels) {
    if (event == levelText(value, levels)) return true;
    if (!levels.empty()) return false;
    double number = 0.0; // "1.0" names 1
    const auto [end, fault] = std::from_chars(event.data(), event.data() + event.size(), number);
    return fault == std::errc() && end == event.data() + event.size() && number == value;
}

} // namespace

Expected<BinaryTarget> binaryTarget(std::span<const double> values, const std::vector<std::string>& levels,
                                    const std::string& column, const std::string& event) {
    if (values.empty()) return fail(fmt::format("column “{}” has no rows", column));
    std::vector<double> found = distinctValues(values);
    const auto text = [&](double value) { return levelText(value, levels); };
    if (found.size() == 1)
        return fail(fmt::format("column “{}” is {} in every row, but a calibration needs two classes", column,
                                text(found[0])));
    if (found.size() > 2)
        return fail(
            fmt::format("column “{}” has more than two values ({}, {}, {}, …), but a calibration needs two",
                        column, text(found[0]), text(found[1]), text(found[2])));
    // found[1] becomes the event.
    const bool swapped = levels.empty() ? found[1] < found[0] : text(found[1]) < text(found[0]);
    if (event.empty() ? swapped : names(event, found[0], levels)) std::swap(found[0], found[1]);
    if (!event.empty() && !names(event, found[1], levels))
        return fail(fmt::format("column “{}” has no value {}, only {} and {}", column, event, text(found[0]),
                                text(found[1])),
                    ErrorCode::NotFound);
    BinaryTarget target{std::vector<std::uint8_t>(values.size()), text(found[1]), text(found[0])};
    for (std::size_t i = 0; i < values.size(); ++i)
        target.labels[i] = values[i] == found[1];
    return target;
}

} // namespace orrery::calibration
