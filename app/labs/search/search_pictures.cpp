#include "app/labs/search/search_pictures.h"

#include "widgets/plot/number_format.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace orrery {

using search::kNone;
using search::SearchMethod;
using search::TakenAs;

namespace {

constexpr std::size_t kMostNotes = 80; ///< nodes whose visit is numbered beside them

QString say(const char* text) {
    return QCoreApplication::translate("orrery::SearchPictures", text);
}
QString count(double value) {
    return fixedNumber(value, 0);
}
std::size_t at(std::int32_t node) {
    return static_cast<std::size_t>(node);
}

/// What the search has done with every node. Those of deepening that stand at the limit with something below
/// are cut off.
std::vector<NodeState> statesOf(const SearchRun& run, const SearchState& state, SearchMethod method) {
    std::vector<NodeState> states(run.space->nodes(), NodeState::Unseen);
    for (std::size_t node = 0; node < states.size(); ++node) {
        if (state.depth[node] == kNone) continue;
        const bool isCut =
            method == SearchMethod::IterativeDeepening && state.depth[node] == state.limit &&
            std::ranges::any_of(run.space->of(static_cast<std::uint32_t>(node)),
                                [&](std::uint32_t next) { return state.depth[next] == kNone; });
        states[node] = isCut ? NodeState::Rejected : NodeState::Visited;
    }
    for (const search::FrontierNode& waiting : state.waiting())
        if (state.depth[waiting.node] == kNone) states[waiting.node] = NodeState::Frontier;
    if (state.takenAs != TakenAs::Nothing && state.takenAs != TakenAs::Stale)
        states[state.taken.node] = NodeState::Current;
    return states;
}

/// From the start to what was found; empty before.
std::vector<int> pathOf(const SearchState& state) {
    std::vector<int> path;
    for (std::int32_t node = state.found; node != kNone; node = state.parent[at(node)])
        path.push_back(node);
    std::ranges::reverse(path);
    return path;
}

Token tokenOf(const SearchRun& run, std::uint32_t node, NodeState state) {
    Token token{run.nameOf(node), {}, state};
    token.isTarget = run.space->wanted[node] != 0;
    return token;
}

} // namespace

QString containerOf(SearchMethod method) {
    return method == SearchMethod::BreadthFirst ? say("queue") : say("stack");
}

GraphPicture treePicture(const SearchRun& run, const SearchState& state, SearchMethod method) {
    GraphPicture picture = pictureOf(run.layout, run.tree.parent);
    const std::vector<NodeState> states = statesOf(run, state, method);
    for (std::size_t node = 0; node < states.size(); ++node) {
        picture.nodes[node].label = run.nameOf(static_cast<std::uint32_t>(node));
        picture.nodes[node].state = states[node];
        picture.nodes[node].isTarget = run.space->wanted[node] != 0;
    }
    if (states.size() <= kMostNotes)
        for (std::size_t i = 0; i < state.order.size(); ++i)
            picture.nodes[state.order[i]].note = QString::number(i + 1);
    const std::vector<int> path = pathOf(state);
    for (const int node : path)
        picture.nodes[at(node)].state = NodeState::Found;
    for (GraphEdge& edge : picture.edges) {
        const bool onPath = std::ranges::find(path, edge.to) != path.end();
        edge.state = onPath                              ? EdgeState::Path
                     : state.depth[at(edge.to)] != kNone ? EdgeState::Taken
                                                         : EdgeState::Plain;
    }
    if (method == SearchMethod::IterativeDeepening && state.limit + 1 < run.layout.levels)
        picture.rules.push_back({state.limit + 0.5, say("limit %1").arg(state.limit)});
    return picture;
}

GridPicture mazePicture(const SearchRun& run, const SearchState& state) {
    GridPicture picture;
    picture.columns = run.maze.width;
    picture.rows = run.maze.height;
    picture.walls = run.maze.walls;
    picture.start = run.maze.start;
    picture.goal = run.maze.goal;
    picture.states = statesOf(run, state, SearchMethod::BreadthFirst);
    picture.path = pathOf(state);
    const std::int32_t deepest = std::max(1, *std::ranges::max_element(state.depth));
    picture.shades.reserve(state.depth.size());
    for (const std::int32_t depth : state.depth)
        picture.shades.push_back(static_cast<float>(std::max(depth, 0)) / static_cast<float>(deepest));
    return picture;
}

FrontierPicture frontierPicture(const SearchRun& run, const SearchState& state, SearchMethod method) {
    FrontierPicture picture;
    const bool isQueue = method == SearchMethod::BreadthFirst;
    picture.kind = isQueue ? StripKind::Queue : StripKind::Stack;
    const bool pushed = state.takenAs == TakenAs::Visited;
    for (const search::FrontierNode& waiting : state.waiting()) {
        Token token = tokenOf(run, waiting.node, NodeState::Frontier);
        token.isNew = pushed && waiting.parent == static_cast<std::int32_t>(state.taken.node) &&
                      waiting.depth == state.taken.depth + 1;
        picture.tokens.push_back(std::move(token));
        picture.nodes.push_back(waiting.node);
    }
    if (state.takenAs != TakenAs::Nothing)
        picture.taken = tokenOf(run, state.taken.node,
                                state.takenAs == TakenAs::Stale   ? NodeState::Rejected
                                : state.takenAs == TakenAs::Found ? NodeState::Found
                                                                  : NodeState::Current);
    picture.caption =
        say("%1 · %2 waiting, most so far %3")
            .arg(isQueue ? say("Queue") : say("Stack"), count(static_cast<double>(picture.tokens.size())),
                 count(static_cast<double>(state.widest)));
    if (method == SearchMethod::IterativeDeepening)
        picture.caption += say(" · depth limit %1").arg(state.limit);
    return picture;
}

std::vector<Token> orderTokens(const SearchRun& run, const SearchState& state) {
    std::vector<Token> tokens;
    for (const std::uint32_t node : state.order)
        tokens.push_back(tokenOf(run, node, NodeState::Visited));
    if (!tokens.empty() && state.found != kNone)
        tokens.back().state = NodeState::Found;
    else if (!tokens.empty() && state.takenAs != TakenAs::Nothing && state.takenAs != TakenAs::Stale)
        tokens.back().state = NodeState::Current;
    return tokens;
}

CounterPicture counterPicture(const SearchRun& run, std::int64_t step) {
    CounterPicture picture;
    const SearchKnobs& knobs = run.knobs;
    constexpr int kCategories[] = {0, 4, 2}; // away from brass
    for (std::size_t i = 0; i < run.courses.size(); ++i) {
        const SearchMethod method = run.courses[i].method;
        const bool isNow = method == knobs.method || (knobs.compares() && method == knobs.second);
        constexpr const char* kShort[] = {"BFS", "DFS", "Deepening"};
        picture.columns.push_back({say(kShort[i]), kCategories[i], isNow});
    }
    const auto row = [&](const QString& label, const std::vector<std::int32_t> MethodCourse::*counter) {
        FigureRow line{label, {}, {}, false};
        double most = 1.0;
        for (const MethodCourse& course : run.courses)
            most = std::max<double>(most, (course.*counter).back());
        const auto share = [&](double value) { return std::log1p(value) / std::log1p(most); };
        for (const MethodCourse& course : run.courses) {
            const auto& values = course.*counter;
            const std::int32_t now =
                values[std::min<std::size_t>(static_cast<std::size_t>(step), values.size() - 1)];
            line.cells.push_back({count(now), share(now), share(values.back()), false});
        }
        picture.rows.push_back(std::move(line));
    };
    row(say("Nodes expanded"), &MethodCourse::visits);
    row(say("Waiting now"), &MethodCourse::waiting);
    row(say("Most waiting"), &MethodCourse::widest);
    FigureRow path{say("Way found"), say("edges"), {}, false};
    FigureRow all{say("Expanded in all"), {}, {}, false};
    std::int32_t fewest = std::numeric_limits<std::int32_t>::max();
    for (const MethodCourse& course : run.courses)
        fewest = std::min(fewest, course.visits.back());
    for (const MethodCourse& course : run.courses) {
        path.cells.push_back({course.pathEdges < 0 ? QString() : count(course.pathEdges)});
        all.cells.push_back(
            {count(course.visits.back()) + (course.finished ? QString() : QStringLiteral("+")), -1.0, -1.0,
             course.visits.back() == fewest});
    }
    picture.rows.push_back(std::move(all));
    picture.rows.push_back(std::move(path));
    return picture;
}

QString describeNode(const SearchRun& run, const SearchState& state, std::uint32_t node) {
    QString text = (run.knobs.isMaze ? say("cell %1") : say("node %1")).arg(run.nameOf(node));
    if (run.knobs.isMaze && run.maze.walls[node]) return text + say(" · wall");
    if (run.space->wanted[node]) text += say(" · wanted");
    if (state.depth[node] != kNone) {
        const auto visit = std::ranges::find(state.order, node);
        text += say(" · depth %1").arg(state.depth[node]);
        if (visit != state.order.end())
            text += say(" · visit %1").arg(count(visit - state.order.begin() + 1.0));
        return text;
    }
    const auto waits = state.waiting();
    const bool isWaiting =
        std::ranges::any_of(waits, [&](const auto& waiting) { return waiting.node == node; });
    return text + (isWaiting ? say(" · waiting") : say(" · not seen yet"));
}

bool contains(const search::TreeCase& treeCase) {
    return std::ranges::any_of(treeCase.tree.nodes,
                               [&](const search::TreeNode& node) { return node.value == treeCase.wanted; });
}

// A lone child stands at its own side: the place of the other one stays free.
GraphPicture casePicture(const search::TreeCase& treeCase, search::Operator branches) {
    const auto& nodes = treeCase.tree.nodes;
    if (nodes.empty()) return {};
    std::vector<int> parent{-1}, nodeOf{0};
    for (std::size_t i = 0; i < nodeOf.size(); ++i) {
        if (nodeOf[i] < 0) continue;
        const search::TreeNode& node = nodes[static_cast<std::size_t>(nodeOf[i])];
        if (node.left == kNone && node.right == kNone) continue;
        for (const std::int32_t child : {node.left, node.right}) {
            parent.push_back(static_cast<int>(i));
            nodeOf.push_back(child);
        }
    }
    search::RecursiveSearch search(std::make_shared<const search::TreeCase>(treeCase), branches);
    (void)solve(search);
    GraphPicture picture = pictureOf(layoutTree(parent), parent);
    for (std::size_t i = 0; i < nodeOf.size(); ++i) {
        GraphNode& drawn = picture.nodes[i];
        drawn.isHidden = nodeOf[i] < 0;
        if (drawn.isHidden) continue;
        const search::TreeNode& node = nodes[static_cast<std::size_t>(nodeOf[i])];
        const search::Truth truth = search.state().returned[static_cast<std::size_t>(nodeOf[i])];
        drawn.label = fixedNumber(node.value, 0);
        drawn.isTarget = node.value == treeCase.wanted;
        drawn.note = truth == search::Truth::Unknown ? QString()
                     : truth == search::Truth::True  ? say("T")
                                                     : say("F");
        drawn.state = truth == search::Truth::Unknown ? NodeState::Unseen
                      : truth == search::Truth::True  ? NodeState::Found
                                                      : NodeState::Visited;
    }
    for (GraphEdge& edge : picture.edges)
        if (picture.nodes[at(edge.to)].state != NodeState::Unseen) edge.state = EdgeState::Taken;
    return picture;
}

QString verdictOf(const search::TreeCase& treeCase, search::Operator branches) {
    const bool isThere = contains(treeCase), holds = search::agreesWithScan(treeCase, branches);
    return say("search %1 t = %2, %1 %3 t")
        .arg(QString::number(treeCase.wanted), isThere == holds ? say("True") : say("False"),
             isThere ? QStringLiteral("∈") : QStringLiteral("∉"));
}

} // namespace orrery
