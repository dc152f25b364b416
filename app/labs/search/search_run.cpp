#include "app/labs/search/search_run.h"

#include <algorithm>
#include <fmt/format.h>

namespace orrery {

using search::FrontierSearch;

namespace {

constexpr std::size_t kMostCountedSteps = 400'000;

MethodCourse courseOf(const std::shared_ptr<const search::SearchSpace>& space, search::SearchMethod method) {
    MethodCourse course{.method = method};
    FrontierSearch run(space, method);
    const auto note = [&] {
        course.visits.push_back(static_cast<std::int32_t>(run.state().visits));
        course.waiting.push_back(static_cast<std::int32_t>(run.state().waiting().size()));
        course.widest.push_back(static_cast<std::int32_t>(run.state().widest));
    };
    note();
    while (!course.finished && course.visits.size() < kMostCountedSteps) {
        course.finished = run.step().status != StepStatus::Advanced;
        note();
    }
    if (run.state().found != search::kNone)
        course.pathEdges =
            static_cast<int>(run.pathTo(static_cast<std::uint32_t>(run.state().found)).size()) - 1;
    return course;
}

std::size_t bytesOf(const search::TreeCase& treeCase) {
    return sizeof(treeCase) + treeCase.tree.size() * sizeof(search::TreeNode);
}

} // namespace

Expected<search::WideTree> treeOf(const SearchKnobs& knobs, quint64 seed) {
    if (knobs.treeText.empty()) return search::makeTree(knobs.tree, seed);
    return search::parseTree(knobs.treeText);
}

Expected<search::Maze> mazeOf(const SearchKnobs& knobs, quint64 seed) {
    if (knobs.mazeText.empty())
        return search::randomMaze(knobs.mazeWidth, knobs.mazeHeight, knobs.loops, seed);
    std::string rows = knobs.mazeText;
    std::ranges::replace(rows, '/', '\n');
    auto maze = search::parseMaze(rows);
    if (maze && (maze->width > kMostMazeSide || maze->height > kMostMazeSide))
        return fail(fmt::format("The maze is {} × {}; {} × {} is the most.", maze->width, maze->height,
                                kMostMazeSide, kMostMazeSide));
    return maze;
}

QString SearchRun::nameOf(std::uint32_t node) const {
    if (!knobs.isMaze) return QString::number(tree.label[node]);
    const int column = static_cast<int>(node) % maze.width, row = static_cast<int>(node) / maze.width;
    QString letters(QChar(u'A' + column % 26));
    if (column >= 26) letters.prepend(QChar(u'A' + column / 26 - 1));
    return letters + QString::number(row + 1);
}

std::size_t SearchesState::stateBytes() const {
    std::size_t bytes = sizeof(*this);
    for (const FrontierSearch::State& state : each)
        bytes += state.stateBytes();
    return bytes;
}

std::size_t SearchRunSolver::State::stateBytes() const {
    if (const auto* searches = std::get_if<SearchesState>(&part)) return searches->stateBytes();
    const auto& hunt = std::get<HuntState>(part);
    std::size_t bytes = sizeof(*this) + (hunt.lastCase ? bytesOf(*hunt.lastCase) : 0);
    for (const auto* cases : {&hunt.shrinking.taken, &hunt.shrinking.candidates})
        for (const search::TreeCase& treeCase : *cases)
            bytes += bytesOf(treeCase);
    return bytes;
}

SearchRunSolver::SearchRunSolver(std::shared_ptr<const SearchRun> run) : m_run(std::move(run)) {
    const SearchKnobs& knobs = m_run->knobs;
    if (knobs.hunts()) {
        auto property = std::make_shared<search::Property<search::TreeCase>>();
        property->holds = [branches = knobs.branches](const search::TreeCase& treeCase) {
            return search::agreesWithScan(treeCase, branches);
        };
        property->smaller = search::smallerCases;
        m_hunt.emplace(std::move(property), search::randomCase,
                       search::HuntOptions{knobs.cases, m_run->seed, knobs.largest});
        return;
    }
    m_searches.emplace_back(m_run->space, knobs.method);
    if (knobs.compares()) m_searches.emplace_back(m_run->space, knobs.second);
    m_status.assign(m_searches.size(), StepStatus::Advanced);
}

StepResult SearchRunSolver::step() {
    return m_hunt ? m_hunt->step() : stepSearches();
}

// The first one's rounds are the ticks of the time line.
StepResult SearchRunSolver::stepSearches() {
    StepResult result{StepStatus::Exhausted, StepBoundary::None};
    bool anyFound = false;
    for (std::size_t i = 0; i < m_searches.size(); ++i) {
        if (m_status[i] == StepStatus::Advanced) {
            const StepResult taken = m_searches[i].step();
            m_status[i] = taken.status;
            if (i == 0) result.boundary = taken.boundary;
        }
        if (m_status[i] == StepStatus::Advanced) result.status = StepStatus::Advanced;
        anyFound = anyFound || m_status[i] == StepStatus::Converged;
    }
    if (result.status != StepStatus::Advanced && anyFound) result.status = StepStatus::Converged;
    return result;
}

SearchRunSolver::State SearchRunSolver::state() const {
    if (m_hunt) return {m_hunt->state()};
    SearchesState searches{{}, m_status};
    for (const FrontierSearch& search : m_searches)
        searches.each.push_back(search.state());
    return {std::move(searches)};
}

void SearchRunSolver::restore(const State& state) {
    if (m_hunt) return m_hunt->restore(std::get<HuntState>(state.part));
    const auto& searches = std::get<SearchesState>(state.part);
    m_status = searches.status;
    for (std::size_t i = 0; i < m_searches.size(); ++i)
        m_searches[i].restore(searches.each[i]);
}

std::vector<TraceColumn> SearchRunSolver::traceColumns() {
    return {{"waiting", "nodes", false},
            {"visited", "nodes", false},
            {"depth", "", false},
            {"tree", "nodes", false}};
}

/// In a hunt: the size of the smallest tree that fails, before that of the case, and how many were tried.
void SearchRunSolver::traceRow(std::span<double> row) const {
    std::ranges::fill(row, 0.0);
    if (!m_hunt) {
        std::array<double, 3> first{};
        m_searches.front().traceRow(first);
        row[0] = first[1], row[1] = first[0], row[2] = first[2];
        row[3] = static_cast<double>(m_run->space->nodes());
        return;
    }
    const HuntState& hunt = m_hunt->state();
    row[1] = static_cast<double>(hunt.drawn) + static_cast<double>(hunt.shrinking.tried);
    if (hunt.isBroken)
        row[3] = static_cast<double>(hunt.shrinking.taken.back().tree.size());
    else if (hunt.lastCase)
        row[3] = static_cast<double>(hunt.lastCase->tree.size());
}

Expected<SearchRunSolver> makeSearchRun(const SearchKnobs& knobs, quint64 seed) {
    auto run = std::make_shared<SearchRun>();
    run->knobs = knobs;
    run->seed = seed;
    if (knobs.hunts()) return SearchRunSolver(std::move(run));
    if (knobs.isMaze) {
        auto maze = mazeOf(knobs, seed);
        if (!maze) return tl::unexpected(maze.error());
        run->maze = *std::move(maze);
        run->isEdited = !knobs.mazeText.empty();
        run->space = std::make_shared<const search::SearchSpace>(search::spaceOf(run->maze));
    } else {
        auto tree = treeOf(knobs, seed);
        if (!tree) return tl::unexpected(tree.error());
        run->tree = *std::move(tree);
        run->isEdited = !knobs.treeText.empty();
        run->layout = layoutTree(run->tree.parent);
        run->space = std::make_shared<const search::SearchSpace>(
            search::spaceOf(run->tree, search::nodeLabelled(run->tree, knobs.target)));
    }
    for (std::size_t i = 0; i < run->courses.size(); ++i)
        run->courses[i] = courseOf(run->space, search::kSearchMethods[i]);
    return SearchRunSolver(std::move(run));
}

} // namespace orrery
