// Samples that the calibration tests share, and the golden files (tests/data/calibration/make_golden.py).
#pragma once

#include "core/calibration/scored_sample.h"
#include "core/support/rng.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

namespace orrery::calibration::testing {

/// Cells of a golden file, without the line of versions and the header.
inline std::vector<std::vector<std::string>> readGolden(const std::string& name) {
    std::ifstream file(ORRERY_TEST_DATA "/calibration/" + name);
    std::vector<std::vector<std::string>> rows;
    int line = 0;
    for (std::string text; std::getline(file, text);) {
        if (++line <= 2) continue;
        std::stringstream cells(text);
        rows.emplace_back();
        for (std::string cell; std::getline(cells, cell, ',');)
            rows.back().push_back(cell);
    }
    return rows;
}

inline double number(const std::string& cell) {
    return std::stod(cell);
}

/// Columns of scores.csv: "score", "tied" or "margin".
inline SamplePtr goldenSample(const std::string& scores, bool weighted = false) {
    const std::size_t column = scores == "score" ? 0 : scores == "tied" ? 1 : 2;
    ScoredSample sample;
    for (const auto& row : readGolden("scores.csv")) {
        sample.scores.push_back(number(row[column]));
        if (weighted) sample.weights.push_back(number(row[3]));
        sample.labels.push_back(row[4] == "1");
    }
    return *makeScoredSample(std::move(sample));
}

inline double sigmoid(double z) {
    return 1.0 / (1.0 + std::exp(-z));
}

struct RandomCase {
    std::size_t rows = 100;
    std::uint64_t seed = 0;
    double sharpness = 1.0; ///< log-odds of the score over those of the truth
    double shift = 0.0;
    int levels = 0; ///< distinct scores; 0: no ties
    bool weighted = false;
};

/// Labels from a true probability, scores that distort it. Both classes occur.
inline SamplePtr randomSample(const RandomCase& wanted) {
    Rng rng(wanted.seed, 17);
    ScoredSample sample;
    for (std::size_t i = 0; i < wanted.rows; ++i) {
        const double truth = rng.normal(0.0, 1.5);
        double score = sigmoid(wanted.sharpness * truth + wanted.shift);
        if (wanted.levels > 1) score = std::round(score * (wanted.levels - 1)) / (wanted.levels - 1);
        sample.scores.push_back(score);
        sample.labels.push_back(i < 2 ? i == 0 : rng.uniform() < sigmoid(truth));
        if (wanted.weighted) sample.weights.push_back(rng.uniform(0.1, 3.0));
    }
    return *makeScoredSample(std::move(sample));
}

inline SamplePtr sampleOf(std::vector<double> scores, std::vector<std::uint8_t> labels,
                          std::vector<double> weights = {}) {
    ScoredSample sample;
    sample.scores = std::move(scores);
    sample.labels = std::move(labels);
    sample.weights = std::move(weights);
    return *makeScoredSample(std::move(sample));
}

} // namespace orrery::calibration::testing
