// The Boggle lab: what stands on the screen is what the search did, letters follow the keyboard, and a
// dictionary or a board that makes no run ends in one sentence.
#include "app/labs/boggle/views/board_stage.h"
#include "app/labs/boggle/views/trie_view.h"
#include "app/labs/boggle/views/word_list.h"
#include "app/window/notice.h"
#include "core/boggle/fast_solver.h"
#include "tests/app/boggle_bench.h"
#include "tests/app/window_desk.h"
#include "widgets/parameters/parameter_form.h"
#include "widgets/parameters/plain_rows.h"

#include <QLineEdit>
#include <QTemporaryDir>
#include <fstream>
#include <set>

using namespace orrery;
using orrery::testing::BoggleBench;
using orrery::testing::coloursOf;
using orrery::testing::Desk;

namespace {

ParameterValues typed(const char* board, ParameterValues more = {}) {
    more["letters"] = std::string("typed");
    more["board"] = std::string(board);
    if (!more.contains("words")) more["words"] = std::string("short"); // the same on every machine
    return more;
}

QStringList wordsOf(const boggleview::WordList& list) {
    QStringList words;
    for (const boggleview::ListedWord& word : list.words())
        words << word.text;
    words.sort();
    return words;
}

QString spelling(const BoardPicture& board, const std::vector<int>& cells) {
    QString text;
    for (const int cell : cells)
        text += board.letters[static_cast<std::size_t>(cell)];
    return text.toLower();
}

bool isPath(const std::vector<int>& cells, int columns) {
    for (std::size_t i = 1; i < cells.size(); ++i) {
        const int dx = cells[i] % columns - cells[i - 1] % columns,
                  dy = cells[i] / columns - cells[i - 1] / columns;
        if (std::abs(dx) > 1 || std::abs(dy) > 1 || (dx == 0 && dy == 0)) return false;
    }
    return std::set<int>(cells.begin(), cells.end()).size() == cells.size();
}

QString written(QTemporaryDir& folder, const char* name, const std::string& text) {
    const QString path = folder.filePath(QString::fromUtf8(name));
    std::ofstream(path.toStdString()) << text;
    return path;
}

} // namespace

class TestBoggleLab : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void theSceneOpensAndPlays();
    void wordsAreThoseOfTheFastSolver_data();
    void wordsAreThoseOfTheFastSolver();
    void everyStepIsDrawnAsItWas();
    void anyStepInAnyOrder();
    void aChosenWordShowsItsPath();
    void lettersAreTyped();
    void quickHandsAndQu();
    void refusalsStandInTheForm();
    void quIsOneTile();
    void droppedDictionary();
    void oddDictionaries_data();
    void oddDictionaries();
    void oddBoards_data();
    void oddBoards();
    void tablesAreRefusedInASentence();
    void picturesAreNotBlank();
};

void TestBoggleLab::theSceneOpensAndPlays() {
    Desk desk(QStringLiteral("boggle-search"));
    QCOMPARE(desk.failures.count(), 0);
    QCOMPARE(desk.lab().info().id, QStringLiteral("boggle"));
    QVERIFY(desk.view<boggleview::BoardStage>() && desk.view<boggleview::WordList>());
    const std::int64_t before = desk.transport().index;
    desk.key(Qt::Key_Right);
    QCOMPARE(desk.transport().index, before + 1);
    desk.key(Qt::Key_Right, Qt::ShiftModifier); // a round is a start
    QVERIFY(desk.transport().index > before + 1);
    desk.key(Qt::Key_End);
    QVERIFY(desk.transport().atEnd());
    QVERIFY(desk.lab().narration().afterword.contains(QStringLiteral("Every start")));
    desk.key(Qt::Key_Home);
    QCOMPARE(desk.transport().index, 0);
    QVERIFY(desk.view<boggleview::WordList>()->words().empty());
}

void TestBoggleLab::wordsAreThoseOfTheFastSolver_data() {
    QTest::addColumn<QString>("engine");
    QTest::addColumn<int>("size");
    for (const char* engine : {"trie", "dawg"})
        for (const int size : {2, 4, 5, 8})
            QTest::newRow(qPrintable(QStringLiteral("%1 %2").arg(QString::fromUtf8(engine)).arg(size)))
                << QString::fromUtf8(engine) << size;
    QTest::addRow("brute 3") << QStringLiteral("brute") << 3;
}

void TestBoggleLab::wordsAreThoseOfTheFastSolver() {
    QFETCH(QString, engine);
    QFETCH(int, size);
    BoggleBench bench(
        {{"engine", engine.toStdString()}, {"size", std::int64_t{size}}, {"words", std::string("short")}});
    bench.post(command::RunToEnd{});
    QCOMPARE(bench.failures.count(), 0);
    BoggleRunMaker maker;
    Progress progress;
    const auto solver = maker.make(boggleKnobs(bench.lab.parameters()), bench.lab.seed(), progress);
    QVERIFY(solver);
    const BoggleRun& run = *solver->problem();
    boggle::FastSolver fast(run.words.lexicon);
    QStringList expected;
    for (const std::uint32_t word : fast.words(run.problem->board))
        expected << QString::fromStdString(run.lexicon().words.text(word));
    expected.sort();
    QCOMPARE(wordsOf(*bench.view<boggleview::WordList>()), expected);
    QVERIFY(size < 4 || expected.size() > 10);
}

// The path is one, the stack is the path, the trie's path is its letters, a cross is no word's beginning.
void TestBoggleLab::everyStepIsDrawnAsItWas() {
    BoggleBench bench({{"words", std::string("short")}});
    auto* stage = bench.view<boggleview::BoardStage>();
    auto* trie = bench.view<boggleview::TrieView>();
    int crosses = 0, found = 0;
    for (std::int64_t i = 0; i <= bench.transport().furthest; i += 3) {
        bench.post(command::Seek{i});
        const BoardPicture& board = stage->board()->picture();
        const std::vector<int> path = board.trails.empty() ? std::vector<int>() : board.trails.front().cells;
        QVERIFY(isPath(path, board.columns));
        QCOMPARE(stage->stack()->frames().size(), path.size());
        QString stacked;
        for (const auto& frame : stage->stack()->frames())
            stacked += frame.letter;
        QCOMPARE(stacked.toLower(), spelling(board, path));
        QCOMPARE(trie->picture().path.size(), path.size());
        if (stage->headline().isGood) {
            ++found;
            QCOMPARE(bench.view<boggleview::WordList>()->words().back().text, spelling(board, path));
        }
        crosses += static_cast<int>(board.blocked.size());
        for (const int cell : board.blocked)
            QVERIFY(std::find(path.begin(), path.end(), cell) == path.end());
    }
    QVERIFY(crosses > 50 && found > 3);
}

void TestBoggleLab::anyStepInAnyOrder() {
    for (const char* view : {"searching", "best"}) {
        BoggleBench bench({{"view", std::string(view)},
                           {"words", std::string("short")},
                           {"proposals", std::int64_t{1000}}});
        const std::int64_t last = bench.transport().furthest;
        std::map<std::int64_t, QString> csv;
        for (std::int64_t i = 0; i <= last; i += std::max<std::int64_t>(1, last / 40)) {
            bench.post(command::Seek{i});
            csv[i] = bench.lab.resultAsCsv() + bench.lab.narration().sentence;
        }
        for (auto it = csv.rbegin(); it != csv.rend(); ++it) {
            bench.post(command::Seek{it->first});
            QCOMPARE(bench.lab.resultAsCsv() + bench.lab.narration().sentence, it->second);
        }
    }
}

void TestBoggleLab::aChosenWordShowsItsPath() {
    Desk desk(QStringLiteral("boggle-search"));
    desk.key(Qt::Key_End);
    auto* list = desk.view<boggleview::WordList>();
    auto* board = desk.view<boggleview::BoardStage>()->board();
    QVERIFY(list->words().size() > 3);
    const int word = static_cast<int>(list->words().size()) - 2;
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->wordRect(word).center().toPoint());
    QCOMPARE(list->chosen(), word);
    const auto shown = [&] {
        return board->picture().trails.empty() ? BoardTrail() : board->picture().trails.back();
    };
    QCOMPARE(shown().role, BoardTrail::Role::Chosen);
    QCOMPARE(spelling(board->picture(), shown().cells), list->words()[static_cast<std::size_t>(word)].text);
    QVERIFY(isPath(shown().cells, board->picture().columns));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Down);
    QCOMPARE(list->chosen(), word - 1);
    QCOMPARE(spelling(board->picture(), shown().cells),
             list->words()[static_cast<std::size_t>(word - 1)].text);
    QTest::keyClick(list, Qt::Key_Escape);
    QCOMPARE(list->chosen(), -1);
    QVERIFY(shown().role != BoardTrail::Role::Chosen);
}

void TestBoggleLab::lettersAreTyped() {
    Desk desk(QStringLiteral("boggle-search"));
    auto* board = desk.view<boggleview::BoardStage>()->board();
    const auto letters = [&] { return board->picture().letters; };
    const auto before = letters();
    const std::int64_t index = desk.transport().index;
    QTest::mouseClick(board, Qt::LeftButton, {}, board->tileRect(5).center().toPoint());
    QCOMPARE(board->cursor(), 5);
    desk.key(Qt::Key_L); // a command of the window elsewhere
    desk.key(Qt::Key_Q);
    QCOMPARE(letters()[5], QStringLiteral("L"));
    QCOMPARE(letters()[6], QStringLiteral("Qu"));
    QCOMPARE(board->cursor(), 7);
    desk.key(Qt::Key_Left); // of the board, not of the time
    QCOMPARE(board->cursor(), 6);
    desk.key(Qt::Key_Escape);
    QCOMPARE(board->cursor(), -1);
    QVERIFY(desk.lab().dataInWords().contains(QStringLiteral("typed board")));
    desk.space().undoStack().undo();
    desk.settle();
    QCOMPARE(letters()[5], QStringLiteral("L"));
    QCOMPARE(letters()[6], before[6]);
    desk.space().undoStack().undo();
    desk.settle();
    QCOMPARE(letters(), before);
    Q_UNUSED(index);
}

// Keys that come quicker than runs are made: none is lost. The u of a q is on its tile already.
void TestBoggleLab::quickHandsAndQu() {
    Desk desk(QStringLiteral("boggle-search"));
    auto* board = desk.view<boggleview::BoardStage>()->board();
    QTest::mouseClick(board, Qt::LeftButton, {}, board->tileRect(0).center().toPoint());
    for (const Qt::Key key : {Qt::Key_Q, Qt::Key_U, Qt::Key_I, Qt::Key_T, Qt::Key_Q, Qt::Key_U, Qt::Key_U})
        QTest::keyClick(board, key);
    desk.settle();
    const QStringList expected{QStringLiteral("Qu"), QStringLiteral("I"), QStringLiteral("T"),
                               QStringLiteral("Qu"), QStringLiteral("U")};
    for (int cell = 0; cell < expected.size(); ++cell)
        QCOMPARE(board->picture().letters[static_cast<std::size_t>(cell)], expected[cell]);
    QCOMPARE(board->cursor(), 5);
}

void TestBoggleLab::refusalsStandInTheForm() {
    Desk desk(QStringLiteral("boggle-search"));
    auto* form = desk.window.findChild<ParameterForm*>();
    auto* notice = desk.window.findChild<Notice*>();
    QVERIFY(form && notice);
    desk.space().editParameter(QStringLiteral("letters"), std::string("typed"), false);
    desk.settle();
    auto* row = qobject_cast<TextRow*>(form->row(QStringLiteral("board")));
    row->field()->setFocus();
    row->field()->selectAll();
    QTest::keyClicks(row->field(), QStringLiteral("abc"));
    QTest::keyClick(row->field(), Qt::Key_Return);
    desk.settle();
    QVERIFY2(row->error().contains(QStringLiteral("this one has 3")), qPrintable(row->error()));
    QVERIFY(!notice->isHidden());
    // Ctrl+Z takes the edit back, from inside the field as well.
    QKeyEvent undo(QEvent::ShortcutOverride, Qt::Key_Z, Qt::ControlModifier);
    undo.ignore();
    QApplication::sendEvent(row->field(), &undo);
    QVERIFY(!undo.isAccepted());
    desk.space().undoStack().undo();
    desk.settle();
    QCOMPARE(row->error(), QString());
    QVERIFY(notice->isHidden());
}

void TestBoggleLab::quIsOneTile() {
    BoggleBench bench(typed("qu i t e  x x x x  x x x x  x x x x"));
    bench.post(command::RunToEnd{});
    QCOMPARE(bench.sentence(), QString());
    auto* list = bench.view<boggleview::WordList>();
    QVERIFY2(wordsOf(*list).contains(QStringLiteral("quite")), qPrintable(wordsOf(*list).join(u' ')));
    for (const boggleview::ListedWord& word : list->words())
        if (word.text == u"quite") {
            QCOMPARE(word.points, 2); // five letters on four tiles
            QCOMPARE(word.cells, (std::vector<int>{0, 1, 2, 3}));
        }
}

void TestBoggleLab::droppedDictionary() {
    QTemporaryDir folder;
    Desk desk(QStringLiteral("boggle-search"));
    desk.space().editParameter(QStringLiteral("letters"), std::string("typed"), false);
    desk.space().editParameter(QStringLiteral("board"), std::string("cafe uqti xxxx xxxx"), false);
    desk.settle();
    const QString before = desk.lab().dataInWords();
    desk.drop(written(folder, "own.txt", "Caf\xc3\xa9\ncaf\xc3\xa9\nface\nit\n"));
    QCOMPARE(desk.sentence(), QString());
    QVERIFY2(desk.lab().dataInWords().contains(QStringLiteral("own.txt")),
             qPrintable(desk.lab().dataInWords()));
    desk.key(Qt::Key_End);
    // Names are left out, accents are folded.
    QCOMPARE(wordsOf(*desk.view<boggleview::WordList>()), QStringList{QStringLiteral("cafe")});
    desk.space().undoStack().undo();
    desk.settle();
    QCOMPARE(desk.lab().dataInWords(), before);

    desk.drop(written(folder, "loud.txt", "CAFE\nFACE\n"));
    desk.key(Qt::Key_End);
    QCOMPARE(wordsOf(*desk.view<boggleview::WordList>()), QStringList{QStringLiteral("cafe")});

    std::string many; // 300,000 words of five letters
    for (int i = 0; i < 300'000; ++i) {
        int rest = i;
        for (int place = 0; place < 5; ++place, rest /= 26)
            many += static_cast<char>('a' + (rest % 26 + place * 5) % 26);
        many += '\n';
    }
    desk.drop(written(folder, "many.txt", many));
    QCOMPARE(desk.sentence(), QString());
    QVERIFY2(desk.lab().dataInWords().contains(QStringLiteral("left out")),
             qPrintable(desk.lab().dataInWords())); // some have a q without u
    QVERIFY2(desk.lab().dataInWords().contains(QStringLiteral("many.txt")),
             qPrintable(desk.lab().dataInWords()));
    // Words go on with every letter after the first tile: the set of them fits its line.
    desk.key(Qt::Key_Home);
    desk.key(Qt::Key_Right);
    const Narration why = desk.lab().narration();
    QVERIFY(!why.formula.empty());
    QCOMPARE(why.formula.front().text, QStringLiteral("{A–Z}"));
    const QString before2 = desk.lab().dataInWords();
    desk.drop(written(folder, "empty.txt", ""));
    QVERIFY2(desk.sentence().contains(QStringLiteral("empty.txt")), qPrintable(desk.sentence()));
    QCOMPARE(desk.lab().dataInWords(), before2); // it keeps what it has
}

void TestBoggleLab::oddDictionaries_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("blank lines") << QByteArray("\n \n\t\n");
    QTest::newRow("numbers") << QByteArray("1\n22\n333\n");
    QTest::newRow("only short") << QByteArray("a\nan\nat\n");
}

void TestBoggleLab::oddDictionaries() {
    QFETCH(QByteArray, text);
    QTemporaryDir folder;
    const QString path = written(folder, "list.txt", text.toStdString());
    BoggleBench bench(
        typed("cats redo nilm pugh", {{"words", std::string("file")}, {"file", path.toStdString()}}));
    QVERIFY2(bench.sentence().contains(QStringLiteral("list.txt")), qPrintable(bench.sentence()));
    QCOMPARE(bench.failures.count(), 1); // said once
    ParameterValues mended = bench.lab.parameters();
    mended["words"] = std::string("short");
    bench.lab.setParameters(mended);
    bench.lab.waitForViews();
    QCOMPARE(bench.failures.count(), 1);
    QVERIFY(!bench.lab.dataInWords().isEmpty());
}

void TestBoggleLab::oddBoards_data() {
    QTest::addColumn<QString>("board");
    QTest::addColumn<QString>("said");
    QTest::newRow("fifteen") << QStringLiteral("abcdefghijklmno") << QStringLiteral("15");
    QTest::newRow("none") << QString() << QString();
    QTest::newRow("digits") << QStringLiteral("abcd efgh ij1l mnop") << QStringLiteral("1");
    QTest::newRow("one") << QStringLiteral("a") << QString();
    QTest::newRow("nine by nine") << QString(81, QLatin1Char('e')) << QString();
}

void TestBoggleLab::oddBoards() {
    QFETCH(QString, board);
    QFETCH(QString, said);
    Desk desk(QStringLiteral("boggle-search"));
    const QString before = desk.lab().dataInWords();
    desk.space().editParameter(QStringLiteral("board"), board.toStdString(), false);
    desk.space().editParameter(QStringLiteral("letters"), std::string("typed"), false);
    desk.settle();
    QCOMPARE(desk.failures.count(), 1);
    QVERIFY2(!desk.sentence().isEmpty() && desk.sentence().contains(said), qPrintable(desk.sentence()));
    QCOMPARE(desk.lab().dataInWords(), before); // the run before stays
    desk.space().undoStack().undo();
    desk.settle();
    QCOMPARE(desk.failures.count(), 1);
}

void TestBoggleLab::tablesAreRefusedInASentence() {
    Desk desk(QStringLiteral("boggle-search"));
    const QString before = desk.lab().dataInWords();
    desk.drop({}, QStringLiteral("a\tb\n1\t2\n"));
    QVERIFY2(desk.sentence().contains(QStringLiteral("no table")), qPrintable(desk.sentence()));
    desk.space().openData({BuiltinSource{QStringLiteral("iris")}, {}});
    desk.settle();
    QVERIFY(desk.sentence().contains(QStringLiteral("no table")));
    desk.key(Qt::Key_D, Qt::ControlModifier);
    QVERIFY(desk.sentence().contains(QStringLiteral("no table")));
    QCOMPARE(desk.lab().dataInWords(), before);
    QVERIFY(desk.space().undoStack().count() == 0);
}

void TestBoggleLab::picturesAreNotBlank() {
    for (const char* scene : {"boggle-search", "boggle-parallel", "boggle-best"})
        for (const QSize size : {QSize(1400, 900), QSize(1024, 700)}) {
            Desk desk(QString::fromUtf8(scene), size);
            for (Card* card : desk.window.stage()->cards())
                QVERIFY2(coloursOf(card->content()->grab().toImage()) > 6, qPrintable(card->title()));
        }
}

QTEST_MAIN(TestBoggleLab)
#include "tst_boggle_lab.moc"
