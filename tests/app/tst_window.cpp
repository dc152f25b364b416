// The window as hands use it: keys, the time line, edits and the way back, the palette, the gallery, leaving.
#include "app/gallery/gallery_page.h"
#include "app/gallery/scene_card.h"
#include "app/labs/lasso/views/path_view.h"
#include "app/labs/lasso/views/residual_view.h"
#include "core/support/rng.h"
#include "tests/app/window_desk.h"
#include "widgets/data/generator_panel.h"
#include "widgets/palette/command_palette.h"
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
    void pageKeysWalkTheScenes();
    void presenting();
    void presentingKeepsTheInspector();
    void escapeLetsGoOfMarkedRows();
    void typedLambdaSaysItsNearest();
    void noticesLeaveTheAxesFree();
    void bothSeedsAreSaid();
    void paletteOpensADataSet();
    void galleryShowsAndOpens();
    void themesCycle();
    void everyScenePaintsAtEverySize();
    void quitsWhilePlaying();
    void quitsWhileLoading();
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

void TestWindow::pageKeysWalkTheScenes() {
    Desk desk(QString{});
    QStringList opened;
    connect(&desk.space(), &Workspace::scenarioOpened, this,
            [&](const Scenario& scene) { opened << scene.id; });
    desk.window.openScene(builtinScenes().front().id);
    desk.settle();
    QStringList expected{builtinScenes().front().id};
    for (std::size_t i = 1; i < builtinScenes().size(); ++i) {
        desk.key(Qt::Key_PageDown);
        expected << builtinScenes()[i].id;
    }
    desk.key(Qt::Key_PageDown); // the last stays
    desk.key(Qt::Key_PageUp);
    expected << builtinScenes()[builtinScenes().size() - 2].id;
    QCOMPARE(opened, expected);
    QCOMPARE(desk.failures.size(), 0);
}

void TestWindow::presenting() {
    Desk desk;
    QVERIFY(desk.window.frame()->rail()->isVisible());
    desk.key(Qt::Key_F5);
    QVERIFY(desk.window.frame()->isPresenting());
    QVERIFY(!desk.window.frame()->rail()->isVisible() && !desk.window.frame()->inspector()->isVisible());
    const auto at = desk.transport().index;
    desk.key(Qt::Key_Right);
    QCOMPARE(desk.transport().index, at + 1);
    desk.key(Qt::Key_PageDown);
    QVERIFY(desk.window.frame()->isPresenting());
    desk.key(Qt::Key_Escape);
    QVERIFY(!desk.window.frame()->isPresenting());
    QVERIFY(desk.window.frame()->rail()->isVisible());
}

void TestWindow::presentingKeepsTheInspector() {
    Desk desk(QStringLiteral("lasso-diabetes"), {1440, 900});
    const QRect before = desk.window.frame()->inspector()->geometry();
    QVERIFY(desk.window.frame()->inspector()->isVisible());
    for (int i = 0; i < 2; ++i) {
        desk.key(Qt::Key_F5);
        QVERIFY(!desk.window.frame()->inspector()->isVisible());
        desk.key(Qt::Key_F5);
        QVERIFY(desk.window.frame()->inspector()->isVisible());
        QCOMPARE(desk.window.frame()->inspector()->geometry(), before);
    }
    desk.window.frame()->inspector()->setFolded(true); // by hand: it stays so
    desk.key(Qt::Key_F5);
    desk.key(Qt::Key_F5);
    QVERIFY(!desk.window.frame()->inspector()->isVisible());
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

void TestWindow::noticesLeaveTheAxesFree() {
    for (const QSize size : {QSize(1024, 700), QSize(1600, 1000)}) {
        Desk desk(QStringLiteral("lasso-diabetes"), size);
        desk.window.showNotice(QStringLiteral("own.csv: line 3, column 7: a quote is opened and never "
                                              "closed, so the rest of the file cannot be read as rows."),
                               true);
        auto* notice = desk.window.findChild<Notice*>();
        const QRect box(notice->mapTo(&desk.window, QPoint()), notice->size());
        for (Card* card : desk.window.stage()->cards()) {
            auto* plot = qobject_cast<Plot*>(card->content());
            const QRect content(plot->mapTo(&desk.window, QPoint()), plot->size());
            QVERIFY2(!box.intersects(content), qPrintable(card->objectName()));
        }
    }
}

void TestWindow::bothSeedsAreSaid() {
    Desk desk(QStringLiteral("lasso-sparse"));
    const Scenario scenario = desk.space().scenario();
    const auto made = std::get<GeneratorSource>(scenario.data.source);
    const QString words = desk.window.frame()->topBar()->dataWords();
    QVERIFY2(words.endsWith(QStringLiteral("data seed %1").arg(made.seed)), qPrintable(words));
    desk.space().editSeed(made.seed + 40); // the run's: the data stay
    desk.settle();
    QCOMPARE(desk.space().scenario().seed, made.seed + 40);
    QCOMPARE(std::get<GeneratorSource>(desk.space().scenario().data.source).seed, made.seed);
    QCOMPARE(desk.window.frame()->topBar()->dataWords(), words);
    desk.window.actions().data->trigger(); // the page of data shows the set as it was made
    QCOMPARE(desk.window.findChild<GeneratorPanel*>()->seed(), made.seed);
    QCOMPARE(desk.window.findChild<GeneratorPanel*>()->generator(), made.id);
}

void TestWindow::paletteOpensADataSet() {
    Desk desk;
    desk.key(Qt::Key_K, Qt::ControlModifier);
    auto* palette = desk.window.findChild<CommandPalette*>();
    QVERIFY(palette->isVisible());
    QTest::keyClicks(palette->field(), QStringLiteral("iris"));
    QVERIFY2(palette->titleAt(0).contains(QStringLiteral("Iris")), qPrintable(palette->titleAt(0)));
    // What the lab is to predict is a number: iris has one only among its columns.
    QTest::keyClick(palette->field(), Qt::Key_Return);
    desk.settle();
    QVERIFY(!palette->isVisible());
    QVERIFY2(desk.lab().dataInWords().contains(QStringLiteral("iris"), Qt::CaseInsensitive) ||
                 !desk.sentence().isEmpty(),
             qPrintable(desk.lab().dataInWords()));
    desk.key(Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(palette->field(), QStringLiteral("wine"));
    QTest::keyClick(palette->field(), Qt::Key_Escape);
    QVERIFY(!palette->isVisible());
}

void TestWindow::galleryShowsAndOpens() {
    Desk desk;
    desk.key(Qt::Key_G, Qt::ControlModifier);
    auto* gallery = desk.window.findChild<GalleryPage*>();
    QVERIFY(gallery && gallery->isVisible());
    QCOMPARE(gallery->cards().size(), builtinScenes().size());
    for (SceneCard* card : gallery->cards()) {
        QTRY_VERIFY2(card->hasPicture(), qPrintable(card->text()));
        QTRY_VERIFY2(coloursOf(card->grab().toImage()) > 30, qPrintable(card->text()));
    }
    SceneCard* last = gallery->cards().back();
    last->setFocus();
    QTest::keyClick(last, Qt::Key_Return);
    desk.settle();
    QVERIFY(!gallery->isVisible());
    QCOMPARE(desk.space().scenario().title, builtinScenes().back().title);
    desk.key(Qt::Key_G, Qt::ControlModifier);
    QVERIFY(gallery->isVisible());
    desk.key(Qt::Key_Escape);
    QVERIFY(!gallery->isVisible());
}

void TestWindow::themesCycle() {
    Desk desk;
    std::vector<QImage> pictures;
    for (int i = 0; i < 3; ++i) {
        pictures.push_back(desk.window.grab().toImage());
        desk.key(Qt::Key_T, Qt::ControlModifier);
    }
    QVERIFY(pictures[0] != pictures[1] && pictures[1] != pictures[2] && pictures[0] != pictures[2]);
    QCOMPARE(desk.window.themeKind(), ThemeKind::Light);
}

void TestWindow::everyScenePaintsAtEverySize() {
    for (const Scenario& scene : builtinScenes()) {
        Desk desk(scene.id);
        for (const QSize size : {QSize(640, 480), QSize(1024, 700), QSize(1920, 1080)}) {
            desk.window.resize(size);
            desk.settle();
            QVERIFY2(coloursOf(desk.window.grab().toImage()) > 50, qPrintable(scene.id));
        }
        QCOMPARE(desk.failures.size(), 0);
    }
}

void TestWindow::quitsWhilePlaying() {
    for (const char* id : {"lasso-diabetes", "lasso-sparse", "lasso-geometry", "lasso-race"}) {
        Desk desk{QString::fromLatin1(id)};
        QTest::keyClick(&desk.window, Qt::Key_9);
        QTest::keyClick(&desk.window, Qt::Key_Home);
        QTest::keyClick(&desk.window, Qt::Key_Space);
        QTest::qWait(30);
        desk.space().editParameter(QStringLiteral("alpha"), 0.4, true);
    }
}

void TestWindow::quitsWhileLoading() {
    {
        Desk desk;
        desk.window.openScene(QStringLiteral("lasso-sparse"));
    }
    {
        Desk desk;
        desk.space().openData({BuiltinSource{QStringLiteral("digits")}, {}});
        QTest::keyClick(&desk.window, Qt::Key_G, Qt::ControlModifier);
    }
    Desk nothing(QString{});
    nothing.window.openScene(QStringLiteral("lasso-diabetes"));
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
