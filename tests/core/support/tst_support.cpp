// Random numbers against the published Philox vectors; parameters read back what was written.
#include "core/support/parameter.h"
#include "core/support/rng.h"

#include <QtTest>
#include <cmath>

using namespace orrery;

class TestSupport : public QObject {
    Q_OBJECT
  private slots:
    // Known-answer vectors of Random123, the authors' own implementation (kat_vectors).
    void philoxMatchesPublishedVectors() {
        using Words = std::array<std::uint32_t, 4>;
        QVERIFY((philox4x32({0, 0, 0, 0}, {0, 0}) == Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
        QVERIFY((philox4x32({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}) ==
                 Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
        QVERIFY((philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
                 Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
    }

    void copiesGoOnAlike() {
        Rng a(7, 3);
        for (int i = 0; i < 5; ++i)
            (void)a.nextU32();
        Rng b = a;
        for (int i = 0; i < 100; ++i)
            QCOMPARE(a.uniform(), b.uniform());
        QVERIFY(a == b);
        QVERIFY(Rng(7, 3).nextU64() != Rng(7, 4).nextU64());
    }

    void momentsOfTheDistributions() {
        Rng rng(1);
        constexpr int kDraws = 200'000;
        double sum = 0, sum2 = 0, uniform = 0;
        for (int i = 0; i < kDraws; ++i) {
            const double z = rng.normal();
            sum += z;
            sum2 += z * z;
            uniform += rng.uniform();
        }
        // Five standard errors.
        QVERIFY(std::abs(sum / kDraws) < 5.0 / std::sqrt(kDraws));
        QVERIFY(std::abs(sum2 / kDraws - 1.0) < 5.0 * std::sqrt(2.0 / kDraws));
        QVERIFY(std::abs(uniform / kDraws - 0.5) < 5.0 / std::sqrt(12.0 * kDraws));
    }

    void belowCoversItsRangeEvenly() {
        Rng rng(2);
        std::array<int, 7> count{};
        for (int i = 0; i < 70'000; ++i)
            ++count[rng.below(7)];
        for (const int c : count)
            QVERIFY(std::abs(c - 10'000) < 5 * std::sqrt(10'000.0));
    }

    void parametersReadBack() {
        ParameterSpec alpha{.id = "alpha",
                            .label = "Elastic mix",
                            .kind = ParameterKind::Real,
                            .defaultValue = 1.0,
                            .minimum = 0.0,
                            .maximum = 1.0,
                            .hardMaximum = 1.0};
        QCOMPARE(std::get<double>(*parseParameter(alpha, "2.5e-1")), 0.25);
        QCOMPARE(std::get<double>(*parseParameter(alpha, toText(ParameterValue{0.1}))), 0.1);
        QVERIFY(!parseParameter(alpha, "1.5"));
        QVERIFY(!parseParameter(alpha, "nan"));
        QVERIFY(!parseParameter(alpha, "0.5 apples"));
        QCOMPARE(QString::fromStdString(parseParameter(alpha, "\u22120.5").error().message),
                 QStringLiteral("Elastic mix must be at least 0, not -0.5"));
        QCOMPARE(realValue({}, alpha), 1.0);

        ParameterSpec count{.id = "lambdas",
                            .label = "Grid",
                            .kind = ParameterKind::Integer,
                            .defaultValue = std::int64_t{100},
                            .minimum = 2,
                            .maximum = 500};
        QCOMPARE(std::get<std::int64_t>(*parseParameter(count, "1\u2009000")), std::int64_t{1000});
        QVERIFY(!parseParameter(count, "2.5"));
        QVERIFY(!validated({alpha, count}, {{"nobody", true}}));
    }
};

QTEST_APPLESS_MAIN(TestSupport)
#include "tst_support.moc"
