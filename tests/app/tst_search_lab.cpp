// The tree-search lab without a window, and in one: what stands on the screen is what the solver did, edits
// can be undone, the mutation is caught and its case shrunk to the smallest.
#include "app/labs/search/search_lab.h"
#include "app/labs/search/views/beside_view.h"
#include "app/labs/search/views/hunt_view.h"
#include "app/labs/search/views/property_code.h"
#include "tests/app/window_desk.h"

#include <QMenuBar>
#include <QTemporaryDir>
#include <set>

using namespace orrery;
using namespace orrery::search;

namespace {

/// A lab with its run computed to the end, and edits applied as the window does.
struct Bench {
    SearchLab lab;
    QSignalSpy failures{&lab, &Lab::failed};
    std::vector<ParameterValues> before; ///< what an undo goes back to

    explicit Bench(ParameterValues values, std::int64_t index = 0, quint64 seed = 7) {
        QObject::connect(&lab, &Lab::valuesEdited, &lab,
                         [this](const ParameterValues& edited, const std::string&) {
                             before.push_back(lab.parameters());
                             lab.setParameters(edited);
                             lab.waitForViews();
                         });
        const auto opened =
            lab.open(nullptr, values, seed, {.runAhead = true, .index = index, .play = false});
        if (!opened) qFatal("not opened");
        lab.waitForViews();
    }
    TransportState transport() { return lab.session()->latest()->transport; }
    void post(const Command& command) {
        lab.session()->post(command);
        lab.waitForViews();
    }
    void toEnd() { post(command::RunToEnd{}); }
    template <class View>
    View* view() {
        for (const StageView& view : lab.stage())
            if (auto* found = qobject_cast<View*>(view.widget)) return found;
        return nullptr;
    }
    /// Column `column` of the exported visits.
    QStringList visits(int column = 1) {
        QStringList names;
        for (const QString& line : lab.resultAsCsv().trimmed().split(u'\n').mid(1))
            names << line.split(u',')[column];
        return names;
    }
};

ParameterValues tree(const char* text, ParameterValues more = {}) {
    more["tree"] = std::string(text);
    return more;
}
ParameterValues maze(const char* text, ParameterValues more = {}) {
    more["structure"] = std::string("maze");
    more["maze"] = std::string(text);
    return more;
}

const char* const kTree = "1(2(5 6) 3 4(7(8)))";

QStringList words(const char* text) {
    return QString::fromUtf8(text).split(u' ');
}

QString formulaOf(const Narration& why) {
    QString text;
    for (const FormulaTerm& term : why.formula)
        text += term.text;
    return text;
}

QStringList labelsOf(const std::vector<Token>& tokens) {
    QStringList labels;
    for (const Token& token : tokens)
        labels << token.label;
    return labels;
}

} // namespace

class TestSearchLab : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void queueAndStackAreWhatTheyAre() {
        Bench bench(tree(kTree), 2);
        auto* panel = bench.view<SearchPanel>();
        QVERIFY(panel);
        // 1 came out, 2 came out: 3 and 4 wait, then 2's children.
        QCOMPARE(panel->strip()->kind(), StripKind::Queue);
        QCOMPARE(labelsOf(panel->strip()->tokens()), words("3 4 5 6"));
        QVERIFY(panel->strip()->tokens()[3].isNew && !panel->strip()->tokens()[1].isNew);
        QCOMPARE(formulaOf(bench.lab.narration()), QStringLiteral("waiting  3 − 1 + 2 = 4"));
        QVERIFY(bench.lab.narration().sentence.contains(QStringLiteral("front of the queue")));
        bench.toEnd();
        QCOMPARE(bench.visits(), words("1 2 3 4 5 6 7 8"));

        Bench deep(tree(kTree, {{"algorithm", std::string("dfs")}}), 2);
        QCOMPARE(labelsOf(deep.view<SearchPanel>()->strip()->tokens()), words("4 3 6 5"));
        QCOMPARE(deep.view<SearchPanel>()->strip()->kind(), StripKind::Stack);
        QVERIFY2(
            deep.lab.narration().afterword.startsWith(QStringLiteral("5 and 6 went on top, 5 uppermost")),
            qPrintable(deep.lab.narration().afterword));
        deep.toEnd();
        QCOMPARE(deep.visits(), words("1 2 5 6 3 4 7 8"));
        QVERIFY(deep.lab.narration().sentence.contains(QStringLiteral("empty")));
    }

    void deepeningShowsItsLimit() {
        Bench bench(tree(kTree, {{"algorithm", std::string("ids")}, {"target", std::int64_t{8}}}));
        std::set<QString> limits;
        for (std::int64_t i = 0; i <= bench.transport().furthest; ++i) {
            bench.post(command::Seek{i});
            for (const GraphRule& rule : bench.view<SearchPanel>()->graph()->picture().rules)
                limits.insert(rule.label);
        }
        QCOMPARE(limits, (std::set<QString>{tr("limit 0"), tr("limit 1"), tr("limit 2")}));
        QCOMPARE(bench.visits().last(), QStringLiteral("8"));
        QVERIFY(formulaOf(bench.lab.narration()).contains(QStringLiteral("3 edges")));
    }

    void anyStepInAnyOrder_data() {
        QTest::addColumn<QString>("view");
        QTest::addColumn<QString>("algorithm");
        for (const char* view : {"search", "beside", "property"})
            for (const char* algorithm : {"bfs", "dfs", "ids"})
                QTest::newRow(qPrintable(
                    QStringLiteral("%1 %2").arg(QString::fromUtf8(view), QString::fromUtf8(algorithm))))
                    << QString::fromUtf8(view) << QString::fromUtf8(algorithm);
    }
    void anyStepInAnyOrder() {
        QFETCH(QString, view);
        QFETCH(QString, algorithm);
        Bench bench({{"view", view.toStdString()},
                     {"algorithm", algorithm.toStdString()},
                     {"target", std::int64_t{9}}});
        const std::int64_t end = std::min<std::int64_t>(bench.transport().furthest, 60);
        QVERIFY(end > 5);
        const auto shown = [&] {
            return bench.lab.resultAsCsv() + bench.lab.narration().sentence +
                   bench.lab.timeLabel(bench.transport());
        };
        QHash<std::int64_t, QString> straight;
        for (std::int64_t i = 0; i <= end; ++i) {
            bench.post(command::Seek{i});
            straight[i] = shown();
        }
        for (std::int64_t i = end; i >= 0; --i) {
            const std::int64_t index = (i * 37) % (end + 1);
            bench.post(command::Seek{index});
            QCOMPARE(shown(), straight[index]);
        }
    }

    void countersAreTheSolvers() {
        for (const char* structure : {"tree", "maze"}) {
            Bench bench({{"structure", std::string(structure)}, {"target", std::int64_t{14}}}, 11);
            const auto& rows = bench.view<NumberTable>()->rows();
            QCOMPARE(rows.size(), std::size_t{5});
            const SearchKnobs knobs = searchKnobs(bench.lab.parameters());
            const auto made = makeTree(knobs.tree, 7);
            const SearchSpace space =
                knobs.isMaze ? spaceOf(*mazeOf(knobs, 7)) : spaceOf(made, nodeLabelled(made, 14));
            for (std::size_t m = 0; m < 3; ++m) {
                FrontierSearch run(std::make_shared<const SearchSpace>(space), kSearchMethods[m]);
                for (int i = 0; i < 11; ++i)
                    (void)run.step();
                QCOMPARE(rows[0].cells[m].text, QString::number(run.state().visits));
                QCOMPARE(rows[1].cells[m].text, QString::number(run.state().waiting().size()));
                QCOMPARE(rows[2].cells[m].text, QString::number(run.state().widest));
                (void)solve(run);
                QCOMPARE(QString(rows[3].cells[m].text).remove(QChar(0x2009)),
                         QString::number(run.state().visits));
                const auto path = run.pathTo(static_cast<std::uint32_t>(run.state().found));
                QCOMPARE(rows[4].cells[m].text, QString::number(path.size() - 1));
            }
        }
    }

    void twoSearchesTakeTheirStepsTogether() {
        Bench bench(tree(kTree, {{"view", std::string("beside")}, {"target", std::int64_t{8}}}), 4);
        auto* beside = bench.view<BesideView>();
        QVERIFY(beside);
        const auto current = [&](std::size_t i) {
            for (const GraphNode& node : beside->panel(i)->graph()->picture().nodes)
                if (node.state == NodeState::Current) return node.label;
            return QString();
        };
        QCOMPARE(current(0), QStringLiteral("4"));
        QCOMPARE(current(1), QStringLiteral("6"));
        bench.toEnd();
        QCOMPARE(bench.transport().furthest, std::int64_t{8});
        for (std::size_t i = 0; i < 2; ++i) {
            int onWay = 0;
            for (const GraphEdge& edge : beside->panel(i)->graph()->picture().edges)
                onWay += edge.state == EdgeState::Path;
            QCOMPARE(onWay, 3);
        }
    }

    void treesAreEditedByHand() {
        Bench bench(tree(kTree));
        GraphView* graph = bench.view<SearchPanel>()->graph();
        graph->resize(500, 400);
        const auto text = [&] {
            return textValue(bench.lab.parameters(), *findSpec(bench.lab.parameterSpecs(), "tree"));
        };
        QTest::mouseClick(graph, Qt::LeftButton, Qt::ShiftModifier, graph->pixelOf(4).toPoint());
        QCOMPARE(text(), std::string("1(2(5 6) 3(9) 4(7(8)))"));
        QCOMPARE(bench.lab.dataInWords(), QStringLiteral("tree by hand · 9 nodes · 4 levels"));
        QTest::mouseClick(graph, Qt::LeftButton, Qt::NoModifier, graph->pixelOf(1).toPoint());
        QCOMPARE(std::get<std::int64_t>(bench.lab.parameters().at("target")), std::int64_t{2});
        QTest::keyClick(graph, Qt::Key_Delete);
        QCOMPARE(text(), std::string("1(3(9) 4(7(8)))"));
        graph->choose(0);
        QTest::keyClick(graph, Qt::Key_Delete); // the root stays
        QCOMPARE(text(), std::string("1(3(9) 4(7(8)))"));
        QCOMPARE(bench.failures.size(), 1);
        bench.lab.setParameters(bench.before[0]);
        bench.lab.waitForViews();
        QCOMPARE(text(), std::string(kTree));
        // Another size: a new tree is made, and undo brings the old one back.
        ParameterValues larger = bench.lab.parameters();
        larger["size"] = std::int64_t{40};
        bench.lab.setParameters(larger);
        bench.lab.waitForViews();
        QCOMPARE(text(), std::string());
        bench.lab.setParameters(bench.before[0]);
        QCOMPARE(text(), std::string(kTree));
        bench.lab.setSeed(99);
        bench.lab.waitForViews();
        QVERIFY(bench.lab.dataInWords().startsWith(QStringLiteral("random tree")));
        bench.lab.setSeed(7);
        QCOMPARE(text(), std::string(kTree));
    }

    void mazesAreEditedByHand() {
        Bench bench(maze("S..../...../....G"));
        GridView* grid = bench.view<SearchPanel>()->grid();
        grid->resize(400, 300);
        const auto text = [&] {
            return textValue(bench.lab.parameters(), *findSpec(bench.lab.parameterSpecs(), "maze"));
        };
        const auto at = [&](int cell) { return grid->boxOf(cell).center().toPoint(); };
        bench.toEnd();
        QVERIFY(formulaOf(bench.lab.narration()).contains(QStringLiteral("6 edges")));
        // A wall drawn down the middle column but for its last cell; a quick drag leaves no gaps.
        QTest::mousePress(grid, Qt::LeftButton, Qt::NoModifier, at(2));
        QMouseEvent move(QEvent::MouseMove, at(7), grid->mapToGlobal(at(7)), Qt::NoButton, Qt::LeftButton,
                         Qt::NoModifier);
        QApplication::sendEvent(grid, &move);
        QTest::mouseRelease(grid, Qt::LeftButton, Qt::NoModifier, at(7));
        QCOMPARE(text(), std::string("S.#../..#../....G"));
        QTest::mouseClick(grid, Qt::LeftButton, Qt::NoModifier, at(4)); // another goal
        QCOMPARE(text(), std::string("S.#.G/..#../....."));
        QTest::mouseClick(grid, Qt::LeftButton, Qt::ShiftModifier, at(10)); // another start
        QCOMPARE(text(), std::string("..#.G/..#../S...."));
        grid->choose(12);
        QTest::keyClick(grid, Qt::Key_Insert);
        QCOMPARE(text(), std::string("..#.G/..#../S.#.."));
        bench.toEnd();
        QVERIFY(bench.lab.narration().sentence.contains(QStringLiteral("no way")));
        QTest::mouseClick(grid, Qt::LeftButton, Qt::NoModifier, at(7)); // a wall is taken away
        QCOMPARE(text(), std::string("..#.G/...../S.#.."));
        QCOMPARE(bench.failures.size(), 0);
    }

    void theMutationIsCaughtAndShrunkToTheSmallest() {
        for (const quint64 seed : {1u, 2u, 3u, 12u}) {
            Bench bench({{"view", std::string("property")}}, 0, seed);
            auto* hunt = bench.view<HuntView>();
            QVERIFY(hunt);
            int kept = 0, rejected = 0;
            for (std::int64_t i = 1; i < bench.transport().furthest; ++i) {
                bench.post(command::Seek{i});
                const QString sentence = bench.lab.narration().sentence;
                kept += sentence.contains(QStringLiteral("kept"));
                rejected += sentence.contains(QStringLiteral("Rejected"));
            }
            bench.toEnd();
            const QStringList sizes = bench.visits();
            QCOMPARE(sizes.last(), QStringLiteral("2"));
            QCOMPARE(kept, static_cast<int>(sizes.size()) - 1);
            QVERIFY(rejected > 0);
            QCOMPARE(bench.view<ChainView>()->count(), static_cast<std::size_t>(sizes.size()));
            for (qsizetype i = 1; i < sizes.size(); ++i)
                QVERIFY(sizes[i].toInt() <= sizes[i - 1].toInt());
            QVERIFY(bench.lab.narration().sentence.contains(QStringLiteral("smallest counterexample")));
            QVERIFY2(hunt->verdict(0).contains(QStringLiteral("= False")) &&
                         hunt->verdict(0).contains(QStringLiteral("∈")),
                     qPrintable(hunt->verdict(0)));
        }
    }

    void withoutTheMutationEveryCaseHolds() {
        Bench bench({{"view", std::string("property")}}, 5);
        Q_EMIT bench.view<PropertyCode>()->operatorToggled();
        QCOMPARE(std::get<bool>(bench.lab.parameters().at("mutation")), false);
        bench.toEnd();
        QCOMPARE(bench.transport().furthest,
                 std::int64_t{101}); // the last step finds that there is none left
        QVERIFY(bench.lab.narration().sentence.contains(QStringLiteral("All 100 cases hold")));
        QCOMPARE(bench.view<ChainView>()->count(), std::size_t{0});
    }

    // A tap on Alt shows the menus; Alt with an arrow is the tree's.
    void menusComeWithAltAlone() {
        testing::Desk desk(QStringLiteral("search-breadth"));
        QMenuBar* menus = desk.window.menuBar();
        GraphView* graph = desk.window.findChild<GraphView*>();
        graph->setFocus();
        graph->choose(0);
        QVERIFY(menus->isHidden());
        const auto press = [&](int key) {
            QTest::keyPress(graph, static_cast<Qt::Key>(key), Qt::AltModifier);
        };
        const auto release = [&](int key) { QTest::keyRelease(graph, static_cast<Qt::Key>(key)); };
        press(Qt::Key_Alt), press(Qt::Key_Down), release(Qt::Key_Down), release(Qt::Key_Alt);
        QVERIFY(menus->isHidden());
        QVERIFY(graph->chosen() > 0);
        press(Qt::Key_Alt), release(Qt::Key_Alt);
        QVERIFY(!menus->isHidden());
        press(Qt::Key_Alt), release(Qt::Key_Alt);
        QVERIFY(menus->isHidden());
    }

    void badTextIsOneSentence() {
        Bench bench(tree(kTree));
        for (const char* text : {"1(2", "1 2", "x", "1(2 2)"}) {
            ParameterValues values = bench.lab.parameters();
            values["tree"] = std::string(text);
            bench.failures.clear();
            bench.lab.setParameters(values);
            bench.lab.waitForViews();
            QCOMPARE(bench.failures.size(), 1);
            const QString said = bench.failures.front().front().toString();
            QVERIFY2(!said.contains(u'\n') && said.endsWith(u'.'), qPrintable(said));
            QCOMPARE(bench.lab.dataInWords(), QStringLiteral("tree by hand · 8 nodes · 4 levels")); // stays
        }
        QVERIFY(!bench.lab.setDataset(nullptr));
    }

    void oddTreesAndMazes() {
        for (const ParameterValues& values :
             {tree("7"), tree("1(2(3(4(5(6(7(8(9(10)))))))))"), maze("S"), maze("SG"), maze("S#G"),
              maze("S.."), ParameterValues{{"size", std::int64_t{500}}, {"levels", std::int64_t{20}}},
              ParameterValues{{"view", std::string("property")}, {"cases", std::int64_t{1}}},
              ParameterValues{{"structure", std::string("maze")},
                              {"width", std::int64_t{61}},
                              {"height", std::int64_t{61}}}}) {
            Bench bench(values);
            for (const std::int64_t index : {0, 1, 2, 100'000}) {
                bench.post(command::Seek{index});
                for (const StageView& view : bench.lab.stage()) {
                    view.widget->resize(420, 320);
                    QVERIFY(testing::coloursOf(view.widget->grab().toImage()) > 2);
                }
            }
            QVERIFY(bench.failures.isEmpty());
            QVERIFY(!bench.lab.narration().sentence.isEmpty());
        }
    }

    void filesAreReadAndEditsUndone() {
        testing::Desk desk(QStringLiteral("search-breadth"));
        QVERIFY(qobject_cast<SearchLab*>(&desk.lab()));
        const QString words = desk.lab().dataInWords();
        QTemporaryDir folder;
        const auto file = [&](const char* name, const char* text) {
            QFile written(folder.filePath(QString::fromUtf8(name)));
            if (!written.open(QIODevice::WriteOnly)) qFatal("no file");
            written.write(text);
            return written.fileName();
        };
        desk.drop(file("tree.txt", "1(2 3(4))\n"));
        QCOMPARE(desk.lab().dataInWords(), QStringLiteral("tree by hand · 4 nodes · 3 levels"));
        desk.drop(file("maze.txt", "S..\n.#.\n..G\n"));
        QCOMPARE(desk.lab().dataInWords(), QStringLiteral("maze by hand · 3 × 3 · 8 free cells"));
        desk.drop(file("broken.txt", "1(2"));
        QVERIFY2(desk.sentence().contains(QStringLiteral("broken.txt")), qPrintable(desk.sentence()));
        QCOMPARE(desk.lab().dataInWords(), QStringLiteral("maze by hand · 3 × 3 · 8 free cells"));
        desk.space().undoStack().undo();
        desk.space().undoStack().undo();
        desk.settle();
        QCOMPARE(desk.lab().dataInWords(), words);
        auto* panel = desk.view<SearchPanel>();
        panel->graph()->choose(1);
        panel->graph()->setFocus();
        desk.key(Qt::Key_Insert);
        QVERIFY(desk.lab().dataInWords().startsWith(QStringLiteral("tree by hand · 23 nodes")));
        desk.space().undoStack().undo();
        desk.settle();
        QCOMPARE(desk.lab().dataInWords(), words);
    }
};

QTEST_MAIN(TestSearchLab)
#include "tst_search_lab.moc"
