// Boards, dictionaries and the two automata.
#include "tests/core/boggle/boggle_cases.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <set>

using namespace orrery;
using namespace orrery::boggle;

class TestBoggle : public QObject {
    Q_OBJECT

    static QString boardOf(std::string_view text, int size = 0) {
        const auto board = parseBoard(text, size);
        return QString::fromStdString(board ? toText(*board) : board.error().message);
    }

  private slots:
    void readsTypedBoards_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("size");
        QTest::addColumn<QString>("read");
        QTest::newRow("plain") << "abcdefghijklmnop" << 0 << "abcd efgh ijkl mnop";
        QTest::newRow("upper case, rows") << "ABC/DEF\nGHI" << 0 << "abc def ghi";
        QTest::newRow("Qu is one tile") << "Qu i t e" << 2 << "qui te";
        QTest::newRow("upper-case QU") << "QUITE" << 0 << "qui te";
        QTest::newRow("q alone, u another") << "qu te" << 2 << "quu te";
        QTest::newRow("q apart from its u, rows") << "abqu/q u e/fgh" << 3 << "abqu quue fgh";
        QTest::newRow("q before another row's u") << "abq uef quit" << 3 << "abqu uef quit";
        QTest::newRow("q without u is the Qu tile") << "q i t e" << 2 << "qui te";
        QTest::newRow("accents are folded") << "É à ç ñ" << 2 << "ea cn";
        QTest::newRow("combining accent") << "e\u0301abc" << 2 << "ea bc";
        QTest::newRow("ligature is two tiles") << "æst" << 2 << "ae st";
        QTest::newRow("wrong count") << "abcde" << 2
                                     << "A 2×2 board needs 4 tiles, this one has 5 (Qu is one tile)";
        QTest::newRow("no square")
            << "abcde" << 0
            << "A board needs 4, 9, 16, 25, 36, 49 or 64 tiles, this one has 5 (Qu is one tile)";
        QTest::newRow("empty") << "" << 4 << "A 4×4 board needs 16 tiles, this one has 0 (Qu is one tile)";
        QTest::newRow("digit") << "ab3d" << 2 << "The board has “3”, which is not a letter from A to Z";
        QTest::newRow("other script")
            << "абвг" << 2 << "The board has “а”, which is not a letter from A to Z";
        QTest::newRow("size") << "abcd" << 9 << "A board has from 2×2 to 8×8 tiles, not 9×9";
    }
    void readsTypedBoards() {
        QFETCH(QString, typed);
        QFETCH(int, size);
        QFETCH(QString, read);
        QCOMPARE(boardOf(typed.toStdString(), size), read);
    }

    void randomBoardsAreReadBack() {
        for (const LetterSource source : kLetterSources)
            for (int size = kSmallestBoard; size <= kLargestBoard; ++size)
                for (std::uint64_t index = 0; index < 40; ++index) {
                    const Board board = randomBoard(source, size, 3, index);
                    QCOMPARE(board, randomBoard(source, size, 3, index));
                    const auto again = parseBoard(toText(board), size);
                    QVERIFY2(again && *again == board, toText(board).c_str());
                }
        QVERIFY(randomBoard(LetterSource::Uniform, 4, 3, 0) != randomBoard(LetterSource::Uniform, 4, 3, 1));
        QVERIFY(randomBoard(LetterSource::Uniform, 4, 3, 0) != randomBoard(LetterSource::Uniform, 4, 4, 0));
    }

    void everyBoardCanBeRolled() {
        // Each die lies on one cell: 16 boards of one letter only can never show more than the dice allow.
        for (const LetterSource source : {LetterSource::ClassicDice, LetterSource::NewDice}) {
            QCOMPARE(diceOf(source).size(), std::size_t{16});
            std::array<int, kLetters> dice{};
            for (const std::string_view die : diceOf(source)) {
                QCOMPARE(die.size(), std::size_t{6});
                for (const char letter : std::set<char>(die.begin(), die.end()))
                    ++dice[static_cast<std::size_t>(letter - 'a')];
            }
            for (std::uint64_t index = 0; index < 300; ++index) {
                const Board board = randomBoard(source, 4, 11, index);
                for (int letter = 0; letter < kLetters; ++letter) {
                    const auto shown = std::count(board.tiles.begin(), board.tiles.begin() + 16, letter);
                    QVERIFY(shown <= dice[static_cast<std::size_t>(letter)]);
                }
            }
        }
        QCOMPARE(diceOf(LetterSource::BigDice).size(), std::size_t{25});
    }

    void neighboursAreKingsMoves() {
        for (int n = kSmallestBoard; n <= kLargestBoard; ++n) {
            const Adjacency& grid = adjacency(n);
            int moves = 0;
            for (std::size_t cell = 0; cell < static_cast<std::size_t>(n * n); ++cell) {
                QCOMPARE(std::popcount(grid.mask[cell]), static_cast<int>(grid.degree[cell]));
                moves += grid.degree[cell];
            }
            QCOMPARE(moves, 4 * n * (n - 1) + 4 * (n - 1) * (n - 1));
        }
    }

    void everyLineIsCounted() {
        const auto words = Dictionary::fromText(
            "\xEF\xBB\xBF"
            "tea\r\nTEA\nat\nParis\ncafé\ncafe\ncafe\u0301\naren't\nco-op\n\n  quit \nqat\n"
            "tea\nÉlysée\nпривет\nbad\xFFword\n");
        QVERIFY(words.has_value());
        const DictionaryCounts expected{.lines = 15,
                                        .words = 3,
                                        .repeated = 3,
                                        .names = 3,
                                        .apostrophes = 1,
                                        .others = 3,
                                        .tooShort = 1,
                                        .bareQ = 1,
                                        .accented = 2};
        QCOMPARE(words->size(), std::size_t{3});
        QCOMPARE(words->text(0), std::string("cafe"));
        QCOMPARE(words->text(1), std::string("quit"));
        QCOMPARE(words->tiles(1), std::string_view("qit"));
        QCOMPARE(words->points(1), 1);
        QVERIFY2(words->counts() == expected, words->summary().c_str());
        QCOMPARE(words->find("qit"), std::optional<std::uint32_t>(1));
        QVERIFY(!words->find("quit"));
    }

    void aListInCapitalsHasNoNames() {
        const auto words = Dictionary::fromText("AARDVARK\nZEBRA\n");
        QVERIFY(words.has_value());
        QCOMPARE(words->size(), std::size_t{2});
    }

    void lineEndsOfAnyKind() {
        for (const char* text : {"tea\nquit\n", "tea\r\nquit\r\n", "tea\rquit\r"}) {
            const auto words = Dictionary::fromText(text);
            QVERIFY(words.has_value());
            QCOMPARE(words->size(), std::size_t{2});
            QCOMPARE(words->counts().lines, std::size_t{2});
        }
    }

    void badListsAreRefusedInOneSentence() {
        QCOMPARE(Dictionary::fromText("", {}, "my.txt").error().message, std::string("my.txt is empty"));
        QCOMPARE(Dictionary::fromText("\n \r\n", {}, "my.txt").error().message,
                 std::string("my.txt is empty"));
        QCOMPARE(Dictionary::fromText("at\nto\n").error().message,
                 std::string("the word list has no word of 3 letters or more from A to Z; "
                             "left out: 2 too short"));
        QCOMPARE(Dictionary::fromText("Paris\nbad word\n").error().message,
                 std::string("the word list has no word of 3 letters or more from A to Z; "
                             "left out: 1 name, 1 with other characters"));
        QCOMPARE(Dictionary::fromText(std::string_view("\xFF\xFEt\0e\0a\0", 8), {}, "my.txt").error().message,
                 std::string("my.txt is UTF-16: save it as UTF-8"));
        QTemporaryDir folder;
        const auto path = std::filesystem::path(folder.path().toStdString());
        QVERIFY(Dictionary::fromFile(path / "none.txt").error().code == ErrorCode::NotFound);
        QVERIFY(!Dictionary::fromFile(path));
        for (const char* device : {"/proc/self/mem", "/dev/zero"}) // an error at the first byte, and no end
            if (std::filesystem::exists(device)) QVERIFY2(!Dictionary::fromFile(device), device);
        std::ofstream(path / "list.txt") << "word\n";
        QCOMPARE(Dictionary::fromFile(path / "list.txt")->size(), std::size_t{1});
    }

    void pointsAreTheGames() {
        const int expected[] = {0, 0, 0, 1, 1, 2, 3, 5, 11, 11, 11};
        for (std::size_t letters = 0; letters < std::size(expected); ++letters)
            QCOMPARE(pointsFor(letters), expected[letters]);
    }

    void automataHoldTheWordsAndNoOthers() {
        const auto lexicon = cases::inventedLexicon();
        for (const Automaton* automaton : {&lexicon->trie, &lexicon->dawg}) {
            QCOMPARE(automaton->brokenInvariant(), std::string());
            for (std::uint32_t word = 0; word < lexicon->words.size(); ++word) {
                std::uint32_t edge = Automaton::kRoot, number = 0;
                for (const char letter : lexicon->words.tiles(word)) {
                    edge = automaton->child(edge, letter - 'a');
                    QVERIFY(edge != kNoEdge);
                    number += automaton->edge(edge).skipped;
                }
                QVERIFY(automaton->edge(edge).endsWord);
                QCOMPARE(number, word);
            }
        }
        // Merging keeps the language, so the number of words is the same; and it must save something.
        QVERIFY(lexicon->dawg.nodes() < lexicon->trie.nodes() / 2);
    }

    void theAutomatonIsMinimal() {
        // Two nodes with the same continuations would be one: all nodes' languages differ.
        const auto lexicon = cases::inventedLexicon(300, 5);
        std::set<std::vector<std::uint32_t>> signatures;
        std::set<std::uint32_t> nodes;
        for (std::uint32_t index = 0; index <= lexicon->dawg.edges(); ++index) {
            const Edge& edge = lexicon->dawg.edge(index);
            if (!nodes.insert(edge.node).second) continue;
            std::vector<std::uint32_t> signature = {edge.children, edge.endsWord};
            for (std::uint32_t k = 0; k < edge.degree(); ++k)
                signature.push_back(lexicon->dawg.edge(edge.first + k).node);
            QVERIFY(signatures.insert(signature).second);
        }
        QCOMPARE(nodes.size(), lexicon->dawg.nodes());
    }

    void aLongListIsQuick() {
        const std::string text = cases::inventedWords(300'000, 2);
        QElapsedTimer timer;
        timer.start();
        const auto lexicon = cases::lexiconOf(text);
        qInfo("%zu words from 300,000 lines: %lld ms", lexicon->words.size(), timer.elapsed());
        QVERIFY(lexicon->words.size() > 100'000);
        QCOMPARE(lexicon->dawg.brokenInvariant(), std::string());
    }
};

QTEST_APPLESS_MAIN(TestBoggle)
#include "tst_boggle.moc"
