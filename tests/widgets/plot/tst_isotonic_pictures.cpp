// The views of the isotonic lab with the data of its scenes: nothing blank, nothing cut off, no text on
// another; drawings on paper are vectors.
#include "app/labs/isotonic/isotonic_lab.h"
#include "app/scenario/scenario.h"
#include "tests/widgets/plot/text_recorder.h"

#include <QBuffer>
#include <QSet>
#include <QSvgGenerator>
#include <QTest>

using namespace orrery;

namespace {

int coloursOf(const QImage& image) {
    QSet<QRgb> seen;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            seen.insert(image.pixel(x, y));
    return static_cast<int>(seen.size());
}

std::unique_ptr<IsotonicLab> labAt(const QString& scene, const ParameterValues& more, std::int64_t frame) {
    auto lab = std::make_unique<IsotonicLab>();
    const Scenario scenario = *findScene(scene);
    Progress progress;
    ParameterValues values = scenario.parameters;
    for (const auto& [id, value] : more)
        values[id] = value;
    const auto opened = lab->open(*loadData(scenario.data, progress), values, scenario.seed,
                                  {.runAhead = true, .index = frame, .play = false});
    if (!opened) qFatal("%s", opened.error().message.c_str());
    lab->waitForViews();
    return lab;
}

} // namespace

class IsotonicPictures : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void notBlankAndNothingCutOff_data();
    void notBlankAndNothingCutOff();
    void exportIsVectors_data() { notBlankAndNothingCutOff_data(); }
    void exportIsVectors();
    void everyStepIsReadable();
};

void IsotonicPictures::notBlankAndNothingCutOff_data() {
    QTest::addColumn<QString>("scene");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("frame");
    QTest::newRow("merging") << "isotonic-merging"
                             << "solver"
                             << "stack" << 33;
    QTest::newRow("sweep") << "isotonic-merging"
                           << "solver"
                           << "sweep" << 21;
    QTest::newRow("active set") << "isotonic-merging"
                                << "solver"
                                << "active-set" << 26;
    QTest::newRow("medians") << "isotonic-merging"
                             << "loss"
                             << "l1" << 20;
    QTest::newRow("falling") << "isotonic-merging"
                             << "direction"
                             << "decreasing" << 40;
    QTest::newRow("start") << "isotonic-merging"
                           << "data"
                           << "logistic" << 0;
    QTest::newRow("race") << "isotonic-race"
                          << "data"
                          << "perturbed_log" << 0;
    QTest::newRow("operations") << "isotonic-race"
                                << "cost"
                                << "operations" << 0;
    QTest::newRow("calibration") << "isotonic-calibration"
                                 << "calibrator"
                                 << "none" << 1'000'000;
    QTest::newRow("beta") << "isotonic-calibration"
                          << "calibrator"
                          << "beta" << 600;
    QTest::newRow("equal width") << "isotonic-calibration"
                                 << "bins"
                                 << "equal-width" << 0;
}

void IsotonicPictures::notBlankAndNothingCutOff() {
    QFETCH(QString, scene);
    QFETCH(QString, id);
    QFETCH(QString, value);
    QFETCH(int, frame);
    const auto lab =
        labAt(scene, {{id.toStdString(), value.toStdString()}, {"largest", std::int64_t{1000}}}, frame);
    bool isMain = true;
    for (const StageView& view : lab->stage()) {
        const QSize size =
            std::exchange(isMain, false) ? QSize(560, 500) : QSize(340, 240); // in a window of 1024 × 700
        for (const Theme& theme :
             {Theme::light(), Theme::dark(), Theme::projector(), Theme::projector().presented(1080)}) {
            applyTheme(view.widget, theme);
            view.widget->resize(size * theme.scale);
            QVERIFY2(coloursOf(view.widget->grab().toImage()) > 20, qPrintable(view.id));
            QVERIFY2(textFaults(*view.widget).isEmpty(),
                     qPrintable(view.id + QStringLiteral(": ") + textFaults(*view.widget)));
        }
    }
}

void IsotonicPictures::exportIsVectors() {
    QFETCH(QString, scene);
    QFETCH(QString, id);
    QFETCH(QString, value);
    QFETCH(int, frame);
    const auto lab =
        labAt(scene, {{id.toStdString(), value.toStdString()}, {"largest", std::int64_t{1000}}}, frame);
    for (const StageView& view : lab->stage()) {
        view.widget->resize(560, 420);
        QBuffer buffer;
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize({560, 420});
        view.widget->render(&generator);
        const QString svg = QString::fromUtf8(buffer.data());
        QVERIFY2(!svg.contains(QStringLiteral("<image")), qPrintable(view.id));
        QVERIFY2(svg.count(QStringLiteral("</text>")) >= 1, qPrintable(view.id));
    }
}

// Labels of values follow the blocks: at no step may one lie on another or over the edge.
void IsotonicPictures::everyStepIsReadable() {
    for (const char* solver : {"stack", "sweep", "active-set"}) {
        const auto lab = labAt(QStringLiteral("isotonic-merging"), {{"solver", std::string(solver)}}, 0);
        const std::int64_t end = lab->session()->latest()->transport.furthest;
        for (std::int64_t index = 0; index <= end; ++index) {
            lab->session()->post(command::Seek{index});
            lab->waitForViews();
            for (const StageView& view : lab->stage()) {
                view.widget->resize(560, 500);
                QVERIFY2(
                    textFaults(*view.widget).isEmpty(),
                    qPrintable(
                        QStringLiteral("%1 %2 step %3: ").arg(QString::fromUtf8(solver), view.id).arg(index) +
                        textFaults(*view.widget)));
            }
        }
    }
}

QTEST_MAIN(IsotonicPictures)
#include "tst_isotonic_pictures.moc"
