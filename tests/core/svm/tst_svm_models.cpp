// Kernels, what is predicted, probabilities, the kernel matrix, the grid of C and γ, and the published
// variant.
#include "core/svm/as_published.h"
#include "core/svm/kernel_matrix.h"
#include "core/svm/kernel_rows.h"
#include "core/svm/multiclass.h"
#include "core/svm/parameter_grid.h"
#include "core/svm/probability.h"
#include "tests/core/svm/svm_cases.h"

#include <Eigen/Eigenvalues>
#include <QtTest>

using namespace orrery;
using namespace orrery::svm;
using namespace orrery::svm::testing;

class TestSvmModels : public QObject {
    Q_OBJECT
  private slots:
    void kernelsByHand() {
        const std::array x{1.0, 2.0}, z{3.0, -1.0}; // ⟨x, z⟩ = 1, ‖x − z‖² = 13
        QCOMPARE((Kernel{KernelKind::Linear}).value(x, z), 1.0);
        QCOMPARE((Kernel{KernelKind::Polynomial, 2.0, 1.0, 3}).value(x, z), 27.0);
        QCOMPARE((Kernel{KernelKind::Rbf, 0.1}).value(x, z), std::exp(-1.3));
        QCOMPARE((Kernel{KernelKind::Laplacian, 0.1}).value(x, z), std::exp(-0.1 * std::sqrt(13.0)));
        QCOMPARE((Kernel{KernelKind::Sigmoid, 0.5, -1.0}).value(x, z), std::tanh(-0.5));
        QCOMPARE((Kernel{KernelKind::Polynomial, 2.0, 1.0, 3}).formulaWithNumbers(),
                 std::string("(2⟨x, z⟩ + 1)^3"));
        QCOMPARE((Kernel{KernelKind::Sigmoid, 0.5, -1.0}).formulaWithNumbers(),
                 std::string("tanh(0.5⟨x, z⟩ − 1)"));
        for (const KernelKind kind : kKernelKinds)
            QVERIFY(kernelKindFromId(idOf(kind)) == kind);
        QVERIFY(!kernelKindFromId("gaussian"));
    }

    void rowsAgreeWithValues() {
        for (const Kernel& kernel : someKernels())
            for (const Eigen::Index points : {1, 7, 8, 700}) {
                const auto problem = randomProblem(ProblemKind::Regression, 3, points, kernel, 1.0, 3);
                const KernelRows rows(kernel, problem->x);
                Eigen::VectorXd row(rows.stride()), other(rows.stride());
                for (Eigen::Index i = 0; i < points; i += 1 + points / 5) {
                    rows.evaluate(problem->point(i).data(), row.data());
                    for (Eigen::Index j = 0; j < points; ++j) {
                        const double value = kernel.value(problem->point(i), problem->point(j));
                        QVERIFY(std::abs(row[j] - value) <= 1e-13 * (1.0 + std::abs(value)));
                    }
                    const Eigen::Index j = (i * 7 + 3) % points; // symmetric to the last bit
                    rows.evaluate(problem->point(j).data(), other.data());
                    QCOMPARE(other[i], row[j]);
                }
            }
    }

    void predictsManyAsOne() {
        for (const ProblemKind kind : kProblemKinds)
            for (const Kernel& kernel : someKernels()) {
                const auto problem = randomProblem(kind, 8, 60, kernel, 1.0, 3);
                const auto solver = solved(problem);
                const SvmModel model = modelOf(*problem, solver.state().alpha, solver.state().gradient);
                QVERIFY(model.size() > 0);
                const Eigen::VectorXd many = model.decisions(problem->x, 1);
                QVERIFY(many == model.decisions(problem->x, 3));
                for (Eigen::Index i = 0; i < 60; ++i)
                    QVERIFY(std::abs(many[i] - model.decision(problem->point(i))) <
                            1e-9 * (1.0 + std::abs(many[i])));
            }
    }

    // At free support vectors the bias makes the margin exact: y f = 1, or f = y ± ε.
    void theBiasPutsFreeVectorsOnTheMargin() {
        const auto problem = randomProblem(ProblemKind::Classification, 5, 80, someKernels()[3], 2.0);
        const auto solver = solved(problem, 1e-8);
        const SvmModel model = modelOf(*problem, solver.state().alpha, solver.state().gradient);
        int free = 0;
        for (Eigen::Index i = 0; i < 80; ++i) {
            const double alpha = solver.state().alpha[static_cast<std::size_t>(i)];
            const double margin = problem->y[i] * model.decision(problem->point(i));
            if (alpha > 0.0 && alpha < problem->upper[i]) {
                QVERIFY(std::abs(margin - 1.0) < 1e-7);
                ++free;
            } else {
                QVERIFY(alpha > 0.0 ? margin <= 1.0 + 1e-7 : margin >= 1.0 - 1e-7);
            }
        }
        QVERIFY(free > 3);
    }

    void kernelMatrixAndItsEigenvalues() {
        Progress progress;
        const auto rbf = randomProblem(ProblemKind::Classification, 2, 40, someKernels()[3], 1.0);
        const auto matrix = kernelMatrix(*rbf, true, progress);
        QVERIFY(matrix.has_value());
        QCOMPARE(matrix->values.rows(), Eigen::Index{40});
        QVERIFY(std::abs(matrix->eigenvalues.sum() - 40.0) < 1e-9); // the trace
        QVERIFY(!matrix->indefinite);
        QVERIFY(rbf->y[matrix->rows.front()] > 0.0 && rbf->y[matrix->rows.back()] < 0.0);
        for (int k = 0; k + 1 < 40; ++k)
            QVERIFY(matrix->eigenvalues[k] >= matrix->eigenvalues[k + 1]);
        const auto sigmoid =
            randomProblem(ProblemKind::Classification, 2, 40, {KernelKind::Sigmoid, 1.0, -1.0}, 1.0);
        QVERIFY(sigmoid->kernel.canBeIndefinite());
        QVERIFY(kernelMatrix(*sigmoid, true, progress)->indefinite);
        QCOMPARE(kernelMatrix(*rbf, false, progress, 13)->values.cols(), Eigen::Index{13});
        progress.cancel();
        QCOMPARE(kernelMatrix(*rbf, true, progress).error().code, ErrorCode::Cancelled);
    }

    void asPublished() {
        const Kernel rbf{KernelKind::Rbf, 0.5}; // σ = 1
        const Kernel published = publishedKernel(rbf);
        const std::array x{0.0, 0.0}, z{3.0, 4.0};
        QVERIFY(std::abs(published.value(x, z) - std::exp(-5.0 / std::sqrt(2.0))) < 1e-15);
        const auto problem = randomProblem(ProblemKind::Classification, 6, 60, published, 1.0);
        const auto solver = solved(problem, 1e-6);
        const auto& alpha = solver.state().alpha;
        // From the article's own words, point by point.
        double sum = 0.0, count = 0.0;
        for (Eigen::Index k = 0; k < 60; ++k) {
            if (alpha[static_cast<std::size_t>(k)] <= 1e-5) continue;
            double f = 0.0;
            for (Eigen::Index i = 0; i < 60; ++i)
                if (alpha[static_cast<std::size_t>(i)] > 1e-5)
                    f += alpha[static_cast<std::size_t>(i)] * problem->y[i] *
                         published.value(problem->point(i), problem->point(k));
            sum += problem->y[k] - (f > 0.0 ? 1.0 : -1.0);
            ++count;
        }
        const SvmModel model = modelOf(*problem, alpha, solver.state().gradient, BiasRule::AsPublished);
        QVERIFY(std::abs(model.bias - sum / count) < 1e-12);
        QVERIFY(std::abs(model.bias - biasOf(*problem, alpha, solver.state().gradient)) > 1e-4);
        QVERIFY(publishedDifference(rbf).find("exp(−0.707107‖x − z‖)") != std::string::npos);
    }

    void probabilitiesComeFromOutside() {
        const auto problem = randomProblem(ProblemKind::Classification, 12, 120, someKernels()[3], 5.0);
        ProbabilityOptions options;
        Progress progress;
        const auto fit = fitProbabilities(*problem, options, progress);
        QVERIFY2(fit, fit ? "" : fit.error().message.c_str());
        QCOMPARE(fit->decisions->rows(), std::size_t{120});
        const auto& map = std::get<calibration::PlattMap>(fit->platt);
        QVERIFY(map.converged && map.slope > 0.0 && !map.onLogOdds);
        const auto [a, b] = libsvmSigmoid(map);
        QVERIFY(std::abs(1.0 / (1.0 + std::exp(a * 0.7 + b)) - calibration::probability(fit->platt, 0.7)) <
                1e-12);
        QVERIFY(calibration::probability(fit->isotonic, 3.0) >=
                calibration::probability(fit->isotonic, -3.0));
        // One fold again by hand.
        const auto foldOf = *calibration::dealStratifiedFolds(fit->decisions->labels, 5, 0);
        std::vector<Eigen::Index> training;
        for (Eigen::Index i = 0; i < 120; ++i)
            if (foldOf[static_cast<std::size_t>(i)] != 2) training.push_back(i);
        const auto part = std::make_shared<const SvmProblem>(subProblem(*problem, training));
        const auto solver = solved(part);
        const SvmModel model = modelOf(*part, solver.state().alpha, solver.state().gradient);
        for (Eigen::Index i = 0; i < 120; ++i)
            if (foldOf[static_cast<std::size_t>(i)] == 2)
                QVERIFY(std::abs(model.decision(problem->point(i)) -
                                 fit->decisions->scores[static_cast<std::size_t>(i)]) < 1e-9);
        options.threads = 3;
        QVERIFY(fitProbabilities(*problem, options, progress)->decisions->scores == fit->decisions->scores);
        options.folds = 100;
        QVERIFY(!fitProbabilities(*problem, options, progress));
    }

    void gridAgreesWithTrainingEachCell() {
        const auto problem = randomProblem(ProblemKind::Classification, 15, 90, someKernels()[3], 3.0);
        GridOptions options;
        options.cs = powers(10.0, -1, 2);
        options.gammas = powers(10.0, -1, 0);
        options.smo.tolerance = 1e-6;
        options.folds = 3;
        Progress progress;
        int columns = 0;
        const auto grid = searchGrid(*problem, options, progress, [&](const ParameterGrid&) { ++columns; });
        QVERIFY2(grid, grid ? "" : grid.error().message.c_str());
        QCOMPARE(columns, 2);
        QCOMPARE(grid->cellsDone, std::size_t{8});
        std::vector<std::uint8_t> labels;
        for (const double y : problem->y)
            labels.push_back(y > 0.0);
        const auto foldOf = *calibration::dealStratifiedFolds(labels, 3, 0);
        double wrong = 0.0, vectors = 0.0; // of C = 10, γ = 1
        for (int fold = 0; fold < 3; ++fold) {
            std::vector<Eigen::Index> training;
            for (Eigen::Index i = 0; i < 90; ++i)
                if (foldOf[static_cast<std::size_t>(i)] != fold) training.push_back(i);
            SvmProblem part = subProblem(*problem, training);
            part.upper *= 10.0 / problem->upper.maxCoeff();
            part.kernel.gamma = 1.0;
            const auto shared = std::make_shared<const SvmProblem>(part);
            const auto solver = solved(shared, 1e-6);
            const SvmModel model = modelOf(*shared, solver.state().alpha, solver.state().gradient);
            vectors += static_cast<double>(model.size()) / static_cast<double>(training.size()) / 3.0;
            for (Eigen::Index i = 0; i < 90; ++i)
                if (foldOf[static_cast<std::size_t>(i)] == fold)
                    wrong += (model.decision(problem->point(i)) > 0.0) != (problem->y[i] > 0.0);
        }
        QVERIFY(std::abs(grid->at(2, 1).error - wrong / 90.0) < 1e-12);
        QVERIFY(std::abs(grid->at(2, 1).supportVectors - vectors) < 0.02);
        const auto best = *grid->best();
        for (std::size_t c = 0; c < 4; ++c)
            for (std::size_t g = 0; g < 2; ++g)
                QVERIFY(grid->at(best.first, best.second).error <= grid->at(c, g).error);
        options.threads = 2;
        QVERIFY(*searchGrid(*problem, options, progress) == *grid);
        options.cs = {1.0, 0.1};
        QVERIFY(!searchGrid(*problem, options, progress));
        progress.cancel();
        options.cs = {1.0};
        QCOMPARE(searchGrid(*problem, options, progress).error().code, ErrorCode::Cancelled);
    }

    void gridOfSeveralClassesVotes() {
        Rng rng(8);
        ClassedPoints points;
        points.x.resize(90, 2);
        points.upper = Eigen::VectorXd::Ones(90);
        points.kernel = {KernelKind::Rbf};
        std::vector<double> labels;
        for (Eigen::Index i = 0; i < 90; ++i) {
            const auto k = static_cast<std::uint8_t>(i % 3);
            points.labels.push_back(k);
            labels.push_back(k);
            if (k == 0) points.upper[i] = 0.5;
            points.x.row(i) << rng.normal(1.5 * std::cos(2.1 * k), 1.0),
                rng.normal(1.5 * std::sin(2.1 * k), 1.0);
        }
        GridOptions options;
        options.cs = {1.0, 4.0};
        options.gammas = {0.1, 0.5};
        options.folds = 3;
        options.smo.tolerance = 1e-7;
        Progress progress;
        const auto grid = searchGrid(points, options, progress);
        QVERIFY2(grid, grid ? "" : grid.error().message.c_str());
        // One cell again, by the machines that predict.
        const auto foldOf = *calibration::dealStratifiedFolds(points.labels, 3, 0);
        double wrong = 0.0;
        for (int fold = 0; fold < 3; ++fold) {
            std::vector<Eigen::Index> training, held;
            std::vector<double> known;
            for (Eigen::Index i = 0; i < 90; ++i)
                (foldOf[static_cast<std::size_t>(i)] == fold ? held : training).push_back(i);
            for (const Eigen::Index row : training)
                known.push_back(labels[static_cast<std::size_t>(row)]);
            MulticlassOptions machines;
            machines.kernel = {KernelKind::Rbf, 0.5};
            machines.c = 4.0;
            machines.classWeights = {{0.0, 0.5}};
            machines.smo.tolerance = 1e-7;
            const auto model = trainMulticlass(points.x(training, Eigen::all), known, machines, progress);
            const Eigen::VectorXd found = model->predict(points.x(held, Eigen::all));
            for (std::size_t k = 0; k < held.size(); ++k)
                wrong += found[static_cast<Eigen::Index>(k)] != labels[static_cast<std::size_t>(held[k])];
        }
        QVERIFY(wrong > 0.0);
        QVERIFY(std::abs(grid->at(1, 1).error - wrong / 90.0) < 1e-12);
        QVERIFY(grid->at(1, 1).supportVectors > 0.1 && grid->at(1, 1).supportVectors <= 1.0);
        options.threads = 2;
        QVERIFY(*searchGrid(points, options, progress) == *grid);
        options.folds = 31;
        QVERIFY(!searchGrid(points, options, progress));
    }

    void severalClasses() {
        Rng rng(3);
        PointMatrix x(90, 2);
        std::vector<double> labels;
        for (Eigen::Index i = 0; i < 90; ++i) {
            const int k = static_cast<int>(i % 3);
            labels.push_back(std::array{30.0, 10.0, 20.0}[static_cast<std::size_t>(k)]);
            x.row(i) << rng.normal(4.0 * std::cos(2.1 * k), 0.7), rng.normal(4.0 * std::sin(2.1 * k), 0.7);
        }
        MulticlassOptions options;
        options.kernel = {KernelKind::Linear};
        Progress progress;
        const auto model = trainMulticlass(x, labels, options, progress);
        QCOMPARE(model->labels, (std::vector<double>{30.0, 10.0, 20.0})); // as they first appear
        QCOMPARE(model->pairs.size(), std::size_t{3});
        const Eigen::VectorXd predicted = model->predict(x);
        for (Eigen::Index i = 0; i < 90; ++i)
            QCOMPARE(predicted[i], labels[static_cast<std::size_t>(i)]);
        QCOMPARE(model->vote(std::array{1.0, -1.0, 1.0}), 0); // one each: the first
        options.classWeights = {{99.0, 2.0}};
        QVERIFY(!trainMulticlass(x, labels, options, progress));
        options.classWeights = {};
        const std::vector<double> same(90, 1.0);
        const auto single = trainMulticlass(x, same, options, progress);
        QVERIFY(!single && single.error().message.find("every point is of class 1") == 0);
    }

    // Two classes: the coupling is the sigmoid itself. Three: it finds the p that its pairs were made from.
    void couplesProbabilities() {
        MulticlassModel model;
        model.kernel = {KernelKind::Linear};
        model.labels = {1, 2, 3};
        const Eigen::Vector3d p(0.5, 0.3, 0.2);
        for (std::int32_t a = 0; a < 3; ++a)
            for (std::int32_t b = a + 1; b < 3; ++b) {
                PairModel pair;
                pair.first = a;
                pair.second = b;
                pair.model.kernel = model.kernel;
                pair.model.vectors = PointMatrix::Zero(0, 1);
                pair.model.coefficients.resize(0);
                pair.sigmoid = {-1.0, -std::log(p[a] / p[b])}; // f = 0: r = p_a / (p_a + p_b)
                model.pairs.push_back(pair);
            }
        // Pairs that contradict each other, each of them sure: a circle, so all are as likely.
        Eigen::Matrix3d circle;
        circle << 0, 1, 0, 0, 0, 1, 1, 0, 0;
        const Eigen::VectorXd even = coupledProbabilities(circle);
        QVERIFY((even.array() - 1.0 / 3.0).abs().maxCoeff() < 1e-6);
        const Eigen::MatrixXd found = model.probabilities(PointMatrix::Zero(1, 1));
        QVERIFY((found.row(0).transpose() - p).cwiseAbs().maxCoeff() < 1e-12);
    }
};

QTEST_APPLESS_MAIN(TestSvmModels)
#include "tst_svm_models.moc"
