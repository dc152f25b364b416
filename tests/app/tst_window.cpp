// The window as hands use it: keys, the time line, edits and the way back.
#include "app/labs/lasso/views/path_view.h"
#include "app/labs/lasso/views/residual_view.h"
#include "core/support/rng.h"
#include "tests/app/window_desk.h"
#include "widgets/parameters/parameter_form.h"
#include "widgets/parameters/parameter_row.h"
#include "widgets/plot/number_format.h"
#include "widgets/transport/transport_bar.h"

#include <QLineEdit>

using namespace orrery;
using orrery::testing::coloursOf;
using orrery::testing::Desk;

class TestWindow : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void opensFittedAndPainted();
    void spacePlaysAndPauses();
    void arrowsStepAtThreeGrains();
    void homeAndEnd();
    void digitsSetTheSpeed();
    void draggingTheTimeLineSeeks();
    void draggingTheLambdaLineSeeks();
    void parameterEditsRestartAndGoOn();
    void undoKeepsTheTime();
    void undoAndRedoAreInverse();
    void escapeLetsGoOfMarkedRows();
    void typedLambdaSaysItsNearest();
};

void TestWindow::opensFittedAndPainted() {
    Desk desk(QString{});
    desk.window.openScene(QStringLiteral("lasso-diabetes"));
    QTRY_COMPARE(desk.fitPainted.size(), 1);
    QTRY_VERIFY(desk.transport().playing && desk.transport().index > 470); // it moves by itself
    QVERIFY(desk.transport().ended);                                       // the future is known and drawn
    QVERIFY(coloursOf(desk.window.grab().toImage()) > 100);
    QCOMPARE(desk.window.stage()->cards().size(), std::size_t{3});
    for (Card* card : desk.window.stage()->cards())
        QVERIFY2(coloursOf(card->content()->grab().toImage()) > 10, qPrintable(card->title()));
}

void TestWindow::spacePlaysAndPauses() {
    Desk desk;
    const auto at = desk.transport().index;
    QTest::keyClick(&desk.window, Qt::Key_Space);
    QTRY_VERIFY(desk.transport().playing && desk.transport().index > at + 3);
    QTest::keyClick(&desk.window, Qt::Key_Space);
    QTRY_VERIFY(!desk.transport().playing);
    const auto paused = desk.transport().index;
    QTest::qWait(120);
    QCOMPARE(desk.transport().index, paused);
}

void TestWindow::arrowsStepAtThreeGrains() {
    Desk desk;
    const auto start = desk.transport().index;
    desk.key(Qt::Key_Right);
    QCOMPARE(desk.transport().index, start + 1);
    desk.key(Qt::Key_Left);
    QCOMPARE(desk.transport().index, start);
    const auto rounds = desk.transport().roundsBefore, phases = desk.transport().phasesBefore;
    desk.key(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(desk.transport().roundsBefore, rounds + 1);
    const auto roundEnd = desk.transport().index;
    desk.key(Qt::Key_Right, Qt::ShiftModifier);
    desk.key(Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(desk.transport().index, roundEnd);
    desk.key(Qt::Key_Right, Qt::ControlModifier);
    QVERIFY(desk.transport().phasesBefore > phases);
    const auto phaseEnd = desk.transport().index;
    desk.key(Qt::Key_Right, Qt::ControlModifier);
    QVERIFY(desk.transport().index > phaseEnd);
    desk.key(Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(desk.transport().index, phaseEnd);
}

void TestWindow::homeAndEnd() {
    Desk desk;
    desk.key(Qt::Key_End);
    QTRY_VERIFY(desk.transport().atEnd());
    desk.key(Qt::Key_Home);
    QCOMPARE(desk.transport().index, std::int64_t{0});
    QVERIFY(desk.transport().ended); // the history stays
}

void TestWindow::digitsSetTheSpeed() {
    Desk desk;
    for (int digit = 1; digit <= 9; ++digit) {
        desk.key(static_cast<Qt::Key>(Qt::Key_0 + digit));
        QTRY_COMPARE(desk.transport().stepsPerSecond, kSpeedKeys[static_cast<std::size_t>(digit - 1)]);
    }
}

void TestWindow::draggingTheTimeLineSeeks() {
    Desk desk;
    TimeLine& line = desk.timeLine();
    const auto pixel = [&](std::int64_t index) {
        return QPoint(static_cast<int>(std::lround(line.xOf(index))), line.height() / 2);
    };
    const auto end = desk.transport().furthest;
    QTest::mousePress(&line, Qt::LeftButton, {}, pixel(desk.transport().index));
    QTest::mouseMove(&line, pixel(end / 2));
    QTest::mouseMove(&line, pixel(end / 4));
    QTest::mouseRelease(&line, Qt::LeftButton, {}, pixel(end / 4));
    desk.settle();
    QTRY_COMPARE(desk.transport().index, line.indexAt(pixel(end / 4).x()));
    QVERIFY(!desk.transport().playing);
}

void TestWindow::draggingTheLambdaLineSeeks() {
    Desk desk;
    auto* paths = desk.view<lasso::PathView>();
    QVERIFY(paths);
    paths->prepare();
    const auto before = desk.transport().index;
    const int y = static_cast<int>(paths->area().center().y());
    const auto from = QPoint(static_cast<int>(std::lround(paths->toX(paths->lambda()))), y);
    const auto to = QPoint(static_cast<int>(paths->area().left() + 0.8 * paths->area().width()), y);
    QTest::mousePress(paths, Qt::LeftButton, {}, from);
    for (int i = 1; i <= 8; ++i) {
        QTest::mouseMove(paths, from + (to - from) * i / 8);
        desk.settle();
    }
    QTest::mouseRelease(paths, Qt::LeftButton, {}, to);
    desk.settle();
    QVERIFY(desk.transport().index > before);
    paths->prepare();
    QVERIFY2(std::abs(paths->toX(paths->lambda()) - to.x()) < 12.0, // the grid has a λ every few pixels
             qPrintable(QStringLiteral("%1 for %2").arg(paths->toX(paths->lambda())).arg(to.x())));
}

void TestWindow::parameterEditsRestartAndGoOn() {
    Desk desk;
    QTest::keyClick(&desk.window, Qt::Key_Space);
    QTRY_VERIFY(desk.transport().playing);
    const auto generation = desk.transport().generation;
    for (const double alpha : {0.9, 0.8, 0.7, 0.6, 0.5})
        desk.space().editParameter(QStringLiteral("alpha"), alpha, alpha != 0.5); // one drag
    QTRY_VERIFY(desk.transport().generation > generation && desk.transport().playing &&
                !desk.transport().seeking);
    const auto at = desk.transport().index;
    QTRY_VERIFY(desk.transport().index > at);
    QVERIFY(at > 0); // at about the same place, not from the start
    QCOMPARE(desk.space().undoStack().count(), 1);
    desk.key(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!desk.lab().parameters().contains("alpha") ||
            desk.lab().parameters().at("alpha") == ParameterValue(1.0));
}

// Two different backs: undo takes back what I edited, not where the algorithm stands.
void TestWindow::undoKeepsTheTime() {
    Desk desk;
    desk.space().editParameter(QStringLiteral("axis"), std::string("l1-norm"), false);
    desk.settle();
    desk.post(command::Seek{300});
    desk.space().undoStack().undo();
    desk.settle();
    QCOMPARE(desk.transport().index, std::int64_t{300});
    desk.post(command::Seek{200});
    desk.space().undoStack().redo();
    desk.settle();
    QCOMPARE(desk.transport().index, std::int64_t{200});
}

namespace {

struct Edited {
    ParameterValues values;
    quint64 seed = 0;
    ScenarioData data;
    QString words, csv;

    static Edited of(Desk& desk) {
        Edited now{desk.lab().parameters(), desk.lab().seed(), desk.space().data(), desk.lab().dataInWords(),
                   desk.lab().resultAsCsv()};
        now.values.erase("lambda");                                   // belongs to the time
        for (const ParameterSpec& spec : desk.lab().parameterSpecs()) // absent is the default
            if (spec.id != "lambda") now.values[spec.id] = valueOf(now.values, spec);
        return now;
    }
    bool operator==(const Edited&) const = default;
};

} // namespace

void TestWindow::undoAndRedoAreInverse() {
    Desk desk;
    Rng random(11);
    std::vector<Edited> states{Edited::of(desk)};
    const char* stages[] = {"paths", "coefficients", "geometry", "race"};
    const char* solvers[] = {"cd", "lars", "fista", "admm"};
    const char* sets[] = {"diabetes", "breast_cancer", "wine"};
    for (int i = 0; i < 24; ++i) {
        const int before = desk.space().undoStack().index();
        switch (random.below(6)) {
        case 0:
            desk.space().editParameter(QStringLiteral("alpha"), 0.1 + 0.9 * random.uniform(), false);
            break;
        case 1:
            desk.space().editParameter(QStringLiteral("stage"), std::string(stages[random.below(4)]), false);
            break;
        case 2:
            desk.space().editParameter(QStringLiteral("solver"), std::string(solvers[random.below(4)]),
                                       false);
            break;
        case 3:
            desk.space().editSeed(random.below(1000));
            break;
        case 4:
            desk.space().openData({BuiltinSource{QString::fromLatin1(sets[random.below(2)])}, {}});
            break;
        default:
            desk.space().editParameter(QStringLiteral("lambdas"), std::int64_t(20 + random.below(30)), false);
        }
        desk.settle();
        if (desk.space().undoStack().index() == before) continue; // nothing changed
        states.push_back(Edited::of(desk));
    }
    QVERIFY(states.size() > 12);
    QCOMPARE(desk.failures.size(), 0);
    QCOMPARE(static_cast<std::size_t>(desk.space().undoStack().count()), states.size() - 1);
    for (std::size_t i = states.size() - 1; i-- > 0;) {
        desk.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY2(Edited::of(desk) == states[i],
                 qPrintable(QStringLiteral("undo to %1 of %2: ").arg(i).arg(states.size()) +
                            desk.lab().dataInWords()));
    }
    for (std::size_t i = 1; i < states.size(); ++i) {
        desk.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY2(Edited::of(desk) == states[i],
                 qPrintable(QStringLiteral("redo to %1: ").arg(i) + desk.lab().dataInWords()));
    }
}

void TestWindow::escapeLetsGoOfMarkedRows() {
    Desk desk;
    auto* residuals = desk.view<lasso::ResidualView>();
    QVERIFY(residuals);
    residuals->prepare();
    QSignalSpy brushed(&desk.lab(), &Lab::rowsHighlighted);
    const QImage before = residuals->grab().toImage();
    const QRect box = residuals->area().toRect();
    QTest::mousePress(residuals, Qt::LeftButton, {}, box.center() - QPoint(40, 30));
    QTest::mouseMove(residuals, box.center() + QPoint(40, 30));
    QTest::mouseRelease(residuals, Qt::LeftButton, {}, box.center() + QPoint(40, 30));
    desk.settle();
    QVERIFY(!brushed.isEmpty() && !brushed.last().front().value<std::vector<int>>().empty());
    QVERIFY(residuals->grab().toImage() != before);
    desk.key(Qt::Key_F5);
    desk.key(Qt::Key_Escape); // the marks first, then the presentation
    QVERIFY(desk.window.frame()->isPresenting());
    desk.key(Qt::Key_Escape);
    QVERIFY(!desk.window.frame()->isPresenting());
    residuals->prepare();
    QVERIFY(residuals->grab().toImage() == before);
}

void TestWindow::typedLambdaSaysItsNearest() {
    Desk desk;
    auto* row = desk.window.findChild<ParameterForm*>()->row(QStringLiteral("lambda"));
    auto* field = row->findChild<QLineEdit*>();
    const auto type = [&](const QString& text) {
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
        desk.settle();
    };
    type(QStringLiteral("3.3"));
    const double stands = std::get<double>(desk.lab().parameters().at("lambda"));
    QVERIFY(std::abs(stands / 3.3 - 1) < 0.05 && stands != 3.3);
    QVERIFY2(desk.sentence().contains(QStringLiteral("3.3")) &&
                 desk.sentence().contains(shortNumber(stands, 4)),
             qPrintable(desk.sentence()));
    QCOMPARE(desk.failures.size(), 0);
    desk.window.findChild<Notice*>()->hide();
    type(QString::number(stands, 'g', 4)); // on the grid: nothing to say
    QVERIFY(desk.sentence().isEmpty());
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
