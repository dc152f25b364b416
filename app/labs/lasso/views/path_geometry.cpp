#include "app/labs/lasso/views/path_geometry.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace orrery::lasso {

namespace {

/// λ for a log axis.
std::vector<double> positiveLambdas(const PathData& data) {
    std::vector<double> lambdas = data.lambdas;
    for (std::size_t k = 0; k < lambdas.size(); ++k)
        if (!(lambdas[k] > 0.0))
            lambdas[k] = k >= 2 ? lambdas[k - 1] * lambdas[k - 1] / lambdas[k - 2] : 1e-6;
    return lambdas;
}

double lastKnot(const PathData& data) {
    return std::max(0, std::min(data.computed, static_cast<int>(data.lambdas.size())) - 1);
}

} // namespace

std::vector<double> knotPositions(const PathData& data, PathAxis axis) {
    std::vector<double> positions = axis == PathAxis::Lambda   ? positiveLambdas(data)
                                    : axis == PathAxis::L1Norm ? data.l1norm
                                                               : data.devianceRatio;
    positions.resize(
        std::min<std::size_t>(positions.size(), static_cast<std::size_t>(std::max(0, data.computed))));
    return positions;
}

double indexOf(std::span<const double> sorted, double value) {
    if (sorted.empty()) return 0.0;
    const bool descends = sorted.front() > sorted.back();
    const auto at = descends ? std::lower_bound(sorted.begin(), sorted.end(), value, std::greater<>())
                             : std::lower_bound(sorted.begin(), sorted.end(), value);
    if (at == sorted.begin()) return 0.0;
    if (at == sorted.end()) return static_cast<double>(sorted.size() - 1);
    const double below = *(at - 1), above = *at;
    const double part = above == below ? 0.0 : (value - below) / (above - below);
    return static_cast<double>(at - sorted.begin() - 1) + part;
}

double valueAt(std::span<const double> values, double index) {
    if (values.empty()) return 0.0;
    const double clamped = std::clamp(index, 0.0, static_cast<double>(values.size() - 1));
    const auto low = static_cast<std::size_t>(clamped);
    const std::size_t high = std::min(low + 1, values.size() - 1);
    return values[low] + (values[high] - values[low]) * (clamped - static_cast<double>(low));
}

double knotOf(const PathData& data, double lambda) {
    std::vector<double> logs = positiveLambdas(data);
    for (double& value : logs)
        value = std::log(value);
    if (!(lambda > 0.0)) return lastKnot(data);
    return std::min(lastKnot(data), indexOf(logs, std::log(lambda)));
}

double lambdaAt(const PathData& data, double knot) {
    std::vector<double> logs = positiveLambdas(data);
    for (double& value : logs)
        value = std::log(value);
    return data.lambdas.empty() ? 0.0 : std::exp(valueAt(logs, knot));
}

double coefficientAt(const PathColumn& column, double knot) {
    const auto atKnot = [&](int k) {
        const auto found = std::lower_bound(column.knots.begin(), column.knots.end(), k);
        if (found == column.knots.end() || *found != k) return 0.0;
        return column.values[static_cast<std::size_t>(found - column.knots.begin())];
    };
    const int low = static_cast<int>(std::floor(knot));
    const double part = knot - low;
    return part > 0.0 ? atKnot(low) * (1 - part) + atKnot(low + 1) * part : atKnot(low);
}

DrawnColumn drawnColumn(const PathColumn& column, std::span<const double> positions) {
    DrawnColumn drawn;
    const int count = static_cast<int>(positions.size());
    const auto add = [&](int knot, double value) {
        drawn.x.push_back(positions[static_cast<std::size_t>(knot)]);
        drawn.y.push_back(value);
    };
    for (std::size_t i = 0; i < column.knots.size() && column.knots[i] < count; ++i) {
        const int knot = column.knots[i];
        const bool enters = i == 0 || column.knots[i - 1] != knot - 1;
        if (enters && i > 0) {
            drawn.x.push_back(std::numeric_limits<double>::quiet_NaN());
            drawn.y.push_back(std::numeric_limits<double>::quiet_NaN());
        }
        if (enters && knot > 0) add(knot - 1, 0.0);
        add(knot, column.values[i]);
        const bool leaves = i + 1 == column.knots.size() || column.knots[i + 1] != knot + 1;
        if (leaves && knot + 1 < count) add(knot + 1, 0.0);
    }
    return drawn;
}

} // namespace orrery::lasso
