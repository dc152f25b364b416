// The SVM lab in the window, by mouse and by keyboard: steps, points edited and taken back, a warm start
// behind every edit, the other views.
#include "app/labs/svm/svm_lab.h"
#include "app/labs/svm/views/grid_view.h"
#include "app/labs/svm/views/lift_view.h"
#include "app/labs/svm/views/matrix_view.h"
#include "app/labs/svm/views/pair_view.h"
#include "app/labs/svm/views/plane_view.h"
#include "app/labs/svm/views/progress_view.h"
#include "tests/app/svm_rows.h"
#include "tests/app/window_desk.h"
#include "widgets/frame/status_facts.h"

#include <cmath>

using namespace orrery;
using orrery::testing::coloursOf;
using orrery::testing::Desk;
using orrery::testing::SvmRow;
using orrery::testing::svmRowsOf;

namespace {

const QString kRings = QStringLiteral("svm-rings");
const QString kSmo = QStringLiteral("svm-smo");

svmview::PlaneView* planeOf(Desk& desk) {
    auto* plane = desk.view<svmview::PlaneView>();
    if (plane) plane->prepare();
    return plane;
}

std::size_t pointsOf(Desk& desk) {
    return svmRowsOf(desk.lab().resultAsCsv()).size();
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

class TestSvmWindow : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void everyStepAgain();
    void whyPanelIsTheMove();
    void clickAddsDragMovesUndoTakesBack();
    void loopMovesAGroup();
    void sprayAndErase();
    void keysDoAllOfIt();
    void warmStartEndsWhereAColdOneDoes();
    void anEditedScenarioOpensAgain();
    void editTimeIsShown();
    void mapIsClickable();
    void matrixHasItsEigenvalues();
    void liftIsTheSameMachine();
    void asPublishedSaysWhatIsDifferent();
    void tintCanBeAProbability();
    void sizesAndThemes();
};

void TestSvmWindow::everyStepAgain() {
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
void TestSvmWindow::whyPanelIsTheMove() {
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

void TestSvmWindow::clickAddsDragMovesUndoTakesBack() {
    Desk desk(kRings);
    svmview::PlaneView* plane = planeOf(desk);
    QVERIFY(plane);
    const QString csv = desk.lab().resultAsCsv();
    const std::size_t n = pointsOf(desk);
    const QPoint at = emptyPlace(*plane);
    QTest::mouseClick(plane, Qt::LeftButton, {}, at);
    desk.settle();
    QCOMPARE(pointsOf(desk), n + 1);
    const SvmRow added = svmRowsOf(desk.lab().resultAsCsv()).back();
    QVERIFY(std::abs(added.x - plane->fromX(at.x())) < 1e-9 && added.label == QStringLiteral("A"));
    QTest::mousePress(plane, Qt::LeftButton, {}, at);
    for (int i = 1; i <= 5; ++i) {
        QTest::mouseMove(plane, at + QPoint(6 * i, 4 * i));
        desk.settle();
    }
    QVERIFY(plane->isHeld());
    QTest::mouseRelease(plane, Qt::LeftButton, {}, at + QPoint(30, 20));
    desk.settle();
    const SvmRow moved = svmRowsOf(desk.lab().resultAsCsv()).back();
    QVERIFY(moved.x > added.x && moved.y < added.y);
    QCOMPARE(desk.space().undoStack().count(), 2);
    QVERIFY(desk.transport().atEnd());
    QVERIFY(desk.lab().dataInWords().startsWith(QStringLiteral("rings, edited · 121 rows")));
    desk.space().undoStack().undo();
    desk.space().undoStack().undo();
    desk.settle();
    const auto before = svmRowsOf(csv), after = svmRowsOf(desk.lab().resultAsCsv());
    QCOMPARE(after.size(), before.size());
    for (std::size_t i = 0; i < before.size(); ++i)
        QVERIFY(before[i].x == after[i].x && before[i].y == after[i].y && before[i].label == after[i].label);
    QVERIFY(desk.failures.isEmpty());
}

void TestSvmWindow::loopMovesAGroup() {
    Desk desk(kRings);
    svmview::PlaneView* plane = planeOf(desk);
    const auto before = svmRowsOf(desk.lab().resultAsCsv());
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
    const auto after = svmRowsOf(desk.lab().resultAsCsv());
    const double by = plane->fromY(hold.y() - 40) - plane->fromY(hold.y());
    for (std::size_t i = 0; i < before.size(); ++i) {
        const bool moved = std::binary_search(chosen.begin(), chosen.end(), static_cast<int>(i));
        QVERIFY(std::abs(after[i].y - before[i].y - (moved ? by : 0.0)) < 1e-9);
    }
    QCOMPARE(desk.space().undoStack().count(), 1);
    desk.key(Qt::Key_Escape);
    QVERIFY(plane->selection().empty());
}

void TestSvmWindow::sprayAndErase() {
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
    const auto sprayed = svmRowsOf(desk.lab().resultAsCsv());
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

void TestSvmWindow::keysDoAllOfIt() {
    Desk desk(kRings);
    svmview::PlaneView* plane = planeOf(desk);
    plane->setFocus();
    desk.key(Qt::Key_Period);
    QCOMPARE(plane->selection(), std::vector<int>{0});
    const auto before = svmRowsOf(desk.lab().resultAsCsv());
    desk.key(Qt::Key_Right, Qt::AltModifier | Qt::ShiftModifier);
    QVERIFY(svmRowsOf(desk.lab().resultAsCsv())[0].x > before[0].x);
    desk.key(Qt::Key_R);
    QVERIFY(svmRowsOf(desk.lab().resultAsCsv())[0].label != before[0].label);
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
    const auto after = svmRowsOf(desk.lab().resultAsCsv());
    QVERIFY(after[0].x == before[0].x && after[0].label == before[0].label);
}

void TestSvmWindow::warmStartEndsWhereAColdOneDoes() {
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
        return std::pair(desk.transport().furthest, svmRowsOf(desk.lab().resultAsCsv()));
    };
    const auto [warmSteps, warm] = edited(true);
    const auto [coldSteps, cold] = edited(false);
    QVERIFY2(warmSteps < coldSteps, qPrintable(QStringLiteral("%1 %2").arg(warmSteps).arg(coldSteps)));
    QCOMPARE(warm.size(), cold.size());
    for (std::size_t i = 0; i < warm.size(); ++i)
        QVERIFY(std::abs(warm[i].share - cold[i].share) < 1e-3);
}

void TestSvmWindow::anEditedScenarioOpensAgain() {
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
    const auto here = svmRowsOf(desk.lab().resultAsCsv()), there = svmRowsOf(other.lab().resultAsCsv());
    QCOMPARE(there.size(), here.size());
    for (std::size_t i = 0; i < here.size(); ++i)
        QVERIFY(here[i].x == there[i].x && here[i].label == there[i].label &&
                std::abs(here[i].slack - there[i].slack) < 0.01);
    QVERIFY(other.transport().atEnd());
}

// Every edit is told once it is on the screen, and the status line has the time; the figure is only reported.
void TestSvmWindow::editTimeIsShown() {
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

void TestSvmWindow::mapIsClickable() {
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
void TestSvmWindow::matrixHasItsEigenvalues() {
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
void TestSvmWindow::liftIsTheSameMachine() {
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
    const auto rows = svmRowsOf(desk.lab().resultAsCsv());
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

void TestSvmWindow::asPublishedSaysWhatIsDifferent() {
    Desk desk(kRings);
    const QString before = desk.lab().resultAsCsv();
    desk.space().editParameter(QStringLiteral("published"), true, false);
    desk.settle();
    QVERIFY(desk.lab().narration().afterword.contains(QStringLiteral("As published")));
    QVERIFY(desk.lab().resultAsCsv() != before);
    QVERIFY(desk.failures.isEmpty());
}

// The tint changes, the boundary does not; a sentence where there is no such probability.
void TestSvmWindow::tintCanBeAProbability() {
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

void TestSvmWindow::sizesAndThemes() {
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

QTEST_MAIN(TestSvmWindow)
#include "tst_svm_window.moc"
