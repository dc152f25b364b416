// The window and its scenes: the page keys, presentation, the palette, the gallery, themes and sizes,
// leaving.
#include "app/gallery/gallery_page.h"
#include "app/gallery/scene_card.h"
#include "tests/app/window_desk.h"
#include "widgets/data/generator_panel.h"
#include "widgets/palette/command_palette.h"
#include "widgets/plot/plot.h"
#include "widgets/transport/transport_bar.h"

#include <QLineEdit>

using namespace orrery;
using orrery::testing::coloursOf;
using orrery::testing::Desk;

class TestWindowScenes : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void pageKeysWalkTheScenes();
    void presenting();
    void presentingKeepsTheInspector();
    void noticesLeaveTheAxesFree();
    void bothSeedsAreSaid();
    void paletteOpensADataSet();
    void galleryShowsAndOpens();
    void themesCycle();
    void everyScenePaintsAtEverySize();
    void quitsWhilePlaying();
    void quitsWhileLoading();
};

void TestWindowScenes::pageKeysWalkTheScenes() {
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

void TestWindowScenes::presenting() {
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

void TestWindowScenes::presentingKeepsTheInspector() {
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

void TestWindowScenes::noticesLeaveTheAxesFree() {
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

void TestWindowScenes::bothSeedsAreSaid() {
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

void TestWindowScenes::paletteOpensADataSet() {
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

void TestWindowScenes::galleryShowsAndOpens() {
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

void TestWindowScenes::themesCycle() {
    Desk desk;
    std::vector<QImage> pictures;
    for (int i = 0; i < 3; ++i) {
        pictures.push_back(desk.window.grab().toImage());
        desk.key(Qt::Key_T, Qt::ControlModifier);
    }
    QVERIFY(pictures[0] != pictures[1] && pictures[1] != pictures[2] && pictures[0] != pictures[2]);
    QCOMPARE(desk.window.themeKind(), ThemeKind::Light);
}

void TestWindowScenes::everyScenePaintsAtEverySize() {
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

void TestWindowScenes::quitsWhilePlaying() {
    for (const char* id : {"lasso-diabetes", "lasso-sparse", "lasso-geometry", "lasso-race"}) {
        Desk desk{QString::fromLatin1(id)};
        QTest::keyClick(&desk.window, Qt::Key_9);
        QTest::keyClick(&desk.window, Qt::Key_Home);
        QTest::keyClick(&desk.window, Qt::Key_Space);
        QTest::qWait(30);
        desk.space().editParameter(QStringLiteral("alpha"), 0.4, true);
    }
}

void TestWindowScenes::quitsWhileLoading() {
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

QTEST_MAIN(TestWindowScenes)
#include "tst_window_scenes.moc"
