// The searches agree: the stepped one over three dictionaries, the fast one, and a search word by word.
#include "core/boggle/best_board.h"
#include "core/boggle/parallel_search.h"
#include "tests/core/boggle/boggle_cases.h"
#include "tests/support/scrub.h"

#include <QtTest>

using namespace orrery;
using namespace orrery::boggle;

namespace {

std::vector<std::uint32_t> sortedWords(const BoardSearch& search) {
    return search.state().foundSorted;
}

/// What is wrong with the found paths, if anything.
std::string brokenPath(const BoardSearch& search) {
    const Board& board = search.problem()->board;
    const Dictionary& words = search.problem()->lexicon->words;
    for (const FoundWord& found : search.state().found) {
        std::uint64_t used = 0;
        std::string tiles;
        int before = -1;
        for (const std::uint8_t cell : search.state().pathOf(found)) {
            if (used >> cell & 1) return "a cell twice";
            if (before >= 0 && !(adjacency(board.size).mask[cell] >> before & 1)) return "not neighbours";
            used |= std::uint64_t{1} << cell;
            before = cell;
            tiles += board.letter(cell);
        }
        if (tiles != words.tiles(found.word)) return "spells " + tiles;
    }
    return {};
}

} // namespace

class TestBoggleSearch : public QObject {
    Q_OBJECT
    std::shared_ptr<const Lexicon> m_lexicon = cases::inventedLexicon();

  private slots:
    void bruteForceWalksEveryPath() {
        // Self-avoiding king's paths: 64 on 2×2 and 10,305 on 3×3; nothing is pruned.
        for (const auto& [size, paths] : {std::pair(2, 64), std::pair(3, 10'305)}) {
            const auto search = cases::searched(randomBoard(LetterSource::Uniform, size, 1), m_lexicon,
                                                DictionaryKind::HashSet);
            QCOMPARE(search.state().counters.paths, std::int64_t{paths});
            QCOMPARE(search.state().counters.pruned, std::int64_t{0});
        }
    }

    void bruteForceWalksEveryPathOf4x4() {
        const auto board = parseBoard("tesa inrd ogle quaxy").value();
        const auto brute = cases::searched(board, m_lexicon, DictionaryKind::HashSet);
        QCOMPARE(brute.state().counters.paths, std::int64_t{12'029'640});
        QCOMPARE(sortedWords(brute), wordsByLooking(board, m_lexicon->words));
    }

    void allSearchesFindTheSame() {
        FastSolver loop(m_lexicon, FastKernel::Loop), fast(m_lexicon);
        std::size_t found = 0;
        for (int size = kSmallestBoard; size <= kLargestBoard; ++size)
            for (std::uint64_t index = 0; index < 30; ++index) {
                const LetterSource source = kLetterSources[index % kLetterSources.size()];
                const Board board = randomBoard(source, size, 5, index);
                const auto oracle = wordsByLooking(board, m_lexicon->words);
                found += oracle.size();
                const std::string where = toText(board);
                const auto trie = cases::searched(board, m_lexicon, DictionaryKind::Trie);
                const auto dawg = cases::searched(board, m_lexicon, DictionaryKind::Dawg);
                QVERIFY2(sortedWords(trie) == oracle, where.c_str());
                QVERIFY2(brokenPath(trie).empty(), brokenPath(trie).c_str());
                QVERIFY(trie.state().found == dawg.state().found &&
                        trie.state().foundCells == dawg.state().foundCells);
                QVERIFY(trie.state().counters == dawg.state().counters);
                for (FastSolver* solver : {&loop, &fast}) {
                    const std::int64_t before = solver->paths();
                    QVERIFY2(solver->words(board) == oracle, where.c_str());
                    QCOMPARE(solver->paths() - before, trie.state().counters.paths);
                    const BoardScore score = solver->score(board);
                    QCOMPARE(score.words, static_cast<std::int32_t>(oracle.size()));
                    QCOMPARE(score.points, trie.state().counters.points);
                }
                if (size > 3) continue;
                const auto brute = cases::searched(board, m_lexicon, DictionaryKind::HashSet);
                QVERIFY2(sortedWords(brute) == oracle, where.c_str());
            }
        QVERIFY2(found > 500, "the boards hold too few words to tell anything");
    }

    void manyBoardsAtOnceScoreAsOneByOne() {
        for (const int size : {2, 4, 5, 8}) {
            std::vector<Board> boards;
            for (std::uint64_t index = 0; index < 203; ++index)
                boards.push_back(randomBoard(LetterSource::NewDice, size, 9, index));
            FastSolver single(m_lexicon, FastKernel::Loop), batch(m_lexicon);
            std::vector<BoardScore> scores(boards.size(), {-1, -1});
            batch.score(boards, scores);
            for (std::size_t i = 0; i < boards.size(); ++i)
                QCOMPARE(scores[i], single.score(boards[i]));
        }
    }

    void aDeadBorderChangesNothing() {
        // A 3×3 board equals a 4×4 one whose other cells hold a letter that no word has.
        const auto lexicon = cases::lexiconOf("tea\neat\nteas\nseat\nset\nrest\nsir\nstir\ntier\nties\n");
        FastSolver solver(lexicon);
        for (std::uint64_t index = 0; index < 50; ++index) {
            const Board small = randomBoard(LetterSource::NewDice, 3, 21, index);
            Board large{.size = 4};
            large.tiles.fill('z' - 'a');
            for (std::size_t cell = 0; cell < 9; ++cell)
                large.tiles[cell / 3 * 4 + cell % 3] = small.tiles[cell];
            for (std::size_t cell = 9; cell < kMostCells; ++cell)
                if (cell >= 16) large.tiles[cell] = 0;
            QVERIFY(solver.words(small) == solver.words(large));
        }
    }

    void turningTheBoardChangesNothing() {
        FastSolver solver(m_lexicon);
        for (std::uint64_t index = 0; index < 40; ++index) {
            const Board board = randomBoard(LetterSource::ClassicDice, 5, 31, index);
            Board turned = board;
            for (std::size_t cell = 0; cell < 25; ++cell)
                turned.tiles[cell % 5 * 5 + 4 - cell / 5] = board.tiles[cell];
            QVERIFY(solver.words(board) == solver.words(turned));
        }
    }

    void aWordOnTwoPathsCountsOnce() {
        const auto lexicon = cases::lexiconOf("tat\n");
        const auto board = parseBoard("tatt").value();
        const auto search = cases::searched(board, lexicon, DictionaryKind::Trie);
        QCOMPARE(search.state().found.size(), std::size_t{1});
        QCOMPARE(search.state().counters.repeats, std::int64_t{5}); // 3 × 2 ordered pairs of t
        QCOMPARE(FastSolver(lexicon).score(board), (BoardScore{1, 1}));
    }

    void aRoundIsAStartCell() {
        BoardSearch search(std::make_shared<const SearchProblem>(
                               SearchProblem{randomBoard(LetterSource::Uniform, 4, 2), m_lexicon}),
                           DictionaryKind::Trie);
        int rounds = 0;
        StepResult last;
        do {
            last = search.step();
            rounds += last.boundary == StepBoundary::Round ? 1 : 0;
            if (last.boundary == StepBoundary::Round) QCOMPARE(search.state().depth, 0);
        } while (last.status == StepStatus::Advanced);
        QCOMPARE(rounds, 16);
        const auto end = search.state();
        QCOMPARE(search.step().status, StepStatus::Converged);
        QVERIFY(search.state() == end);
    }

    void scrubs_data() {
        QTest::addColumn<int>("kind");
        for (const DictionaryKind kind : kDictionaryKinds)
            QTest::newRow(std::string(idOf(kind)).c_str()) << static_cast<int>(kind);
    }
    void scrubs() {
        QFETCH(int, kind);
        const auto problem = std::make_shared<const SearchProblem>(
            SearchProblem{parseBoard("tesa inrd ogle quaxy").value(), m_lexicon});
        const QString failure = testing::scrubFailure<BoardSearch>(
            [&] { return BoardSearch(problem, static_cast<DictionaryKind>(kind)); }, 1500);
        QVERIFY2(failure.isEmpty(), qPrintable(failure));
    }

    void threadsAndDepthChangeNoAnswer_data() {
        QTest::addColumn<int>("kind");
        for (const DictionaryKind kind : kDictionaryKinds)
            QTest::newRow(std::string(idOf(kind)).c_str()) << static_cast<int>(kind);
    }
    void threadsAndDepthChangeNoAnswer() {
        QFETCH(int, kind);
        const auto problem = std::make_shared<const SearchProblem>(
            SearchProblem{parseBoard("tes ain dur").value(), m_lexicon});
        const auto whole = cases::searched(problem->board, m_lexicon, static_cast<DictionaryKind>(kind));
        QVERIFY(!sortedWords(whole).empty());
        for (const int depth : {1, 2, 3, 5, 9})
            for (const int threads : {1, 2, 4}) {
                const auto result =
                    searchParallel(problem, {static_cast<DictionaryKind>(kind), threads, depth});
                QVERIFY(result.words == sortedWords(whole));
                QCOMPARE(result.counters.points, whole.state().counters.points);
                QCOMPARE(result.counters.paths, whole.state().counters.paths);
                QCOMPARE(result.counters.pruned, whole.state().counters.pruned);
                QCOMPARE(result.counters.lookups, whole.state().counters.lookups);
                QCOMPARE(result.records.size(), result.prefixes.size());
                if (depth == 1) QVERIFY(result.records.size() <= 9);
                // A thread does one task at a time, and every task is somebody's.
                std::vector<double> freeFrom(static_cast<std::size_t>(threads), 0.0);
                std::vector<TaskRecord> byTime = result.records;
                std::ranges::sort(byTime, {}, &TaskRecord::begin);
                for (const TaskRecord& record : byTime) {
                    QVERIFY(record.thread >= 0 && record.thread < threads);
                    QVERIFY(record.begin >= freeFrom[static_cast<std::size_t>(record.thread)] &&
                            record.end >= record.begin);
                    freeFrom[static_cast<std::size_t>(record.thread)] = record.end;
                }
                QVERIFY(result.busyShare(threads) <= 1.0 + 1e-12);
            }
    }

    void aParallelSearchCanBeCancelled() {
        const auto problem = std::make_shared<const SearchProblem>(
            SearchProblem{parseBoard("tesa inrd ogle quaxy").value(), m_lexicon});
        Progress progress;
        progress.cancel();
        const auto result = searchParallel(problem, {DictionaryKind::HashSet, 2, 2}, &progress);
        QVERIFY(result.cancelled && result.records.empty());
    }

    void amdahlIsItsOwnInverse() {
        // The article: 41.65 s on one thread, 8.80 s on eight.
        const double speedUp = 41.65 / 8.80;
        QVERIFY(std::abs(amdahlSpeedUp(amdahlSerialShare(speedUp, 8.0), 8.0) - speedUp) < 1e-12);
        QCOMPARE(amdahlSpeedUp(0.0, 8.0), 8.0);
        QCOMPARE(amdahlSpeedUp(1.0, 8.0), 1.0);
    }

    void bestBoardsGetBetter_data() {
        QTest::addColumn<int>("method");
        QTest::newRow("hill climbing") << static_cast<int>(BestBoardMethod::HillClimbing);
        QTest::newRow("annealing") << static_cast<int>(BestBoardMethod::Annealing);
    }
    void bestBoardsGetBetter() {
        QFETCH(int, method);
        BestBoard search(m_lexicon, {.method = static_cast<BestBoardMethod>(method),
                                     .size = 3,
                                     .proposals = 3000,
                                     .patience = 200,
                                     .temperature = 5.0});
        const int first = search.state().score.points;
        const Dictionary& words = m_lexicon->words;
        int best = first;
        for (StepResult last; last.status == StepStatus::Advanced;) {
            last = search.step();
            const BestBoard::State& state = search.state();
            best = std::max(best, state.score.points);
            QCOMPARE(state.bestScore.points, best);
        }
        int points = 0; // the score is the board's, by the oracle
        for (const std::uint32_t word : wordsByLooking(search.state().best, words))
            points += words.points(word);
        QCOMPARE(search.state().bestScore.points, points);
        QVERIFY2(points > 2 * first + 10, qPrintable(QString::number(points)));
        if (method == static_cast<int>(BestBoardMethod::HillClimbing)) QVERIFY(search.state().starts > 1);
    }
    void bestBoardScrubs_data() { bestBoardsGetBetter_data(); }
    void bestBoardScrubs() {
        QFETCH(int, method);
        const QString failure = testing::scrubFailure<BestBoard>(
            [&] {
                return BestBoard(m_lexicon, {.method = static_cast<BestBoardMethod>(method),
                                             .size = 3,
                                             .proposals = 600,
                                             .patience = 60});
            },
            600);
        QVERIFY2(failure.isEmpty(), qPrintable(failure));
    }
};

QTEST_APPLESS_MAIN(TestBoggleSearch)
#include "tst_boggle_search.moc"
