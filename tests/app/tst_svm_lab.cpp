// The SVM lab: what stands on the plane is the dual's optimum, points follow the hand and the keys, and data
// that makes no machine ends in one sentence.
#include "app/labs/svm/svm_lab.h"
#include "app/labs/svm/views/grid_view.h"
#include "app/labs/svm/views/lift_view.h"
#include "app/labs/svm/views/matrix_view.h"
#include "app/labs/svm/views/pair_view.h"
#include "app/labs/svm/views/plane_view.h"
#include "app/labs/svm/views/progress_view.h"
#include "tests/app/window_desk.h"
#include "widgets/frame/status_facts.h"
#include "widgets/plot/contour_lines.h"

#include <cmath>

using namespace orrery;
using orrery::testing::coloursOf;
using orrery::testing::Desk;

namespace {

using Dataset = std::shared_ptr<const data::Dataset>;
const QString kRings = QStringLiteral("svm-rings");
const QString kSmo = QStringLiteral("svm-smo");

Dataset cells(const QString& csv, const std::string& target = {}) {
    Progress progress;
    auto dataset = loadData({InlineSource{QStringLiteral("cells"), csv, {}}, {.target = target}}, progress);
    if (!dataset) qFatal("%s", dataset.error().message.c_str());
    return *dataset;
}

/// A lab with its run computed to the end.
struct Bench {
    SvmLab lab;
    QSignalSpy failures{&lab, &Lab::failed};

    explicit Bench(const Dataset& dataset, ParameterValues values = {}) {
        const auto opened = lab.open(dataset, values, 7, {.runAhead = true, .share = 1.0});
        if (!opened) Q_EMIT lab.failed(QString::fromStdString(opened.error().message));
        lab.waitForViews();
    }
    svmview::PlaneView* plane() { return qobject_cast<svmview::PlaneView*>(lab.stage().front().widget); }
    QString said() const { return failures.isEmpty() ? QString() : failures.front().front().toString(); }
};

struct Row {
    double x, y, share, slack;
    QString label;
};
std::vector<Row> rowsOf(const QString& csv) {
    std::vector<Row> rows;
    for (const QString& line : csv.trimmed().split(u'\n').mid(1)) {
        const QStringList cell = line.split(u',');
        rows.push_back(
            {cell[0].toDouble(), cell[1].toDouble(), cell[3].toDouble(), cell[4].toDouble(), cell[2]});
    }
    return rows;
}

svmview::PlaneView* planeOf(Desk& desk) {
    auto* plane = desk.view<svmview::PlaneView>();
    if (plane) plane->prepare();
    return plane;
}

std::size_t pointsOf(Desk& desk) {
    return rowsOf(desk.lab().resultAsCsv()).size();
}

// An empty place of the plane, far from every point.
QPoint emptyPlace(const svmview::PlaneView& plane) {
    for (int y = 60; y < plane.area().height() - 60; y += 12)
        for (int x = 60; x < plane.area().width() - 60; x += 12) {
            const QPointF at = plane.area().topLeft() + QPointF(x, y);
            if (plane.rowsWithin(at, 40).empty()) return at.toPoint();
        }
    return {};
}

} // namespace

class TestSvmLab : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void separablePlaneIsTheKnownOne();
    void slacksAndBoundsSatisfyKkt_data();
    void slacksAndBoundsSatisfyKkt();
    void contourOfACircle();
    void everyStepAgain();
    void whyPanelIsTheMove();
    void clickAddsDragMovesUndoTakesBack();
    void loopMovesAGroup();
    void sprayAndErase();
    void keysDoAllOfIt();
    void warmStartEndsWhereAColdOneDoes();
    void anEditedScenarioOpensAgain();
    void editTimeIsShown();
    void oddData_data();
    void oddData();
    void threeClassesVote();
    void allFeaturesOnAPlane();
    void manyRowsAreSampled();
    void mapIsClickable();
    void matrixHasItsEigenvalues();
    void liftIsTheSameMachine();
    void regressionAndOneClass();
    void asPublishedSaysWhatIsDifferent();
    void tintCanBeAProbability();
    void sizesAndThemes();
};

// Two points at distance 2: the street is all the room between them, w = (1, 0), b = 0, α = ½.
void TestSvmLab::separablePlaneIsTheKnownOne() {
    Bench bench(cells(QStringLiteral("x1,x2,class\n-1,0,B\n1,0,A\n")),
                {{"kernel", std::string("linear")}, {"c", 1000.0}, {"standardise", false}});
    QVERIFY2(bench.failures.isEmpty(), qPrintable(bench.said()));
    const auto* picture = bench.plane()->picture();
    QVERIFY(picture && picture->straight);
    QVERIFY(std::abs(picture->slopeX - 1.0) < 1e-3 && std::abs(picture->slopeY) < 1e-3);
    QVERIFY(std::abs(picture->bias) < 1e-3);
    QVERIFY(bench.lab.narration().afterword.contains(QStringLiteral("parted without slack")));
    QCOMPARE(picture->supportVectors, 2);
    QCOMPARE(picture->bounded, 0);
    QVERIFY(std::abs(picture->points[0].share - 0.5 / 1000.0) < 1e-6);
    QCOMPARE(picture->boundary.size(), std::size_t{1});
    for (const QPointF& at : picture->boundary[0])
        QVERIFY(std::abs(at.x()) < 1e-3);
    for (const QPointF& at : picture->upper[0])
        QVERIFY(std::abs(at.x() - 1.0) < 1e-3);
}

void TestSvmLab::slacksAndBoundsSatisfyKkt_data() {
    QTest::addColumn<QString>("kernel");
    QTest::addColumn<double>("c");
    for (const char* kernel : {"linear", "poly", "rbf", "laplacian"})
        for (const double c : {0.1, 10.0})
            QTest::addRow("%s %g", kernel, c) << QString::fromUtf8(kernel) << c;
}

// α = 0: no slack; 0 < α < C: on the margin; slack: α = C.
void TestSvmLab::slacksAndBoundsSatisfyKkt() {
    QFETCH(QString, kernel);
    QFETCH(double, c);
    Progress progress;
    const auto dataset =
        *loadData({GeneratorSource{QStringLiteral("moons"), {{"n", std::int64_t{80}}}, 3}, {}}, progress);
    Bench bench(dataset, {{"kernel", kernel.toStdString()}, {"c", c}, {"tolerance", 1e-5}});
    QVERIFY2(bench.failures.isEmpty(), qPrintable(bench.said()));
    const auto rows = rowsOf(bench.lab.resultAsCsv());
    QCOMPARE(rows.size(), std::size_t{80});
    int vectors = 0;
    for (const Row& row : rows) {
        vectors += row.share > 0.0 ? 1 : 0;
        if (row.share < 1.0) QVERIFY2(row.slack < 1e-3, qPrintable(QString::number(row.slack)));
        if (row.slack > 1e-3) QCOMPARE(row.share, 1.0);
    }
    QVERIFY(vectors > 1);
    QCOMPARE(bench.plane()->picture()->supportVectors, vectors);
}

void TestSvmLab::contourOfACircle() {
    ScalarGrid grid{41, 31, -2.0, 2.0, -1.5, 1.5, {}};
    for (int row = 0; row < grid.rows; ++row)
        for (int column = 0; column < grid.columns; ++column)
            grid.values.push_back(grid.x(column) * grid.x(column) + grid.y(row) * grid.y(row));
    const auto lines = contourLines(grid, 1.0);
    QCOMPARE(lines.size(), std::size_t{1});
    QVERIFY(lines[0].isClosed());
    for (const QPointF& at : lines[0])
        QVERIFY(std::abs(std::hypot(at.x(), at.y()) - 1.0) < 0.01);
    QCOMPARE(contourLines(grid, 4.5).size(), std::size_t{4}); // cut off by the four sides
    QVERIFY(contourLines(grid, -1.0).empty());
}

void TestSvmLab::everyStepAgain() {
    Desk desk(kSmo);
    const std::int64_t end = desk.transport().furthest;
    QVERIFY(end > 4);
    QHash<std::int64_t, QString> straight;
    for (std::int64_t i = 0; i <= end; ++i) {
        desk.post(command::Seek{i});
        straight[i] = desk.lab().resultAsCsv() + desk.lab().narration().sentence;
    }
    for (std::int64_t i = end; i >= 0; --i) {
        const std::int64_t index = (i * 7) % (end + 1);
        desk.post(command::Seek{index});
        QCOMPARE(desk.lab().resultAsCsv() + desk.lab().narration().sentence, straight[index]);
    }
    desk.key(Qt::Key_Home);
    desk.key(Qt::Key_Right);
    QCOMPARE(desk.transport().index, std::int64_t{1});
    QCOMPARE(desk.lab().resultAsCsv() + desk.lab().narration().sentence, straight[1]);
}

// The result that the formula ends with is where the pair stands in its box.
void TestSvmLab::whyPanelIsTheMove() {
    Desk desk(kSmo);
    auto* pair = desk.view<svmview::PairView>();
    QVERIFY(pair && desk.view<svmview::ProgressView>());
    desk.key(Qt::Key_Home);
    QVERIFY(!pair->picture().valid);
    for (std::int64_t i = 1; i < desk.transport().furthest; ++i) {
        desk.post(command::Seek{i});
        const svmview::PairPicture& move = pair->picture();
        QVERIFY(move.valid);
        const Narration why = desk.lab().narration();
        QString result;
        for (const FormulaTerm& term : why.formula)
            if (term.isResult) result = term.text;
        QString number = result;
        number.replace(QChar(0x2212), u'-');
        QVERIFY2(std::abs(number.toDouble() - move.after.x()) < 2e-3 * (1 + std::abs(move.after.x())),
                 qPrintable(result));
        // On the line of the constraint, and inside the box.
        QVERIFY(std::abs((move.after.y() - move.before.y()) -
                         move.slope * (move.after.x() - move.before.x())) < 1e-9);
        QVERIFY(move.after.x() >= 0 && move.after.x() <= move.upperFirst && move.after.y() >= 0 &&
                move.after.y() <= move.upperSecond);
        QVERIFY(move.clipped || std::abs(move.after.x() - move.free.x()) < 1e-9);
    }
}

void TestSvmLab::clickAddsDragMovesUndoTakesBack() {
    Desk desk(kRings);
    svmview::PlaneView* plane = planeOf(desk);
    QVERIFY(plane);
    const QString csv = desk.lab().resultAsCsv();
    const std::size_t n = pointsOf(desk);
    const QPoint at = emptyPlace(*plane);
    QTest::mouseClick(plane, Qt::LeftButton, {}, at);
    desk.settle();
    QCOMPARE(pointsOf(desk), n + 1);
    const Row added = rowsOf(desk.lab().resultAsCsv()).back();
    QVERIFY(std::abs(added.x - plane->fromX(at.x())) < 1e-9 && added.label == QStringLiteral("A"));
    QTest::mousePress(plane, Qt::LeftButton, {}, at);
    for (int i = 1; i <= 5; ++i) {
        QTest::mouseMove(plane, at + QPoint(6 * i, 4 * i));
        desk.settle();
    }
    QVERIFY(plane->isHeld());
    QTest::mouseRelease(plane, Qt::LeftButton, {}, at + QPoint(30, 20));
    desk.settle();
    const Row moved = rowsOf(desk.lab().resultAsCsv()).back();
    QVERIFY(moved.x > added.x && moved.y < added.y);
    QCOMPARE(desk.space().undoStack().count(), 2);
    QVERIFY(desk.transport().atEnd());
    QVERIFY(desk.lab().dataInWords().startsWith(QStringLiteral("rings, edited · 121 rows")));
    desk.space().undoStack().undo();
    desk.space().undoStack().undo();
    desk.settle();
    const auto before = rowsOf(csv), after = rowsOf(desk.lab().resultAsCsv());
    QCOMPARE(after.size(), before.size());
    for (std::size_t i = 0; i < before.size(); ++i)
        QVERIFY(before[i].x == after[i].x && before[i].y == after[i].y && before[i].label == after[i].label);
    QVERIFY(desk.failures.isEmpty());
}

void TestSvmLab::loopMovesAGroup() {
    Desk desk(kRings);
    svmview::PlaneView* plane = planeOf(desk);
    const auto before = rowsOf(desk.lab().resultAsCsv());
    // A loop around the right half: rows with x > 0.
    const double middle = plane->toX(0.0);
    const QRectF area = plane->area().adjusted(2, 2, -2, -2);
    QTest::mousePress(plane, Qt::LeftButton, {}, emptyPlace(*plane));
    const QPolygonF loop{{middle, area.top()}, area.topRight(), area.bottomRight(), {middle, area.bottom()}};
    for (const QPointF& corner : loop)
        QTest::mouseMove(plane, corner.toPoint());
    QTest::mouseRelease(plane, Qt::LeftButton, {}, loop.last().toPoint());
    const std::vector<int> chosen = plane->selection();
    QVERIFY(chosen.size() > 20 && chosen.size() < before.size());
    const QPoint hold = plane
                            ->toPixel(before[static_cast<std::size_t>(chosen[0])].x,
                                      before[static_cast<std::size_t>(chosen[0])].y)
                            .toPoint();
    QTest::mousePress(plane, Qt::LeftButton, {}, hold);
    QTest::mouseMove(plane, hold + QPoint(0, -20));
    QTest::mouseRelease(plane, Qt::LeftButton, {}, hold + QPoint(0, -40));
    desk.settle();
    const auto after = rowsOf(desk.lab().resultAsCsv());
    const double by = plane->fromY(hold.y() - 40) - plane->fromY(hold.y());
    for (std::size_t i = 0; i < before.size(); ++i) {
        const bool moved = std::binary_search(chosen.begin(), chosen.end(), static_cast<int>(i));
        QVERIFY(std::abs(after[i].y - before[i].y - (moved ? by : 0.0)) < 1e-9);
    }
    QCOMPARE(desk.space().undoStack().count(), 1);
    desk.key(Qt::Key_Escape);
    QVERIFY(plane->selection().empty());
}

void TestSvmLab::sprayAndErase() {
    Desk desk(kRings);
    svmview::PlaneView* plane = planeOf(desk);
    plane->setFocus();
    const std::size_t n = pointsOf(desk);
    desk.key(Qt::Key_S);
    QVERIFY(plane->tool() == PointCanvas::Tool::Spray);
    desk.key(Qt::Key_B);
    const QPoint at = emptyPlace(*plane);
    QTest::mousePress(plane, Qt::LeftButton, {}, at);
    for (int i = 1; i <= 4; ++i)
        QTest::mouseMove(plane, at + QPoint(12 * i, 0));
    QTest::mouseRelease(plane, Qt::LeftButton, {}, at + QPoint(48, 0));
    desk.settle();
    const auto sprayed = rowsOf(desk.lab().resultAsCsv());
    QVERIFY(sprayed.size() >= n + 12);
    QCOMPARE(sprayed.back().label, QStringLiteral("B"));
    QCOMPARE(desk.space().undoStack().count(), 1);
    desk.key(Qt::Key_E);
    QTest::mousePress(plane, Qt::LeftButton, {}, at);
    QTest::mouseMove(plane, at + QPoint(48, 0));
    QTest::mouseRelease(plane, Qt::LeftButton, {}, at + QPoint(48, 0));
    desk.settle();
    QVERIFY(pointsOf(desk) < sprayed.size());
    QCOMPARE(desk.space().undoStack().count(), 2);
    QVERIFY(desk.failures.isEmpty());
}

void TestSvmLab::keysDoAllOfIt() {
    Desk desk(kRings);
    svmview::PlaneView* plane = planeOf(desk);
    plane->setFocus();
    desk.key(Qt::Key_Period);
    QCOMPARE(plane->selection(), std::vector<int>{0});
    const auto before = rowsOf(desk.lab().resultAsCsv());
    desk.key(Qt::Key_Right, Qt::AltModifier | Qt::ShiftModifier);
    QVERIFY(rowsOf(desk.lab().resultAsCsv())[0].x > before[0].x);
    desk.key(Qt::Key_R);
    QVERIFY(rowsOf(desk.lab().resultAsCsv())[0].label != before[0].label);
    QCOMPARE(plane->selection(), std::vector<int>{0});
    desk.key(Qt::Key_Insert);
    QCOMPARE(pointsOf(desk), before.size() + 1);
    desk.key(Qt::Key_Delete);
    QCOMPARE(pointsOf(desk), before.size());
    desk.key(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(plane->selection().size(), before.size());
    desk.key(Qt::Key_P);
    QCOMPARE(desk.lab().parameters().at("tool"), ParameterValue(std::string("point")));
    while (desk.space().undoStack().canUndo())
        desk.space().undoStack().undo();
    desk.settle();
    const auto after = rowsOf(desk.lab().resultAsCsv());
    QVERIFY(after[0].x == before[0].x && after[0].label == before[0].label);
}

void TestSvmLab::warmStartEndsWhereAColdOneDoes() {
    const auto edited = [](bool warm) {
        Desk desk(kRings);
        desk.space().editParameter(QStringLiteral("tolerance"), 1e-6, false);
        desk.space().editParameter(QStringLiteral("warm"), warm, false);
        desk.settle();
        desk.key(Qt::Key_End);
        svmview::PlaneView* plane = planeOf(desk);
        plane->apply(moved(plane->points(), {3, 4}, {0.2, 0.1}), false);
        desk.settle();
        plane->apply(removed(plane->points(), {0, 17}), false);
        desk.settle();
        return std::pair(desk.transport().furthest, rowsOf(desk.lab().resultAsCsv()));
    };
    const auto [warmSteps, warm] = edited(true);
    const auto [coldSteps, cold] = edited(false);
    QVERIFY2(warmSteps < coldSteps, qPrintable(QStringLiteral("%1 %2").arg(warmSteps).arg(coldSteps)));
    QCOMPARE(warm.size(), cold.size());
    for (std::size_t i = 0; i < warm.size(); ++i)
        QVERIFY(std::abs(warm[i].share - cold[i].share) < 1e-3);
}

void TestSvmLab::anEditedScenarioOpensAgain() {
    Desk desk(kRings);
    svmview::PlaneView* plane = planeOf(desk);
    plane->apply(moved(plane->points(), {5}, {0.1, 0.0}), false);
    desk.settle();
    const auto again = scenarioFromJson(toJson(desk.space().scenario()), QStringLiteral("edited"));
    QVERIFY(again);
    Desk other(QString{});
    other.space().open(*again);
    other.settle();
    QVERIFY(other.failures.isEmpty());
    const auto here = rowsOf(desk.lab().resultAsCsv()), there = rowsOf(other.lab().resultAsCsv());
    QCOMPARE(there.size(), here.size());
    for (std::size_t i = 0; i < here.size(); ++i)
        QVERIFY(here[i].x == there[i].x && here[i].label == there[i].label &&
                std::abs(here[i].slack - there[i].slack) < 0.01);
    QVERIFY(other.transport().atEnd());
}

// Every edit is told once it is on the screen, and the status line has the time; the figure is only reported.
void TestSvmLab::editTimeIsShown() {
    Desk desk(kRings);
    desk.space().openData({GeneratorSource{QStringLiteral("rings"), {{"n", std::int64_t{500}}}, 2}, {}});
    desk.settle();
    svmview::PlaneView* plane = planeOf(desk);
    QCOMPARE(plane->points().size(), std::size_t{500});
    QSignalSpy shown(&desk.lab(), &Lab::editShown);
    const QPoint from = plane->toPixel(plane->points().x[1], plane->points().y[1]).toPoint();
    QTest::mousePress(plane, Qt::LeftButton, {}, from);
    constexpr int kMoves = 60;
    for (int i = 1; i <= kMoves; ++i) {
        QTest::mouseMove(plane, from + QPoint(4 + i / 2, i % 7));
        QTest::qWait(16);
    }
    QTest::mouseRelease(plane, Qt::LeftButton, {}, from + QPoint(40, 0));
    desk.settle();
    QVERIFY2(shown.size() >= kMoves, qPrintable(QString::number(shown.size())));
    QString told;
    for (const FactLabel* fact : desk.window.findChildren<FactLabel*>())
        if (fact->text() == QStringLiteral("edit p95")) told = fact->value();
    QVERIFY(told.contains(QStringLiteral("ms")) || told.contains(QStringLiteral("s")));
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 10; ++i) {
        plane->schedule();
        plane->repaint();
    }
    qInfo("500 points: edit p95 %s, the plane alone is painted in %.1f ms", qPrintable(told),
          static_cast<double>(timer.nsecsElapsed()) * 1e-7);
}

void TestSvmLab::oddData_data() {
    QTest::addColumn<QString>("csv");
    QTest::addColumn<QString>("said"); // empty: it is fitted
    const auto add = [](const char* name, const char* csv, const char* said) {
        QTest::newRow(name) << QString::fromUtf8(csv) << QString::fromUtf8(said);
    };
    add("separable", "x1,x2,class\n0,0,A\n0,1,A\n5,0,B\n5,1,B\n", "");
    add("equal points of two classes", "x1,x2,class\n1,1,A\n1,1,B\n2,2,A\n2,2,B\n", "");
    add("one class", "x1,x2,class\n0,0,A\n1,1,A\n", "two classes");
    add("gaps", "x1,x2,class\n0,0,A\n,1,A\n5,,B\n5,1,B\n6,6,\n", "");
    add("not a number", "x1,x2,class\n0,0,A\nnan,1,A\n5,1,B\n", "");
    add("only gaps", "x1,x2,class\n,0,A\n,1,B\n", "value");
    add("one feature", "x1,class\n1,A\n2,B\n", "two different");
    add("words", "a,class\nx,A\ny,B\n", "numeric");
    add("constant feature", "x1,x2,class\n1,0,A\n1,1,A\n1,5,B\n1,6,B\n", "");
    add("all points equal", "x1,x2,class\n1,1,A\n1,1,A\n1,1,B\n", "");
    add("far apart", "x1,x2,class\n-1e9,0,A\n1e9,1,B\n0,5,B\n", "");
    add("many numbers as classes", "x1,x2,class\n1,0,1\n1,1,2\n1,5,3\n1,6,4\n1,7,5\n1,8,6\n1,9,7\n",
        "more than 6");
}

void TestSvmLab::oddData() {
    QFETCH(QString, csv);
    QFETCH(QString, said);
    for (const char* kernel : {"rbf", "linear", "poly", "sigmoid"}) {
        Bench bench(cells(csv, "class"), {{"kernel", std::string(kernel)}});
        const QByteArray here = QByteArray(kernel) + ": " + bench.said().toUtf8();
        QVERIFY2(said.isEmpty() ? bench.failures.isEmpty() : bench.said().contains(said), here);
        QVERIFY2(!bench.said().contains(u'\n'), here);
        for (const StageView& view : bench.lab.stage()) {
            view.widget->resize(420, 320);
            QVERIFY2(coloursOf(view.widget->grab().toImage()) > 2, here);
        }
        (void)bench.lab.dataInWords();
        (void)bench.lab.resultAsCsv();
        const QString why = bench.lab.narration().afterword;
        QCOMPARE(why.contains(QStringLiteral("share their place")),
                 said.isEmpty() && csv.startsWith(QStringLiteral("x1,x2,class\n1,1")));
    }
}

void TestSvmLab::threeClassesVote() {
    Progress progress;
    const auto dataset =
        *loadData({GeneratorSource{QStringLiteral("blobs"),
                                   {{"n", std::int64_t{60}}, {"classes", std::int64_t{3}}, {"spread", 0.3}},
                                   2},
                   {}},
                  progress);
    Bench bench(dataset);
    QVERIFY2(bench.failures.isEmpty(), qPrintable(bench.said()));
    const auto* picture = bench.plane()->picture();
    QVERIFY(picture->kind == svmview::PlaneKind::Pairs);
    QCOMPARE(picture->wrong, 0);
    QVERIFY(bench.lab.dataInWords().contains(QStringLiteral("3 machines")));
    // The colour under each point is its own.
    const ScalarGrid& regions = picture->surface;
    int right = 0;
    const CanvasPoints& points = bench.plane()->points();
    for (std::size_t i = 0; i < points.size(); ++i) {
        const int column = static_cast<int>(std::lround(
            (points.x[i] - regions.left) / (regions.right - regions.left) * (regions.columns - 1)));
        const int row = static_cast<int>(std::lround((points.y[i] - regions.bottom) /
                                                     (regions.top - regions.bottom) * (regions.rows - 1)));
        right += regions.at(column, row) == points.label[i] ? 1 : 0;
    }
    QVERIFY2(right >= 58, qPrintable(QString::number(right)));
    QCOMPARE(bench.lab.session()->latest()->transport.phasesBefore, std::int64_t{3});
}

void TestSvmLab::allFeaturesOnAPlane() {
    Progress progress;
    const auto dataset = *loadData({BuiltinSource{QStringLiteral("breast_cancer")}, {}}, progress);
    Bench bench(dataset, {{"plane", std::string("pca")}, {"gamma", 0.05}});
    QVERIFY2(bench.failures.isEmpty(), qPrintable(bench.said()));
    QVERIFY2(bench.lab.dataInWords().contains(QStringLiteral("30 features, seen on the plane")),
             qPrintable(bench.lab.dataInWords()));
    QVERIFY(bench.plane()->picture()->wrong < 20);
    QVERIFY(!bench.plane()->isEditable());
    QSignalSpy edits(&bench.lab, &Lab::dataEdited);
    bench.plane()->apply(moved(bench.plane()->points(), {1}, {1.0, 0.0}), false);
    QCOMPARE(edits.size(), 0);
    QCOMPARE(bench.failures.size(), 1);
}

void TestSvmLab::manyRowsAreSampled() {
    Progress progress;
    const auto dataset = *loadData(
        {GeneratorSource{QStringLiteral("moons"), {{"n", std::int64_t{100'000}}}, 3}, {}}, progress);
    Bench bench(dataset, {{"most", std::int64_t{1000}}});
    QVERIFY2(bench.failures.isEmpty(), qPrintable(bench.said()));
    QString words = bench.lab.dataInWords();
    words.remove(QChar(0x2009));
    QVERIFY2(words.contains(QStringLiteral("1000 of 100000 rows, drawn at random")), qPrintable(words));
    QCOMPARE(rowsOf(bench.lab.resultAsCsv()).size(), std::size_t{1000});
    QVERIFY(bench.plane()->isEditable());
}

void TestSvmLab::mapIsClickable() {
    Desk desk(kRings);
    auto* map = desk.view<svmview::GridView>();
    QVERIFY(map);
    const svmview::GridPicture& picture = map->picture();
    QCOMPARE(picture.values.size(), picture.cs.size() * picture.gammas.size());
    QVERIFY(picture.best && std::none_of(picture.values.begin(), picture.values.end(),
                                         [](double value) { return !(value >= 0.0 && value <= 1.0); }));
    const double least = *std::min_element(picture.values.begin(), picture.values.end());
    QCOMPARE(picture.values[picture.best->second * picture.cs.size() + picture.best->first], least);
    map->prepare();
    const double c = picture.cs[2], gamma = picture.gammas[5];
    QTest::mouseClick(map, Qt::LeftButton, {}, map->toPixel(c, gamma).toPoint());
    desk.settle();
    QCOMPARE(std::get<double>(desk.lab().parameters().at("c")), c);
    QCOMPARE(std::get<double>(desk.lab().parameters().at("gamma")), gamma);
    QCOMPARE(desk.space().undoStack().count(), 1);
    desk.space().undoStack().undo();
    desk.settle();
    QCOMPARE(std::get<double>(desk.lab().parameters().at("c")), 3.0);
    map->setFocus();
    desk.key(Qt::Key_Return);
    QCOMPARE(std::get<double>(desk.lab().parameters().at("c")), picture.cs[picture.best->first]);
    const double error = picture.values[0];
    desk.space().editParameter(QStringLiteral("map"), std::string("vectors"), false);
    desk.settle();
    QVERIFY(picture.values[0] != error && !picture.lowIsGood);
}

// Σ λ = trace; the sigmoid's matrix has negative eigenvalues, the RBF's has none.
void TestSvmLab::matrixHasItsEigenvalues() {
    Desk desk(kRings);
    desk.space().editParameter(QStringLiteral("view"), std::string("kernel"), false);
    desk.settle();
    auto* view = desk.view<svmview::MatrixView>();
    QVERIFY(view && view->picture());
    for (const char* kernel : {"rbf", "sigmoid"}) {
        desk.space().editParameter(QStringLiteral("kernel"), std::string(kernel), false);
        desk.settle();
        const svmview::MatrixPicture& matrix = *view->picture();
        QCOMPARE(matrix.size, 120);
        double trace = 0.0, sum = 0.0;
        for (int i = 0; i < matrix.size; ++i)
            trace += matrix.values[static_cast<std::size_t>(i * matrix.size + i)];
        for (const double value : matrix.eigenvalues)
            sum += value;
        QVERIFY(std::abs(trace - sum) < 1e-8 * (1 + std::abs(trace)));
        QCOMPARE(matrix.indefinite, kernel == QByteArray("sigmoid"));
        QCOMPARE(view->summary().contains(QStringLiteral("indefinite")), matrix.indefinite);
    }
}

// On the lifted points the plane's sign is the machine's: as many points lie on the wrong side.
void TestSvmLab::liftIsTheSameMachine() {
    Desk desk(kRings);
    desk.space().editParameter(QStringLiteral("view"), std::string("kernel"), false);
    desk.settle();
    auto* lift = desk.view<svmview::LiftView>();
    QVERIFY(lift && lift->picture() && !lift->picture()->missing.isEmpty());
    desk.space().editParameter(QStringLiteral("kernel"), std::string("poly"), false);
    desk.space().editParameter(QStringLiteral("c"), 100.0, false);
    desk.settle();
    desk.key(Qt::Key_End);
    const svmview::LiftPicture& picture = *lift->picture();
    QVERIFY2(picture.missing.isEmpty(), qPrintable(picture.missing));
    const auto rows = rowsOf(desk.lab().resultAsCsv());
    QCOMPARE(picture.points.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        double f = picture.offset;
        for (std::size_t k = 0; k < 3; ++k)
            f += picture.normal[k] * picture.points[i][k];
        const double slack = std::max(0.0, 1.0 - (picture.labels[i] == 0 ? f : -f));
        QVERIFY2(std::abs(slack - rows[i].slack) < 1e-6, qPrintable(QString::number(slack)));
        QCOMPARE(static_cast<bool>(picture.supports[i]), rows[i].share > 0.0);
    }
    const auto before = lift->angles();
    const QImage image = lift->grab().toImage();
    lift->setFocus();
    desk.key(Qt::Key_Left, Qt::AltModifier);
    QVERIFY(lift->angles() != before);
    QVERIFY(lift->grab().toImage() != image);
}

void TestSvmLab::regressionAndOneClass() {
    Bench line(cells(QStringLiteral("x,y\n0,1\n1,3\n2,5\n3,7\n4,9\n"), "y"),
               {{"problem", std::string("eps-svr")},
                {"kernel", std::string("linear")},
                {"c", 1000.0},
                {"epsilon", 0.01},
                {"standardise", false}});
    QVERIFY2(line.failures.isEmpty(), qPrintable(line.said()));
    const auto* picture = line.plane()->picture();
    QVERIFY(picture->kind == svmview::PlaneKind::Regression);
    for (const QPointF& at : picture->boundary[0])
        QVERIFY(std::abs(at.y() - (1.0 + 2.0 * at.x())) < 0.03);
    // One row of numbers as the target, opened while the lab classifies: it regresses.
    Progress progress;
    const auto diabetes = *loadData({BuiltinSource{QStringLiteral("diabetes")}, {}}, progress);
    QVERIFY(line.lab.setDataset(diabetes));
    line.lab.waitForViews();
    QVERIFY(line.failures.isEmpty());
    const auto rings =
        *loadData({GeneratorSource{QStringLiteral("rings"), {{"n", std::int64_t{100}}}, 3}, {}}, progress);
    QVERIFY(line.lab.setDataset(rings));
    line.lab.waitForViews();
    QVERIFY2(line.failures.isEmpty(), qPrintable(line.said()));
    QCOMPARE(line.lab.parameters().at("problem"), ParameterValue(std::string("c-svc")));

    Bench outliers(rings, {{"problem", std::string("one-class")}, {"nu", 0.1}});
    QVERIFY2(outliers.failures.isEmpty(), qPrintable(outliers.said()));
    const auto* shape = outliers.plane()->picture();
    QVERIFY(shape->wrong <= 12 && shape->supportVectors >= 10);
}

void TestSvmLab::asPublishedSaysWhatIsDifferent() {
    Desk desk(kRings);
    const QString before = desk.lab().resultAsCsv();
    desk.space().editParameter(QStringLiteral("published"), true, false);
    desk.settle();
    QVERIFY(desk.lab().narration().afterword.contains(QStringLiteral("As published")));
    QVERIFY(desk.lab().resultAsCsv() != before);
    QVERIFY(desk.failures.isEmpty());
}

// The tint changes, the boundary does not; a sentence where there is no such probability.
void TestSvmLab::tintCanBeAProbability() {
    Desk desk(kRings);
    svmview::PlaneView* plane = planeOf(desk);
    const QImage before = plane->grab().toImage();
    const auto boundary = plane->picture()->boundary;
    QImage last = before;
    for (const char* method : {"platt", "isotonic"}) {
        desk.space().editParameter(QStringLiteral("surface"), std::string(method), false);
        desk.settle();
        const QImage now = plane->grab().toImage();
        QVERIFY(now != before && now != last);
        last = now;
        QCOMPARE(plane->picture()->boundary, boundary);
    }
    desk.space().editParameter(QStringLiteral("surface"), std::string("decision"), false);
    desk.settle();
    QVERIFY(plane->grab().toImage() == before);
    QVERIFY(desk.failures.isEmpty());
}

void TestSvmLab::sizesAndThemes() {
    for (const QString& scene : {kRings, kSmo}) {
        Desk desk(scene);
        for (const ThemeKind theme : {ThemeKind::Light, ThemeKind::Dark, ThemeKind::Projector}) {
            desk.window.setThemeKind(theme);
            for (const QSize size : {QSize(1440, 900), QSize(1024, 700)}) {
                desk.window.resize(size);
                desk.settle();
                QVERIFY(coloursOf(desk.window.grab().toImage()) > 30);
            }
        }
        desk.window.setPresenting(true);
        desk.settle();
        QVERIFY(coloursOf(desk.window.grab().toImage()) > 30);
    }
}

QTEST_MAIN(TestSvmLab)
#include "tst_svm_lab.moc"
