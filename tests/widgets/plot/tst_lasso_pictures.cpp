// The views of the LASSO lab with a small fitted path: pictures, signals, export.
#include "app/labs/lasso/views/coefficient_view.h"
#include "app/labs/lasso/views/geometry_view.h"
#include "app/labs/lasso/views/path_geometry.h"
#include "app/labs/lasso/views/path_view.h"
#include "app/labs/lasso/views/race_view.h"
#include "app/labs/lasso/views/residual_view.h"
#include "app/labs/lasso/views/soft_threshold_view.h"
#include "tests/widgets/plot/sample_path.h"
#include "tests/widgets/plot/text_recorder.h"
#include "widgets/plot/place_label.h"
#include "widgets/plot/strokes.h"

#include <QBuffer>
#include <QSet>
#include <QSignalSpy>
#include <QSvgGenerator>
#include <QTest>
#include <cmath>
#include <functional>

using namespace orrery;
using namespace orrery::lasso;

using MakeView = std::function<std::unique_ptr<Plot>()>;
Q_DECLARE_METATYPE(MakeView)

class LassoViewsTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase();
    void notBlankAndNothingCutOff_data();
    void notBlankAndNothingCutOff();
    void emptyViewsSaySo();
    void exportIsVectors_data() { notBlankAndNothingCutOff_data(); }
    void exportIsVectors();
    void knotsAndLambdasAgree();
    void drawnPathsLeaveTheAxis();
    void playheadPartsPastFromFuture();
    void validationLabelsKeepOffTheCurve();
    void nothingPaintsItselfAgain();
    void contoursAndBallsAreWhatTheySay();
    void softThresholdIsTheFormula();

  private:
    SampleFit m_fit;
};

namespace {

PenaltyGeometry sampleGeometry(BallKind ball) {
    PenaltyGeometry g;
    g.hessian = {1, 0.6, 0.6, 1.2};
    g.optimum = {3.0, 2.2};
    g.solution = {1.84, 1.4};
    g.ball = ball;
    g.radius = ball == BallKind::L2 ? std::hypot(1.84, 1.4) : 3.24;
    g.iterates = {{-1, 2.5}, {1.1, 2.5}, {1.1, 1.9}, {1.6, 1.9}, {1.6, 1.5}, {1.84, 1.5}, {1.84, 1.4}};
    g.names = {QStringLiteral("bmi"), QStringLiteral("s5")};
    g.valid = true;
    return g;
}

std::vector<RaceRun> sampleRace() {
    std::vector<RaceRun> runs;
    const QString names[] = {QStringLiteral("coordinate descent"), QStringLiteral("FISTA"),
                             QStringLiteral("ISTA"), QStringLiteral("ADMM")};
    const double rates[] = {0.35, 0.09, 0.025, 0.05};
    for (int s = 0; s < 4; ++s) {
        RaceRun run{names[s], {}, {}, {}, {}};
        double gap = 0.5;
        for (int k = 1; k < 400 && gap > 1e-9; ++k) {
            gap *= std::exp(-rates[s]);
            run.iterations.push_back(k), run.seconds.push_back(2e-5 * k * (s + 1));
            run.flops.push_back(8840.0 * k * (s + 1)), run.relativeGap.push_back(gap);
        }
        runs.push_back(run);
    }
    return runs;
}

std::vector<Coefficient> coefficientsAt(const PathData& path, double knot) {
    std::vector<Coefficient> result;
    for (std::size_t i = 0; i < path.active.size(); ++i)
        result.push_back({path.active[i].column, path.name(path.active[i].column),
                          coefficientAt(path.active[i], knot), i < 6 ? int(i) : -1});
    return result;
}

int coloursOf(const QImage& image) {
    QSet<QRgb> seen;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            seen.insert(image.pixel(x, y));
    return static_cast<int>(seen.size());
}

} // namespace

void LassoViewsTest::initTestCase() {
    m_fit = sampleFit(442, 10, 60, 7);
    QVERIFY(m_fit.path->active.size() >= 8);
}

void LassoViewsTest::notBlankAndNothingCutOff_data() {
    QTest::addColumn<MakeView>("make");
    QTest::addColumn<QSize>("size"); // of its card in a window of 1024 × 700
    const auto add = [](const char* name, QSize size, MakeView make) { QTest::newRow(name) << make << size; };
    for (const PathAxis axis : {PathAxis::Lambda, PathAxis::L1Norm, PathAxis::Deviance})
        add(qPrintable(QStringLiteral("paths %1").arg(int(axis))), {560, 500}, [this, axis] {
            auto view = std::make_unique<PathView>();
            view->setPath(m_fit.path);
            view->setAxis(axis);
            view->setLambda(m_fit.path->lambdas[28]);
            return view;
        });
    add("coefficients", {340, 240}, [this] {
        auto view = std::make_unique<CoefficientView>();
        view->setCoefficients(coefficientsAt(*m_fit.path, 40));
        return view;
    });
    add("cross-validation", {340, 240}, [this] {
        auto view = std::make_unique<CvView>();
        view->setCurve(m_fit.validation);
        view->setLambda(m_fit.path->lambdas[28]);
        return view;
    });
    add("residuals", {340, 240}, [this] {
        auto view = std::make_unique<ResidualView>();
        view->setResiduals(m_fit.fitted, m_fit.residuals);
        view->setBrushedRows({1, 5, 9});
        return view;
    });
    for (const BallKind ball : {BallKind::L0, BallKind::L1, BallKind::L2, BallKind::Lq})
        add(qPrintable(QStringLiteral("geometry %1").arg(int(ball))), {560, 500}, [ball] {
            auto view = std::make_unique<GeometryView>();
            view->setPenaltyGeometry(sampleGeometry(ball));
            return view;
        });
    add("soft threshold", {340, 240}, [] {
        auto view = std::make_unique<SoftThresholdView>();
        view->setStep({24.9, 7.8, 1.0, QStringLiteral("s5"), true});
        return view;
    });
    for (const RaceCost cost : {RaceCost::Iterations, RaceCost::Seconds, RaceCost::Flops})
        add(qPrintable(QStringLiteral("race %1").arg(int(cost))), {340, 240}, [cost] {
            auto view = std::make_unique<RaceView>();
            view->setRuns(sampleRace());
            view->setCost(cost);
            return view;
        });
}

void LassoViewsTest::notBlankAndNothingCutOff() {
    QFETCH(MakeView, make);
    QFETCH(QSize, size);
    const auto view = make();
    for (const Theme& theme :
         {Theme::light(), Theme::dark(), Theme::projector(), Theme::projector().presented(1080)}) {
        view->setTheme(theme);
        view->resize(size * theme.scale);
        QVERIFY(coloursOf(view->grab().toImage()) > 20);
        QCOMPARE(textFaults(*view), QString());
    }
}

void LassoViewsTest::emptyViewsSaySo() {
    const std::unique_ptr<Plot> views[] = {
        std::make_unique<PathView>(),     std::make_unique<CoefficientView>(),
        std::make_unique<CvView>(),       std::make_unique<ResidualView>(),
        std::make_unique<GeometryView>(), std::make_unique<SoftThresholdView>(),
        std::make_unique<RaceView>()};
    for (const auto& view : views) {
        view->resize(340, 240);
        view->grab();
        if (auto* coefficients = qobject_cast<CoefficientView*>(view.get()))
            coefficients->setCoefficients({});
        QString said;
        for (const DrawnText& text : textsOf(*view))
            said += text.text + QLatin1Char(' ');
        QVERIFY2(said.count(QLatin1Char(' ')) >= 3, qPrintable(said)); // at least a short sentence
        QCOMPARE(textFaults(*view), QString());
    }
}

void LassoViewsTest::exportIsVectors() {
    QFETCH(MakeView, make);
    QFETCH(QSize, size);
    const auto view = make();
    view->resize(size);
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size);
    view->render(&generator);
    const QString svg = QString::fromUtf8(buffer.data());
    QVERIFY(!svg.contains(QStringLiteral("<image")));
    QVERIFY(svg.count(QStringLiteral("</text>")) >= 6);
    QVERIFY(svg.contains(QStringLiteral("<p"))); // path, polyline or polygon
}

void LassoViewsTest::knotsAndLambdasAgree() {
    const PathData& path = *m_fit.path;
    for (double knot = 0.0; knot <= path.computed - 1; knot += 0.37)
        QVERIFY(std::abs(knotOf(path, lambdaAt(path, knot)) - knot) < 1e-9);
    QCOMPARE(knotOf(path, 1e9), 0.0);
    QCOMPARE(knotOf(path, 0.0), double(path.computed - 1));
    PathData half = path;
    half.computed = 20;
    QCOMPARE(knotOf(half, path.lambdas[50]), 19.0); // not beyond what is computed
    for (const PathColumn& column : path.active)
        for (std::size_t i = 0; i < column.knots.size(); ++i)
            QCOMPARE(coefficientAt(column, column.knots[i]), column.values[i]);
}

void LassoViewsTest::drawnPathsLeaveTheAxis() {
    const std::vector<double> positions{8, 4, 2, 1, 0.5};
    const DrawnColumn drawn = drawnColumn({3, {1, 3}, {5.0, -2.0}}, positions);
    const double nan = NAN;
    const std::vector<double> x{8, 4, 2, nan, 2, 1, 0.5}, y{0, 5, 0, nan, 0, -2, 0};
    QCOMPARE(drawn.x.size(), x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        QVERIFY(drawn.x[i] == x[i] || (std::isnan(drawn.x[i]) && std::isnan(x[i])));
        QVERIFY(drawn.y[i] == y[i] || (std::isnan(drawn.y[i]) && std::isnan(y[i])));
    }
}

// Left of the line the colour, right of it none of it.
void LassoViewsTest::playheadPartsPastFromFuture() {
    PathView view;
    view.resize(560, 500);
    view.setPath(m_fit.path);
    view.setLambda(m_fit.path->lambdas[30]);
    const QImage image = view.grab().toImage();
    const QColor color = view.theme().category(0).color;
    const PathColumn& first = m_fit.path->active.front();
    const auto hasColor = [&](int knot) {
        const QPoint at =
            view.toPixel(m_fit.path->lambdas[std::size_t(knot)], coefficientAt(first, knot)).toPoint();
        for (int dy = -3; dy <= 3; ++dy)
            if ((image.pixel(at + QPoint(0, dy)) | 0xff000000u) == color.rgb()) return true;
        return false;
    };
    QVERIFY(hasColor(22));
    QVERIFY(!hasColor(45));
    QVERIFY(view.summary().contains(QStringLiteral("of 10")));
}

void LassoViewsTest::validationLabelsKeepOffTheCurve() {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        const SampleFit fit = sampleFit(120, 12, 40, seed);
        CvView view;
        view.setCurve(fit.validation);
        std::vector<double> logs;
        for (const double lambda : fit.validation.lambdas)
            logs.push_back(std::log10(lambda));
        for (const QSize size : {QSize(340, 240), QSize(410, 340), QSize(700, 500)}) {
            view.resize(size);
            for (const int knot : {2, 15, 30}) {
                view.setLambda(fit.validation.lambdas[std::size_t(knot)]);
                view.prepare();
                const std::vector<QRectF> boxes = view.labelBoxes();
                for (std::size_t i = 0; i < boxes.size(); ++i) {
                    QVERIFY(view.area().contains(boxes[i]));
                    for (const QPolygonF& line : pixelLines(view, logs, fit.validation.mean))
                        QVERIFY2(!meets(line, boxes[i]), qPrintable(QStringLiteral("seed %1").arg(seed)));
                    for (std::size_t j = 0; j < i; ++j)
                        QVERIFY(!boxes[i].intersects(boxes[j]));
                }
            }
        }
    }
}

namespace {

struct PaintCounter : QObject {
    int paints = 0;
    bool eventFilter(QObject*, QEvent* event) override {
        paints += event->type() == QEvent::Paint;
        return false;
    }
};

} // namespace

// A picture at rest is not painted: ranges that are set while it is laid out ask for no further layout.
void LassoViewsTest::nothingPaintsItselfAgain() {
    CoefficientView coefficients;
    coefficients.setCoefficients({{0, QStringLiteral("a"), 1.0, 0}, {1, QStringLiteral("b"), -2.0, 1}});
    PathView paths;
    paths.setPath(m_fit.path);
    paths.setLambda(m_fit.path->lambdas[10]);
    for (QWidget* view : std::initializer_list<QWidget*>{&coefficients, &paths}) {
        view->resize(400, 300);
        view->show();
        QVERIFY(QTest::qWaitForWindowExposed(view));
        QTest::qWait(50);
        PaintCounter counter;
        view->installEventFilter(&counter);
        QTest::qWait(150);
        QVERIFY2(counter.paints <= 1, qPrintable(QStringLiteral("%1 paints").arg(counter.paints)));
    }
}

void LassoViewsTest::contoursAndBallsAreWhatTheySay() {
    PenaltyGeometry g = sampleGeometry(BallKind::L1);
    for (const QPointF& point : lossContour(g, 0.7))
        QVERIFY(std::abs(g.loss(point) - 0.7) < 1e-9);
    const auto norm = [&](QPointF p, double q) {
        return std::pow(std::pow(std::abs(p.x()), q) + std::pow(std::abs(p.y()), q), 1 / q);
    };
    const std::pair<BallKind, double> kinds[] = {
        {BallKind::L1, 1.0}, {BallKind::L2, 2.0}, {BallKind::Lq, g.q}};
    for (const auto& [kind, q] : kinds) {
        g.ball = kind;
        const QPolygonF outline = ballOutline(g, 10).front();
        for (const QPointF& point : outline)
            QVERIFY(std::abs(norm(point, q) - g.radius) < 1e-6);
    }
    // Equal aspect: a unit is as long on both axes.
    GeometryView view;
    view.setPenaltyGeometry(g);
    for (const QSize size : {QSize(560, 300), QSize(300, 560), QSize(500, 500)}) {
        view.resize(size);
        view.prepare();
        const double across = view.toX(1) - view.toX(0), up = view.toY(0) - view.toY(1);
        QVERIFY(std::abs(across / up - 1) < 0.02);
        QVERIFY(view.area().contains(view.toPixel(3.0, 2.2)) && view.area().contains(view.toPixel(0, 0)));
    }
}

void LassoViewsTest::softThresholdIsTheFormula() {
    QCOMPARE((SoftThreshold{24.93, 1.83, 1.0, {}, true}.result()), 24.93 - 1.83);
    QCOMPARE((SoftThreshold{-5.0, 2.0, 1.5, {}, true}.result()), -2.0);
    QCOMPARE((SoftThreshold{1.0, 2.0, 1.0, {}, true}.result()), 0.0);
    SoftThresholdView view;
    view.resize(340, 240);
    view.setStep({24.9, 7.8, 1.0, QStringLiteral("s5"), true});
    const QImage plain = view.grab().toImage();
    for (const QString& mark :
         {QStringLiteral("rho"), QStringLiteral("threshold"), QStringLiteral("result")}) {
        view.setHighlightedMark(mark);
        QVERIFY2(view.grab().toImage() != plain, qPrintable(mark));
    }
}

QTEST_MAIN(LassoViewsTest)
#include "tst_lasso_pictures.moc"
