// Data of one's own: dropped, pasted, broken; scenarios saved and dropped. And what must be true of every
// action and every widget that a key reaches.
#include "app/labs/lasso/views/path_view.h"
#include "tests/app/window_desk.h"
#include "widgets/data/import_dialog.h"
#include "widgets/palette/command_palette.h"

#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QTemporaryDir>

using namespace orrery;
using orrery::testing::coloursOf;
using orrery::testing::Desk;

class TestWindowFiles : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void droppedCsvDrawsItsPath();
    void firstFileOpensTheLab();
    void brokenCsvLosesNothing_data();
    void brokenCsvLosesNothing();
    void unusableDataLosesNothing();
    void threeLevelsRegressOnANumber();
    void columnsAreChosenAgain();
    void droppedScenarioOpens();
    void savedScenarioShowsTheSame();
    void pasted();
    void actionsAreWholeAndReached();
    void everyActionIsSafe();
    void keysAreUnique();
    void focusableWidgetsHaveNames();

  private:
    QString fileWith(const char* name, const QByteArray& text) {
        QFile file(m_folder.filePath(QString::fromUtf8(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) qFatal("no file");
        return file.fileName();
    }
    QTemporaryDir m_folder;
};

namespace {

const QByteArray kOwn = "height,weight,age,score\n1,2,9,3\n2,1,4,4\n4,4,1,9\n3,1,7,6\n5,2,2,8\n6,3,3,9.5\n";

/// What must survive a mistake.
struct Kept {
    QString words, csv;
    ScenarioData data;
    std::int64_t index;
    int edits;
    static Kept of(Desk& desk) {
        return {desk.lab().dataInWords(), desk.lab().resultAsCsv(), desk.space().data(),
                desk.transport().index, desk.space().undoStack().count()};
    }
    bool operator==(const Kept&) const = default;
};

/// Receivers of triggered() and toggled(), menus (which listen to every action they show) not counted.
int listeners(QAction* action) {
    struct Peek : QAction {
        using QAction::QAction;
        using QObject::receivers;
    };
    int menus = 0;
    for (QObject* owner : action->associatedObjects())
        menus += qobject_cast<QMenu*>(owner) ? 1 : 0;
    const auto receivers = &Peek::receivers;
    return (action->*receivers)(SIGNAL(triggered(bool))) + (action->*receivers)(SIGNAL(toggled(bool))) -
           menus;
}

} // namespace

void TestWindowFiles::droppedCsvDrawsItsPath() {
    Desk desk;
    desk.drop(fileWith("own.csv", kOwn));
    QCOMPARE(desk.failures.size(), 0);
    QVERIFY2(desk.lab().dataInWords().contains(QStringLiteral("6 × 3")),
             qPrintable(desk.lab().dataInWords()));
    QVERIFY(desk.lab().resultAsCsv().contains(QStringLiteral("\"height\"")));
    auto* paths = desk.view<lasso::PathView>();
    QVERIFY(paths && coloursOf(paths->grab().toImage()) > 10);
    desk.space().undoStack().undo();
    desk.settle();
    QVERIFY(desk.lab().dataInWords().contains(QStringLiteral("442 × 10")));
}

void TestWindowFiles::firstFileOpensTheLab() {
    Desk desk(QString{});
    desk.window.openPath(fileWith("own.csv", kOwn));
    desk.settle();
    QVERIFY(desk.space().lab());
    QVERIFY2(desk.lab().dataInWords().contains(QStringLiteral("6 × 3")),
             qPrintable(desk.lab().dataInWords()));
    QTRY_COMPARE(desk.fitPainted.size(), 1);
}

void TestWindowFiles::brokenCsvLosesNothing_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("place");
    QTest::newRow("a cell too few") << QByteArray("a,b,y\n1,2,3\n4,5\n") << QStringLiteral("line 3");
    QTest::newRow("open quote") << QByteArray("a,b,y\n1,2,3\n4,\"5,6\n7,8,9\n")
                                << QStringLiteral("line 3, column");
    QTest::newRow("empty") << QByteArray() << QString();
}

void TestWindowFiles::brokenCsvLosesNothing() {
    QFETCH(QByteArray, text);
    QFETCH(QString, place);
    Desk desk;
    const Kept before = Kept::of(desk);
    desk.drop(fileWith("broken.csv", text));
    QCOMPARE(desk.failures.size(), 1);
    const QString said = desk.sentence();
    QVERIFY2(said.contains(QStringLiteral("broken.csv")) && said.contains(place) && !said.contains(u'\n'),
             qPrintable(said));
    QVERIFY(Kept::of(desk) == before);
}

void TestWindowFiles::unusableDataLosesNothing() {
    Desk desk;
    const Kept before = Kept::of(desk);
    for (const char* csv : {"a,class\nu,x\nv,z\nw,w\n", "a,b,y\n1e300,2,3\n2e300,1,5\n4e300,4,4\n",
                            "a,b,y\n1,,3\n,1,5\n4,4,\n", "y\n1\n2\n"}) {
        desk.failures.clear();
        desk.drop({}, QString::fromUtf8(csv));
        QCOMPARE(desk.failures.size(), 1);
        QVERIFY(!desk.sentence().isEmpty());
        const Kept now = Kept::of(desk);
        QCOMPARE(now.words, before.words);
        QCOMPARE(now.csv, before.csv);
        QVERIFY(now.data == before.data);
        desk.key(Qt::Key_Right);
        desk.key(Qt::Key_Left);
        QCOMPARE(desk.failures.size(), 1); // said once, and the old run goes on
        QCOMPARE(desk.transport().index, before.index);
        QCOMPARE(desk.space().undoStack().count(), before.edits);
    }
}

// A target of three levels is no number: the last number is taken, and said; any other can be chosen.
void TestWindowFiles::threeLevelsRegressOnANumber() {
    Desk desk;
    for (const auto& [id, target] : {std::pair{"iris", "petal_width"}, {"wine", "proline"}}) {
        desk.space().openData({BuiltinSource{QString::fromLatin1(id)}, {}});
        desk.settle();
        QCOMPARE(desk.failures.size(), 0);
        QVERIFY2(desk.sentence().contains(QString::fromLatin1(target)) && !desk.sentence().contains(u'\n'),
                 qPrintable(desk.sentence()));
        QVERIFY2(desk.lab().dataInWords().startsWith(QString::fromLatin1(id)),
                 qPrintable(desk.lab().dataInWords()));
        QCOMPARE(desk.space().scenario().data.choices.target, std::string(target));
        QVERIFY(desk.transport().furthest > 0);
    }
}

void TestWindowFiles::columnsAreChosenAgain() {
    Desk desk;
    desk.space().openData(
        {BuiltinSource{QStringLiteral("iris")},
         {"sepal_width", {"sepal_length", "species"}, "sepal_length > 5", data::RowSample{100, 9}, {}}});
    desk.settle();
    const ScenarioData before = desk.space().data();
    desk.window.actions().columns->trigger();
    auto* preview = desk.window.findChild<ImportDialog*>();
    QVERIFY(preview && preview->isVisible());
    QTRY_VERIFY(preview->isReady());
    static_cast<QDialog*>(preview)->accept();
    desk.settle();
    QCOMPARE(desk.failures.size(), 0);
    QVERIFY(desk.space().data() == before); // nothing was changed, so nothing has

    desk.window.actions().columns->trigger();
    for (ImportDialog* one : desk.window.findChildren<ImportDialog*>())
        if (one->isVisible()) preview = one;
    QTRY_VERIFY(preview->isReady());
    preview->columns()->setTarget(4); // species: three levels
    QTRY_VERIFY(preview->isReady());
    QVERIFY2(preview->outcomeSentence().contains(QStringLiteral("3 levels")),
             qPrintable(preview->outcomeSentence()));
    preview->columns()->setTarget(3);
    QTRY_VERIFY(preview->isReady());
    static_cast<QDialog*>(preview)->accept();
    desk.settle();
    QCOMPARE(desk.space().data().choices.target, std::string("petal_width"));
}

void TestWindowFiles::droppedScenarioOpens() {
    (void)fileWith("own.csv", kOwn);
    const QString path = fileWith(
        "own.json",
        R"({"orrery": 1, "title": "Own", "lab": "lasso", "data": {"file": "own.csv", "features": ["age", "weight"]},
        "parameters": {"alpha": 0.5, "stage": "geometry"}, "seed": 5, "frame": 3, "speed": 3, "play": false})");
    Desk desk;
    desk.drop(path);
    QCOMPARE(desk.failures.size(), 0);
    QVERIFY2(desk.lab().dataInWords().contains(QStringLiteral("6 × 2")),
             qPrintable(desk.lab().dataInWords()));
    QCOMPARE(desk.transport().index, std::int64_t{3});
    QCOMPARE(desk.lab().seed(), quint64{5});
    QCOMPARE(desk.transport().stepsPerSecond, 3.0);

    const Kept before = Kept::of(desk);
    desk.drop(fileWith("broken.json", "{\n \"orrery\": 1,\n oops}"));
    QVERIFY2(desk.sentence().contains(QStringLiteral("line 3, column 2")), qPrintable(desk.sentence()));
    for (const char* json :
         {R"({"orrery": 1, "lab": "nosuch", "data": {"builtin": "iris"}})",
          R"({"orrery": 1, "lab": "lasso", "data": {"builtin": "nosuch"}})",
          R"({"orrery": 1, "lab": "lasso", "data": {"builtin": "diabetes"}, "parameters": {"nosuch": 1}})",
          R"({"orrery": 1, "lab": "lasso", "data": {"builtin": "diabetes", "target": "nosuch"}})",
          R"({"orrery": 1, "lab": "lasso", "data": {"file": "nosuch.csv"}})"}) {
        desk.drop(fileWith("broken.json", json));
        QVERIFY2(desk.sentence().contains(QStringLiteral("nosuch")), json);
        QVERIFY2(Kept::of(desk) == before, json);
    }
}

void TestWindowFiles::savedScenarioShowsTheSame() {
    Desk desk(QStringLiteral("lasso-knots"));
    desk.space().editParameter(QStringLiteral("alpha"), 0.7, false);
    desk.settle();
    desk.post(command::Seek{12});
    desk.post(command::SetSpeed{kUnlimitedSpeed});
    const QString path = m_folder.filePath(QStringLiteral("saved.json"));
    QVERIFY(writeScenario(desk.space().scenario(), path));
    Desk other;
    other.drop(path);
    QCOMPARE(other.failures.size(), 0);
    QCOMPARE(other.transport().index, std::int64_t{12});
    QVERIFY(Kept::of(other).csv == Kept::of(desk).csv);
    QCOMPARE(other.transport().stepsPerSecond, kUnlimitedSpeed);
    auto* here = desk.view<lasso::PathView>();
    auto* there = other.view<lasso::PathView>();
    here->setGhost(nullptr), there->setGhost(nullptr); // the fit before differs
    QVERIFY(here->grab().toImage() == there->grab().toImage());
}

void TestWindowFiles::pasted() {
    Desk desk;
    QApplication::clipboard()->setText(QString::fromUtf8(kOwn).replace(u',', u'\t'));
    desk.key(Qt::Key_V, Qt::ControlModifier);
    auto* preview = desk.window.findChild<ImportDialog*>();
    QVERIFY(preview && preview->isVisible());
    QTRY_VERIFY(preview->isReady());
    static_cast<QDialog*>(preview)->accept();
    desk.settle();
    QCOMPARE(desk.failures.size(), 0);
    QVERIFY2(desk.lab().dataInWords().contains(QStringLiteral("6 × 3")),
             qPrintable(desk.lab().dataInWords()));
    QApplication::clipboard()->clear();
    desk.window.actions().paste->trigger();
    desk.settle();
    QVERIFY(!desk.sentence().isEmpty());
    QVERIFY(desk.lab().dataInWords().contains(QStringLiteral("6 × 3")));
}

void TestWindowFiles::actionsAreWholeAndReached() {
    Desk desk;
    desk.key(Qt::Key_K, Qt::ControlModifier);
    auto* palette = desk.window.findChild<CommandPalette*>();
    QStringList inPalette;
    for (int row = 0; row < palette->shownCount(); ++row)
        inPalette << palette->titleAt(row);
    const auto plain = [](const QAction* action) { return action->text().remove(u'…').remove(u'&'); };
    QVERIFY(desk.window.allActions().size() > 30);
    for (QAction* action : desk.window.allActions()) {
        const QByteArray text = action->text().toUtf8();
        QVERIFY(!text.isEmpty());
        QVERIFY2(listeners(action) > 0, text);
        QVERIFY2(!action->shortcuts().isEmpty() || inPalette.contains(plain(action)), text);
        QVERIFY2(desk.window.actions().palette == action || !action->isEnabled() ||
                     inPalette.contains(plain(action)),
                 text);
        QVERIFY2(desk.window.QWidget::actions().contains(action), text); // its key works
    }
}

// Every action once, in any state of the window: dialogs and pages open, nothing falls.
void TestWindowFiles::everyActionIsSafe() {
    for (const bool withLab : {false, true}) {
        Desk desk(withLab ? QStringLiteral("lasso-geometry") : QString());
        for (QAction* action : desk.window.allActions()) {
            if (action == desk.window.actions().quit) continue;
            action->trigger();
            QCoreApplication::processEvents();
            for (QWidget* top : QApplication::topLevelWidgets())
                if (top != &desk.window && top->isVisible()) top->close();
        }
        desk.settle();
        desk.window.actions().quit->trigger();
        QVERIFY(!desk.window.isVisible());
    }
}

void TestWindowFiles::keysAreUnique() {
    Desk desk;
    QHash<QString, QString> owner;
    for (QAction* action : desk.window.allActions())
        for (const QKeySequence& key : action->shortcuts()) {
            const QString text = key.toString();
            QVERIFY2(!owner.contains(text), qPrintable(text + QStringLiteral(": ") + owner.value(text) +
                                                       QStringLiteral(", ") + action->text()));
            owner[text] = action->text();
        }
    QVERIFY(owner.size() > 35);
}

void TestWindowFiles::focusableWidgetsHaveNames() {
    for (const char* scene : {"lasso-diabetes", "lasso-geometry", "lasso-race", "lasso-sparse"}) {
        Desk desk{QString::fromLatin1(scene)};
        desk.key(Qt::Key_G, Qt::ControlModifier);
        QStringList nameless;
        for (QWidget* widget : desk.window.findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus ||
                widget->objectName().startsWith(QStringLiteral("qt_")))
                continue;
            if (widget->inherits("QComboBoxListView")) continue; // the chooser's own list

            const auto* button = qobject_cast<QAbstractButton*>(widget);
            if (widget->accessibleName().isEmpty() && !(button && !button->text().isEmpty()))
                nameless << QString::fromLatin1(widget->metaObject()->className()) + u' ' +
                                widget->objectName();
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QStringLiteral(", "))));
    }
}

QTEST_MAIN(TestWindowFiles)
#include "tst_window_files.moc"
