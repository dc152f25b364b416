// The same machines as LIBSVM's svm-train, and its model files there and back.
#include "core/svm/fast/fast_svm.h"
#include "core/svm/libsvm_model.h"
#include "tests/core/svm/golden_data.h"

#include <QtTest>

using namespace orrery;
using namespace orrery::svm;
using namespace orrery::svm::testing;

namespace {

/// Objective, −b, support vectors and bounded ones, as Golden has them.
struct Found {
    double objective = 0.0, rho = 0.0, vectors = 0.0, bounded = 0.0;
    std::int64_t iterations = 0;
};

ProblemPtr singleProblem(const Golden& golden, const Labelled& points) {
    ProblemOptions options;
    options.kind = golden.kind();
    options.kernel = golden.kernel();
    options.c = golden.given("-c", 1.0);
    options.epsilon = golden.given("-p", 0.1);
    options.nu = golden.given("-n", 0.5);
    const Eigen::VectorXd y = Eigen::Map<const Eigen::VectorXd>(points.labels.data(), points.x.rows());
    return *makeProblem(points.x, y, options);
}

Found trainSingle(const Golden& golden, const Labelled& points, const SmoOptions& smo) {
    const ProblemPtr problem = singleProblem(golden, points);
    SmoSolver solver(problem, smo);
    (void)solve(solver);
    const auto& state = solver.state();
    const SvmModel model = modelOf(*problem, state.alpha, state.gradient);
    return {state.objective, -model.bias, static_cast<double>(model.size()),
            static_cast<double>(state.bounded), state.iteration};
}

std::vector<Found> trainPairs(const Golden& golden, const Labelled& points, const SmoOptions& smo,
                              const PairTrainer& trainer = {}) {
    MulticlassOptions options;
    options.kernel = golden.kernel();
    options.c = golden.given("-c", 1.0);
    options.smo = smo;
    if (golden.options.contains(QLatin1String("-w1")))
        options.classWeights = {{1.0, golden.given("-w1", 1)}, {-1.0, golden.given("-w-1", 1)}};
    Progress progress;
    const auto model = trainMulticlass(points.x, points.labels, options, progress, trainer);
    std::vector<Found> found;
    for (const PairModel& pair : model->pairs)
        found.push_back({pair.objective, -pair.model.bias, static_cast<double>(pair.supportVectors),
                         static_cast<double>(pair.bounded), pair.iterations});
    return found;
}

MulticlassModel trainThree(const Labelled& points) {
    MulticlassOptions options;
    options.kernel = {KernelKind::Rbf, 0.4, 0.0, 3};
    options.c = 3.0;
    Progress progress;
    return *trainMulticlass(points.x, points.labels, options, progress);
}

std::vector<double> numbersOf(const QByteArray& text) {
    std::vector<double> numbers;
    for (const QByteArray& line : text.split('\n'))
        if (!line.isEmpty()) numbers.push_back(line.toDouble());
    return numbers;
}

/// As svm-predict prints: a label, a value, or ±1.
std::vector<double> predictions(const AnyModel& model, const PointMatrix& x) {
    Eigen::VectorXd out;
    if (const auto* classes = std::get_if<MulticlassModel>(&model)) {
        out = classes->predict(x);
    } else {
        const auto& single = std::get<SvmModel>(model);
        out = single.decisions(x);
        if (single.kind == ProblemKind::OneClass)
            out = out.unaryExpr([](double f) { return f > 0.0 ? 1.0 : -1.0; });
    }
    return {out.begin(), out.end()};
}

} // namespace

class TestSvmGolden : public QObject {
    Q_OBJECT
  private slots:
    void trainsAsLibsvm_data() {
        QTest::addColumn<std::size_t>("row");
        const auto machines = goldenMachines();
        QVERIFY(machines.size() > 20);
        for (std::size_t i = 0; i < machines.size(); ++i)
            QTest::addRow("%s %g %zu", qPrintable(machines[i].name), machines[i].tolerance, machines[i].pair)
                << i;
    }
    void trainsAsLibsvm() {
        QFETCH(std::size_t, row);
        const Golden golden = goldenMachines()[row];
        const Labelled points = goldenPoints(golden.data);
        SmoOptions smo;
        smo.tolerance = golden.tolerance;
        smo.shrinking = golden.given("-h", 1) != 0;
        const Found found = golden.kind() == ProblemKind::Classification
                                ? trainPairs(golden, points, smo)[golden.pair]
                                : trainSingle(golden, points, smo);
        // svm-train keeps its matrix and its gradient in numbers that drift: its solution is compared by the
        // objective of its own multipliers, summed in double.
        const double apart = std::abs(found.objective - golden.exactObjective);
        const double bound = 1e-6 * std::abs(golden.exactObjective);
        const auto said = QStringLiteral("objective %1 (%2 apart), rho %3, %4 vectors, %5 bounded, %6 steps")
                              .arg(found.objective, 0, 'f', 6)
                              .arg(apart / std::abs(golden.objective))
                              .arg(found.rho)
                              .arg(found.vectors)
                              .arg(found.bounded)
                              .arg(found.iterations);
        QVERIFY2(apart <= bound, qPrintable(said));
        // b is known to within the gap, and a matrix in float moves it by its rounding times Σ α.
        const double biasBound = std::max({golden.tolerance, 2e-6, 1e-8 * std::abs(golden.objective)});
        QVERIFY2(std::abs(found.rho - golden.rho) <= biasBound, qPrintable(said));
        const double slack =
            golden.tolerance < 1e-5 ? 0.0 : 1.0; // a variable that has just reached 0 or C, or not
        QVERIFY2(std::abs(found.vectors - golden.vectors) <= slack &&
                     std::abs(found.bounded - golden.bounded) <= slack,
                 qPrintable(said));
    }

    // The solver that the benches time, at the same tolerance.
    void trainsFastAsLibsvm_data() { trainsAsLibsvm_data(); }
    void trainsFastAsLibsvm() {
        QFETCH(std::size_t, row);
        const Golden golden = goldenMachines()[row];
        const Labelled points = goldenPoints(golden.data);
        const PairTrainer fast = fastTrainer({.tolerance = golden.tolerance});
        const double objective = golden.kind() == ProblemKind::Classification
                                     ? trainPairs(golden, points, {}, fast)[golden.pair].objective
                                     : fast(singleProblem(golden, points))->objective;
        const double apart = std::abs(objective - golden.exactObjective) / std::abs(golden.exactObjective);
        QVERIFY2(apart <= 1e-6, qPrintable(QStringLiteral("%1, %2 apart").arg(objective).arg(apart)));
    }

    void readsModelsOfSvmTrain_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("data");
        QTest::newRow("rbf") << "rbf"
                             << "two";
        QTest::newRow("poly") << "poly"
                              << "two";
        QTest::newRow("three") << "three"
                               << "three";
        QTest::newRow("svr_rbf") << "svr_rbf"
                                 << "regression";
        QTest::newRow("one_class") << "one_class"
                                   << "two";
    }
    void readsModelsOfSvmTrain() {
        QFETCH(QString, name);
        QFETCH(QString, data);
        const Labelled points = goldenPoints(data);
        const auto model =
            readLibsvmModel(goldenFile(name + QStringLiteral(".model")).toStdString(), "golden");
        QVERIFY2(model, model ? "" : model.error().message.c_str());
        const auto expected = numbersOf(goldenFile(name + QStringLiteral(".predictions")));
        const auto found = predictions(*model, points.x);
        QCOMPARE(found.size(), expected.size());
        for (std::size_t i = 0; i < found.size(); ++i)
            QVERIFY2(std::abs(found[i] - expected[i]) <= 1e-5 * (1.0 + std::abs(expected[i])),
                     qPrintable(QStringLiteral("%1: %2, not %3").arg(i).arg(found[i]).arg(expected[i])));
        // There and back: the same text again, and the same answers bit for bit.
        const std::string text = writeLibsvmModel(*model);
        const auto again = readLibsvmModel(text, "again");
        QVERIFY2(again, again ? "" : again.error().message.c_str());
        QCOMPARE(writeLibsvmModel(*again), text);
        QVERIFY(predictions(*again, points.x) == found);
    }

    void couplesProbabilitiesAsSvmPredict() {
        const auto model =
            readLibsvmModel(goldenFile(QStringLiteral("three_probability.model")).toStdString(), "golden");
        QVERIFY2(model, model ? "" : model.error().message.c_str());
        const auto& classes = std::get<MulticlassModel>(*model);
        const Eigen::MatrixXd found = classes.probabilities(goldenPoints(QStringLiteral("three")).x);
        const QList<QByteArray> lines =
            goldenFile(QStringLiteral("three_probability.predictions")).split('\n');
        QCOMPARE(lines.front(), QByteArray("labels 7 2 4"));
        for (Eigen::Index i = 0; i < found.rows(); ++i) {
            const QList<QByteArray> cells = lines[i + 1].split(' ');
            for (Eigen::Index k = 0; k < 3; ++k) // svm-predict stops its iteration at 0.005 / 3
                QVERIFY(std::abs(found(i, k) - cells[k + 1].toDouble()) < 0.005);
        }
    }

    // svm-predict has read these models, which this program wrote.
    void svmPredictReadsOurModels_data() { readsModelsOfSvmTrain_data(); }
    void svmPredictReadsOurModels() {
        QFETCH(QString, name);
        QFETCH(QString, data);
        const std::string text = goldenFile(name + QStringLiteral(".ours.model")).toStdString();
        const auto model = readLibsvmModel(text, "ours");
        QVERIFY2(model, model ? "" : model.error().message.c_str());
        QCOMPARE(writeLibsvmModel(*model), text);
        const auto expected = numbersOf(goldenFile(name + QStringLiteral(".ours.predictions")));
        const auto found = predictions(*model, goldenPoints(data).x);
        QCOMPARE(found.size(), expected.size());
        for (std::size_t i = 0; i < found.size(); ++i)
            QVERIFY(std::abs(found[i] - expected[i]) <= 1e-5 * (1.0 + std::abs(expected[i])));
    }

    void writesWhatItTrained() {
        const Labelled points = goldenPoints(QStringLiteral("three"));
        MulticlassModel model = trainThree(points);
        model.pairs[0].sigmoid = {-1.5, 0.25};
        model.pairs[1].sigmoid = {-2.0, -0.125};
        model.pairs[2].sigmoid = {-0.5, 0.0};
        const auto again = readLibsvmModel(writeLibsvmModel(model), "again");
        QVERIFY2(again, again ? "" : again.error().message.c_str());
        const auto& read = std::get<MulticlassModel>(*again);
        QCOMPARE(read.labels, (std::vector<double>{7.0, 2.0, 4.0}));
        QVERIFY(read.kernel == model.kernel);
        // Sums run over the vectors in another order.
        QVERIFY((read.decisions(points.x) - model.decisions(points.x)).cwiseAbs().maxCoeff() < 1e-12);
        QVERIFY(read.predict(points.x) == model.predict(points.x));
        for (std::size_t k = 0; k < 3; ++k)
            QVERIFY(read.pairs[k].sigmoid == model.pairs[k].sigmoid);
        QVERIFY((read.probabilities(points.x).rowwise().sum().array() - 1.0).abs().maxCoeff() < 1e-12);
    }

    void threadsChangeNoAnswer() {
        const Labelled points = goldenPoints(QStringLiteral("three"));
        MulticlassOptions options;
        options.threads = 3;
        Progress progress;
        const auto many = trainMulticlass(points.x, points.labels, options, progress);
        options.threads = 1;
        const auto one = trainMulticlass(points.x, points.labels, options, progress);
        QCOMPARE(writeLibsvmModel(*many), writeLibsvmModel(*one));
        QVERIFY(many->predict(points.x, 3) == one->predict(points.x, 1));
        progress.cancel();
        const auto none = trainMulticlass(points.x, points.labels, options, progress);
        QVERIFY(!none && none.error().code == ErrorCode::Cancelled);
    }

    void refusesBrokenModels_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("said");
        const QByteArray head =
            "svm_type c_svc\nkernel_type linear\nnr_class 2\ntotal_sv 1\nrho 0\nlabel 1 -1\nnr_sv 1 0\n";
        QTest::newRow("empty") << QByteArray() << "no line “SV”";
        QTest::newRow("type") << QByteArray("svm_type tree\nkernel_type linear\ntotal_sv 0\nSV\n")
                              << "svm_type “tree”";
        QTest::newRow("kernel") << QByteArray("svm_type c_svc\nkernel_type precomputed\ntotal_sv 0\nSV\n")
                                << "kernel_type “precomputed”";
        QTest::newRow("key") << QByteArray("svm_type c_svc\ncolour blue\nSV\n") << "line 2: “colour”";
        QTest::newRow("few") << head + "SV\n"
                             << "1 support vectors are announced, 0 follow";
        QTest::newRow("many") << head + "SV\n1 1:1\n1 1:2\n"
                              << "line 10: this is not a support vector";
        QTest::newRow("index") << head + "SV\n1 2:1 1:2\n"
                               << "line 9: this is not";
        QTest::newRow("nan") << head + "SV\n1 1:nan\n"
                             << "line 9: this is not";
        QTest::newRow("rho") << QByteArray("svm_type c_svc\nkernel_type linear\nnr_class 3\ntotal_sv 0\nrho "
                                           "1\nlabel 1 2 3\nnr_sv 0 0 0\nSV\n")
                             << "3 values of rho";
        QTest::newRow("counts") << QByteArray(head).replace("nr_sv 1 0", "nr_sv 1 1") + "SV\n"
                                << "nr_sv does not add up";
        QTest::newRow("sparse") << head + "SV\n1 2147483647:1\n"
                                << "too sparse";
    }
    void refusesBrokenModels() {
        QFETCH(QByteArray, text);
        QFETCH(QString, said);
        const auto model = readLibsvmModel(text.toStdString(), "m.model");
        QVERIFY(!model);
        const QString message = QString::fromStdString(model.error().message);
        QVERIFY2(message.contains(said) && message.startsWith(QLatin1String("m.model, line ")),
                 qPrintable(message));
    }
};

QTEST_APPLESS_MAIN(TestSvmGolden)
#include "tst_svm_golden.moc"
