// Costs against the published counts of the models, and the roofline's arithmetic.
#include "gpu/models/bert.h"
#include "gpu/models/resnet.h"
#include "gpu/roofline/ceilings.h"

#include <QtTest>
#include <cmath>

using namespace orrery::gpu;

namespace {

double gflop(const Model& model) {
    return workOf(model, 2).flops * 1e-9 / double(model.batch);
}

Model bertOf(const BertConfig& config, std::int64_t batch, std::int64_t length) {
    return bert(config, fullSequences(batch, length)).value();
}

/// By hand: every parameter of the file, batch norms folded.
std::int64_t parameters(const Model& model) {
    std::int64_t sum = 0;
    for (const WeightSpec& weight : model.weights)
        sum += weight.elements();
    return sum;
}

} // namespace

#define VERIFY_NEAR(actual, expected, tolerance)                                                             \
    QVERIFY2(std::abs((actual) - (expected)) <= (tolerance), qPrintable(QString::number(actual, 'g', 10)))

class TestCosts : public QObject {
    Q_OBJECT
  private slots:
    void resNetsCostWhatIsPublished() {
        VERIFY_NEAR(gflop(resNet(ResNetDepth::Fifty, 1)), 8.178, 5e-4);
        VERIFY_NEAR(gflop(resNet(ResNetDepth::HundredAndOne, 1)), 15.603, 5e-4);
        VERIFY_NEAR(gflop(resNet(ResNetDepth::HundredAndOne, 64)), 15.603, 5e-4);
    }

    void bertsCostWhatIsPublished() {
        VERIFY_NEAR(gflop(bertOf(kBertLarge, 1, 128)), 78.92, 5e-3);
        VERIFY_NEAR(gflop(bertOf(kBertLarge, 4, 384)), 246.42, 5e-3);
        VERIFY_NEAR(gflop(bertOf(kBertBase, 1, 128)), 22.35, 5e-3);
        VERIFY_NEAR(gflop(bertOf(kBertBase, 1, 512)), 96.64, 5e-3);
    }

    // torchvision: 25,557,032 and 44,549,160 parameters, of which batch norm's scales are folded away here.
    void parametersAreThoseOfTheField() {
        const auto folded = [](const Model& model) {
            std::int64_t scales = 0;
            for (const WeightSpec& weight : model.weights)
                if (weight.kind == WeightKind::FoldedBias) scales += weight.elements();
            return parameters(model) + scales;
        };
        QCOMPARE(folded(resNet(ResNetDepth::Fifty, 1)), std::int64_t{25'557'032});
        QCOMPARE(folded(resNet(ResNetDepth::HundredAndOne, 1)), std::int64_t{44'549'160});
        // Hugging Face: 335,141,888 with a pooler of 1024 · 1025, which is not part of the encoder.
        QCOMPARE(parameters(bertOf(kBertLarge, 1, 8)), std::int64_t{335'141'888 - 1024 * 1025});
    }

    void convolutionsOf() {
        int of50 = 0, of101 = 0;
        for (const Op& op : resNet(ResNetDepth::Fifty, 1).ops)
            of50 += std::holds_alternative<ConvolutionShape>(op.shape);
        for (const Op& op : resNet(ResNetDepth::HundredAndOne, 1).ops)
            of101 += std::holds_alternative<ConvolutionShape>(op.shape);
        QCOMPARE(of50, 53);
        QCOMPARE(of101, 104);
    }

    // Bytes of one layer by hand: 64 → 256 with a residual at 56², batch 2, fp16.
    void bytesOfAnExpandingConvolution() {
        const Work work = workOf(ConvolutionShape{2, 56, 56, 64, 256, 1, 1, 0}, true, 2);
        const double pixels = 2 * 56 * 56;
        QCOMPARE(work.flops, 2 * pixels * 64 * 256);
        QCOMPARE(work.readBytes, 2 * (pixels * 64 + pixels * 256));
        QCOMPARE(work.writtenBytes, 2 * pixels * 256);
        QCOMPARE(work.weightBytes, 2.0 * (64 * 256 + 256));
    }

    void stridedPointwiseReadsOneInFour() {
        QCOMPARE(workOf(ConvolutionShape{1, 56, 56, 256, 512, 1, 2, 0}, false, 2).readBytes,
                 2.0 * 28 * 28 * 256);
    }

    void packingDropsWhatPaddingCosts() {
        const auto padded = sequencesOf({128, 32}, 128, false).value();
        const auto packed = sequencesOf({128, 32}, 128, true).value();
        QCOMPARE(padded.rows(), std::int64_t{256});
        QCOMPARE(packed.rows(), std::int64_t{160});
        const double l = 24, h = 1024;
        const auto flops = [&](const SequenceBatch& s) {
            return workOf(bert(kBertLarge, s).value(), 2).flops;
        };
        QCOMPARE(flops(padded), l * (24 * 256 * h * h + 4 * 2 * 128 * 128 * h));
        QCOMPARE(flops(packed), l * (24 * 160 * h * h + 4 * (128 * 128 + 32 * 32) * h));
    }

    void badShapesAreRefused() {
        QVERIFY(!bert(kBertLarge, fullSequences(1, 513)));
        QVERIFY(!sequencesOf({0}, 8, true));
        QVERIFY(!sequencesOf({9}, 8, true));
        QVERIFY(!modelOf("resnet18", fullSequences(1, 1)));
        QVERIFY(!modelOf("resnet50", SequenceBatch{}));
    }

    void rooflineMeetsAtTheRidge() {
        Ceilings c;
        c.matrixFlops = 700e12;
        c.copyBytes = 3e12;
        const Work below{c.ridge() * 0.5e9, 1e9, 0, 0}, above{c.ridge() * 2e9, 1e9, 0, 0};
        QVERIFY(boundOf(below, c) == Bound::Memory);
        QVERIFY(boundOf(above, c) == Bound::Compute);
        QCOMPARE(attainableSeconds(below, c), 1e9 / 3e12);
        QCOMPARE(attainableSeconds(above, c), above.flops / 700e12);
    }

    void dataSheetsAreNeverGuessed() {
        QCOMPARE(dataSheetOf("NVIDIA H100 80GB HBM3")->memoryBytes, 3.35e12);
        QVERIFY(!dataSheetOf("AMD EPYC"));
        QVERIFY(!dataSheetOf("NVIDIA H100"));
    }
};

QTEST_APPLESS_MAIN(TestCosts)
#include "tst_costs.moc"
