// Searches of trees and mazes, the mutated search, and the engine that catches it.
#include "core/search/frontier_search.h"
#include "core/search/recursive_search.h"
#include "core/search/wide_tree.h"
#include "tests/support/property.h"
#include "tests/support/scrub.h"

#include <QtTest>
#include <deque>
#include <set>

using namespace orrery;
using namespace orrery::search;

namespace {

FrontierSearch finished(const SearchSpace& space, SearchMethod method) {
    FrontierSearch search(std::make_shared<const SearchSpace>(space), method);
    (void)solve(search);
    return search;
}

/// Steps from the start to every node by a plain flood, −1 where there is no way: the oracle.
std::vector<int> distances(const SearchSpace& space) {
    std::vector<int> distance(space.nodes(), -1);
    if (space.start == kNone) return distance;
    std::deque<std::uint32_t> queue = {static_cast<std::uint32_t>(space.start)};
    distance[queue.front()] = 0;
    for (; !queue.empty(); queue.pop_front())
        for (const std::uint32_t next : space.of(queue.front()))
            if (distance[next] < 0) {
                distance[next] = distance[queue.front()] + 1;
                queue.push_back(next);
            }
    return distance;
}

std::string printed(const TreeCase& treeCase) {
    return "search " + std::to_string(treeCase.wanted) + " " + toText(treeCase.tree);
}

Property<TreeCase> searchProperty(Operator branches) {
    return {.holds = [branches](const TreeCase& treeCase) { return agreesWithScan(treeCase, branches); },
            .smaller = smallerCases};
}

} // namespace

class TestSearch : public QObject {
    Q_OBJECT

    static std::vector<SearchSpace> spaces() {
        std::vector<SearchSpace> all;
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            Rng rng(seed);
            const TreeCase treeCase = randomCase(rng, 25);
            all.push_back(spaceOf(treeCase.tree, treeCase.wanted));
            all.push_back(spaceOf(randomMaze(5 + static_cast<int>(seed) % 14, 9, seed % 3 * 0.2, seed)));
        }
        return all;
    }

  private slots:
    void ordersAreTheTextbooks() {
        // 1 above 2 (above 4, 5) and 3 (above 6 on the right).
        const BinaryTree tree =
            join(1, join(2, join(4, {}, {}), join(5, {}, {})), join(3, {}, join(6, {}, {})));
        QCOMPARE(toText(tree), std::string("(1 (2 (4 . .) (5 . .)) (3 . (6 . .)))"));
        const auto values = [&](SearchMethod method) {
            std::vector<int> seen;
            const FrontierSearch search = finished(spaceOf(tree, std::nullopt), method);
            for (const std::uint32_t node : search.state().order)
                seen.push_back(tree.nodes[node].value);
            return seen;
        };
        QCOMPARE(values(SearchMethod::BreadthFirst), (std::vector<int>{1, 2, 3, 4, 5, 6}));
        QCOMPARE(values(SearchMethod::DepthFirst), (std::vector<int>{1, 2, 4, 5, 3, 6}));
        QCOMPARE(values(SearchMethod::IterativeDeepening), (std::vector<int>{1, 2, 4, 5, 3, 6}));
        // 1, then 1 2 3, then all six.
        QCOMPARE(finished(spaceOf(tree, std::nullopt), SearchMethod::IterativeDeepening).state().visits,
                 std::int64_t{10});
    }

    void everyMethodFindsWhatIsThere_data() {
        QTest::addColumn<int>("method");
        for (const SearchMethod method : kSearchMethods)
            QTest::newRow(std::string(idOf(method)).c_str()) << static_cast<int>(method);
    }
    void everyMethodFindsWhatIsThere() {
        QFETCH(int, method);
        int found = 0, missing = 0;
        for (const SearchSpace& space : spaces()) {
            const std::vector<int> distance = distances(space);
            int nearest = -1;
            for (std::size_t node = 0; node < space.nodes(); ++node)
                if (space.wanted[node] && distance[node] >= 0 && (nearest < 0 || distance[node] < nearest))
                    nearest = distance[node];
            FrontierSearch search = finished(space, static_cast<SearchMethod>(method));
            QCOMPARE(search.state().found != kNone, nearest >= 0);
            QCOMPARE(search.step().status, nearest >= 0 ? StepStatus::Converged : StepStatus::Exhausted);
            (nearest >= 0 ? found : missing) += 1;
            if (nearest < 0) {
                QCOMPARE(search.state().order.size(), static_cast<std::size_t>(std::ranges::count_if(
                                                          distance, [](int d) { return d >= 0; })));
                continue;
            }
            const auto path = search.pathTo(static_cast<std::uint32_t>(search.state().found));
            QCOMPARE(static_cast<std::int32_t>(path.front()), space.start);
            for (std::size_t i = 1; i < path.size(); ++i)
                QVERIFY(std::ranges::count(space.of(path[i - 1]), path[i]) == 1);
            if (static_cast<SearchMethod>(method) != SearchMethod::DepthFirst)
                QCOMPARE(static_cast<int>(path.size()) - 1, nearest);
        }
        QVERIFY(found > 20 && missing > 5);
    }

    void aCorridorMazeHasOneWay() {
        // A spanning tree of its corridors: open cells = 2 × rooms − 1.
        for (std::uint64_t seed = 0; seed < 10; ++seed) {
            const Maze maze = randomMaze(21, 13, 0.0, seed);
            QCOMPARE(maze, randomMaze(21, 13, 0.0, seed));
            const auto open = static_cast<int>(std::ranges::count(maze.walls, 0));
            QCOMPARE(open, 2 * 10 * 6 - 1);
            const auto reached =
                std::ranges::count_if(distances(spaceOf(maze)), [](int d) { return d >= 0; });
            QCOMPARE(static_cast<int>(reached), open);
            QVERIFY(std::ranges::count(randomMaze(21, 13, 0.5, seed).walls, 0) > open);
        }
    }

    void readsMazes() {
        const auto maze = parseMaze("S.#\n..G\n");
        QVERIFY(maze.has_value());
        QCOMPARE(finished(spaceOf(*maze), SearchMethod::BreadthFirst).state().found, 5);
        QCOMPARE(parseMaze("S.\n.\n").error().message,
                 std::string("row 2 of the maze has 1 cells, the first has 2"));
        QCOMPARE(parseMaze("..\n").error().message, std::string("the maze has no start, S"));
    }

    void theSearchAgreesWithAScan() {
        const auto failure =
            testing::counterexample<TreeCase>(searchProperty(Operator::Or), randomCase, {.cases = 500});
        QVERIFY2(!failure, failure ? failure->text(printed).c_str() : "");
    }

    void theMutationIsCaughtAndShrunk() {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            const auto failure = testing::counterexample<TreeCase>(searchProperty(Operator::And), randomCase,
                                                                   {.cases = 500, .seed = seed});
            QVERIFY2(failure.has_value(), "500 cases did not catch the mutation");
            // The smallest tree that tells && from ||: a root with another value above the one that is
            // wanted.
            QCOMPARE(failure->smallest.tree.size(), std::size_t{2});
            QVERIFY(failure->smallest.tree.nodes[0].value != failure->smallest.wanted);
            QCOMPARE(failure->smallest.tree.nodes[1].value, failure->smallest.wanted);
            QVERIFY(failure->smallest.wanted <= 1 && failure->smallest.tree.nodes[0].value <= 1);
            for (const TreeCase& smaller : smallerCases(failure->smallest))
                QVERIFY2(agreesWithScan(smaller, Operator::And), printed(smaller).c_str());
            Rng again(failure->seed, failure->index); // the case can be drawn again
            QCOMPARE(randomCase(again, failure->index * 30 / 499), failure->first);
        }
    }

    void smallerTreesAreSmaller() {
        Rng rng(4);
        for (int i = 0; i < 50; ++i) {
            const BinaryTree tree = randomTree(rng, rng.below(12), 5);
            const auto weight = [](const BinaryTree& t) {
                int sum = 0;
                for (const TreeNode& node : t.nodes)
                    sum += 100 + std::abs(node.value);
                return sum;
            };
            for (const BinaryTree& smaller : smallerTrees(tree))
                QVERIFY2(weight(smaller) < weight(tree), toText(smaller).c_str());
        }
    }

    void shortCircuitsAreNotWalked() {
        const auto treeCase =
            std::make_shared<const TreeCase>(TreeCase{join(1, join(2, {}, {}), join(3, {}, {})), 2});
        const auto entered = [&](Operator branches) {
            RecursiveSearch search(treeCase, branches);
            (void)solve(search);
            return search.state().entered;
        };
        QCOMPARE(entered(Operator::Or), (std::vector<std::int32_t>{0, 1}));     // found on the left
        QCOMPARE(entered(Operator::And), (std::vector<std::int32_t>{0, 1, 2})); // && asks on
    }

    void scrubs_data() { everyMethodFindsWhatIsThere_data(); }
    void scrubs() {
        QFETCH(int, method);
        const auto space = std::make_shared<const SearchSpace>(spaceOf(randomMaze(17, 11, 0.3, 5)));
        const QString failure = testing::scrubFailure<FrontierSearch>(
            [&] { return FrontierSearch(space, static_cast<SearchMethod>(method)); }, 800);
        QVERIFY2(failure.isEmpty(), qPrintable(failure));
    }

    void wideTreesAreWhatWasAskedFor() {
        for (std::uint64_t seed = 0; seed < 60; ++seed) {
            const TreeOptions options{seed % 2 ? TreeShape::Complete : TreeShape::Random, 1 + seed,
                                      1 + static_cast<int>(seed % 4), 2 + static_cast<int>(seed % 5)};
            const WideTree tree = makeTree(options, seed);
            QCOMPARE(tree, makeTree(options, seed));
            QVERIFY(tree.size() <= options.size && levelsOf(tree) <= options.levels);
            std::size_t room = 0, level = 1; // of a full tree
            for (int i = 0; i < options.levels; ++i, level *= static_cast<std::size_t>(options.branching))
                room += level;
            QCOMPARE(tree.size(), std::min(options.size, room));
            std::vector<int> children(tree.size(), 0);
            for (std::size_t node = 1; node < tree.size(); ++node) {
                QVERIFY(tree.parent[node] < static_cast<std::int32_t>(node));
                ++children[static_cast<std::size_t>(tree.parent[node])];
            }
            QVERIFY(std::ranges::max(children) <= options.branching);
            // Labels are the order of a breadth-first walk.
            const FrontierSearch walk = finished(spaceOf(tree, kNone), SearchMethod::BreadthFirst);
            for (std::size_t i = 0; i < tree.size(); ++i)
                QCOMPARE(tree.label[walk.state().order[i]], static_cast<int>(i) + 1);
            const auto again = parseTree(toText(tree));
            QVERIFY(again.has_value());
            QCOMPARE(toText(*again), toText(tree));
        }
    }

    void wideTreesAreEdited() {
        const WideTree tree = *parseTree("1(2(5 6) 3, 4)");
        QCOMPARE(toText(tree), std::string("1(2(5 6) 3 4)"));
        QCOMPARE(toText(withChild(tree, nodeLabelled(tree, 3))), std::string("1(2(5 6) 3(7) 4)"));
        const WideTree less = without(tree, nodeLabelled(tree, 2));
        QCOMPARE(toText(less), std::string("1(3 4)"));
        QCOMPARE(toText(withChild(less, 0)), std::string("1(3 4 2)"));
        for (const auto& [text, said] :
             {std::pair("", "at least its root"), std::pair("1 2", "one root only"),
              std::pair("1(2", "left open"), std::pair("1)", "never opened"),
              std::pair("1(2 2)", "2 is there already"), std::pair("(1)", "bracket"),
              std::pair("1(x)", "character 3"), std::pair("1(0)", "labels go from 1")}) {
            const auto wrong = parseTree(text);
            QVERIFY2(!wrong && wrong.error().message.find(said) != std::string::npos, text);
        }
    }

    void mazesAreWritten() {
        const Maze maze = randomMaze(15, 9, 0.2, 3);
        QCOMPARE(*parseMaze(toText(maze)), maze);
        QCOMPARE(toText(*parseMaze("S.#\n..G"), '/'), std::string("S.#/..G"));
    }

    void huntingScrubs() {
        const auto property = std::make_shared<const Property<TreeCase>>(searchProperty(Operator::And));
        const QString failure = testing::scrubFailure<PropertyHunt<TreeCase>>(
            [&] {
                return PropertyHunt<TreeCase>(property, randomCase, {100, 3, 30});
            },
            400);
        QVERIFY2(failure.isEmpty(), qPrintable(failure));
        PropertyHunt<TreeCase> holds(std::make_shared<const Property<TreeCase>>(searchProperty(Operator::Or)),
                                     randomCase, {100, 3, 30});
        QCOMPARE(solve(holds).last.status, StepStatus::Exhausted);
        QCOMPARE(holds.state().drawn, std::size_t{100});
    }

    void recursionAndShrinkingScrub() {
        Rng rng(2);
        const auto treeCase = std::make_shared<const TreeCase>(TreeCase{randomTree(rng, 40, 60), 99});
        const QString first =
            testing::scrubFailure<RecursiveSearch>([&] { return RecursiveSearch(treeCase, Operator::Or); });
        QVERIFY2(first.isEmpty(), qPrintable(first));
        // A large tree with the wanted value in one leaf breaks the mutated search.
        const TreeCase failing{join(3, randomTree(rng, 12, 3), join(7, {}, join(5, {}, {}))), 5};
        QVERIFY(!agreesWithScan(failing, Operator::And));
        const auto property = std::make_shared<const Property<TreeCase>>(searchProperty(Operator::And));
        const QString second = testing::scrubFailure<Shrinker<TreeCase>>(
            [&] { return Shrinker<TreeCase>(property, failing); }, 400);
        QVERIFY2(second.isEmpty(), qPrintable(second));
    }
};

QTEST_APPLESS_MAIN(TestSearch)
#include "tst_search.moc"
