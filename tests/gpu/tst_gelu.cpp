// The GELU of our own kernels against the exact one, at every number that fp16 has.
#include "gpu/cuda/gelu.h"

#include <Eigen/Core>
#include <QtTest>
#include <bit>
#include <cmath>

using namespace orrery::gpu::cuda;

namespace {

double exactGelu(double x) {
    return 0.5 * x * std::erfc(-x / std::sqrt(2.0));
}

/// Half the distance of fp16's numbers around y: how far rounding alone may be off.
double halfUlp(double y) {
    constexpr int kDigits = 11, kSmallest = -14;
    const int exponent = y == 0 ? kSmallest : std::max(std::ilogb(y), kSmallest);
    return std::ldexp(1.0, exponent - kDigits);
}

} // namespace

class TestGelu : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void errorIsBelowRounding();
    void limits();
};

// Between the numbers of fp16, too: the sum that it is taken of is fp32.
void TestGelu::errorIsBelowRounding() {
    double worst = 0;
    for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
        const auto x = static_cast<float>(std::bit_cast<Eigen::half>(static_cast<std::uint16_t>(bits)));
        if (!std::isfinite(x)) continue;
        for (const float at : {x, x * 1.0003f}) {
            const double exact = exactGelu(double{at});
            const double error = std::abs(double{geluErf(at)} - exact) / halfUlp(exact);
            QVERIFY2(error < 0.5, qPrintable(QStringLiteral("%1: %2 of half an ulp").arg(at).arg(error)));
            worst = std::max(worst, error);
        }
    }
    QVERIFY(worst > 0);
}

void TestGelu::limits() {
    QCOMPARE(geluErf(0.f), 0.f);
    for (const float x : {30.f, 1e4f, 65504.f, 1e30f}) {
        QCOMPARE(geluErf(x), x);
        QCOMPARE(geluErf(-x), 0.f);
    }
    QVERIFY(std::isnan(geluErf(std::nanf(""))));
}

QTEST_APPLESS_MAIN(TestGelu)
#include "tst_gelu.moc"
