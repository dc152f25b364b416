// Scores of a two-class classifier beside what happened: what every calibration view and metric starts from.
//
// A score is either a probability of the event, in [0, 1], or any real number that grows with it (a margin, a
// log-odds). Metrics that compare a score with a frequency (Brier score, log loss, calibration error) need
// the first kind; ranking (ROC, CORP) and the calibrators take both.
#pragma once

#include "core/data/table.h"
#include "core/support/expected.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace orrery::calibration {

enum class ScoreScale : std::uint8_t {
    Probability, ///< every score in [0, 1]
    Real,        ///< any finite number
};

/// n rows in the order of the data; immutable once made. Both labels occur, every number is finite.
struct ScoredSample {
    std::vector<double> scores;       ///< n
    std::vector<std::uint8_t> labels; ///< n; 1: the event
    std::vector<double> weights;      ///< n, not negative; empty: every row counts 1
    ScoreScale scale = ScoreScale::Probability;
    std::string name;           ///< "Logistic regression on breast_cancer"
    std::string provenance;     ///< one line: file and columns, or the method and how its scores were made
    std::string eventName{'1'}; ///< level that label 1 stands for: "malignant"
    std::string otherName{'0'};

    [[nodiscard]] std::size_t rows() const { return scores.size(); }
    [[nodiscard]] double weight(std::size_t row) const { return weights.empty() ? 1.0 : weights[row]; }
};

using SamplePtr = std::shared_ptr<const ScoredSample>;

/// Checks what ScoredSample promises and finds its scale. Fails on no rows, lengths that differ, a score or
/// weight that is not finite, a negative weight, labels other than 0 and 1, and where only one class has
/// weight.
[[nodiscard]] Expected<SamplePtr> makeScoredSample(ScoredSample sample);

struct ScoreColumns {
    std::string score;
    std::string label;  ///< two levels or two numbers
    std::string weight; ///< empty: every row counts 1
    std::string
        event; ///< level or number that is the event; empty: the larger number, or the last level by alphabet
};

/// From columns of a table. Rows that lack a value in one of them are left out, and counted in the
/// provenance.
[[nodiscard]] Expected<SamplePtr> sampleFromTable(const data::Table& table, const ScoreColumns& columns);

/// The same rows and labels under other scores, all in [0, 1]: what a calibrator makes of a sample.
[[nodiscard]] SamplePtr withProbabilities(const ScoredSample& sample, std::vector<double> probabilities,
                                          std::string name);

} // namespace orrery::calibration
