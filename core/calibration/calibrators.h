// Maps from a score to a probability, fitted on scores and labels.
//
//   Isotonic  the non-decreasing function of least weighted squared error; between the scores seen it is
//             linear, beyond them constant. Zadrozny & Elkan, KDD 2002.
//   Platt     p = 1/(1 + e^−(a z + b)), by Newton's method with back-tracking on the targets (N₊ + 1)/(N₊ +
//   2)
//             and 1/(N₋ + 2) instead of 1 and 0, which keeps separable data finite. Platt (1999); Lin, Lin &
//             Weng, "A note on Platt's probabilistic outputs for support vector machines", Machine Learning
//             68 (2007). z is the score, or its log-odds where the score is a probability.
//   Beta      logit p = a ln s − b ln(1 − s) + c, a, b ≥ 0: maximum likelihood; where a coefficient comes out
//             negative it is set to 0 and the rest fitted again. Kull, Silva Filho & Flach, "Beta
//             calibration", AISTATS 2017. Needs probabilities.
//
// Cost: isotonic one sort and one pass; Platt and beta a few passes of one exponential a row.
#pragma once

#include "core/calibration/ranked_sample.h"

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

namespace orrery::calibration {

enum class CalibrationMethod : std::uint8_t { Isotonic, Platt, Beta };
inline constexpr std::array kCalibrationMethods = {CalibrationMethod::Isotonic, CalibrationMethod::Platt,
                                                   CalibrationMethod::Beta};

[[nodiscard]] std::string_view idOf(CalibrationMethod method);    ///< "isotonic", "platt", "beta"
[[nodiscard]] std::string_view labelOf(CalibrationMethod method); ///< "Isotonic", "Platt", "Beta"
[[nodiscard]] std::optional<CalibrationMethod> calibrationMethodFromId(std::string_view id);

/// Probabilities of 0 and 1 enter ln s and ln(1 − s) as this far inside.
inline constexpr double kLogOddsClip = 1e-12;

/// Ends of the blocks of the fit: linear between them.
struct IsotonicMap {
    std::vector<double> score;       ///< ascending
    std::vector<double> probability; ///< non-decreasing

    friend bool operator==(const IsotonicMap&, const IsotonicMap&) = default;
};

struct PlattMap {
    double slope = 1.0;     ///< a
    double intercept = 0.0; ///< b
    bool onLogOdds = false; ///< z = ln(s/(1 − s)), else z = s
    int iterations = 0;
    bool converged = false;

    friend bool operator==(const PlattMap&, const PlattMap&) = default;
};

struct BetaMap {
    double a = 1.0;
    double b = 1.0;
    double c = 0.0;
    int iterations = 0;
    bool converged = false; ///< false where the classes are separable: the likelihood has no maximum

    friend bool operator==(const BetaMap&, const BetaMap&) = default;
};

using CalibrationMap = std::variant<IsotonicMap, PlattMap, BetaMap>;

enum class PlattInput : std::uint8_t { Automatic, Score, LogOdds }; ///< automatic: log-odds of probabilities

struct CalibratorOptions {
    PlattInput plattInput = PlattInput::Automatic;
    int threads = 1; ///< does not change the answer
};

/// Fails where the method or its input needs probabilities and the scores are not.
[[nodiscard]] Expected<CalibrationMap> fitCalibrator(CalibrationMethod method, const ScoredSample& sample,
                                                     const CalibratorOptions& options = {});

[[nodiscard]] IsotonicMap fitIsotonic(const RankedSample& sample, int threads = 1);
[[nodiscard]] Expected<PlattMap> fitPlatt(const ScoredSample& sample, const CalibratorOptions& options = {});
[[nodiscard]] Expected<BetaMap> fitBeta(const ScoredSample& sample, const CalibratorOptions& options = {});

/// Isotonic always has; Platt and beta say so themselves.
[[nodiscard]] bool hasConverged(const CalibrationMap& map);

[[nodiscard]] double probability(const CalibrationMap& map, double score);
[[nodiscard]] std::vector<double> probabilities(const CalibrationMap& map, std::span<const double> scores);

} // namespace orrery::calibration
