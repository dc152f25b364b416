// The Boggle lab's counters, its record on several threads and its best boards are those of the searches
// themselves.
#include "app/labs/boggle/views/gantt_view.h"
#include "app/labs/boggle/views/score_view.h"
#include "app/labs/boggle/views/speedup_view.h"
#include "core/boggle/fast_solver.h"
#include "tests/app/boggle_bench.h"
#include "tests/app/window_desk.h"
#include "widgets/plot/number_table.h"

#include <map>

using namespace orrery;
using orrery::testing::BoggleBench;
using orrery::testing::Desk;

class TestBoggleCounts : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void countersAreTheSearches();
    void countingStopsForAnotherBoard();
    void theRecordIsTheSearch();
    void namesOfThreadPlotsKeepApart();
    void theBestBoardIsWorthWhatItSays();
};

void TestBoggleCounts::countersAreTheSearches() {
    BoggleBench bench({{"words", std::string("short")}, {"size", std::int64_t{3}}});
    bench.post(command::RunToEnd{});
    const auto& rows = bench.view<NumberTable>()->rows();
    QVERIFY(rows.size() >= 5);
    QCOMPARE(rows[0].cells[0].text, QStringLiteral("10\u2009305")); // all self-avoiding paths of 3 × 3
    QCOMPARE(rows[0].cells[1].text, rows[0].cells[2].text);         // trie and automaton walk the same paths
    QCOMPARE(rows[1].cells[0].text, QStringLiteral("0"));
    for (const auto& row : rows)
        if (row.label == u"Words")
            QVERIFY(row.cells[0].text == row.cells[1].text && row.cells[1].text == row.cells[2].text);
    // Beyond 4 × 4 the hash set is not run, and asking for it is refused.
    ParameterValues large = bench.lab.parameters();
    large["size"] = std::int64_t{5};
    bench.lab.setParameters(large);
    bench.lab.waitForViews();
    QVERIFY(bench.view<NumberTable>()->rows()[0].cells[0].text.isEmpty());
    large["engine"] = std::string("brute");
    bench.lab.setParameters(large);
    bench.lab.waitForViews();
    QVERIFY2(bench.sentence().contains(QStringLiteral("12,029,640")), qPrintable(bench.sentence()));
}

// Twenty boards in a row, each with twelve million paths to walk: the window is not held up, the first to
// nineteenth are given up, and the last is counted, trie and automaton before the hash set.
void TestBoggleCounts::countingStopsForAnotherBoard() {
    BoggleBench bench({{"words", std::string("short")}});
    auto* table = bench.view<NumberTable>();
    const QString first = table->rows()[0].cells[0].text;
    QCOMPARE(first, QStringLiteral("12.03 M"));
    BoggleSideJobs jobs;
    QSignalSpy counted(&jobs, &BoggleSideJobs::counted);
    BoggleRunMaker maker;
    Progress progress;
    std::shared_ptr<const BoggleRun> run;
    for (quint64 seed = 1; seed <= 20; ++seed) {
        run = maker.make(boggleKnobs(bench.lab.parameters()), seed, progress)->problem();
        jobs.count(run);
    }
    QVERIFY(jobs.isBusy());
    jobs.wait();
    QCOMPARE(counted.size(), 2); // of the last one only
    for (const auto& signal : counted)
        QCOMPARE(signal[0].value<std::shared_ptr<const BoggleRun>>(), run);
    const auto early = counted[0][1].value<std::vector<EngineTotals>>(),
               late = counted[1][1].value<std::vector<EngineTotals>>();
    QVERIFY(early[0].isPending && !early[0].wasRun && early[1].wasRun && early[2].wasRun);
    QVERIFY(!late[0].isPending && late[0].wasRun);
    QCOMPARE(late[0].counters.paths, std::int64_t{12'029'640});
    QCOMPARE(late[0].words, early[1].words);
}

void TestBoggleCounts::namesOfThreadPlotsKeepApart() {
    for (const QSize size : {QSize(1024, 700), QSize(1280, 720), QSize(1600, 1000)}) {
        Desk desk(QStringLiteral("boggle-parallel"), size);
        for (Card* card : desk.window.stage()->cards()) {
            auto* view = qobject_cast<boggleview::SpeedupView*>(card->content());
            if (!view) continue;
            view->prepare();
            const std::vector<QRectF> boxes = view->lines().labelBoxes();
            QCOMPARE(boxes.size(), std::size_t{4});
            for (std::size_t i = 0; i < boxes.size(); ++i) {
                QVERIFY(boxes[i].height() > 9.0 && QRectF(view->rect()).contains(boxes[i]));
                QVERIFY(boxes[i].left() > view->toX(8.0)); // beside the lines, not on them
                for (std::size_t k = 0; k < i; ++k)
                    QVERIFY(!boxes[i].adjusted(0.1, 0.1, -0.1, -0.1).intersects(boxes[k]));
            }
        }
    }
}

void TestBoggleCounts::theRecordIsTheSearch() {
    BoggleBench bench({{"view", std::string("parallel")},
                       {"words", std::string("short")},
                       {"engine", std::string("brute")},
                       {"size", std::int64_t{3}},
                       {"threads", std::int64_t{3}},
                       {"depth", std::int64_t{2}}});
    QCOMPARE(bench.sentence(), QString());
    auto* gantt = bench.view<boggleview::GanttView>();
    QCOMPARE(gantt->bars().size(), std::size_t{40}); // ordered pairs of neighbours on 3 × 3
    QCOMPARE(bench.transport().furthest, 40);
    std::map<int, double> free; // bars of one thread do not overlap
    auto bars = gantt->bars();
    std::sort(bars.begin(), bars.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
    for (const boggleview::GanttBar& bar : bars) {
        QVERIFY(bar.begin >= free[bar.thread] && bar.end >= bar.begin && bar.thread < 3);
        free[bar.thread] = bar.end;
    }
    const QStringList lines = bench.lab.resultAsCsv().trimmed().split(u'\n').mid(1);
    qint64 paths = 0;
    for (const QString& line : lines)
        paths += line.split(u',')[4].toLongLong();
    QCOMPARE(paths, 10'305 - 9 - 40); // all but those that the cut itself walked
    auto* speedup = bench.view<boggleview::SpeedupView>();
    QCOMPARE(speedup->timings().size(), std::size_t{3}); // 1, 2, 3 threads
    bool published = false;
    for (const LabelledLine& line : speedup->lines().lines())
        if (line.name.contains(QStringLiteral("published"))) {
            published = line.dashed;
            QVERIFY(std::abs(line.y.back() - 41.65 / 8.80) < 1e-12);
        }
    QVERIFY(published);
    bench.post(command::RunToEnd{});
    QVERIFY(!bench.lab.narration().sentence.isEmpty());
}

void TestBoggleCounts::theBestBoardIsWorthWhatItSays() {
    for (const char* method : {"annealing", "climbing"}) {
        BoggleBench bench({{"view", std::string("best")},
                           {"words", std::string("short")},
                           {"method", std::string(method)},
                           {"proposals", std::int64_t{3000}}});
        const QString first = bench.lab.resultAsCsv();
        bench.post(command::RunToEnd{});
        const QStringList best = bench.lab.resultAsCsv().trimmed().split(u'\n').last().split(u',');
        BoggleRunMaker maker;
        Progress progress;
        const auto solver = maker.make(boggleKnobs(bench.lab.parameters()), bench.lab.seed(), progress);
        boggle::FastSolver fast(solver->problem()->words.lexicon);
        const auto score = fast.score(*boggle::parseBoard(best[0].toStdString()));
        QCOMPARE(score.points, best[1].toInt());
        QCOMPARE(score.words, best[2].toInt());
        QVERIFY(score.points > first.trimmed().split(u'\n').last().split(u',')[1].toInt());
        QVERIFY(bench.view<boggleview::ScoreView>());
    }
}

QTEST_MAIN(TestBoggleCounts)
#include "tst_boggle_counts.moc"
