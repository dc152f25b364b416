// The command palette finds by letters and is driven by keys; the sheet of keys lists what the actions say.
#include "widgets/palette/command_palette.h"
#include "widgets/palette/key_overlay.h"

#include <QAction>
#include <QLineEdit>
#include <QtTest>

using namespace orrery;

class TestPalette : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void matches();
    void bestPlacement();
    void keyboard();
    void runsWhatIsChosen();
    void keySheet();
};

void TestPalette::matches() {
    QVERIFY(fuzzyMatch(QStringLiteral("lp"), QStringLiteral("LASSO path")));
    QVERIFY(fuzzyMatch(QStringLiteral("PATH"), QStringLiteral("LASSO path")));
    QVERIFY(fuzzyMatch(QStringLiteral("e"), QString::fromUtf8("é")));
    QVERIFY(!fuzzyMatch(QStringLiteral("pl"), QStringLiteral("LASSO path")));
    QVERIFY(fuzzyMatch(QString(), QStringLiteral("anything")));
    QVERIFY(!fuzzyMatch(QStringLiteral("a"), QString()));
    // Word starts beat letters inside words.
    QVERIFY(fuzzyMatch(QStringLiteral("st"), QStringLiteral("Next step"))->score >
            fuzzyMatch(QStringLiteral("st"), QStringLiteral("Last row"))->score);
    // Side by side beats scattered over the starts of words; a whole word beats the beginning of one.
    QVERIFY(fuzzyMatch(QStringLiteral("st"), QStringLiteral("Step"))->score >
            fuzzyMatch(QStringLiteral("st"), QStringLiteral("Save table"))->score);
    QVERIFY(fuzzyMatch(QStringLiteral("data"), QStringLiteral("Data"))->score >
            fuzzyMatch(QStringLiteral("data"), QStringLiteral("Database"))->score);
    // Loose letters inside words are nothing.
    QVERIFY(!fuzzyMatch(QStringLiteral("tree"), QStringLiteral("Isotonic regression")));
    QVERIFY(!fuzzyMatch(QStringLiteral("iris"), QStringLiteral("Diabetes residuals")));
    QVERIFY(fuzzyMatch(QStringLiteral("sso"), QStringLiteral("LASSO path")));
    QVERIFY(fuzzyMatch(QStringLiteral("ss"), QStringLiteral("LASSO path")));
    QVERIFY(!fuzzyMatch(QStringLiteral("so pa"), QStringLiteral("LASSO path")));
    QVERIFY(fuzzyMatch(QStringLiteral("trsea"), QStringLiteral("Tree search")));
}

void TestPalette::bestPlacement() {
    // Not the first s, but the one that starts the word and goes on with the t.
    const auto match = fuzzyMatch(QStringLiteral("st"), QStringLiteral("Last step"));
    QCOMPARE(match->positions, (std::vector<int>{5, 6}));
    QCOMPARE(fuzzyMatch(QStringLiteral("lp"), QStringLiteral("LASSO path"))->positions,
             (std::vector<int>{0, 6}));
}

namespace {

struct Desk {
    QWidget window;
    CommandPalette palette{&window};
    QString done;

    Desk() {
        window.resize(1000, 700);
        palette.addProvider([this] {
            std::vector<PaletteEntry> entries;
            for (const char* title : {"LASSO path", "Isotonic regression", "Tree search", "Tree ensembles"}) {
                PaletteEntry entry;
                entry.title = QString::fromLatin1(title);
                entry.category = QStringLiteral("Lab");
                entry.run = [this, name = entry.title] { done = name; };
                entries.push_back(entry);
            }
            return entries;
        });
        window.show();
        QApplication::setActiveWindow(&window);
    }
};

} // namespace

void TestPalette::keyboard() {
    Desk desk;
    QVERIFY(desk.palette.isHidden());
    desk.palette.open();
    QVERIFY(desk.palette.isVisible());
    QCOMPARE(desk.palette.shownCount(), 4);
    QTest::keyClicks(desk.palette.field(), QStringLiteral("tree"));
    QCOMPARE(desk.palette.shownCount(), 2);
    QVERIFY(desk.palette.titleAt(0).startsWith(QStringLiteral("Tree")));
    QVERIFY(desk.palette.titleAt(1).startsWith(QStringLiteral("Tree")));
    QCOMPARE(desk.palette.currentRow(), 0);
    QTest::keyClick(desk.palette.field(), Qt::Key_Down);
    QCOMPARE(desk.palette.currentRow(), 1);
    QTest::keyClick(desk.palette.field(), Qt::Key_Down);
    QCOMPARE(desk.palette.currentRow(), 0);
    QTest::keyClick(desk.palette.field(), Qt::Key_Up);
    QCOMPARE(desk.palette.currentRow(), 1);
    QTest::keyClick(desk.palette.field(), Qt::Key_Escape);
    QVERIFY(desk.palette.isHidden());
    QVERIFY(desk.done.isEmpty());
    desk.palette.open(QStringLiteral("zzz"));
    QCOMPARE(desk.palette.shownCount(), 0);
    QTest::keyClick(desk.palette.field(), Qt::Key_Return); // nothing to do
    desk.palette.open(QStringLiteral("lab"));
    QCOMPARE(desk.palette.shownCount(), 4); // by category
}

void TestPalette::runsWhatIsChosen() {
    Desk desk;
    desk.palette.open(QStringLiteral("ts"));
    QCOMPARE(desk.palette.titleAt(0), QStringLiteral("Tree search"));
    QTest::keyClick(desk.palette.field(), Qt::Key_Return);
    QCOMPARE(desk.done, QStringLiteral("Tree search"));
    QVERIFY(desk.palette.isHidden());
    QAction action(QStringLiteral("&Open…"), nullptr);
    action.setShortcut(QKeySequence(QStringLiteral("Ctrl+O")));
    int triggered = 0;
    connect(&action, &QAction::triggered, this, [&] { ++triggered; });
    const PaletteEntry entry = paletteEntry(&action);
    QCOMPARE(entry.title, QStringLiteral("Open"));
    entry.run();
    QCOMPARE(triggered, 1);
}

void TestPalette::keySheet() {
    QAction a(QStringLiteral("First"), nullptr), b(QStringLiteral("Second"), nullptr),
        none(QStringLiteral("None"), nullptr);
    a.setShortcut(Qt::Key_A);
    a.setProperty("group", QStringLiteral("Time"));
    b.setShortcuts({QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_Question)});
    const auto groups = keyGroups({&a, &b, &none});
    QCOMPARE(groups.size(), std::size_t{2});
    QCOMPARE(groups[0].name, QStringLiteral("Time"));
    QCOMPARE(groups[1].lines.size(), std::size_t{1});
    QCOMPARE(groups[1].lines[0].keys, (QStringList{QStringLiteral("F1"), QStringLiteral("?")}));
    QWidget window;
    window.resize(900, 600);
    KeyOverlay sheet(&window);
    window.show();
    std::vector<KeyGroup> own{{QStringLiteral("On the board"), {}}};
    for (int i = 0; i < 40; ++i)
        own[0].lines.push_back({QStringLiteral("Line %1").arg(i), {QStringLiteral("Alt+Arrows")}});
    sheet.open({&a, &b, &none}, own);
    QVERIFY(sheet.accessibleDescription().contains(QStringLiteral("First")));
    QVERIFY(sheet.accessibleDescription().contains(QStringLiteral("Line 39: Alt+Arrows")));
    const QImage top = sheet.grab().toImage(); // taller than the window: the keys go down and up again
    QTest::keyClick(&sheet, Qt::Key_PageDown);
    QVERIFY(sheet.grab().toImage() != top);
    QTest::keyClick(&sheet, Qt::Key_PageUp);
    QCOMPARE(sheet.grab().toImage(), top);
    QTest::keyClick(&sheet, Qt::Key_Escape);
    QVERIFY(sheet.isHidden());
}

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
