// Cross-validated error and the number of support vectors over a grid of C and γ: what the heat map shows.
//
// Every cell uses the same folds, dealt by class. Within a fold and a γ, the next larger C starts where the
// last one ended (α carries over: its box only grew), so a column costs little more than its hardest cell.
// Of several classes a cell has one machine a pair of them, and its error is that of their votes.
#pragma once

#include "core/support/progress.h"
#include "core/svm/smo_solver.h"

#include <functional>

namespace orrery::svm {

struct GridOptions {
    std::vector<double> cs;     ///< ascending, > 0
    std::vector<double> gammas; ///< > 0; one value, not used, for the linear kernel
    int folds = 5;
    std::uint64_t seed = 0;
    int threads = 1; ///< columns at a time; does not change the answer
    SmoOptions smo;
};

struct GridCell {
    double error =
        0.0; ///< part of points classified wrongly out of sample; mean squared error for regression
    double supportVectors = 0.0; ///< mean over folds, as a part of the points trained on
    bool done = false;
    bool converged = true;

    friend bool operator==(const GridCell&, const GridCell&) = default;
};

struct ParameterGrid {
    std::vector<double> cs;
    std::vector<double> gammas;
    std::vector<GridCell> cells; ///< cs × gammas: cell (c, g) at g · cs.size() + c
    std::size_t cellsDone = 0;

    [[nodiscard]] const GridCell& at(std::size_t c, std::size_t g) const { return cells[g * cs.size() + c]; }
    /// The done cell with the least error; of equal ones the smallest C, then the smallest γ.
    [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> best() const;

    friend bool operator==(const ParameterGrid&, const ParameterGrid&) = default;
};

/// Points of several classes, for one machine a pair of classes.
struct ClassedPoints {
    PointMatrix x;                    ///< n × d
    std::vector<std::uint8_t> labels; ///< n: 0, 1, … without a gap
    Eigen::VectorXd upper;            ///< n: C of each, of which the ratios count
    Kernel kernel;                    ///< its γ does not count
};

/// Called after each column, one call at a time, from whichever thread did it.
using GridUpdate = std::function<void(const ParameterGrid&)>;

/// Classification and regression. C and γ of `problem` itself are not used; its ratios of C are. Fails on a
/// grid or folds that the points do not allow, and with Cancelled.
[[nodiscard]] Expected<ParameterGrid> searchGrid(const SvmProblem& problem, const GridOptions& options,
                                                 Progress& progress, const GridUpdate& onColumn = {});
/// The same for several classes. `supportVectors` counts a point once.
[[nodiscard]] Expected<ParameterGrid> searchGrid(const ClassedPoints& points, const GridOptions& options,
                                                 Progress& progress, const GridUpdate& onColumn = {});

/// Powers of `base` from base^low to base^high.
[[nodiscard]] std::vector<double> powers(double base, int low, int high);

} // namespace orrery::svm
