// The knobs of the isotonic lab: one list for the form, the scenario file and the help page.
#pragma once

#include "core/data/dataset.h"
#include "core/isotonic/block.h"
#include "core/isotonic/isotonic_problem.h"
#include "core/isotonic/shapes.h"
#include "core/support/parameter.h"

#include <QString>
#include <optional>
#include <tuple>

namespace orrery {

/// What the values mean, read once.
struct IsotonicKnobs {
    QString view = QStringLiteral("fitting"); ///< fitting, race, calibration
    std::optional<isotonic::Shape> shape;     ///< none: columns of the loaded table
    std::size_t n = 32;                       ///< points of a shape
    std::string x, y, weight; ///< columns; x “#”: the row number; weight “none”: every row counts 1
    isotonic::IsotonicMethod method = isotonic::IsotonicMethod::Stack;
    isotonic::Direction direction = isotonic::Direction::Increasing;
    isotonic::Loss loss = isotonic::Loss::L2;
    bool bounded = false;
    double yMin = 0.0, yMax = 0.0;
    bool centredSums = true;

    QString cost = QStringLiteral("seconds"); ///< seconds, operations
    std::size_t largest = 100'000;            ///< n of the race

    bool scoresFromColumns = false; ///< else logistic regression on the loaded data
    std::string score, label;
    int folds = 5;
    QString bins = QStringLiteral("corp"); ///< corp, equal-width, equal-count
    int binCount = 10;
    QString band = QStringLiteral("consistency"); ///< consistency, confidence, none
    QString calibrator = QStringLiteral("none");  ///< none, isotonic, platt, beta

    [[nodiscard]] bool calibrates() const { return view == u"calibration"; }
    [[nodiscard]] bool races() const { return view == u"race"; }
    [[nodiscard]] bool isAtRowNumber() const { return x == "#"; }
    [[nodiscard]] bool isWeighted() const { return weight != "none"; }
    /// What the points depend on: equal keys need no second look at the data.
    [[nodiscard]] auto pointsKey() const {
        return std::tuple(calibrates(), shape, shape ? n : 0, x, y, weight, scoresFromColumns, score, label,
                          folds);
    }
    /// What the run depends on.
    [[nodiscard]] auto runKey() const {
        return std::tuple(pointsKey(), method, direction, loss, bounded, bounded ? yMin : 0.0,
                          bounded ? yMax : 0.0);
    }
    [[nodiscard]] auto raceKey() const { return std::tuple(shape, largest); }
    [[nodiscard]] auto reliabilityKey() const { return std::tuple(bins, binCount, band, calibrator, folds); }
};

inline constexpr const char* kRowNumber = "#";
inline constexpr const char* kUnweighted = "none";

/// Choices of columns follow the data; null: none loaded yet.
[[nodiscard]] std::vector<ParameterSpec> isotonicParameterSpecs(const data::Dataset* dataset);
[[nodiscard]] IsotonicKnobs isotonicKnobs(const ParameterValues& values, const data::Dataset* dataset);

} // namespace orrery
