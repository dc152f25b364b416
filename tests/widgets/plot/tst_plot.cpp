// The plot and its pieces as widgets: pointer, keys, export, dense scatters, the trace chart.
#include "core/trace/trace.h"
#include "tests/widgets/plot/text_recorder.h"
#include "widgets/plot/brush.h"
#include "widgets/plot/curve.h"
#include "widgets/plot/end_labels.h"
#include "widgets/plot/labelled_lines.h"
#include "widgets/plot/playhead.h"
#include "widgets/plot/raster_scatter.h"
#include "widgets/plot/trace_chart.h"
#include "widgets/plot/trace_plot.h"

#include <QBuffer>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSvgGenerator>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <random>

using namespace orrery;

class PlotTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void dragOfPlayheadIsSaid();
    void playheadStaysInside();
    void svgHasTextAndNoPicture();
    void pdfHasNoPicture();
    void exportDoesNotDisturbTheScreen();
    void zoomPanResetByKeyAndWheel();
    void touchpadPinchesAndScrolls();
    void panFollowsThePointer();
    void endLabelsKeepApart();
    void denseScatterShowsEveryRegion();
    void nearestAndBrush();
    void picturesAreSharpAtAnyRatio();
    void schedulesAreCoalesced();
    void traceChartSeeksAndFollows();
    void fewRowsAndOddValuesAreDrawn();
    void nearlyConstantTracesHaveShortNumbers();
    void namesStandInTheOrderOfTheirLines();
};

namespace {

struct Scene {
    Plot plot;
    Curve* curve = new Curve(&plot);
    EndLabels* labels = new EndLabels(&plot);
    Playhead* playhead = new Playhead(&plot);

    Scene() {
        plot.resize(400, 300);
        plot.setHorizontal({.title = QStringLiteral("λ, decreasing"), .logarithmic = true, .reversed = true});
        plot.setVertical({.title = QStringLiteral("coefficient β"), .reference = 0.0});
        plot.setHome({0.01, 100}, {-10, 10});
        std::vector<double> x, y;
        for (int i = 0; i <= 200; ++i)
            x.push_back(100 * std::pow(1e-4, i / 200.0)), y.push_back(9 * std::sin(i * 0.05));
        curve->setData(x, y);
        labels->setLabels({{QStringLiteral("bmi"), y.back(), {}, true, 2}});
        playhead->setPosition(1.0);
        playhead->setTag(QStringLiteral("λ = 1.00"));
        plot.prepare();
    }
};

QByteArray svgOf(QWidget& widget) {
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(widget.size());
    generator.setViewBox(widget.rect());
    widget.render(&generator);
    return buffer.data();
}

int differentPixels(const QImage& a, const QImage& b) {
    int count = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            count += a.pixel(x, y) != b.pixel(x, y);
    return count;
}

void wheel(QWidget& widget, QPointF at, int notches, Qt::KeyboardModifiers modifiers) {
    QWheelEvent event(at, widget.mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&widget, &event);
}

} // namespace

void PlotTest::dragOfPlayheadIsSaid() {
    Scene scene;
    QSignalSpy moved(scene.playhead, &Playhead::moved);
    const QPoint from(qRound(scene.plot.toX(1.0)), 120);
    QTest::mousePress(&scene.plot, Qt::LeftButton, {}, from);
    QTest::mouseMove(&scene.plot, from + QPoint(60, 5));
    QTest::mouseRelease(&scene.plot, Qt::LeftButton, {}, from + QPoint(60, 5));
    QCOMPARE(moved.count(), 1);
    const double expected = scene.plot.fromX(scene.plot.toX(1.0) + 60);
    QVERIFY(std::abs(moved[0][0].toDouble() / expected - 1) < 1e-9);
    QVERIFY(moved[0][0].toDouble() < 1.0); // to the right λ falls
    QCOMPARE(scene.plot.isZoomed(), false);
}

void PlotTest::playheadStaysInside() {
    Scene scene;
    QSignalSpy moved(scene.playhead, &Playhead::moved);
    const QPoint from(qRound(scene.plot.toX(1.0)), 120);
    QTest::mousePress(&scene.plot, Qt::LeftButton, {}, from);
    QTest::mouseMove(&scene.plot, QPoint(5000, 120));
    QTest::mouseRelease(&scene.plot, Qt::LeftButton, {}, QPoint(5000, 120));
    QVERIFY(std::abs(moved.last()[0].toDouble() - 0.01) < 1e-9);
    scene.playhead->setPosition(0.01);
    QVERIFY(QRectF(scene.plot.rect()).contains(scene.playhead->tagBox()));
}

void PlotTest::svgHasTextAndNoPicture() {
    Scene scene;
    const QString svg = QString::fromUtf8(svgOf(scene.plot));
    QVERIFY(!svg.contains(QStringLiteral("<image")));
    QVERIFY(svg.contains(QStringLiteral("<polyline")));
    // Qt writes one element a script: letters only, in their order.
    QString words;
    for (auto match = QRegularExpression(QStringLiteral(">([^<]*)</text>")).globalMatch(svg);
         match.hasNext();)
        words += match.next().captured(1);
    for (const QString& text : {QStringLiteral("λ, decreasing"), QStringLiteral("coefficient β"),
                                QStringLiteral("bmi"), QStringLiteral("−10"), QStringLiteral("λ = 1.00")})
        QVERIFY2(words.contains(text), qPrintable(text));
}

void PlotTest::pdfHasNoPicture() {
    Scene scene;
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        QPainter painter(&writer);
        painter.scale(8, 8);
        scene.plot.render(&painter);
    }
    QVERIFY(buffer.data().startsWith("%PDF"));
    QVERIFY(buffer.data().contains("/Font"));
    QVERIFY(!buffer.data().contains("/Subtype /Image"));
}

void PlotTest::exportDoesNotDisturbTheScreen() {
    Scene scene;
    const QImage before = scene.plot.grab().toImage();
    svgOf(scene.plot);
    QCOMPARE(differentPixels(before, scene.plot.grab().toImage()), 0);
}

void PlotTest::zoomPanResetByKeyAndWheel() {
    Scene scene;
    QSignalSpy changed(&scene.plot, &Plot::viewChanged);
    const double before = scene.plot.yAxis->range().size();
    wheel(scene.plot, scene.plot.area().center(), 1, Qt::NoModifier);
    QCOMPARE(scene.plot.yAxis->range().size(), before); // without Ctrl the wheel is not ours
    wheel(scene.plot, scene.plot.area().center(), 1, Qt::ControlModifier);
    QVERIFY(scene.plot.yAxis->range().size() < before && scene.plot.isZoomed());
    scene.plot.setHome({0.01, 100}, {-10, 10}); // new data do not take the reader's view away
    QVERIFY(scene.plot.isZoomed() && scene.plot.yAxis->range().size() < before);
    QTest::keyClick(&scene.plot, Qt::Key_0);
    QCOMPARE(scene.plot.yAxis->range().size(), before);
    QTest::keyClick(&scene.plot, Qt::Key_Plus);
    QVERIFY(scene.plot.yAxis->range().size() < before);
    QTest::keyClick(&scene.plot, Qt::Key_Right, Qt::AltModifier);
    QVERIFY(scene.plot.xAxis->range().lower < 1.0);
    QTest::mouseDClick(&scene.plot, Qt::LeftButton, {}, QPoint(200, 100));
    QCOMPARE(scene.plot.xAxis->range().upper, 100.0);
    QCOMPARE(changed.count(), 5);
}

// Two fingers move what is zoomed, by as many pixels; a pinch zooms around its place.
void PlotTest::touchpadPinchesAndScrolls() {
    Scene scene;
    const auto scroll = [&] {
        const QPointF at = scene.plot.area().center();
        QWheelEvent event(at, scene.plot.mapToGlobal(at), {12, -7}, {60, -40}, Qt::NoButton, Qt::NoModifier,
                          Qt::ScrollUpdate, false);
        QCoreApplication::sendEvent(&scene.plot, &event);
        return event.isAccepted();
    };
    const auto gesture = [&](Qt::NativeGestureType type, double value, QPointF at) {
        QNativeGestureEvent event(type, QPointingDevice::primaryPointingDevice(), 2, at, at,
                                  scene.plot.mapToGlobal(at), value, {});
        QCoreApplication::sendEvent(&scene.plot, &event);
        return event.isAccepted();
    };
    QVERIFY(!scroll()); // not zoomed: what is around the plot may scroll
    const QPointF at(180, 90);
    const QCPRange before = scene.plot.yAxis->range();
    const double y = scene.plot.fromY(at.y());
    QVERIFY(gesture(Qt::BeginNativeGesture, 0.0, at));
    QVERIFY(gesture(Qt::ZoomNativeGesture, 0.25, at));
    const QCPRange near = scene.plot.yAxis->range();
    QVERIFY(std::abs(near.size() - before.size() / 1.25) < 1e-9 * before.size());
    QVERIFY(std::abs((y - near.lower) / near.size() - (y - before.lower) / before.size()) < 1e-9);
    scene.plot.prepare();
    const double pixel = scene.plot.fromY(100) - scene.plot.fromY(101);
    QVERIFY(scroll());
    QVERIFY(std::abs(scene.plot.yAxis->range().lower - near.lower + 7 * pixel) < 1e-6 * near.size());
    QVERIFY(gesture(Qt::ZoomNativeGesture, -1.0, at)); // nonsense of a driver moves nothing
    QVERIFY(gesture(Qt::SmartZoomNativeGesture, 0.0, at));
    QCOMPARE(scene.plot.yAxis->range().size(), before.size());
    QVERIFY(!gesture(Qt::RotateNativeGesture, 0.3, at));
}

void PlotTest::panFollowsThePointer() {
    Scene scene;
    scene.playhead->setPosition(std::nullopt);
    const QPointF from(150, 100), to(190, 70);
    const double x = scene.plot.fromX(from.x()), y = scene.plot.fromY(from.y());
    QTest::mousePress(&scene.plot, Qt::LeftButton, {}, from.toPoint());
    for (const QPoint step : {QPoint(160, 95), QPoint(175, 80), to.toPoint()})
        QTest::mouseMove(&scene.plot, step);
    QTest::mouseRelease(&scene.plot, Qt::LeftButton, {}, to.toPoint());
    scene.plot.prepare();
    // The left margin may breathe with the tick labels: two pixels of grace.
    QVERIFY(std::abs(scene.plot.toX(x) - to.x()) < 2.5);
    QVERIFY(std::abs(scene.plot.toY(y) - to.y()) < 1.5);
}

void PlotTest::endLabelsKeepApart() {
    Scene scene;
    std::mt19937_64 random(2);
    std::normal_distribution<double> normal;
    for (int round = 0; round < 100; ++round) {
        std::vector<EndLabel> many;
        for (int i = 0; i < 40; ++i)
            many.push_back({QStringLiteral("x%1").arg(i), 2.0 * normal(random), {}, i < 6, i});
        scene.labels->setLabels(many);
        scene.plot.prepare();
        const auto placed = scene.labels->placed();
        QVERIFY(placed.size() >= 6);
        for (std::size_t i = 0; i < placed.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY(!placed[i].box.adjusted(0, 1e-6, 0, -1e-6).intersects(placed[j].box));
        QCOMPARE(textFaults(scene.plot), QString());
    }
}

// Beyond the exact limit the raster must still show where there are points, and only there.
void PlotTest::denseScatterShowsEveryRegion() {
    Plot plot;
    plot.resize(400, 300);
    auto* scatter = new RasterScatter(&plot);
    std::vector<double> x, y;
    std::mt19937_64 random(4);
    std::uniform_real_distribution<double> unit(0.0, 1.0);
    for (int i = 0; i < 20000; ++i)
        x.push_back(0.4 * unit(random)), y.push_back(unit(random));
    x.push_back(0.9), y.push_back(0.5); // a lone point
    scatter->setData(x, y);
    plot.setHome({0, 1}, {0, 1});
    const QImage image = plot.grab().toImage();
    const auto inkAt = [&](double px, double py) {
        const QRgb pixel = image.pixel(plot.toPixel(px, py).toPoint());
        return 255 - qRed(pixel);
    };
    QVERIFY(inkAt(0.2, 0.52) > 40);
    QVERIFY(inkAt(0.9, 0.5) > 20);
    QCOMPARE(inkAt(0.7, 0.52), 0);
}

void PlotTest::nearestAndBrush() {
    Plot plot;
    plot.resize(400, 300);
    auto* scatter = new RasterScatter(&plot);
    auto* brush = new Brush(&plot);
    scatter->setData({1, 2, 3, 4}, {1, 4, 2, 3});
    plot.setHome({0, 5}, {0, 5});
    plot.prepare();
    QCOMPARE(scatter->nearest(plot.toPixel(3, 2) + QPointF(3, -2)), 2);
    QCOMPARE(scatter->nearest(plot.toPixel(0.2, 4.8)), -1);
    QSignalSpy brushed(brush, &Brush::brushed);
    QTest::mousePress(&plot, Qt::LeftButton, {}, plot.toPixel(1.5, 4.5).toPoint());
    QTest::mouseMove(&plot, plot.toPixel(4.5, 2.5).toPoint());
    QTest::mouseRelease(&plot, Qt::LeftButton, {}, plot.toPixel(4.5, 2.5).toPoint());
    QCOMPARE(scatter->inside(brushed.last()[0].value<QPolygonF>()), (std::vector<int>{1, 3}));
    // A free loop around the third point only, though its bounding box holds more.
    brushed.clear();
    QTest::mousePress(&plot, Qt::LeftButton, Qt::ShiftModifier, plot.toPixel(2.6, 1.6).toPoint());
    for (const QPointF p : {QPointF(4.6, 1.6), QPointF(4.6, 2.2), QPointF(3.2, 2.4), QPointF(2.6, 4.4)})
        QTest::mouseMove(&plot, plot.toPixel(p.x(), p.y()).toPoint());
    QTest::mouseRelease(&plot, Qt::LeftButton, Qt::ShiftModifier, plot.toPixel(2.6, 4.4).toPoint());
    const auto loop = brushed.last()[0].value<QPolygonF>();
    QCOMPARE(scatter->inside(loop), std::vector<int>{2});
    QVERIFY(loop.boundingRect().contains(plot.toPixel(4, 3)));
}

// The axis line is a hairline on device pixels: full ink in its row, none beside it.
void PlotTest::picturesAreSharpAtAnyRatio() {
    for (const double ratio : {1.0, 1.25, 1.5, 2.0, 3.0}) {
        Scene scene;
        QImage image((QSizeF(scene.plot.size()) * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(ratio);
        scene.plot.render(&image);
        const int column = qRound((scene.plot.area().left() + 30) * ratio);
        const QRgb axis = scene.plot.theme().inkThird.rgb(), ground = scene.plot.theme().surface.rgb();
        int full = 0, half = 0;
        const int middle = qRound(scene.plot.area().bottom() * ratio), reach = qRound(3 * ratio);
        for (int y = middle - reach; y <= middle + reach; ++y) {
            const QRgb pixel = image.pixel(column, y) | 0xff000000u;
            full += pixel == axis;
            half += pixel != axis && pixel != ground;
        }
        QCOMPARE(half, 0);
        QCOMPARE(full, std::max(1, qRound(ratio)));
    }
}

void PlotTest::schedulesAreCoalesced() {
    Scene scene;
    scene.plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&scene.plot));
    QTest::qWait(50);
    QSignalSpy replots(&scene.plot, &QCustomPlot::afterReplot);
    for (int i = 0; i < 100; ++i)
        scene.curve->setNow(1.0 + i);
    QCOMPARE(replots.count(), 0);
    QTest::qWait(100);
    QCOMPARE(replots.count(), 1);
    scene.playhead->setPosition(3.0); // an overlay draws nothing else again
    QTest::qWait(50);
    QCOMPARE(replots.count(), 1);
}

void PlotTest::traceChartSeeksAndFollows() {
    auto trace = std::make_shared<Trace>(
        std::vector<TraceColumn>{{"duality gap", "", true}, {"active set", "", false}});
    for (int i = 0; i <= 1000; ++i) {
        const double row[] = {std::exp(-0.01 * i), double(i / 100)};
        trace->append(i, StepBoundary::None, 1e-6 * i, row);
    }
    TraceChart chart;
    chart.resize(300, 260);
    chart.setTheme(Theme::dark());
    chart.setTrace(trace);
    chart.setNow(400);
    QCOMPARE(chart.column(), 1);
    chart.grab();
    QSignalSpy asked(&chart, &TraceChart::indexRequested);
    TracePlot* plot = chart.plot();
    QTest::mouseClick(plot, Qt::LeftButton, {},
                      QPoint(qRound(plot->toX(700)), qRound(plot->area().center().y())));
    QCOMPARE(asked.count(), 1);
    QVERIFY(std::abs(asked[0][0].toLongLong() - 700) <= std::ceil(1000 / plot->area().width()));
    const QImage before = plot->grab().toImage();
    chart.setNow(800);
    QVERIFY(differentPixels(before, plot->grab().toImage()) > 50);
    chart.setColumn(0);
    QCOMPARE(chart.column(), 0);
    QCOMPARE(textFaults(*plot), QString());
}

// NaN, infinities, zeros on a log axis, one row, no row: drawn without them, never a crash or a hang.
void PlotTest::fewRowsAndOddValuesAreDrawn() {
    auto trace = std::make_shared<Trace>(std::vector<TraceColumn>{{"gap", "", true}});
    TracePlot plot;
    plot.resize(300, 200);
    plot.setTrace(trace, 1);
    plot.grab();
    const double odd[] = {NAN, 0.0, INFINITY, 1.0, -3.0, 1e-300};
    for (int i = 0; i < 6; ++i) {
        trace->append(i, StepBoundary::None, i, std::span(&odd[i], 1));
        plot.setTrace(trace, 1);
        plot.setNow(i);
        plot.grab();
        QCOMPARE(textFaults(plot), QString());
    }
}

// The axis of what hardly changes is not cut into its last digits; what changes fills its plot.
void PlotTest::nearlyConstantTracesHaveShortNumbers() {
    for (const bool logarithmic : {false, true})
        for (const double change : {0.0, 1e-9, 0.5}) {
            auto trace = std::make_shared<Trace>(std::vector<TraceColumn>{{"value", "", logarithmic}});
            const double first = 39.0815369, second = first * (1.0 + change);
            trace->append(0, StepBoundary::None, 0, std::span(&first, 1));
            trace->append(1, StepBoundary::None, 1, std::span(&second, 1));
            TracePlot plot;
            plot.resize(300, 200);
            plot.setTrace(trace, 1);
            plot.grab();
            const double height = plot.yAxis->range().size();
            QVERIFY2(change > 0.1 ? height < 1.3 * (second - first) : height > 1e-4 * first,
                     qPrintable(QString::number(height)));
            QVERIFY(plot.yAxis->range().contains(first) && plot.yAxis->range().contains(second));
        }
}

// Lines that end within a few pixels of each other: the highest has the highest name, whatever their order.
void PlotTest::namesStandInTheOrderOfTheirLines() {
    std::vector<int> order{0, 1, 2};
    do {
        Plot plot;
        plot.resize(400, 300);
        plot.setHome({0, 4}, {0, 10});
        auto* lines = new LabelledLines(&plot);
        std::vector<LabelledLine> three;
        for (const int rank : order) {
            const double end = 8.0 - 0.05 * rank;
            three.push_back({.name = QStringLiteral("line %1").arg(rank),
                             .x = {0, 2, 3},
                             .y = {0, end / 2, end},
                             .category = rank,
                             .everyPoint = true});
        }
        lines->setLines(three);
        plot.prepare();
        const std::vector<QRectF> boxes = lines->labelBoxes();
        for (std::size_t a = 0; a < order.size(); ++a)
            for (std::size_t b = 0; b < order.size(); ++b) {
                QVERIFY(!boxes[a].isNull());
                if (std::abs(boxes[a].left() - boxes[b].left()) > 1.0) continue;
                QVERIFY2(order[a] >= order[b] || boxes[a].top() < boxes[b].top(),
                         qPrintable(QStringLiteral("%1 below %2").arg(order[a]).arg(order[b])));
            }
    } while (std::next_permutation(order.begin(), order.end()));
}

QTEST_MAIN(PlotTest)
#include "tst_plot.moc"
