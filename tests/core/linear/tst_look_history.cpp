// Old looks bound what a new one would find, and are forgotten as asked.
#include "core/linear/look_history.h"
#include "core/support/rng.h"

#include <QtTest>
#include <cmath>

using namespace orrery;
using namespace orrery::linear;

namespace {

std::vector<double> randomVector(Rng& rng, std::size_t size) {
    std::vector<double> v(size);
    for (double& x : v)
        x = rng.normal();
    return v;
}

double product(const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

} // namespace

class TestLookHistory : public QObject {
    Q_OBJECT
  private slots:
    /// |x_jᵀr| ≤ scale · |x_jᵀs| + ‖x_j‖ distance, with equality for x_j along e where x_jᵀs = 0; the same
    /// with ‖x_j‖₁ and the largest entry of e, with equality for a unit vector there.
    void boundsEveryColumn() {
        Rng rng(3);
        for (int trial = 0; trial < 200; ++trial) {
            const std::size_t n = 2 + rng.below(40);
            LookHistory looks(1);
            const auto old = randomVector(rng, n), step = randomVector(rng, n);
            const int look = looks.add(old);
            auto now = old;
            const double size = std::pow(10.0, -static_cast<double>(rng.below(6)));
            for (std::size_t i = 0; i < n; ++i)
                now[i] = 0.9 * old[i] + size * step[i];
            std::vector<LookHistory::Reach> reach;
            looks.reach(now, reach);
            const auto& r = reach[static_cast<std::size_t>(look)];
            for (int column = 0; column < 20; ++column) {
                const auto x = randomVector(rng, n);
                const double bound =
                    r.scale * std::abs(product(x, old)) + std::sqrt(product(x, x)) * r.distance;
                QVERIFY(std::abs(product(x, now)) <= bound);
                double absolute = 0.0;
                for (const double entry : x)
                    absolute += std::abs(entry);
                QVERIFY(std::abs(product(x, now)) <=
                        r.scale * std::abs(product(x, old)) + absolute * r.largest);
            }
            auto rest = now; // e itself: the bound is met
            const double a = product(old, now) / product(old, old);
            for (std::size_t i = 0; i < n; ++i)
                rest[i] -= a * old[i];
            double largest = 0.0;
            for (const double entry : rest)
                largest = std::max(largest, std::abs(entry));
            QVERIFY(r.largest >= largest && r.largest <= largest * (1.0 + 1e-6) + 1e-9);
            QVERIFY(std::sqrt(product(rest, rest)) * r.distance <=
                    product(rest, now) * (1.0 + 1e-6) + 1e-9 * product(now, now));
        }
    }

    void forgetsWhatIsNotNeeded() {
        LookHistory looks(4);
        Rng rng(4);
        const std::vector<double> r = randomVector(rng, 5);
        for (int look = 1; look <= 3; ++look)
            QCOMPARE(looks.add(r), look);
        looks.note(0, 1);
        looks.note(1, 2);
        looks.note(2, 3);
        looks.note(3, 3);
        looks.forget({0, 1, 0, 0}, 8); // column 1 is over, and look 2 with it
        QCOMPARE(looks.kept(), std::size_t{2});
        looks.forget({0, 1, 0, 0}, 1); // the newest stays
        std::vector<LookHistory::Reach> reach;
        looks.reach(r, reach);
        QVERIFY(std::isinf(reach[0].distance) && std::isinf(reach[1].distance) &&
                std::isinf(reach[2].distance));
        QVERIFY(reach[3].distance < 1e-9);
        QVERIFY(std::abs(reach[3].scale - 1.0) < 1e-12);
    }

    void comparesByContent() {
        Rng rng(5);
        const auto r = randomVector(rng, 6), s = randomVector(rng, 6);
        LookHistory a(2), b(2), c(2);
        (void)a.add(r);
        (void)b.add(r);
        (void)c.add(s);
        QVERIFY(a == b);
        QVERIFY(!(a == c));
        b.note(1, 1);
        QVERIFY(!(a == b));
    }
};

QTEST_APPLESS_MAIN(TestLookHistory)
#include "tst_look_history.moc"
