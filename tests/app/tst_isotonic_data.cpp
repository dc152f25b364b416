// The isotonic lab and its data: columns, gaps, many points, scores of a classifier; what makes no fit ends
// in one sentence.
#include "app/labs/isotonic/views/fit_view.h"
#include "app/labs/isotonic/views/growth_view.h"
#include "core/calibration/metrics.h"
#include "tests/app/isotonic_bench.h"
#include "widgets/plot/number_format.h"

using namespace orrery;

namespace {

bool isPainted(QWidget& widget) {
    const QImage image = widget.grab().toImage();
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 2)
        for (int x = 0; x < image.width(); x += 2)
            colours.insert(image.pixel(x, y));
    return colours.size() > 3;
}

} // namespace

class TestIsotonicData : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void dataInWordsIsTrue();
    void oddData_data();
    void oddData();
    void refusedDataLosesNothing();
    void columnsFollowTheData();
    void manyPointsAreADensityAndExactOnZoom();
    void brierScoreIsItsParts();
    void calibratorChangesTheDiagram();
    void raceHasWhatWasPublishedApart();
    void raceOfATableSaysWhatItRaces();
    void longTablesAreWrittenPieceByPiece();
    void oneLongBlockIsWrittenUntilItIsStopped();
    void onlyTheStageIsFed();
    void preparationEnds();
    void stoppedPreparationChangesNothing();
};

void TestIsotonicData::dataInWordsIsTrue() {
    Bench shape(cancer(), {{"data", std::string("pathological")}, {"n", std::int64_t{40}}});
    QCOMPARE(shape.lab.dataInWords(), QStringLiteral("Pathological · 40 points"));
    Bench gaps(cells(QStringLiteral("x,y\n1,3\n2,\n2,5\n2,1\n3,4\n")), table());
    QCOMPARE(gaps.lab.dataInWords(),
             QStringLiteral("cells · 4 rows · y over x · 3 different x · 1 row with gaps left out"));
    Bench falling(cells(QStringLiteral("x,y\n1,9\n2,5\n3,6\n4,1\n")),
                  table({{"direction", std::string("auto")}}));
    QVERIFY2(falling.lab.dataInWords().endsWith(QStringLiteral("decreasing")),
             qPrintable(falling.lab.dataInWords()));
    falling.toEnd();
    const auto rows = rowsOf(falling.lab.resultAsCsv());
    for (std::size_t i = 1; i < rows.size(); ++i)
        QVERIFY(rows[i].fit <= rows[i - 1].fit);
}

void TestIsotonicData::oddData_data() {
    QTest::addColumn<QString>("csv");
    QTest::addColumn<bool>("usable");
    const auto add = [](const char* name, const char* csv, bool usable) {
        QTest::newRow(name) << QString::fromUtf8(csv) << usable;
    };
    add("one column", "y\n3\n1\n2\n", true);
    add("one point", "x,y\n1,2\n", true);
    add("two equal points", "x,y\n1,2\n1,2\n", true);
    add("constant y", "x,y\n1,2\n2,2\n3,2\n4,2\n", true);
    add("constant x", "x,y\n1,2\n1,3\n1,9\n", true);
    add("gaps", "x,y\n1,2\n2,\n,3\n4,1\n", true);
    add("large numbers", "x,y\n1e140,2e140\n2e140,1e140\n3e140,4e140\n", true);
    add("beyond summing", "x,y\n1e150,2e150\n2e150,1e150\n3e150,4e150\n", false);
    add("small numbers", "x,y\n1e-200,2e-200\n2e-200,1e-200\n3e-200,4e-200\n", true);
    add("falling", "x,y\n1,9\n2,8\n3,7\n4,6\n5,5\n", true);
    add("all missing", "x,y\n1,\n2,\n3,\n", false);
    add("words", "x,y\na,b\nc,d\n", false);
    add("infinite", "x,y\n1,2\n2,1e400\n", false);
}

void TestIsotonicData::oddData() {
    QFETCH(QString, csv);
    QFETCH(bool, usable);
    for (const auto method : isotonic::kIsotonicMethods)
        for (const char* loss : {"l2", "l1"}) {
            Bench bench(cells(csv), table({{"solver", std::string(isotonic::idOf(method))},
                                           {"loss", std::string(loss)}}));
            const QString said =
                bench.failures.isEmpty() ? QString() : bench.failures.front().front().toString();
            const QByteArray here =
                QByteArray(isotonic::idOf(method).data()) + ' ' + loss + ": " + said.toUtf8();
            QVERIFY2(bench.failures.size() <= 1, here);
            QVERIFY2(!said.contains(u'\n') && said.size() < 300, here);
            QVERIFY2(usable == said.isEmpty(), here);
            bench.toEnd();
            bench.post(command::Seek{2});
            for (const StageView& view : bench.lab.stage()) {
                view.widget->resize(420, 320);
                QVERIFY2(isPainted(*view.widget), here + ' ' + view.id.toUtf8());
            }
            const auto snapshot = bench.lab.session()->latest();
            QVERIFY2(!usable || (snapshot && snapshot->transport.ended), here);
            (void)bench.lab.narration();
            (void)bench.lab.resultAsCsv();
            (void)bench.lab.dataInWords();
        }
}

void TestIsotonicData::refusedDataLosesNothing() {
    Bench bench(cells(QString::fromUtf8(kWeighted)),
                table({{"x", std::string("x")}, {"y", std::string("y")}}), 3);
    const Dataset before = bench.lab.dataset();
    const QString words = bench.lab.dataInWords(), csv = bench.lab.resultAsCsv();
    (void)bench.lab.setDataset(cells(QStringLiteral("x,y\n1,2\n2,1e400\n")));
    bench.lab.waitForViews();
    bench.post(command::Step{});
    bench.post(command::Step{Grain::Step, -1});
    QCOMPARE(bench.failures.size(), 1);
    QCOMPARE(bench.lab.dataInWords(), words);
    QCOMPARE(bench.lab.resultAsCsv(), csv);
    QVERIFY(bench.lab.dataset() == before);
    // A knob after the refusal is answered with the old columns.
    ParameterValues values = bench.lab.parameters();
    values["solver"] = std::string("sweep");
    bench.lab.setParameters(values);
    bench.lab.waitForViews();
    QCOMPARE(bench.failures.size(), 1);

    Bench negative(cells(QStringLiteral("x,y,w\n1,2,1\n2,1,-3\n")),
                   table({{"x", std::string("x")}, {"y", std::string("y")}, {"weight", std::string("w")}}));
    QCOMPARE(negative.failures.size(), 1);
    QVERIFY(negative.failures.front().front().toString().contains(QStringLiteral("negative")));
    Bench active(cancer(), {{"solver", std::string("active-set")}, {"n", std::int64_t{200'000}}});
    QCOMPARE(active.failures.size(), 1);
    QVERIFY(active.failures.front().front().toString().contains(QStringLiteral("quadratic")));
}

void TestIsotonicData::columnsFollowTheData() {
    Bench bench(cancer());
    const auto optionsOf = [&](const char* id) {
        std::vector<std::string> ids;
        const std::vector<ParameterSpec> specs = bench.lab.parameterSpecs();
        for (const ParameterOption& option : findSpec(specs, id)->options)
            ids.push_back(option.id);
        return ids;
    };
    QVERIFY(optionsOf("x").size() > 20);
    QVERIFY(bench.lab.setDataset(cells(QString::fromUtf8(kWeighted))));
    bench.lab.waitForViews();
    QCOMPARE(optionsOf("x"), (std::vector<std::string>{"#", "x", "y", "w"}));
    QCOMPARE(optionsOf("weight"), (std::vector<std::string>{"none", "x", "y", "w"}));
    QVERIFY(validated(bench.lab.parameterSpecs(), bench.lab.parameters()));
}

void TestIsotonicData::manyPointsAreADensityAndExactOnZoom() {
    Bench bench(cancer(), {{"data", std::string("noisy_line")}, {"n", std::int64_t{300'000}}}, 1000);
    auto* fit = bench.view<isotone::FitView>();
    fit->resize(700, 500);
    bench.lab.waitForViews();
    QVERIFY(isPainted(*fit));
    QVERIFY(!fit->isEditable());
    QCOMPARE(fit->exactRows(), std::size_t{0});
    // Zoomed to a hundred points each of them is drawn.
    fit->setHome({1000.0, 1100.0}, {800.0, 1300.0});
    fit->resetView();
    bench.lab.waitForViews();
    QVERIFY2(fit->exactRows() >= 101 && fit->exactRows() <= 103,
             qPrintable(QString::number(fit->exactRows())));
}

void TestIsotonicData::brierScoreIsItsParts() {
    Bench bench(cancer(), {{"view", std::string("calibration")}});
    QVERIFY(bench.failures.isEmpty());
    auto* shown = bench.view<NumberTable>();
    QVERIFY(shown);
    const auto& rows = shown->rows();
    QCOMPARE(rows.size(), std::size_t{7});
    for (std::size_t column = 0; column < 4; ++column) {
        const auto value = [&](std::size_t row) { return rows[row].cells[column].text.toDouble(); };
        QVERIFY(value(0) > 0.0 && value(0) < 0.1);
        QVERIFY(std::abs(value(0) - (value(1) - value(2) + value(3))) < 2e-4); // four digits each
    }
    // As scored: recomputed without the lab.
    Progress progress;
    IsotonicKnobs knobs;
    const auto sample = scoredSampleOf(*cancer(), knobs, 7, progress);
    QVERIFY(sample);
    double brier = 0.0, loss = 0.0;
    for (std::size_t i = 0; i < (*sample)->rows(); ++i) {
        const double s = (*sample)->scores[i], y = (*sample)->labels[i];
        brier += (s - y) * (s - y), loss -= y > 0.5 ? std::log(s) : std::log1p(-s);
    }
    const auto n = static_cast<double>((*sample)->rows());
    QCOMPARE(rows[0].cells[0].text, fixedNumber(brier / n, 4));
    QCOMPARE(rows[4].cells[0].text, fixedNumber(loss / n, 4));
    QVERIFY(bench.lab.dataInWords().contains(QStringLiteral("569 rows")));
}

void TestIsotonicData::calibratorChangesTheDiagram() {
    Bench bench(cancer(), {{"view", std::string("calibration")}});
    const QString before = bench.lab.subtitle(QStringLiteral("reliability"));
    QWidget* card = bench.lab.stage().front().widget;
    card->resize(600, 600);
    const QImage asScored = card->grab().toImage();
    for (const char* calibrator : {"isotonic", "platt", "beta"}) {
        bench.lab.setParameters(
            {{"view", std::string("calibration")}, {"calibrator", std::string(calibrator)}});
        bench.lab.waitForViews();
        QVERIFY(card->grab().toImage() != asScored);
    }
    bench.lab.setParameters({{"view", std::string("calibration")},
                             {"bins", std::string("equal-width")},
                             {"bin_count", std::int64_t{4}}});
    bench.lab.waitForViews();
    QCOMPARE(bench.lab.subtitle(QStringLiteral("reliability")), QStringLiteral("4 bins of equal width"));
    bench.lab.setParameters({{"view", std::string("calibration")}});
    bench.lab.waitForViews();
    QCOMPARE(bench.lab.subtitle(QStringLiteral("reliability")), before);
    QVERIFY(card->grab().toImage() == asScored);
}

void TestIsotonicData::raceHasWhatWasPublishedApart() {
    Bench bench(cancer(), {{"view", std::string("race")},
                           {"data", std::string("perturbed_log")},
                           {"largest", std::int64_t{1000}}});
    const auto stage = bench.lab.stage();
    QCOMPARE(stage.size(), std::size_t{3});
    const auto& race = qobject_cast<isotone::GrowthView*>(stage[0].widget)->picture();
    QCOMPARE(race.lines.size(), std::size_t{4}); // three algorithms and the fast twin
    for (const LabelledLine& line : race.lines)
        QCOMPARE(line.x, (std::vector<double>{10, 100, 1000}));
    const auto& speedup = qobject_cast<isotone::GrowthView*>(stage[1].widget)->picture();
    const LabelledLine& published = speedup.lines.back();
    QCOMPARE(published.y, (std::vector<double>{2, 3, 14, 57, 561, 4645}));
    QVERIFY(published.dashed && published.category < 0 &&
            published.name.contains(QStringLiteral("published")));
    const auto& levels = qobject_cast<isotone::GrowthView*>(stage[2].widget)->picture();
    QCOMPARE(levels.bands.size(), std::size_t{2});
    QCOMPARE(levels.lines.size(), std::size_t{3});

    bench.lab.setParameters({{"view", std::string("race")},
                             {"data", std::string("perturbed_log")},
                             {"largest", std::int64_t{1000}},
                             {"cost", std::string("operations")}});
    bench.lab.waitForViews();
    const isotonic::ShapeData shape = isotonic::makeShape(isotonic::Shape::PerturbedLog, 1000, 7);
    isotonic::StackPava stack(*isotonic::makeProblem(shape.x, shape.y));
    (void)solve(stack);
    QCOMPARE(race.lines.front().y.back(), static_cast<double>(stack.state().counters.operations()));
}

// A table has one size: what is raced is said.
void TestIsotonicData::raceOfATableSaysWhatItRaces() {
    Bench bench(cells(QStringLiteral("x,y\n1,2\n2,1\n3,4\n")),
                table({{"view", std::string("race")}, {"largest", std::int64_t{1000}}}));
    QVERIFY(bench.lab.subtitle(QStringLiteral("race")).contains(QStringLiteral("perturbed log")));
}

// What is written piece by piece is the whole, and it can be stopped.
void TestIsotonicData::longTablesAreWrittenPieceByPiece() {
    Bench bench(cancer(), {{"data", std::string("perturbed_log")}, {"n", std::int64_t{50'000}}});
    bench.toEnd();
    const TableWriter writer = bench.lab.resultWriter();
    Progress progress;
    QByteArray whole;
    int pieces = 0;
    QVERIFY(writer(
        [&](const QByteArray& piece) {
            whole += piece;
            return ++pieces > 0;
        },
        progress));
    QCOMPARE(progress.fraction(), 1.0);
    QVERIFY2(pieces > 3, qPrintable(QString::number(pieces)));
    QCOMPARE(QString::fromUtf8(whole), bench.lab.resultAsCsv());
    const auto rows = rowsOf(QString::fromUtf8(whole));
    QCOMPARE(rows.size(), std::size_t{50'000});
    const isotonic::ShapeData shape = isotonic::makeShape(isotonic::Shape::PerturbedLog, 50'000, 7);
    for (std::size_t i = 0; i < rows.size(); ++i)
        QVERIFY(rows[i].x == shape.x[i] && rows[i].y == shape.y[i]);

    pieces = 0;
    Progress stopped;
    QVERIFY(!writer([&](const QByteArray&) { return ++pieces < 2; }, stopped)); // a full disk
    QCOMPARE(pieces, 2);
    stopped.cancel();
    QVERIFY(!writer([](const QByteArray&) { return true; }, stopped));
}

// All rows in one block: it can be stopped within the block.
void TestIsotonicData::oneLongBlockIsWrittenUntilItIsStopped() {
    Bench bench(cancer(), {{"data", std::string("alternating")}, {"n", std::int64_t{200'000}}});
    bench.toEnd();
    QVERIFY(bench.lab.resultAsCsv().endsWith(QStringLiteral(",1\n"))); // the last row is of block 1
    const TableWriter writer = bench.lab.resultWriter();
    Progress progress;
    int pieces = 0;
    double written = 0.0;
    QVERIFY(!writer(
        [&](const QByteArray&) {
            written = progress.fraction();
            if (++pieces == 3) progress.cancel();
            return true;
        },
        progress));
    QCOMPARE(pieces, 3);
    QVERIFY2(written > 0.0 && written < 0.9, qPrintable(QString::number(written)));
}

// Moments come to the cards of the stage alone; one that comes onto it has the newest.
void TestIsotonicData::onlyTheStageIsFed() {
    Bench bench(cancer(), {{"data", std::string("perturbed_log")}});
    auto* fit = bench.view<isotone::FitView>();
    const QString before = fit->summary();
    const auto view = [&](const char* id) {
        bench.lab.setParameters({{"data", std::string("perturbed_log")},
                                 {"view", std::string(id)},
                                 {"largest", std::int64_t{100}}});
        bench.lab.waitForViews();
    };
    view("race");
    bench.post(command::Seek{20});
    QCOMPARE(fit->summary(), before);
    view("fitting");
    QVERIFY(fit->summary() != before);
}

// Until the run is there its preparation is known; a run that is not wanted any more is stopped.
void TestIsotonicData::preparationEnds() {
    IsotonicLab lab;
    QSignalSpy changed(&lab, &Lab::preparationChanged);
    const ParameterValues values{{"view", std::string("calibration")}};
    const SessionStart start{.runAhead = true, .index = 0, .play = false};
    QVERIFY(lab.open(cancer(), values, 7, start));
    QVERIFY(lab.preparation() && lab.preparation()->what.contains(QStringLiteral("out of sample")));
    const auto first = lab.preparation()->progress;
    QVERIFY(lab.open(cancer(), values, 8, start));
    QVERIFY(first->isCancelled() && lab.preparation()->progress != first);
    lab.waitForViews();
    QVERIFY(!lab.preparation());
    QCOMPARE(changed.size(), 3);
}

void TestIsotonicData::stoppedPreparationChangesNothing() {
    // So many rows that they are not scored before the cancel below, however late this thread has its turn.
    const Dataset many = loaded(GeneratorSource{
        QStringLiteral("blobs"), {{"n", std::int64_t{500'000}}, {"classes", std::int64_t{2}}}, 1});
    Bench bench(many, {{"data", std::string("perturbed_log")}});
    const QString words = bench.lab.dataInWords();
    bench.lab.setParameters({{"view", std::string("calibration")}});
    bench.lab.preparation()->progress->cancel();
    bench.lab.waitForViews();
    QVERIFY(!bench.lab.preparation());
    QVERIFY2(bench.failures.isEmpty(), qPrintable(bench.failures.value(0).value(0).toString()));
    QCOMPARE(bench.lab.dataInWords(), words);
    QVERIFY(!bench.lab.parameters().contains("view"));
    QVERIFY(bench.view<isotone::FitView>()); // the stage is the one before
}

QTEST_MAIN(TestIsotonicData)
#include "tst_isotonic_data.moc"
