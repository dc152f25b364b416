// The views of the SVM lab with the data of its scenes: nothing blank, nothing cut off, no text on another;
// drawings on paper are vectors.
#include "app/labs/svm/svm_lab.h"
#include "app/scenario/scenario.h"
#include "tests/widgets/plot/text_recorder.h"
#include "widgets/plot/plot.h"

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

// Plots in a card are judged one by one: the recorder takes a child's text for its parent's.
QString faultsOf(QWidget& widget) {
    const QList<Plot*> plots = widget.findChildren<Plot*>();
    if (plots.isEmpty()) return textFaults(widget);
    QString faults;
    for (Plot* plot : plots)
        faults += textFaults(*plot);
    return faults;
}

/// The views stand on a host: what is not seen is not computed.
struct Shown {
    QWidget host;
    std::unique_ptr<SvmLab> lab = std::make_unique<SvmLab>();
    std::vector<StageView> views;

    Shown(const QString& scene, const ParameterValues& more, std::int64_t frame) {
        const Scenario scenario = *findScene(scene);
        Progress progress;
        ParameterValues values = scenario.parameters;
        for (const auto& [id, value] : more)
            values[id] = value;
        const auto opened = lab->open(*loadData(scenario.data, progress), values, scenario.seed,
                                      {.runAhead = true, .index = frame, .play = false});
        if (!opened) qFatal("%s", opened.error().message.c_str());
        views = lab->stage();
        for (const StageView& view : views)
            view.widget->setParent(&host);
        lab->waitForViews();
    }
    ~Shown() {
        for (const StageView& view : views)
            view.widget->setParent(nullptr);
    }
};

} // namespace

class SvmPictures : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void notBlankAndNothingCutOff_data();
    void notBlankAndNothingCutOff();
    void exportIsVectors_data() { notBlankAndNothingCutOff_data(); }
    void exportIsVectors();
    void everyStepIsReadable();
};

void SvmPictures::notBlankAndNothingCutOff_data() {
    QTest::addColumn<QString>("scene");
    QTest::addColumn<QString>("view");
    QTest::addColumn<QString>("kernel");
    QTest::addColumn<int>("frame");
    const auto add = [](const char* name, const char* scene, const char* view, const char* kernel,
                        int frame) {
        QTest::newRow(name) << QString::fromUtf8(scene) << QString::fromUtf8(view)
                            << QString::fromUtf8(kernel) << frame;
    };
    add("rings", "svm-rings", "fitting", "rbf", 1'000'000);
    add("start", "svm-rings", "fitting", "rbf", 0);
    add("cost", "svm-cost", "fitting", "linear", 1'000'000);
    add("pairs", "svm-smo", "stepping", "rbf", 3);
    add("kernel", "svm-smo", "kernel", "rbf", 5);
    add("sigmoid", "svm-rings", "kernel", "sigmoid", 20);
    add("lift", "svm-rings", "kernel", "poly", 1'000'000);
}

void SvmPictures::notBlankAndNothingCutOff() {
    QFETCH(QString, scene);
    QFETCH(QString, view);
    QFETCH(QString, kernel);
    QFETCH(int, frame);
    Shown shown(scene, {{"view", view.toStdString()}, {"kernel", kernel.toStdString()}}, frame);
    bool isMain = true;
    for (const StageView& card : shown.views) {
        const QSize size =
            std::exchange(isMain, false) ? QSize(560, 500) : QSize(340, 240); // in a window of 1024 × 700
        for (const Theme& theme :
             {Theme::light(), Theme::dark(), Theme::projector(), Theme::projector().presented(1080)}) {
            applyTheme(card.widget, theme);
            card.widget->resize(size * theme.scale);
            shown.lab->waitForViews();
            QVERIFY2(coloursOf(card.widget->grab().toImage()) > 12, qPrintable(card.id));
            QVERIFY2(faultsOf(*card.widget).isEmpty(),
                     qPrintable(card.id + QStringLiteral(": ") + faultsOf(*card.widget)));
        }
    }
}

void SvmPictures::exportIsVectors() {
    QFETCH(QString, scene);
    QFETCH(QString, view);
    QFETCH(QString, kernel);
    QFETCH(int, frame);
    Shown shown(scene, {{"view", view.toStdString()}, {"kernel", kernel.toStdString()}}, frame);
    for (const StageView& card : shown.views) {
        card.widget->resize(560, 420);
        shown.lab->waitForViews();
        QBuffer buffer;
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize({560, 420});
        card.widget->render(&generator);
        const QString svg = QString::fromUtf8(buffer.data());
        QVERIFY2(!svg.contains(QStringLiteral("<image")), qPrintable(card.id));
        QVERIFY2(svg.count(QStringLiteral("</text>")) >= 1, qPrintable(card.id));
    }
}

// The labels of the pair follow its points: at no step may one lie on another or over the edge.
void SvmPictures::everyStepIsReadable() {
    Shown shown(QStringLiteral("svm-smo"), {}, 0);
    const std::int64_t end = shown.lab->session()->latest()->transport.furthest;
    for (std::int64_t index = 0; index <= end; ++index) {
        shown.lab->session()->post(command::Seek{index});
        shown.lab->waitForViews();
        for (const StageView& card : shown.views) {
            card.widget->resize(card.id == u"plane" ? QSize(560, 500) : QSize(340, 260));
            QVERIFY2(
                faultsOf(*card.widget).isEmpty(),
                qPrintable(QStringLiteral("%1 step %2: ").arg(card.id).arg(index) + faultsOf(*card.widget)));
        }
    }
}

QTEST_MAIN(SvmPictures)
#include "tst_svm_pictures.moc"
