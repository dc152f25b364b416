// Tidy trees: no two nodes too near, parents over the middle of their children, subtrees that keep their
// shape; and what is drawn of them can be pointed at, chosen by keys and read.
#include "tests/support/property.h"
#include "widgets/graph/graph_view.h"
#include "widgets/graph/grid_view.h"
#include "widgets/graph/token_strip.h"

#include <QApplication>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPointingDevice>
#include <QSignalSpy>
#include <QWheelEvent>
#include <QtTest>
#include <map>
#include <numeric>

using namespace orrery;

namespace {

/// parent[i] < i; −1: a root. A case of the properties.
struct Forest {
    std::vector<int> parent;
    std::vector<double> widths;
    friend bool operator==(const Forest&, const Forest&) = default;
};

Forest randomForest(Rng& rng, std::size_t size) {
    Forest forest;
    const std::uint64_t shape = rng.below(4);
    for (std::size_t i = 0; i < size; ++i) {
        const auto last = static_cast<std::uint64_t>(i);
        std::int64_t above = -1;
        if (i > 0 && shape == 0) above = static_cast<std::int64_t>(rng.below(last)); // bushy
        if (i > 0 && shape == 1)
            above = static_cast<std::int64_t>(last - 1 - rng.below(std::min<std::uint64_t>(last, 3))); // long
        if (i > 0 && shape == 2)
            above = static_cast<std::int64_t>(rng.below(std::min<std::uint64_t>(last, 4)));
        if (i > 0 && shape == 3) above = static_cast<std::int64_t>(rng.below(last + 1)) - 1; // several roots
        forest.parent.push_back(static_cast<int>(above));
        forest.widths.push_back(rng.uniform(0.0, 2.0));
    }
    return forest;
}

std::vector<Forest> smallerForests(const Forest& forest) {
    std::vector<Forest> smaller;
    for (std::size_t gone = 0; gone < forest.parent.size(); ++gone) {
        Forest less;
        for (std::size_t i = 0; i < forest.parent.size(); ++i) {
            if (i == gone) continue;
            int above = forest.parent[i];
            if (above == static_cast<int>(gone)) above = forest.parent[gone];
            if (above > static_cast<int>(gone)) --above;
            less.parent.push_back(above);
            less.widths.push_back(forest.widths[i]);
        }
        smaller.push_back(std::move(less));
    }
    return smaller;
}

std::string printed(const Forest& forest) {
    std::string text = "parents";
    for (const int above : forest.parent)
        text += ' ' + std::to_string(above);
    return text;
}

std::vector<std::vector<int>> childrenOf(const Forest& forest) {
    std::vector<std::vector<int>> children(forest.parent.size());
    for (std::size_t i = 0; i < forest.parent.size(); ++i)
        if (forest.parent[i] >= 0)
            children[static_cast<std::size_t>(forest.parent[i])].push_back(static_cast<int>(i));
    return children;
}

constexpr double kSlack = 1e-9;

bool nobodyTooNear(const Forest& forest, bool withWidths) {
    const TreeSpacing spacing{1.0, 1.5};
    const TreeLayout layout =
        layoutTree(forest.parent,
                   withWidths ? std::span<const double>(forest.widths) : std::span<const double>(), spacing);
    std::map<int, std::vector<std::size_t>> levels;
    for (std::size_t i = 0; i < forest.parent.size(); ++i)
        levels[layout.level[i]].push_back(i);
    for (auto& [level, nodes] : levels) {
        std::ranges::sort(nodes, {}, [&](std::size_t i) { return layout.x[i]; });
        for (std::size_t i = 1; i < nodes.size(); ++i) {
            const std::size_t a = nodes[i - 1], b = nodes[i];
            const double gap = forest.parent[a] == forest.parent[b] ? spacing.siblings : spacing.cousins;
            const double need = gap + (withWidths ? (forest.widths[a] + forest.widths[b]) / 2 : 0.0);
            if (layout.x[b] - layout.x[a] < need - kSlack) return false;
        }
    }
    return true;
}

bool parentsAreCentred(const Forest& forest) {
    const TreeLayout layout = layoutTree(forest.parent);
    const auto children = childrenOf(forest);
    for (std::size_t i = 0; i < children.size(); ++i) {
        if (children[i].empty()) continue;
        const double middle = (layout.x[static_cast<std::size_t>(children[i].front())] +
                               layout.x[static_cast<std::size_t>(children[i].back())]) /
                              2;
        if (std::abs(layout.x[i] - middle) > kSlack) return false;
        for (std::size_t c = 1; c < children[i].size(); ++c) // left to right
            if (layout.x[static_cast<std::size_t>(children[i][c])] <=
                layout.x[static_cast<std::size_t>(children[i][c - 1])])
                return false;
    }
    return true;
}

/// The tree seen in a mirror is drawn in the mirror: the contours of both sides are followed alike.
bool mirrorsAreMirrored(const Forest& forest) {
    const std::size_t n = forest.parent.size();
    // Levels first, each from right to left: parents keep coming before their children.
    const TreeLayout layout = layoutTree(forest.parent);
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return layout.level[a] != layout.level[b] ? layout.level[a] < layout.level[b]
                                                  : layout.x[a] > layout.x[b];
    });
    std::vector<int> place(n), parent(n);
    for (std::size_t i = 0; i < n; ++i)
        place[order[i]] = static_cast<int>(i);
    for (std::size_t i = 0; i < n; ++i)
        parent[i] =
            forest.parent[order[i]] < 0 ? -1 : place[static_cast<std::size_t>(forest.parent[order[i]])];
    const TreeLayout mirrored = layoutTree(parent);
    if (std::abs(mirrored.width - layout.width) > kSlack) return false;
    // What lies between the outermost subtrees may be spread differently; the outlines agree level by level.
    std::map<int, std::pair<double, double>> here, there;
    const auto outline = [](auto& levels, int level, double x) {
        const auto [at, isNew] = levels.try_emplace(level, x, x);
        at->second = {std::min(at->second.first, x), std::max(at->second.second, x)};
    };
    for (std::size_t i = 0; i < n; ++i) {
        outline(here, layout.level[i], layout.x[i]);
        outline(there, mirrored.level[i], mirrored.width - mirrored.x[i]);
    }
    return std::ranges::equal(here, there, [](const auto& a, const auto& b) {
        return a.first == b.first && std::abs(a.second.first - b.second.first) < 1e-6 &&
               std::abs(a.second.second - b.second.second) < 1e-6;
    });
}

void check(const std::function<bool(const Forest&)>& holds) {
    const auto failure =
        testing::counterexample<Forest>({holds, smallerForests}, randomForest, {.cases = 400, .largest = 60});
    QVERIFY2(!failure, failure ? failure->text(printed).c_str() : "");
}

/// 0 over 1, 2, 3; 1 over 4, 5; 3 over 6.
const std::vector<int> kParents{-1, 0, 0, 0, 1, 1, 3};

GraphPicture sample() {
    GraphPicture picture = pictureOf(layoutTree(kParents), kParents);
    for (std::size_t i = 0; i < picture.nodes.size(); ++i)
        picture.nodes[i].label = QString::number(i + 1);
    return picture;
}

int coloursOf(QWidget& widget) {
    const QImage image = widget.grab().toImage();
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            colours.insert(image.pixel(x, y));
    return static_cast<int>(colours.size());
}

} // namespace

class TestGraph : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void noTwoNodesTooNear() {
        check([](const Forest& forest) { return nobodyTooNear(forest, false); });
        check([](const Forest& forest) { return nobodyTooNear(forest, true); });
    }
    void parentsStandOverTheMiddle() { check(parentsAreCentred); }
    void outlinesDoNotDependOnTheSide() { check(mirrorsAreMirrored); }

    void knownTrees() {
        const TreeLayout none = layoutTree(std::vector<int>{});
        QVERIFY(none.x.empty() && none.levels == 0 && none.width == 0.0);
        const std::vector<int> lone{-1};
        QCOMPARE(layoutTree(lone).x.front(), 0.0);
        // A root with two children that have two each: cousins 1.25 apart.
        const std::vector<int> full{-1, 0, 0, 1, 1, 2, 2};
        const TreeLayout layout = layoutTree(full);
        QCOMPARE(layout.x, (std::vector<double>{1.625, 0.5, 2.75, 0.0, 1.0, 2.25, 3.25}));
        QCOMPARE(layout.level, (std::vector<int>{0, 1, 1, 2, 2, 2, 2}));
        QCOMPARE(layout.width, 3.25);
        // Small subtrees between large ones are spread evenly, which the simple method does not do.
        const std::vector<int> spread{-1, 0, 0, 0, 1, 1, 1, 1, 3, 3, 3, 3};
        const TreeLayout even = layoutTree(spread);
        QCOMPARE(even.x[2] - even.x[1], even.x[3] - even.x[2]);
    }

    void longChainsNeedNoStack() {
        std::vector<int> chain(200'000);
        std::iota(chain.begin(), chain.end(), -1);
        const TreeLayout layout = layoutTree(chain);
        QCOMPARE(layout.levels, 200'000);
        QCOMPARE(layout.width, 0.0);
    }

    void pointerFindsEveryNode() {
        GraphView view;
        view.resize(500, 360);
        view.setPicture(sample());
        QSignalSpy clicks(&view, &ItemView::itemClicked);
        for (int node = 0; node < 7; ++node) {
            QCOMPARE(view.itemAt(view.pixelOf(node)), node);
            QVERIFY(view.rect().contains(view.pixelOf(node).toPoint()));
            QTest::mouseClick(&view, Qt::LeftButton, Qt::NoModifier, view.pixelOf(node).toPoint());
            QCOMPARE(clicks.last().front().toInt(), node);
            QCOMPARE(view.chosen(), node);
        }
        QCOMPARE(view.itemAt({2, 2}), -1);
        GraphPicture hidden = sample();
        hidden.nodes[5].isHidden = true;
        view.setPicture(hidden);
        QVERIFY(view.itemAt(view.pixelOf(5)) != 5);
    }

    void keysChooseAndAsk() {
        GraphView view;
        view.resize(500, 360);
        view.setPicture(sample());
        QSignalSpy clicks(&view, &ItemView::itemClicked), adds(&view, &ItemView::moreRequested),
            removals(&view, &ItemView::lessRequested);
        QTest::keyClick(&view, Qt::Key_Period);
        QCOMPARE(view.chosen(), 0);
        QTest::keyClick(&view, Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(view.chosen(), 2);
        QTest::keyClick(&view, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(view.chosen(), 1);
        QTest::keyClick(&view, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(view.chosen(), 0);
        QTest::keyClick(&view, Qt::Key_Comma);
        QCOMPARE(view.chosen(), 6);
        QTest::keyClick(&view, Qt::Key_Return);
        QTest::keyClick(&view, Qt::Key_Insert);
        QTest::keyClick(&view, Qt::Key_Delete);
        QCOMPARE(clicks.size() + adds.size() + removals.size(), 3);
        QCOMPARE(adds.front().front().toInt(), 6);
        QTest::keyClick(&view, Qt::Key_Escape);
        QCOMPARE(view.chosen(), -1);
        QTest::keyClick(&view, Qt::Key_Delete);
        QCOMPARE(removals.size(), 1);
    }

    // 300 nodes have no room for their labels until one comes nearer; then the wanted place stays under the
    // pointer, what is chosen or taken comes into sight, and nothing can be pushed out of it.
    void largeTreesComeNearer() {
        GraphView view;
        view.resize(620, 420);
        std::vector<int> parent{-1};
        for (int i = 1; i < 300; ++i)
            parent.push_back((i - 1) / 3);
        GraphPicture picture = pictureOf(layoutTree(parent), parent);
        view.setPicture(picture);
        QVERIFY(!hasRoomForLabels(view.radius(), Theme::light()));
        const QPointF under = view.pixelOf(200);
        QWheelEvent wheel(under, view.mapToGlobal(under), {}, {0, 12 * 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(&view, &wheel);
        QVERIFY(view.zoom() > 3.0 && hasRoomForLabels(view.radius(), Theme::light()));
        QVERIFY(std::abs(view.pixelOf(200).x() - under.x()) < 1.0);
        QCOMPARE(view.itemAt(view.pixelOf(200)), 200);
        const auto isInSight = [&](int node) { return QRectF(view.rect()).contains(view.boxOf(node)); };
        QVERIFY(!isInSight(299));
        view.choose(299);
        QVERIFY(isInSight(299));
        picture.nodes[0].state = NodeState::Current;
        view.setPicture(picture);
        QVERIFY(isInSight(0));
        QPointF at = view.pixelOf(0);
        QTest::keyClick(&view, Qt::Key_Left, Qt::AltModifier | Qt::ShiftModifier);
        QVERIFY(view.pixelOf(0).x() > at.x());
        at = view.pixelOf(0);
        QTest::mousePress(&view, Qt::LeftButton, Qt::NoModifier, {3, 3});
        QMouseEvent drag(QEvent::MouseMove, QPointF(43, 3), view.mapToGlobal(QPointF(43, 3)), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&view, &drag);
        QTest::mouseRelease(&view, Qt::LeftButton, Qt::NoModifier, {43, 3});
        QCOMPARE(view.pixelOf(0).x(), at.x() + 40.0);
        for (int i = 0; i < 100; ++i)
            QTest::keyClick(&view, Qt::Key_Right, Qt::AltModifier | Qt::ShiftModifier);
        double right = 0.0; // the right end comes into sight, and no more than that
        for (int node = 0; node < 300; ++node)
            right = std::max(right, view.pixelOf(node).x());
        QVERIFY2(right > 540.0 && right < 620.0, qPrintable(QString::number(right)));
        QTest::keyClick(&view, Qt::Key_0);
        QCOMPARE(view.zoom(), 1.0);
        for (int node = 0; node < 300; ++node)
            QVERIFY(isInSight(node));
        QTest::keyClick(&view, Qt::Key_Plus);
        const double one = view.zoom();
        QTest::keyClick(&view, Qt::Key_Minus);
        QVERIFY(one > 1.0 && view.zoom() < one);
        QNativeGestureEvent pinch(Qt::ZoomNativeGesture, QPointingDevice::primaryPointingDevice(), 2, under,
                                  under, view.mapToGlobal(under), 0.5, {});
        QApplication::sendEvent(&view, &pinch);
        QVERIFY(view.zoom() > one);
        QTest::mouseDClick(&view, Qt::LeftButton, Qt::NoModifier, {3, 3});
        QCOMPARE(view.zoom(), 1.0);
        view.setPicture(sample()); // seven nodes are as near as they can be
        QTest::keyClick(&view, Qt::Key_Plus);
        const double radius = view.radius();
        QTest::keyClick(&view, Qt::Key_Plus);
        QCOMPARE(view.radius(), radius);
    }

    void wallsAreDrawnWithoutGaps() {
        GridView grid;
        grid.resize(400, 400);
        GridPicture picture;
        picture.columns = picture.rows = 9;
        picture.walls.assign(81, 0);
        picture.states.assign(81, NodeState::Unseen);
        picture.start = 10, picture.goal = 80;
        grid.setPicture(picture);
        for (int cell = 0; cell < 81; ++cell)
            QCOMPARE(grid.itemAt(grid.boxOf(cell).center()), cell);
        std::vector<int> drawn;
        bool isWall = false;
        connect(&grid, &GridView::wallsDrawn, this, [&](const std::vector<int>& cells, bool wall) {
            drawn = cells;
            isWall = wall;
        });
        const auto drag = [&](int from, int to) {
            const QPoint first = grid.boxOf(from).center().toPoint(),
                         last = grid.boxOf(to).center().toPoint();
            QTest::mousePress(&grid, Qt::LeftButton, Qt::NoModifier, first);
            QMouseEvent move(QEvent::MouseMove, last, grid.mapToGlobal(last), Qt::NoButton, Qt::LeftButton,
                             Qt::NoModifier);
            QApplication::sendEvent(&grid, &move);
            QTest::mouseRelease(&grid, Qt::LeftButton, Qt::NoModifier, last);
        };
        drag(2, 2 + 9 * 4 + 6); // four rows down, six columns right
        QVERIFY(isWall);
        QCOMPARE(drawn.size(), std::size_t{7});
        for (std::size_t i = 1; i < drawn.size(); ++i)
            QVERIFY(std::abs(drawn[i] % 9 - drawn[i - 1] % 9) <= 1 &&
                    std::abs(drawn[i] / 9 - drawn[i - 1] / 9) <= 1);
        drag(1, 19); // across the start, which stays free
        QCOMPARE(drawn, (std::vector<int>{1, 19}));
        picture.walls[5] = 1;
        grid.setPicture(picture);
        drag(5, 5);
        QVERIFY(!isWall && drawn == std::vector<int>{5});
    }

    /// Each state looks unlike every other, in each theme and in grey as well: the shape says it too.
    void statesAreToldApart_data() {
        QTest::addColumn<int>("theme");
        for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark, ThemeKind::Projector})
            QTest::newRow(qPrintable(themeName(kind))) << static_cast<int>(kind);
    }
    void statesAreToldApart() {
        QFETCH(int, theme);
        const Theme tokens = Theme::of(static_cast<ThemeKind>(theme));
        std::vector<QImage> seen;
        for (const NodeState state : {NodeState::Unseen, NodeState::Frontier, NodeState::Visited,
                                      NodeState::Current, NodeState::Found, NodeState::Rejected}) {
            QImage image(64, 64, QImage::Format_ARGB32);
            image.fill(tokens.surface);
            QPainter painter(&image);
            painter.setRenderHint(QPainter::Antialiasing);
            drawNodeShape(painter, {32, 32}, 18, state, tokens);
            painter.end();
            const QImage grey = image.convertToFormat(QImage::Format_Grayscale8);
            for (const QImage& other : seen) {
                int different = 0;
                for (int y = 0; y < 64; ++y)
                    for (int x = 0; x < 64; ++x)
                        different += std::abs(qGray(grey.pixel(x, y)) - qGray(other.pixel(x, y))) > 12;
                QVERIFY2(different > 40, qPrintable(nameOf(state)));
            }
            seen.push_back(grey);
        }
    }

    void drawnInEveryTheme() {
        GraphView view;
        view.resize(460, 320);
        view.setLegend({NodeState::Unseen, NodeState::Frontier, NodeState::Visited},
                       QStringLiteral("wanted"));
        QVERIFY(coloursOf(view) > 3);
        for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark, ThemeKind::Projector}) {
            view.setTheme(Theme::of(kind));
            view.setPicture({});
            const QImage empty = view.grab().toImage();
            GraphPicture picture = sample();
            picture.nodes[2].isTarget = true;
            view.setPicture(picture);
            const QImage plain = view.grab().toImage();
            QVERIFY(plain != empty);
            picture.nodes[0].state = NodeState::Current;
            picture.nodes[1].state = NodeState::Frontier;
            picture.edges[0].state = EdgeState::Path;
            view.setPicture(picture);
            QVERIFY(view.grab().toImage() != plain);
        }
    }

    void stripsKeepTheirEndsAndCountTheRest() {
        TokenStrip strip;
        strip.setTheme(Theme::light());
        strip.resize(420, 90);
        strip.setCaption(QStringLiteral("Queue"));
        std::vector<Token> tokens;
        for (int i = 0; i < 60; ++i)
            tokens.push_back({QString::number(i), {}});
        const auto shown = [&] {
            std::vector<int> list;
            for (int i = 0; i < 60; ++i)
                if (!strip.rectOf(i).isNull()) {
                    if (!strip.rect().contains(strip.rectOf(i).toRect())) qFatal("a token outside its strip");
                    list.push_back(i);
                }
            return list;
        };
        for (const StripKind kind : {StripKind::Queue, StripKind::Stack, StripKind::Row}) {
            strip.setTokens(kind, tokens, Token{QStringLiteral("x"), {}, NodeState::Current});
            const std::vector<int> list = shown();
            QVERIFY(list.size() >= 4 && list.size() < 60);
            QCOMPARE(list.back(), 59);
            QCOMPARE(list.front() == 0, kind == StripKind::Queue);
            for (const int token : list)
                QCOMPARE(strip.tokenAt(strip.rectOf(token).center()), token);
            for (std::size_t i = 1; i < list.size(); ++i)
                QVERIFY(!strip.rectOf(list[i]).intersects(strip.rectOf(list[i - 1])));
            QVERIFY(coloursOf(strip) > 4);
        }
        strip.resize(900, 300);
        strip.setTokens(StripKind::Row, tokens);
        QCOMPARE(shown().size(), std::size_t{60});
    }
};

QTEST_MAIN(TestGraph)
#include "tst_graph.moc"
