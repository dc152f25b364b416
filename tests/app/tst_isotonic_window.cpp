// The isotonic lab in the window, by mouse and by keyboard: steps, points dragged and taken back, other
// views.
#include "app/labs/isotonic/isotonic_lab.h"
#include "app/labs/isotonic/views/fit_view.h"
#include "app/labs/isotonic/views/reliability_view.h"
#include "app/window/main_window.h"
#include "tests/app/window_desk.h"
#include "widgets/narration/why_panel.h"

using namespace orrery;
using orrery::testing::coloursOf;
using orrery::testing::Desk;

namespace {

const QString kMerging = QStringLiteral("isotonic-merging");

isotone::FitView* fitOf(Desk& desk) {
    auto* fit = desk.view<isotone::FitView>();
    if (fit) fit->prepare();
    return fit;
}

/// y of each row, in the order of x.
QStringList column(const QString& csv, int cell) {
    QStringList values;
    for (const QString& line : csv.trimmed().split(u'\n').mid(1))
        values << line.split(u',')[cell];
    return values;
}

} // namespace

class TestIsotonicWindow : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void keysMoveTheMerging();
    void aDraggedPointTakesTheFitAlong();
    void oneDragIsOneUndo();
    void keyboardMovesAddsAndDeletes();
    void anEditedScenarioOpensAgain();
    void viewsChangeByParameter();
    void dataOfAFileAndBack();
    void sizesAndThemes();
};

void TestIsotonicWindow::keysMoveTheMerging() {
    Desk desk(kMerging);
    const std::int64_t start = desk.transport().index;
    const QString why = desk.window.findChild<WhyPanel*>()->plainText();
    desk.key(Qt::Key_Right);
    QCOMPARE(desk.transport().index, start + 1);
    QVERIFY(desk.window.findChild<WhyPanel*>()->plainText() != why);
    desk.key(Qt::Key_Left);
    QCOMPARE(desk.window.findChild<WhyPanel*>()->plainText(), why);
    desk.key(Qt::Key_Home);
    QCOMPARE(desk.transport().index, std::int64_t{0});
    desk.key(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(desk.transport().roundsBefore, std::int64_t{1});
    desk.key(Qt::Key_End);
    QVERIFY(desk.transport().atEnd());
}

void TestIsotonicWindow::aDraggedPointTakesTheFitAlong() {
    Desk desk(kMerging);
    desk.key(Qt::Key_End);
    isotone::FitView* fit = fitOf(desk);
    QVERIFY(fit);
    const QStringList before = column(desk.lab().resultAsCsv(), 1),
                      fitBefore = column(desk.lab().resultAsCsv(), 3);
    QSignalSpy begun(&desk.space(), &Workspace::editBegun), shown(&desk.lab(), &Lab::editShown);
    const QPoint from = fit->toPixel(10.0, before[10].toDouble()).toPoint(), to = from - QPoint(0, 60);
    QTest::mousePress(fit, Qt::LeftButton, {}, from);
    for (int i = 1; i <= 6; ++i)
        QTest::mouseMove(fit, from + (to - from) * i / 6);
    desk.settle();
    QVERIFY(column(desk.lab().resultAsCsv(), 3) != fitBefore); // still held: the fit has followed
    QTest::mouseRelease(fit, Qt::LeftButton, {}, to);
    desk.settle();
    const QStringList after = column(desk.lab().resultAsCsv(), 1);
    QCOMPARE(after.size(), before.size());
    int changed = 0;
    for (qsizetype i = 0; i < after.size(); ++i)
        changed += after[i] != before[i];
    QCOMPARE(changed, 1);
    QVERIFY(after[10].toDouble() > before[10].toDouble());
    QVERIFY(begun.size() > 0);
    QCOMPARE(shown.size(), begun.size()); // each edit is timed until its fit is seen
    QVERIFY(desk.transport().atEnd()); // the place in time is kept
    QVERIFY(desk.failures.isEmpty());
}

void TestIsotonicWindow::oneDragIsOneUndo() {
    Desk desk(kMerging);
    isotone::FitView* fit = fitOf(desk);
    const QString csv = desk.lab().resultAsCsv();
    const ParameterValues values = desk.lab().parameters();
    const QPoint from = fit->toPixel(5.0, column(csv, 1)[5].toDouble()).toPoint();
    QTest::mousePress(fit, Qt::LeftButton, {}, from);
    for (int i = 1; i <= 8; ++i) {
        QTest::mouseMove(fit, from + QPoint(0, 5 * i));
        desk.settle();
    }
    QTest::mouseRelease(fit, Qt::LeftButton, {}, from + QPoint(0, 40));
    desk.settle();
    QVERIFY(desk.lab().resultAsCsv() != csv);
    QCOMPARE(desk.space().undoStack().count(), 1);
    const QString moved = desk.lab().resultAsCsv();
    desk.space().undoStack().undo();
    desk.settle();
    QCOMPARE(desk.lab().parameters(), values);
    QCOMPARE(desk.lab().dataInWords(), QStringLiteral("Perturbed log · 30 points"));
    desk.post(command::Seek{33});
    QCOMPARE(desk.lab().resultAsCsv(), csv);
    desk.space().undoStack().redo();
    desk.settle();
    desk.post(command::Seek{33});
    QVERIFY(desk.lab().dataInWords().startsWith(QStringLiteral("Perturbed log, edited · 30 rows")));
    QVERIFY(!moved.isEmpty());
}

void TestIsotonicWindow::keyboardMovesAddsAndDeletes() {
    Desk desk(kMerging);
    desk.key(Qt::Key_End);
    isotone::FitView* fit = fitOf(desk);
    fit->setFocus();
    const auto rows = [&] { return column(desk.lab().resultAsCsv(), 1).size(); };
    QCOMPARE(rows(), 30);
    desk.key(Qt::Key_Period);
    QCOMPARE(fit->chosenRow(), 0);
    const QString csv = desk.lab().resultAsCsv();
    desk.key(Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
    QVERIFY(desk.lab().resultAsCsv() != csv);
    QCOMPARE(rows(), 30);
    desk.key(Qt::Key_Insert);
    QCOMPARE(rows(), 31);
    desk.key(Qt::Key_Delete);
    QCOMPARE(rows(), 30);
    while (desk.space().undoStack().canUndo())
        desk.space().undoStack().undo();
    desk.settle();
    desk.key(Qt::Key_End);
    QCOMPARE(desk.lab().resultAsCsv(), csv);
}

// What was drawn by hand is in the scenario itself.
void TestIsotonicWindow::anEditedScenarioOpensAgain() {
    Desk desk(kMerging);
    isotone::FitView* fit = fitOf(desk);
    Q_EMIT fit->rowDragged(7, 7.25, 12.5, false);
    desk.settle();
    const QString csv = desk.lab().resultAsCsv();
    const auto again = scenarioFromJson(toJson(desk.space().scenario()), QStringLiteral("edited"));
    QVERIFY(again);
    Desk other(QString{});
    other.space().open(*again);
    other.settle();
    QVERIFY2(other.failures.isEmpty(),
             other.failures.isEmpty() ? "" : qPrintable(other.failures.front().front().toString()));
    QCOMPARE(other.lab().resultAsCsv(), csv);
    QCOMPARE(other.transport().index, desk.transport().index);
}

void TestIsotonicWindow::viewsChangeByParameter() {
    Desk desk(kMerging);
    const auto titles = [&] {
        QStringList all;
        for (Card* card : desk.window.stage()->cards())
            all << card->title();
        return all;
    };
    QCOMPARE(titles(), (QStringList{QStringLiteral("Points and blocks"), QStringLiteral("Cumulative sum"),
                                    QStringLiteral("Counters")}));
    desk.space().editParameter(QStringLiteral("view"), std::string("calibration"), false);
    desk.settle();
    QCOMPARE(titles().front(), QStringLiteral("Reliability"));
    QVERIFY(desk.view<isotone::ReliabilityView>());
    desk.space().undoStack().undo();
    desk.settle();
    QCOMPARE(titles().front(), QStringLiteral("Points and blocks"));
    QVERIFY(coloursOf(desk.window.grab().toImage()) > 30);
}

void TestIsotonicWindow::dataOfAFileAndBack() {
    Desk desk(kMerging);
    const ParameterValues values = desk.lab().parameters();
    desk.space().openData(
        {InlineSource{QStringLiteral("dose"), QStringLiteral("dose,effect\n1,2\n2,5\n3,4\n4,9\n"), {}}, {}});
    desk.settle();
    QVERIFY(desk.failures.isEmpty());
    QCOMPARE(desk.lab().dataInWords(), QStringLiteral("dose · 4 rows · effect over dose"));
    desk.space().undoStack().undo();
    desk.settle();
    QCOMPARE(desk.lab().parameters(), values);
    QCOMPARE(desk.lab().dataInWords(), QStringLiteral("Perturbed log · 30 points"));
    // Words alone are refused, and nothing changes.
    desk.space().openData({InlineSource{QStringLiteral("words"), QStringLiteral("a,b\nx,y\nz,w\n"), {}}, {}});
    desk.settle();
    QCOMPARE(desk.failures.size(), 1);
    QCOMPARE(desk.lab().dataInWords(), QStringLiteral("Perturbed log · 30 points"));
}

void TestIsotonicWindow::sizesAndThemes() {
    for (const char* scene : {"isotonic-merging", "isotonic-calibration"}) {
        Desk desk(QString::fromUtf8(scene));
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

QTEST_MAIN(TestIsotonicWindow)
#include "tst_isotonic_window.moc"
