// Calibrators against scikit-learn, SciPy and betacal, against their optimality conditions, and against each
// other's invariances.
#include "core/calibration/calibrators.h"
#include "core/calibration/isotonic_blocks.h"
#include "core/isotonic/isotonic_fit.h"
#include "tests/core/calibration/calibration_cases.h"

#include <QtTest>

using namespace orrery;
using namespace orrery::calibration;
using namespace orrery::calibration::testing;

namespace {

std::map<std::string, double> goldenFit(const std::string& method) {
    std::map<std::string, double> parameters;
    for (const auto& row : readGolden("fits.csv"))
        if (row[0] == method) parameters[row[1]] = number(row[2]);
    return parameters;
}

/// Platt's objective at (a, b) of z.
double plattLoss(const ScoredSample& sample, const std::vector<double>& z, double a, double b) {
    double up = 0.0, down = 0.0, loss = 0.0;
    for (std::size_t i = 0; i < sample.rows(); ++i)
        (sample.labels[i] ? up : down) += sample.weight(i);
    for (std::size_t i = 0; i < sample.rows(); ++i) {
        const double target = sample.labels[i] ? (up + 1.0) / (up + 2.0) : 1.0 / (down + 2.0);
        const double at = a * z[i] + b;
        loss += sample.weight(i) * (std::max(at, 0.0) + std::log1p(std::exp(-std::abs(at))) - target * at);
    }
    return loss;
}

/// A pattern search that knows nothing of gradients: the step shrinks when no neighbour is better.
std::pair<double, double> plattByBruteForce(const ScoredSample& sample, const std::vector<double>& z) {
    double a = 0.0, b = 0.0, step = 1.0, best = plattLoss(sample, z, a, b);
    while (step > 1e-8) {
        bool found = false;
        for (const auto& [da, db] :
             {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {-1, -1}, {1, -1}, {-1, 1}}) {
            const double loss = plattLoss(sample, z, a + da * step, b + db * step);
            if (loss >= best) continue;
            best = loss;
            a += da * step;
            b += db * step;
            found = true;
            break;
        }
        if (!found) step /= 2.0;
    }
    return {a, b};
}

/// Gradient of the mean log loss of a beta map: (a, b, c).
std::array<double, 3> betaGradient(const ScoredSample& sample, const BetaMap& map) {
    std::array<double, 3> gradient{};
    double weight = 0.0;
    for (std::size_t i = 0; i < sample.rows(); ++i) {
        const double s = std::clamp(sample.scores[i], kLogOddsClip, 1.0 - kLogOddsClip);
        const double p = sigmoid(map.a * std::log(s) - map.b * std::log1p(-s) + map.c);
        const double residual = sample.weight(i) * (p - sample.labels[i]);
        gradient[0] += residual * std::log(s);
        gradient[1] -= residual * std::log1p(-s);
        gradient[2] += residual;
        weight += sample.weight(i);
    }
    for (double& g : gradient)
        g /= weight;
    return gradient;
}

} // namespace

class TestCalibrators : public QObject {
    Q_OBJECT
  private slots:
    void plattEqualsPeers() {
        const auto sample = goldenSample("margin");
        const PlattMap map = *fitPlatt(*sample);
        const auto golden = goldenFit("platt"); // SciPy's root of the gradient
        QVERIFY(map.converged && !map.onLogOdds);
        QVERIFY(std::abs(map.slope - golden.at("slope")) < 1e-11);
        QVERIFY(std::abs(map.intercept - golden.at("intercept")) < 1e-11);
        for (const auto& row : readGolden("calibrated_classifier.csv")) // its optimiser stops earlier
            QVERIFY(std::abs(probability(map, number(row[0])) - number(row[1])) < 1e-5);
    }
    void isotonicEqualsScikitLearn() {
        const IsotonicMap map = fitIsotonic(rank(*goldenSample("margin")));
        for (const auto& row : readGolden("calibrated_classifier.csv"))
            QVERIFY2(std::abs(probability(map, number(row[0])) - number(row[2])) < 1e-12, row[0].c_str());
    }
    // Pooling for diagrams knows entries without weight and keeps its memory over the replicates of a
    // bootstrap; the calibrator pools by the fast fit of core/isotonic. One algorithm.
    void pooledEventsAreTheFastFit() {
        for (std::uint64_t seed = 1; seed <= 40; ++seed)
            for (const int levels : {0, 2, 25}) {
                const RankedSample sample = rank(*randomSample({300, seed, 2.0, 0.3, levels, seed % 2 == 0}));
                const IsotonicMap map = fitIsotonic(sample);
                std::vector<Block> blocks;
                poolBlocks(sample.events, sample.weight, blocks);
                for (const Block& block : blocks)
                    for (std::size_t i = block.begin; i < block.end; ++i)
                        QVERIFY2(std::abs(probability(map, sample.score[i]) - block.value()) < 1e-12,
                                 qPrintable(QString("seed %1, entry %2").arg(seed).arg(i)));
            }
    }
    void isotonicEqualsTheFastFit() {
        for (std::uint64_t seed = 1; seed <= 40; ++seed)
            for (const int levels : {0, 2, 25}) {
                const auto sample = randomSample({300, seed, 2.0, 0.3, levels, seed % 2 == 0});
                const IsotonicMap map = fitIsotonic(rank(*sample));
                const std::vector<double> outcome(sample->labels.begin(), sample->labels.end());
                const auto fit = isotonic::fitIsotonic(sample->scores, outcome, sample->weights);
                QVERIFY(fit);
                for (std::size_t k = 0; k <= 100; ++k) {
                    const double score = k % 2 == 0 ? 0.01 * static_cast<double>(k) : sample->scores[k];
                    QVERIFY2(std::abs(probability(map, score) - fit->predict(score)) < 1e-12,
                             qPrintable(QString("seed %1, score %2").arg(seed).arg(score)));
                }
            }
    }
    void betaEqualsPeers() {
        const auto sample = goldenSample("score");
        const BetaMap map = *fitBeta(*sample);
        QVERIFY(map.converged);
        const auto exact = goldenFit("beta"),
                   peer = goldenFit("betacal"); // betacal's optimiser stops earlier
        for (const auto& [name, value] : {std::pair{"a", map.a}, {"b", map.b}, {"c", map.c}}) {
            QVERIFY2(std::abs(value - exact.at(name)) < 1e-11, name);
            QVERIFY2(std::abs(value - peer.at(name)) < 1e-3, name);
        }
    }
    void plattEqualsBruteForce() {
        for (const bool weighted : {false, true})
            for (const std::uint64_t seed : {1, 2}) {
                const auto sample = randomSample({60, seed, 2.0, 0.7, 0, weighted});
                const PlattMap map = *fitPlatt(*sample, {.plattInput = PlattInput::Score});
                const auto [a, b] = plattByBruteForce(*sample, sample->scores);
                QVERIFY2(std::abs(map.slope - a) < 1e-5 && std::abs(map.intercept - b) < 1e-5,
                         qPrintable(QString("seed %1").arg(seed)));
            }
    }
    void plattIsFiniteOnSeparableData() {
        const auto sample = sampleOf({0.1, 0.2, 0.3, 0.7, 0.8, 0.9}, {0, 0, 0, 1, 1, 1});
        const PlattMap map = *fitPlatt(*sample, {.plattInput = PlattInput::Score});
        QVERIFY(map.converged);
        const auto [a, b] = plattByBruteForce(*sample, sample->scores);
        QVERIFY(std::abs(map.slope - a) < 1e-5 && std::abs(map.intercept - b) < 1e-5);
    }
    // Targets pull towards 1/2, so on many rows Platt on log-odds undoes a distortion of log-odds almost
    // exactly.
    void plattUndoesADistortionOfLogOdds() {
        const auto sample = randomSample({200'000, 3, 2.0, 0.5}); // z = 2 t + 0.5, so t = z/2 − 0.25
        const PlattMap map = *fitPlatt(*sample);
        QVERIFY(map.onLogOdds && map.converged);
        QVERIFY(std::abs(map.slope - 0.5) < 0.01);
        QVERIFY(std::abs(map.intercept + 0.25) < 0.02);
    }
    void largeSamplesAndThreadsAgreeWithSmall() {
        // Past the size where a thinned sample gives the start; and the same rows four times over.
        const auto part = randomSample({40'000, 4, 1.6, -0.4, 0, true});
        ScoredSample whole = *part;
        for (int copy = 1; copy < 4; ++copy)
            for (std::size_t i = 0; i < part->rows(); ++i) {
                whole.scores.push_back(part->scores[i]);
                whole.labels.push_back(part->labels[i]);
                whole.weights.push_back(part->weights[i]);
            }
        for (double& weight : whole.weights)
            weight /= 4.0;
        const PlattMap few = *fitPlatt(*part), many = *fitPlatt(whole);
        QVERIFY(few.converged && many.converged);
        QVERIFY(std::abs(few.slope - many.slope) < 1e-10 && std::abs(few.intercept - many.intercept) < 1e-10);
        QVERIFY(*fitPlatt(whole, {.threads = 3}) == many);
        const BetaMap beta = *fitBeta(whole);
        QVERIFY(*fitBeta(whole, {.threads = 3}) == beta);
        QVERIFY(std::abs(fitBeta(*part)->a - beta.a) < 1e-9);
    }
    void betaMeetsItsConditions() {
        int onBoundary = 0;
        for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
            for (const double sharpness : {1.5, 0.05, -0.6}) {
                const auto sample = randomSample({80, seed, sharpness, 0.3, 0, seed % 2 == 0});
                const BetaMap map = *fitBeta(*sample);
                const auto gradient = betaGradient(*sample, map);
                const auto message = QString("seed %1 sharpness %2: %3 %4 %5")
                                         .arg(seed)
                                         .arg(sharpness)
                                         .arg(map.a)
                                         .arg(map.b)
                                         .arg(map.c);
                QVERIFY2(map.a >= 0.0 && map.b >= 0.0, qPrintable(message));
                QVERIFY2(std::abs(gradient[2]) < 1e-9, qPrintable(message));
                // Stationary inside, not falling inwards on the boundary.
                QVERIFY2(map.a > 0.0 ? std::abs(gradient[0]) < 1e-9 : gradient[0] > -1e-9,
                         qPrintable(message));
                QVERIFY2(map.b > 0.0 ? std::abs(gradient[1]) < 1e-9 : gradient[1] > -1e-9,
                         qPrintable(message));
                onBoundary += map.a == 0.0 || map.b == 0.0;
            }
        QVERIFY(onBoundary > 5);
    }
    void betaSaysWhenThereIsNoMaximum() {
        const BetaMap map = *fitBeta(*sampleOf({0.1, 0.2, 0.7, 0.8}, {0, 0, 1, 1}));
        QVERIFY(!map.converged);
        QVERIFY(probability(map, 0.1) < 1e-3 && probability(map, 0.8) > 0.999);
        QVERIFY(fitBeta(*sampleOf({0.1, 0.7, 0.2, 0.8}, {0, 0, 1, 1}))->converged);
    }
    void constantScoresGiveThePrevalence() {
        const auto sample = sampleOf({0.3, 0.3, 0.3, 0.3}, {0, 1, 1, 1});
        QVERIFY(std::abs(probability(*fitCalibrator(CalibrationMethod::Isotonic, *sample), 0.9) - 0.75) <
                1e-15);
        const PlattMap platt = *fitPlatt(*sample);
        QCOMPARE(platt.slope, 0.0);
        QVERIFY(std::abs(probability(platt, 0.3) - (3.0 * 0.8 + 1.0 / 3.0) / 4.0) <
                1e-12); // mean of the targets
        const BetaMap beta = *fitBeta(*sample);
        QVERIFY(std::abs(probability(beta, 0.3) - 0.75) < 1e-12);
    }
    void scoresOf0And1AreTaken() {
        const auto sample = sampleOf({0.0, 0.0, 0.4, 0.6, 1.0, 1.0, 1.0}, {0, 1, 0, 1, 1, 1, 0});
        for (const CalibrationMethod method : kCalibrationMethods) {
            const auto map = fitCalibrator(method, *sample);
            QVERIFY(map);
            QVERIFY(hasConverged(*map));
            double before = -1.0;
            for (const double p : probabilities(*map, std::vector<double>{0.0, 0.2, 0.4, 0.5, 0.9, 1.0})) {
                QVERIFY(p >= 0.0 && p <= 1.0 && p >= before);
                before = p;
            }
        }
    }
    void partOfAVectorIsTakenWhole() {
        // Every length around the width of a vector: predictions do not depend on their neighbours.
        const auto sample = goldenSample("score");
        for (const CalibrationMethod method : kCalibrationMethods) {
            const CalibrationMap map = *fitCalibrator(method, *sample);
            const auto all = probabilities(map, sample->scores);
            for (std::size_t size = 0; size < 20; ++size) {
                const auto some = probabilities(map, std::span(sample->scores).first(size));
                QVERIFY(std::equal(some.begin(), some.end(), all.begin()));
            }
            for (std::size_t rows = 4; rows < 30; ++rows) { // sums: a row of weight 0 changes nothing
                ScoredSample few = *randomSample({rows, rows, 1.0, 0.0, 0, true}), padded = few;
                padded.scores.push_back(0.123);
                padded.labels.push_back(1);
                padded.weights.push_back(0.0);
                const double a = probability(*fitCalibrator(method, few), 0.4);
                const double b = probability(*fitCalibrator(method, padded), 0.4);
                QVERIFY2(std::abs(a - b) < 1e-7,
                         qPrintable(QString("%1 rows %2 %3").arg(rows).arg(a).arg(b)));
            }
        }
    }
    void refusesInOneSentence() {
        const auto sample = sampleOf({-1.0, 2.0, 0.5}, {0, 1, 0});
        QCOMPARE(QString::fromStdString(fitCalibrator(CalibrationMethod::Beta, *sample).error().message),
                 "beta calibration needs scores in [0, 1]; Platt scaling and isotonic regression take any");
        QCOMPARE(
            QString::fromStdString(fitPlatt(*sample, {.plattInput = PlattInput::LogOdds}).error().message),
            "log-odds need scores in [0, 1]; Platt scaling can take these scores as they are");
    }
    void idsReadBack() {
        for (const CalibrationMethod method : kCalibrationMethods)
            QVERIFY(calibrationMethodFromId(idOf(method)) == method);
        QVERIFY(!calibrationMethodFromId("temperature"));
    }
};

QTEST_APPLESS_MAIN(TestCalibrators)
#include "tst_calibrators.moc"
