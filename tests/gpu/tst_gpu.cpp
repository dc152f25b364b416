// On a card: every model against the reference. Without one: a skip that says why.
#include "gpu/runner/check.h"
#include "gpu/runner/devices.h"

#include <QtTest>
#include <cmath>

using namespace orrery;
using namespace orrery::gpu;

class TestGpu : public QObject {
    Q_OBJECT
    Devices m_devices;

  private slots:
    // What every check rests on.
    void aNanNeverPasses() {
        const std::vector<float> r{1, 2, 3}, bad{1, std::nanf(""), 3}, good{1, 2, 3};
        QVERIFY(compare("", good, r, {}, 1e-3).passed);
        const CheckRow row = compare("", bad, r, {}, 1e-3);
        QVERIFY(!row.passed);
        QCOMPARE(row.worstIndex, std::int64_t{1});
        const std::vector<char> valid{1, 0, 1};
        QVERIFY(compare("", bad, r, valid, 1e-3).passed);
    }

    void modelsAgreeWithTheReference_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("variant");
        QTest::addColumn<bool>("packed");
        QTest::newRow("resnet50") << "resnet50"
                                  << "graph" << false;
        QTest::newRow("resnet101, naive") << "resnet101"
                                          << "naive" << false;
        QTest::newRow("bert-base, padded") << "bert-base"
                                           << "graph" << false;
        QTest::newRow("bert-large, packed") << "bert-large"
                                            << "fused" << true;
    }

    void modelsAgreeWithTheReference() {
        QFETCH(QString, model);
        QFETCH(QString, variant);
        QFETCH(bool, packed);
        const auto device = m_devices.open("cuda");
        if (!device) QSKIP(device.error().message.c_str());
        BenchRequest request;
        request.model = model.toStdString();
        request.variant = variant.toStdString();
        request.packed = packed;
        request.batch = 3;
        request.meanFill = 0.7;
        Progress progress;
        const auto result = check(**device, request, {}, progress);
        QVERIFY2(result, result ? "" : result.error().message.c_str());
        for (const CheckRow& row : result->rows)
            QVERIFY2(row.passed, qPrintable(QString::fromStdString(row.name) + ": relative error " +
                                            QString::number(row.relativeError)));
    }
};

QTEST_APPLESS_MAIN(TestGpu)
#include "tst_gpu.moc"
