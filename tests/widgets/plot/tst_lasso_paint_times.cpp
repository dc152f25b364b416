// How long the LASSO views take to paint what is large: 100 000 rows, 20 000 coefficients.
#include "app/labs/lasso/views/path_view.h"
#include "app/labs/lasso/views/residual_view.h"

#include <QElapsedTimer>
#include <QTest>
#include <cmath>
#include <functional>
#include <random>

using namespace orrery::lasso;

class LassoPaintTimesTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void timesOfRepaint();
};

// Printed, not asserted: the machine decides.
void LassoPaintTimesTest::timesOfRepaint() {
    std::mt19937_64 random(1);
    std::normal_distribution<double> normal;
    std::vector<double> fitted, residuals;
    for (int i = 0; i < 100'000; ++i)
        fitted.push_back(150 + 60 * normal(random)), residuals.push_back(50 * normal(random));
    const auto least = [](const char* what, int repeats, const std::function<void(int)>& run) {
        double best = 1e300;
        for (int i = 0; i < repeats; ++i) {
            QElapsedTimer clock;
            clock.start();
            run(i);
            best = std::min(best, static_cast<double>(clock.nsecsElapsed()) / 1e6);
        }
        qInfo("%s: %.2f ms (least of %d)", what, best, repeats);
    };
    for (const double ratio : {1.0, 2.0}) {
        ResidualView view;
        view.resize(410, 340);
        QImage image((QSizeF(view.size()) * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(ratio);
        least(ratio > 1 ? "100 000 residuals, new data, ratio 2" : "100 000 residuals, new data, ratio 1", 7,
              [&](int i) {
                  residuals[0] = i;
                  view.setResiduals(fitted, residuals);
                  view.render(&image);
              });
        least("  same data, painted again", 7, [&](int) {
            view.schedule();
            view.render(&image);
        });
    }
    auto wide = std::make_shared<PathData>();
    wide->columns = 20'000;
    for (int k = 0; k < 100; ++k)
        wide->lambdas.push_back(std::pow(0.95, k));
    wide->computed = 100;
    for (int c = 0; c < 500; ++c) {
        wide->active.push_back({c * 40, {}, {}});
        for (int k = c / 6; k < 100; ++k) {
            wide->active.back().knots.push_back(k);
            wide->active.back().values.push_back((c % 2 ? 1 : -1) * (500 - c) * std::log1p(k - c / 6));
        }
    }
    PathView view;
    view.resize(700, 760);
    view.setPath(wide);
    QImage image(view.size(), QImage::Format_ARGB32_Premultiplied);
    least("500 of 20 000 paths, new data", 5, [&](int) {
        view.setPath(wide);
        view.render(&image);
    });
    least("  λ dragged", 7, [&](int i) {
        view.setLambda(wide->lambdas[std::size_t(20 + i)]);
        view.render(&image);
    });
    QVERIFY(view.summary().contains(QStringLiteral("of 20\u2009000")));
}

QTEST_MAIN(LassoPaintTimesTest)
#include "tst_lasso_paint_times.moc"
