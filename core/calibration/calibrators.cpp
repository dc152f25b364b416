#include "core/calibration/calibrators.h"

#include "core/calibration/kernels.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace orrery::calibration {

namespace {

struct MethodText {
    CalibrationMethod method;
    std::string_view id;
    std::string_view label;
};

constexpr std::array kTexts = {MethodText{CalibrationMethod::Isotonic, "isotonic", "Isotonic"},
                               MethodText{CalibrationMethod::Platt, "platt", "Platt"},
                               MethodText{CalibrationMethod::Beta, "beta", "Beta"}};

const MethodText& textOf(CalibrationMethod method) {
    return *std::find_if(kTexts.begin(), kTexts.end(),
                         [method](const auto& text) { return text.method == method; });
}

/// First index whose entry is not below `score`; without branches, for scores come in any order.
std::size_t firstNotBelow(const std::vector<double>& ascending, double score) {
    const double* base = ascending.data();
    for (std::size_t size = ascending.size(); size > 1;) {
        const std::size_t half = size / 2;
        base += base[half - 1] < score ? half : 0;
        size -= half;
    }
    return static_cast<std::size_t>(base - ascending.data()) + (*base < score ? 1 : 0);
}

double applied(const IsotonicMap& map, double score) {
    const std::size_t right = firstNotBelow(map.score, score);
    if (right == map.score.size()) return map.probability.back();
    if (right == 0 || map.score[right] == score) return map.probability[right];
    const double part = (score - map.score[right - 1]) / (map.score[right] - map.score[right - 1]);
    const double low = map.probability[right - 1], high = map.probability[right];
    return std::clamp(low + part * (high - low), low, high);
}

std::vector<double> applied(const IsotonicMap& map, std::span<const double> scores) {
    std::vector<double> out(scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i)
        out[i] = applied(map, scores[i]);
    return out;
}

std::vector<double> applied(const PlattMap& map, std::span<const double> scores) {
    std::vector<double> out(scores.size());
    const double* z = scores.data();
    if (map.onLogOdds) {
        kernels::logOdds(scores.data(), scores.size(), kLogOddsClip, out.data());
        z = out.data();
    }
    kernels::sigmoid(z, scores.size(), map.slope, map.intercept, out.data());
    return out;
}

std::vector<double> applied(const BetaMap& map, std::span<const double> scores) {
    std::vector<double> out(scores.size()), logOther(scores.size());
    kernels::logarithms(scores.data(), scores.size(), kLogOddsClip, out.data(), logOther.data());
    for (std::size_t i = 0; i < scores.size(); ++i)
        out[i] = map.a * out[i] + map.b * logOther[i];
    kernels::sigmoid(out.data(), out.size(), 1.0, map.c, out.data());
    return out;
}

} // namespace

std::string_view idOf(CalibrationMethod method) {
    return textOf(method).id;
}

std::string_view labelOf(CalibrationMethod method) {
    return textOf(method).label;
}

std::optional<CalibrationMethod> calibrationMethodFromId(std::string_view id) {
    for (const MethodText& text : kTexts)
        if (text.id == id) return text.method;
    return std::nullopt;
}

Expected<CalibrationMap> fitCalibrator(CalibrationMethod method, const ScoredSample& sample,
                                       const CalibratorOptions& options) {
    const auto asMap = [](auto map) -> CalibrationMap { return map; };
    switch (method) {
    case CalibrationMethod::Isotonic:
        return CalibrationMap(fitIsotonic(rank(sample, options.threads), options.threads));
    case CalibrationMethod::Platt:
        return fitPlatt(sample, options).map(asMap);
    case CalibrationMethod::Beta:
        return fitBeta(sample, options).map(asMap);
    }
    assert(false);
    return {};
}

bool hasConverged(const CalibrationMap& map) {
    if (const auto* platt = std::get_if<PlattMap>(&map)) return platt->converged;
    if (const auto* beta = std::get_if<BetaMap>(&map)) return beta->converged;
    return true;
}

std::vector<double> probabilities(const CalibrationMap& map, std::span<const double> scores) {
    return std::visit([scores](const auto& kind) { return applied(kind, scores); }, map);
}

double probability(const CalibrationMap& map, double score) {
    return probabilities(map, std::span(&score, 1)).front();
}

} // namespace orrery::calibration
