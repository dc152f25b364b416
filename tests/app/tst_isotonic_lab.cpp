// The isotonic lab without a window: what stands on the screen is what the solver computed, points follow the
// hand, and data that makes no fit ends in one sentence.
#include "app/labs/isotonic/isotonic_lab.h"
#include "app/labs/isotonic/views/counter_view.h"
#include "app/labs/isotonic/views/fit_view.h"
#include "app/labs/isotonic/views/growth_view.h"
#include "app/labs/isotonic/views/step_marks.h"
#include "app/scenario/scenario.h"
#include "core/calibration/metrics.h"
#include "widgets/plot/number_format.h"

#include <QSignalSpy>
#include <QtTest>

using namespace orrery;

namespace {

using Dataset = std::shared_ptr<const data::Dataset>;

Dataset loaded(const DataSource& source) {
    Progress progress;
    auto dataset = loadData({source, {}}, progress);
    if (!dataset) qFatal("%s", dataset.error().message.c_str());
    return *dataset;
}
Dataset cells(const QString& csv) {
    return loaded(InlineSource{QStringLiteral("cells"), csv, {}});
}
Dataset cancer() {
    return loaded(BuiltinSource{QStringLiteral("breast_cancer")});
}

ParameterValues table(ParameterValues more = {}) {
    more["data"] = std::string("table");
    return more;
}

/// A lab with its run computed to the end.
struct Bench {
    IsotonicLab lab;
    QSignalSpy failures{&lab, &Lab::failed};

    explicit Bench(const Dataset& dataset, ParameterValues values = {}, std::int64_t index = 0) {
        const auto opened = lab.open(dataset, values, 7, {.runAhead = true, .index = index, .play = false});
        if (!opened) Q_EMIT lab.failed(QString::fromStdString(opened.error().message));
        lab.waitForViews();
    }
    TransportState transport() { return lab.session()->latest()->transport; }
    void post(const Command& command) {
        lab.session()->post(command);
        lab.waitForViews();
    }
    void toEnd() { post(command::RunToEnd{}); }
    template <class View>
    View* view() {
        for (const StageView& view : lab.stage())
            if (auto* found = qobject_cast<View*>(view.widget)) return found;
        return nullptr;
    }
};

QString formulaOf(const Narration& why) {
    QString text;
    for (const FormulaTerm& term : why.formula)
        text += term.text;
    return text;
}

QString resultOf(const Narration& why) {
    for (const FormulaTerm& term : why.formula)
        if (term.isResult) return term.text;
    return {};
}

struct FittedRow {
    double x, y, weight, fit;
    int block;
};
std::vector<FittedRow> rowsOf(const QString& csv) {
    std::vector<FittedRow> rows;
    for (const QString& line : csv.trimmed().split(u'\n').mid(1)) {
        const QStringList cell = line.split(u',');
        rows.push_back({cell[0].toDouble(), cell[1].toDouble(), cell[2].toDouble(), cell[3].toDouble(),
                        cell[4].toInt()});
    }
    return rows;
}

/// max over a ≤ i of min over b ≥ i of the weighted mean of a … b.
double maxMin(const std::vector<FittedRow>& rows, std::size_t i) {
    double best = -INFINITY;
    for (std::size_t a = 0; a <= i; ++a) {
        double least = INFINITY, sum = 0.0, weight = 0.0;
        for (std::size_t b = a; b < rows.size(); ++b) {
            sum += rows[b].weight * rows[b].y, weight += rows[b].weight;
            if (b >= i) least = std::min(least, sum / weight);
        }
        best = std::max(best, least);
    }
    return best;
}

bool isPainted(QWidget& widget) {
    const QImage image = widget.grab().toImage();
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 2)
        for (int x = 0; x < image.width(); x += 2)
            colours.insert(image.pixel(x, y));
    return colours.size() > 3;
}

// From the isotonic articles: weights 3, 3, 3, 2.
const char* const kWeighted = "x,y,w\n1,22.5,3\n2,23.333,3\n3,20.833,3\n4,24.25,2\n";

} // namespace

class TestIsotonicLab : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void theWhyPanelIsTheMerge();
    void formulaIsRecomputedFromThePoints();
    void exportedFitIsTheMaxMinFormula_data();
    void exportedFitIsTheMaxMinFormula();
    void countersAreTheSolvers();
    void anyStepInAnyOrder();
    void dataInWordsIsTrue();
    void editsMakeANewTable();
    void theLastPointStays();
    void markedRowsAreTableRows();
    void oddData_data();
    void oddData();
    void refusedDataLosesNothing();
    void columnsFollowTheData();
    void manyPointsAreADensityAndExactOnZoom();
    void brierScoreIsItsParts();
    void calibratorChangesTheDiagram();
    void raceHasWhatWasPublishedApart();
};

void TestIsotonicLab::theWhyPanelIsTheMerge() {
    Bench bench(cells(QString::fromUtf8(kWeighted)),
                table({{"weight", std::string("w")}, {"x", std::string("x")}, {"y", std::string("y")}}));
    QStringList formulas;
    for (std::int64_t i = 1; i <= bench.transport().furthest; ++i) {
        bench.post(command::Seek{i});
        formulas << formulaOf(bench.lab.narration());
    }
    const QString all = formulas.join(u'\n');
    QVERIFY2(formulas.contains(QStringLiteral("(3·23.33 + 3·20.83) / (3 + 3) = 22.08")), qPrintable(all));
    QVERIFY2(formulas.contains(QStringLiteral("(3·22.50 + 6·22.08) / (3 + 6) = 22.22")), qPrintable(all));
    const auto rows = rowsOf(bench.lab.resultAsCsv());
    QCOMPARE(rows.size(), std::size_t{4});
    for (int i = 0; i < 3; ++i)
        QVERIFY(std::abs(rows[static_cast<std::size_t>(i)].fit - 66.666 / 3.0) < 1e-12);
    QCOMPARE(rows[3].fit, 24.25);
    QCOMPARE(bench.lab.dataInWords(), QStringLiteral("cells · 4 rows · y over x · weighted by w"));
}

// Means and weights of both blocks from the points themselves, at every pooling of a run.
void TestIsotonicLab::formulaIsRecomputedFromThePoints() {
    Bench bench(cancer(), {{"data", std::string("perturbed_log")}, {"n", std::int64_t{40}}});
    const isotonic::ShapeData shape = isotonic::makeShape(isotonic::Shape::PerturbedLog, 40, 7);
    const auto problem = isotonic::makeProblem(shape.x, shape.y);
    QVERIFY(problem);
    isotonic::StackPava solver(*problem);
    const auto mean = [&](const isotonic::Block& block) {
        double sum = 0.0;
        for (std::size_t i = block.first; i <= block.last; ++i)
            sum += shape.y[i];
        return sum / block.size();
    };
    int compared = 0;
    for (std::int64_t index = 1; index <= bench.transport().furthest; ++index) {
        (void)solver.step();
        const isotonic::Move& move = solver.state().move;
        if (move.kind != isotonic::MoveKind::Pool) continue;
        bench.post(command::Seek{index});
        const auto term = [&](const isotonic::Block& block) {
            return isotone::figure(block.size()) + QStringLiteral("·") + isotone::figure(mean(block));
        };
        QCOMPARE(formulaOf(bench.lab.narration()),
                 QStringLiteral("(%1 + %2) / (%3 + %4) = %5")
                     .arg(term(move.left), term(move.right), isotone::figure(move.left.size()),
                          isotone::figure(move.right.size()),
                          isotone::figure(mean({move.left.first, move.right.last, 0, 0, 0}))));
        ++compared;
    }
    QVERIFY2(compared >= 10, qPrintable(QString::number(compared)));
}

void TestIsotonicLab::exportedFitIsTheMaxMinFormula_data() {
    QTest::addColumn<QString>("solver");
    QTest::addColumn<QString>("shape");
    for (const auto method : isotonic::kIsotonicMethods)
        for (const char* shape : {"perturbed_log", "logistic", "pathological", "alternating"})
            QTest::addRow("%s %s", isotonic::idOf(method).data(), shape)
                << QString::fromUtf8(isotonic::idOf(method).data()) << QString::fromUtf8(shape);
}

void TestIsotonicLab::exportedFitIsTheMaxMinFormula() {
    QFETCH(QString, solver);
    QFETCH(QString, shape);
    Bench bench(cancer(),
                {{"solver", solver.toStdString()}, {"data", shape.toStdString()}, {"n", std::int64_t{60}}});
    bench.toEnd();
    const auto rows = rowsOf(bench.lab.resultAsCsv());
    QCOMPARE(rows.size(), std::size_t{60});
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double wanted = maxMin(rows, i);
        QVERIFY2(std::abs(rows[i].fit - wanted) < 1e-9 * (1.0 + std::abs(wanted)),
                 qPrintable(QString::number(i)));
    }
}

void TestIsotonicLab::countersAreTheSolvers() {
    Bench bench(cancer(), {{"data", std::string("perturbed_log")}, {"n", std::int64_t{50}}}, 33);
    const isotonic::ShapeData shape = isotonic::makeShape(isotonic::Shape::PerturbedLog, 50, 7);
    const auto problem = isotonic::makeProblem(shape.x, shape.y);
    auto* view = bench.view<isotone::CounterView>();
    QVERIFY(view);
    const auto& rows = view->table()->rows();
    QCOMPARE(rows.size(), std::size_t{5});
    for (std::size_t m = 0; m < 3; ++m) {
        isotonic::AnyIsotonicSolver solver(isotonic::kIsotonicMethods[m], *problem);
        for (int i = 0; i < 33; ++i)
            (void)solver.step();
        const auto state = solver.state();
        const isotonic::Counters& counters = isotonic::commonOf(state).counters;
        QCOMPARE(rows[1].cells[m].text, QString::number(counters.comparisons));
        QCOMPARE(rows[2].cells[m].text, QString::number(counters.pops));
        QCOMPARE(rows[3].cells[m].text, QString::number(counters.writes));
        QCOMPARE(rows[4].cells[m].text, QString::number(counters.passes));
    }
}

void TestIsotonicLab::anyStepInAnyOrder() {
    for (const auto method : isotonic::kIsotonicMethods) {
        Bench bench(cancer(), {{"solver", std::string(isotonic::idOf(method))}, {"n", std::int64_t{30}}});
        const std::int64_t end = bench.transport().furthest;
        QHash<std::int64_t, QString> straight;
        for (std::int64_t i = 0; i <= end; ++i) {
            bench.post(command::Seek{i});
            straight[i] = bench.lab.resultAsCsv() + bench.lab.narration().sentence;
        }
        for (std::int64_t i = end; i >= 0; --i) {
            const std::int64_t index = (i * 37) % (end + 1);
            bench.post(command::Seek{index});
            QCOMPARE(bench.lab.resultAsCsv() + bench.lab.narration().sentence, straight[index]);
        }
    }
}

void TestIsotonicLab::dataInWordsIsTrue() {
    Bench shape(cancer(), {{"data", std::string("pathological")}, {"n", std::int64_t{40}}});
    QCOMPARE(shape.lab.dataInWords(), QStringLiteral("Pathological · 40 points"));
    Bench gaps(cells(QStringLiteral("x,y\n1,3\n2,\n2,5\n2,1\n3,4\n")), table());
    QCOMPARE(gaps.lab.dataInWords(),
             QStringLiteral("cells · 4 rows · y over x · 3 different x · 1 rows with gaps left out"));
    Bench falling(cells(QStringLiteral("x,y\n1,9\n2,5\n3,6\n4,1\n")),
                  table({{"direction", std::string("auto")}}));
    QVERIFY2(falling.lab.dataInWords().endsWith(QStringLiteral("decreasing")),
             qPrintable(falling.lab.dataInWords()));
    falling.toEnd();
    const auto rows = rowsOf(falling.lab.resultAsCsv());
    for (std::size_t i = 1; i < rows.size(); ++i)
        QVERIFY(rows[i].fit <= rows[i - 1].fit);
}

void TestIsotonicLab::editsMakeANewTable() {
    Bench bench(cancer(), {{"data", std::string("alternating")}, {"n", std::int64_t{12}}});
    auto* fit = bench.view<isotone::FitView>();
    QVERIFY(fit);
    Dataset edited;
    ParameterValues values;
    connect(&bench.lab, &Lab::dataEdited, this, [&](Dataset dataset, const ParameterValues& with, bool) {
        edited = dataset;
        values = with;
    });
    Q_EMIT fit->rowDragged(4, 3.5, 99.0, true);
    QVERIFY(edited);
    bench.lab.editData(edited, values);
    bench.lab.waitForViews();
    bench.toEnd();
    auto rows = rowsOf(bench.lab.resultAsCsv());
    QCOMPARE(rows.size(), std::size_t{12});
    const auto moved =
        std::find_if(rows.begin(), rows.end(), [](const FittedRow& row) { return row.y == 99.0; });
    QVERIFY(moved != rows.end());
    QCOMPARE(moved->x, 3.5);
    for (std::size_t i = 0; i < rows.size(); ++i)
        QVERIFY(std::abs(rows[i].fit - maxMin(rows, i)) < 1e-9);
    Q_EMIT fit->rowAdded(20.0, -5.0);
    QCOMPARE(edited->table->rows(), std::size_t{13});
    Q_EMIT fit->rowRemoved(0);
    QCOMPARE(edited->table->rows(), std::size_t{11});
    QVERIFY(bench.failures.isEmpty());
}

void TestIsotonicLab::theLastPointStays() {
    Bench bench(cells(QStringLiteral("x,y\n1,3\n")), table());
    QSignalSpy edits(&bench.lab, &Lab::dataEdited);
    Q_EMIT bench.view<isotone::FitView>()->rowRemoved(0);
    QCOMPARE(edits.size(), 0);
    QCOMPARE(bench.failures.size(), 1);
}

void TestIsotonicLab::markedRowsAreTableRows() {
    Bench bench(cells(QStringLiteral("x,y\n5,3\n1,4\n3,5\n")), table());
    std::vector<int> marked;
    connect(&bench.lab, &Lab::rowsHighlighted, this, [&](const std::vector<int>& rows) { marked = rows; });
    auto* fit = bench.view<isotone::FitView>();
    Q_EMIT fit->rowChosen(2);
    QCOMPARE(marked, std::vector<int>{2});
    fit->resize(400, 300);
    const QImage plain = fit->grab().toImage();
    bench.lab.highlightRows({1});
    QVERIFY(fit->grab().toImage() != plain);
    bench.lab.highlightRows({});
    QVERIFY(fit->grab().toImage() == plain);
}

void TestIsotonicLab::oddData_data() {
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

void TestIsotonicLab::oddData() {
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

void TestIsotonicLab::refusedDataLosesNothing() {
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

void TestIsotonicLab::columnsFollowTheData() {
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

void TestIsotonicLab::manyPointsAreADensityAndExactOnZoom() {
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

void TestIsotonicLab::brierScoreIsItsParts() {
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

void TestIsotonicLab::calibratorChangesTheDiagram() {
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

void TestIsotonicLab::raceHasWhatWasPublishedApart() {
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

QTEST_MAIN(TestIsotonicLab)
#include "tst_isotonic_lab.moc"
