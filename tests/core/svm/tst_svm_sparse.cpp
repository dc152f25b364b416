// Sparse points are the same points: kernels, machines, predictions and model files beside the dense ones.
#include "core/svm/fast/fast_svm.h"
#include "core/svm/kernel_rows.h"
#include "core/svm/libsvm_model.h"
#include "core/svm/probability.h"
#include "tests/core/svm/svm_cases.h"

#include <QtTest>

using namespace orrery;
using namespace orrery::svm;
using namespace orrery::svm::testing;
using Eigen::Index;

namespace {

/// A few features of many; a point without any among them.
PointMatrix fewFeatures(Index points, Index features, std::uint64_t seed) {
    Rng rng(seed, 2);
    PointMatrix x = PointMatrix::Zero(points, features);
    for (Index i = 1; i < points; ++i)
        for (int k = 0; k < 6; ++k)
            x(i, static_cast<Index>(rng.below(static_cast<std::uint64_t>(features)))) = rng.normal(0.3, 0.8);
    return x;
}

/// The same machine of both kinds of points.
struct Twins {
    ProblemPtr dense, sparse;
    PointMatrix x;

    Twins(ProblemKind kind, const Kernel& kernel, Index points, std::uint64_t seed) {
        x = fewFeatures(points, 80, seed);
        Eigen::VectorXd y(points);
        Rng rng(seed, 3);
        for (Index i = 0; i < points; ++i) {
            const double value = x.row(i).sum() + rng.normal(0.0, 0.5);
            y[i] = kind == ProblemKind::Regression ? value : value > 0.8 ? 1.0 : -1.0;
        }
        y[0] = -1.0;
        y[1] = 1.0;
        ProblemOptions options;
        options.kind = kind;
        options.kernel = kernel;
        options.c = 2.0;
        options.nu = 0.3;
        dense = *makeProblem(x, y, options);
        sparse = *makeProblem(SparseRows(x.sparseView()), y, options);
    }
};

} // namespace

class TestSvmSparse : public QObject {
    Q_OBJECT
  private slots:
    void kernelsAreTheSame() {
        for (const Kernel& kernel : someKernels()) {
            const Twins twins(ProblemKind::Classification, kernel, 130, 4);
            QVERIFY(twins.sparse->isSparse() && !twins.dense->isSparse());
            QCOMPARE(twins.sparse->points(), Index{130});
            QCOMPARE(twins.sparse->dimensions(), Index{80});
            const KernelRows rows(*twins.sparse);
            const SparseColumns columns(twins.sparse->sparse);
            Eigen::VectorXd row(rows.stride()), part(50);
            for (Index i = 0; i < 130; i += 13) {
                rows.evaluatePoint(*twins.sparse, i, row.data());
                columns.kernelValues(kernel, twins.sparse->sparse, i, 40, 90, part.data());
                for (Index j = 0; j < 130; ++j) {
                    const double value = twins.dense->kernelValue(i, j);
                    QVERIFY(std::abs(row[j] - value) <= 1e-7 * (1.0 + std::abs(value)));
                    QVERIFY(std::abs(twins.sparse->kernelValue(i, j) - value) <=
                            1e-7 * (1.0 + std::abs(value)));
                    if (j >= 40 && j < 90) QVERIFY(part[j - 40] == row[j]); // whatever the range
                }
            }
        }
    }

    void machinesAreTheSame() {
        for (const ProblemKind kind : kProblemKinds)
            for (const Kernel& kernel : someKernels()) {
                if (kernel.canBeIndefinite()) continue; // may end in another minimum
                const Twins twins(kind, kernel, 150, 6);
                const auto smo = solved(twins.sparse, 1e-6), usual = solved(twins.dense, 1e-6);
                const double size = std::abs(usual.state().objective);
                QVERIFY(std::abs(smo.state().objective - usual.state().objective) <= 1e-6 * size);
                QVERIFY(kktResidual(*twins.sparse, smo.state().alpha) < 2e-6 + 1e-9 * size);
                const auto fast = solveFast(*twins.sparse, {.tolerance = 1e-4});
                QVERIFY2(fast && fast->converged, fast ? "" : fast.error().message.c_str());
                QVERIFY(std::abs(fast->objective - usual.state().objective) <= 1e-5 * size);
                const auto many = solveFast(*twins.sparse, {.tolerance = 1e-4, .threads = 2});
                QVERIFY(many->alpha == fast->alpha);
                const SvmModel a = modelWithBias(*twins.sparse, fast->alpha, fast->bias);
                const SvmModel b = modelWithBias(*twins.dense, fast->alpha, fast->bias);
                QVERIFY(a.isSparse() && !b.isSparse() && a.rows == b.rows);
                const Eigen::VectorXd found = a.decisions(twins.sparse->sparse);
                QVERIFY(found == a.decisions(twins.sparse->sparse, 3));
                QVERIFY((found - b.decisions(twins.x)).cwiseAbs().maxCoeff() <
                        1e-6 * (1.0 + found.cwiseAbs().maxCoeff()));
            }
    }

    void classesProbabilitiesAndFiles() {
        const Twins twins(ProblemKind::Classification, {KernelKind::Rbf, 0.2}, 160, 9);
        std::vector<double> labels;
        for (Index i = 0; i < 160; ++i)
            labels.push_back(static_cast<double>(i % 3));
        MulticlassOptions options;
        options.kernel = {KernelKind::Rbf, 0.2};
        options.smo.tolerance = 1e-7;
        Progress progress;
        const auto sparse = trainMulticlass(twins.sparse->sparse, labels, options, progress);
        const auto dense = trainMulticlass(twins.x, labels, options, progress);
        QVERIFY(sparse && dense);
        QCOMPARE(sparse->dimensions, Index{80});
        for (std::size_t k = 0; k < 3; ++k)
            QVERIFY(std::abs(sparse->pairs[k].objective - dense->pairs[k].objective) < 1e-6);
        // A file says nothing of the kind of points that it came from.
        const std::string text = writeLibsvmModel(*sparse);
        const auto again = readLibsvmModel(text, "again");
        QVERIFY2(again, again ? "" : again.error().message.c_str());
        QCOMPARE(writeLibsvmModel(*again), text);
        const auto& read = std::get<MulticlassModel>(*again);
        for (std::size_t k = 0; k < 3; ++k) {
            QVERIFY(read.pairs[k].model.isSparse());
            QVERIFY((read.pairs[k].model.decisions(twins.sparse->sparse) -
                     sparse->pairs[k].model.decisions(twins.sparse->sparse))
                        .cwiseAbs()
                        .maxCoeff() < 1e-12);
        }
        const auto a = fitProbabilities(*twins.sparse, {}, progress),
                   b = fitProbabilities(*twins.dense, {}, progress);
        QVERIFY(a && b);
        QVERIFY(std::abs(std::get<calibration::PlattMap>(a->platt).slope -
                         std::get<calibration::PlattMap>(b->platt).slope) < 0.05);
    }

    void refusesWhatIsNotANumber() {
        PointMatrix x = fewFeatures(4, 80, 1);
        x(2, 7) = std::numeric_limits<double>::quiet_NaN();
        const auto problem = makeProblem(SparseRows(x.sparseView()), Eigen::Vector4d(1, -1, 1, -1), {});
        QVERIFY(!problem);
        QCOMPARE(problem.error().message, std::string("feature 8 of point 3 is not a finite number"));
        const SparseRows none(0, 3);
        QVERIFY(!makeProblem(none, Eigen::VectorXd(), {}));
    }
};

QTEST_APPLESS_MAIN(TestSvmSparse)
#include "tst_svm_sparse.moc"
