// The way for a classifier to the calibration view: a method that fits on some rows and scores others. Given
// that, crossFittedScores() makes scores out of sample. A lab whose model already has scores of rows that it
// did not learn from hands over a ScoredSample instead.
//
// To add a classifier: derive from ScoringMethod in its own subject's folder.
#pragma once

#include "core/calibration/scored_sample.h"
#include "core/data/dataset.h"
#include "core/support/progress.h"

#include <Eigen/Core>

namespace orrery::calibration {

/// A data set with a target of two levels.
struct BinaryDesign {
    std::variant<data::DenseMatrix, data::SparseMatrix> x; ///< n × p, in the scale of the data
    std::vector<std::uint8_t> labels;                      ///< n
    std::vector<std::string> names;                        ///< p
    std::string targetName;
    std::string eventName{'1'};
    std::string otherName{'0'};

    [[nodiscard]] Eigen::Index rows() const { return static_cast<Eigen::Index>(labels.size()); }
};

/// `event`: the level or number that is the event; empty: the larger number, or the last level by alphabet.
/// Fails unless exactly two values occur.
[[nodiscard]] Expected<BinaryDesign> binaryDesignOf(const data::Dataset& dataset,
                                                    const std::string& event = {});

[[nodiscard]] BinaryDesign selectRows(const BinaryDesign& design, const std::vector<Eigen::Index>& rows);

class ScoringMethod {
  public:
    virtual ~ScoringMethod() = default;
    [[nodiscard]] virtual std::string name() const = 0; ///< "Logistic regression"
    /// Fits on `training` and scores the rows of `scored`, probabilities or real numbers; called from several
    /// threads at once. The same input gives the same scores.
    [[nodiscard]] virtual Expected<Eigen::VectorXd>
    scores(const BinaryDesign& training, const BinaryDesign& scored, const Progress& progress) const = 0;
};

struct CrossScoreOptions {
    int folds = 5; ///< from 2 to the rows of the rarer class
    std::uint64_t seed = 0;
    int threads = 1; ///< folds at a time; does not change the answer
};

/// Every row scored by a fit that did not see it; folds are stratified. Fails as the method does, and with
/// Cancelled.
[[nodiscard]] Expected<SamplePtr> crossFittedScores(const ScoringMethod& method, const BinaryDesign& design,
                                                    const CrossScoreOptions& options, Progress& progress);

} // namespace orrery::calibration
