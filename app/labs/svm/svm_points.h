// From a table to points of the plane and rows of the machine: which rows, which features, which scale.
#pragma once

#include "app/lab/lab.h"
#include "app/labs/svm/svm_parameters.h"
#include "widgets/canvas/canvas_points.h"

#include <memory>

namespace orrery {

inline constexpr std::size_t kMostClasses = 6; ///< that colour and shape tell apart

/// From a point (a, b) of the plane to the features of the machine: origin + a u + b v.
struct PlaneMap {
    Eigen::VectorXd origin, u, v; ///< d
};

/// Immutable.
struct SvmPoints {
    std::string name; ///< of the table
    std::string xName, yName, targetName;
    std::shared_ptr<const CanvasPoints> canvas; ///< n: where they are drawn; class as index into `classes`
    std::vector<std::string> classes;           ///< in use or not
    std::vector<std::size_t> tableRows;         ///< n, ascending
    std::size_t rowsInAll = 0;                  ///< before gaps were left out and a sample was drawn
    std::size_t rowsWithGaps = 0;
    svm::PointMatrix x;                         ///< n × d, as the machine gets them
    Eigen::VectorXd y;                          ///< n: regression's target as the machine gets it
    double targetMean = 0.0, targetScale = 1.0; ///< regression: target = mean + scale · y
    PlaneMap map;
    double planeVariance = 1.0; ///< part of the variance of all features that the plane has
    std::size_t opposed = 0;    ///< points at a place that holds points of another class too
    bool projects = false;
    bool standardised = false;

    [[nodiscard]] std::size_t size() const { return canvas->size(); }
    [[nodiscard]] bool isSample() const { return size() + rowsWithGaps < rowsInAll; }
};

/// Whether the lab has a use for the data; any thread.
[[nodiscard]] Expected<void> usableForSvm(const data::Dataset& dataset);
/// Names of the target's classes, sorted; at most kMostClasses + 1 of them. At least one.
[[nodiscard]] std::vector<std::string> classNamesOf(const data::Dataset* dataset);
/// Whether the usual target is one to be classified.
[[nodiscard]] bool hasClasses(const data::Dataset& dataset);

/// The last column of a few classes as the target, where the usual target is a number.
[[nodiscard]] std::optional<RoleProposal> classRoles(const data::Dataset& dataset);

/// Any thread. One sentence when there is nothing to fit.
[[nodiscard]] Expected<std::shared_ptr<const SvmPoints>> svmPointsOf(const data::Dataset& dataset,
                                                                     const SvmKnobs& knobs, quint64 seed);

/// Points that were changed by hand, as a table of two columns and the class.
[[nodiscard]] std::shared_ptr<const data::Dataset> editedDataset(const SvmPoints& from,
                                                                 const CanvasPoints& points, bool classes);

} // namespace orrery
