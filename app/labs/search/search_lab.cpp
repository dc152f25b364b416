#include "app/labs/search/search_lab.h"

#include "app/labs/search/search_narration.h"
#include "widgets/plot/number_format.h"

namespace orrery {

namespace {

const QString kTakesNoTable =
    QStringLiteral("Tree search takes no table: it keeps its tree or maze, and reads one from a text file.");

QString count(double value) {
    return fixedNumber(value, 0);
}

} // namespace

LabInfo searchLabInfo() {
    return {.id = QStringLiteral("search"),
            .title = QStringLiteral("Tree search"),
            .category = QStringLiteral("Search"),
            .summary =
                QStringLiteral("Breadth first, depth first and deepening: the queue or the stack is all the "
                               "difference; and a property that catches a slip and shrinks it."),
            .icon = Icon::TreeSearch,
            .startScene = QStringLiteral("search-breadth"),
            .make = [] { return std::make_unique<SearchLab>(); },
            .usable = {},
            .proposeRoles = {},
            .takesNoTable = kTakesNoTable,
            .valuesForFile = searchValuesForFile};
}

SearchLab::SearchLab() : m_info(searchLabInfo()) {
    linkViews();
}

void SearchLab::linkViews() {
    connect(&m_views, &SearchViews::nodeClicked, this, [this](int node, Qt::KeyboardModifiers modifiers) {
        if (!run() || run()->hunts()) return;
        const auto at = static_cast<std::uint32_t>(node);
        if (!(modifiers & Qt::ShiftModifier))
            propose(withTarget(*run(), m_values, at));
        else if (m_knobs.isMaze)
            propose(withStart(*run(), m_values, at));
        else
            propose(withAdded(*run(), m_values, at));
    });
    connect(&m_views, &SearchViews::addRequested, this, [this](int node) {
        if (run() && !m_knobs.isMaze) propose(withAdded(*run(), m_values, static_cast<std::uint32_t>(node)));
    });
    connect(&m_views, &SearchViews::removeRequested, this, [this](int node) {
        if (run() && !m_knobs.isMaze)
            propose(withRemoved(*run(), m_values, static_cast<std::uint32_t>(node)));
    });
    connect(&m_views, &SearchViews::wallsDrawn, this, [this](const std::vector<int>& cells, bool isWall) {
        if (run() && m_knobs.isMaze) propose(withWalls(*run(), m_values, cells, isWall));
    });
    connect(&m_views, &SearchViews::operatorToggled, this, [this] {
        ParameterValues values = m_values;
        values["mutation"] = m_knobs.branches == search::Operator::Or;
        Q_EMIT valuesEdited(values, "mutation");
    });
}

// The window makes it an edit that can be undone, and comes back with setParameters().
void SearchLab::propose(const SearchEdited& edit) {
    if (edit)
        Q_EMIT valuesEdited(edit->values, edit->id);
    else
        Q_EMIT failed(QString::fromStdString(edit.error().message));
}

Expected<void> SearchLab::setDataset(std::shared_ptr<const data::Dataset>) {
    return fail(kTakesNoTable.toStdString());
}

Expected<void> SearchLab::open(std::shared_ptr<const data::Dataset> dataset, const ParameterValues& values,
                               quint64 seed, SessionStart start) {
    m_dataset = std::move(dataset);
    m_values = values;
    m_seed = seed;
    m_editedAt.clear();
    m_knobs = searchKnobs(values);
    m_runs.start(factory(), start);
    Q_EMIT parameterSpecsChanged();
    Q_EMIT stageChanged();
    return {};
}

// Another size or depth is wanted: what was edited by hand has neither, so a new tree or maze is made.
void SearchLab::setParameters(const ParameterValues& values) {
    const SearchKnobs before = m_knobs;
    m_values = values;
    m_knobs = searchKnobs(values);
    const bool isSameText = m_knobs.treeText == before.treeText && m_knobs.mazeText == before.mazeText;
    if (m_knobs.shapeKey() != before.shapeKey() && isSameText) {
        m_values.erase(m_knobs.isMaze ? "maze" : "tree");
        m_knobs = searchKnobs(m_values);
    }
    if (m_knobs.runKey() == before.runKey()) return;
    // Another tree is another run; a walk that goes on after a wall was built is the same one.
    m_runs.restartInPlace(factory());
    if (m_knobs.view != before.view) Q_EMIT stageChanged();
}

// A tree that was edited belongs to its seed: it comes back with it.
void SearchLab::swapEditedShapes(quint64 seed) {
    ParameterValues edited;
    for (const char* id : {"tree", "maze"})
        if (const auto found = m_values.find(id); found != m_values.end()) {
            edited.insert(*found);
            m_values.erase(found);
        }
    m_editedAt.erase(m_seed);
    if (!edited.empty()) m_editedAt[m_seed] = std::move(edited);
    if (const auto before = m_editedAt.find(seed); before != m_editedAt.end())
        for (const auto& value : before->second)
            m_values.insert(value);
}

void SearchLab::setSeed(quint64 seed) {
    swapEditedShapes(seed);
    m_seed = seed;
    m_knobs = searchKnobs(m_values);
    m_runs.restartInPlace(factory());
    Q_EMIT parametersChanged();
}

SearchLab::Runs::LabSession::Factory SearchLab::factory() const {
    return [knobs = m_knobs, seed = m_seed] { return makeSearchRun(knobs, seed); };
}

void SearchLab::show(const std::shared_ptr<const SnapshotBase>& base) {
    const auto news = m_runs.take(base);
    if (news.refusal) refused(*news.refusal);
    if (!news.isShown) return;
    const auto& snapshot = *m_runs.snapshot();
    m_views.showState(run(), *snapshot.state, snapshot.transport);
    m_narration = narrateSearch(*run(), *snapshot.state, snapshot.transport);
    if (news.isNewRun) Q_EMIT dataWordsChanged();
    Q_EMIT subtitlesChanged();
    Q_EMIT narrationChanged();
}

// The tree that stands stays; what was typed stands in the form, to be mended.
void SearchLab::refused(const Error& error) {
    const QString sentence = QString::fromStdString(error.message);
    Q_EMIT failed(sentence);
    Q_EMIT valuesRefused(sentence);
}

QString SearchLab::dataInWords() const {
    if (!run()) return {};
    if (run()->hunts()) return tr("random trees of up to %1 nodes").arg(run()->knobs.largest);
    if (run()->knobs.isMaze) {
        const auto free = std::ranges::count(run()->maze.walls, 0);
        return tr("%1 · %2 × %3 · %4 free cells")
            .arg(run()->isEdited ? tr("maze by hand") : tr("random maze"))
            .arg(run()->maze.width)
            .arg(run()->maze.height)
            .arg(count(static_cast<double>(free)));
    }
    const bool isComplete = run()->knobs.tree.shape == search::TreeShape::Complete;
    return tr("%1 · %2 nodes · %3 levels")
        .arg(run()->isEdited ? tr("tree by hand")
             : isComplete    ? tr("complete tree")
                             : tr("random tree"),
             count(static_cast<double>(run()->tree.size())))
        .arg(run()->layout.levels);
}

TraceChoice SearchLab::trace() const {
    return m_knobs.hunts() ? TraceChoice{QStringLiteral("tree"), tr("Nodes of the failing tree")}
                           : TraceChoice{QStringLiteral("waiting"), tr("Waiting")};
}

QString SearchLab::timeLabel(const TransportState& transport) const {
    if (!run() || !m_runs.snapshot() || !m_runs.snapshot()->state) return tr("step");
    const QString index = count(static_cast<double>(transport.index));
    if (const auto* hunt = std::get_if<SearchRunSolver::HuntState>(&m_runs.snapshot()->state->part)) {
        if (!hunt->isBroken) return tr("case %1").arg(hunt->drawn);
        return tr("candidate %1, %2 kept").arg(hunt->shrinking.tried).arg(hunt->shrinking.taken.size() - 1);
    }
    const SearchState& first = std::get<SearchesState>(m_runs.snapshot()->state->part).each.front();
    if (run()->knobs.method == search::SearchMethod::IterativeDeepening && !run()->knobs.compares())
        return tr("limit %1, step %2").arg(first.limit).arg(index);
    if (!transport.ended) return tr("step %1").arg(index);
    return tr("step %1 of %2").arg(index, count(static_cast<double>(transport.furthest)));
}

void SearchLab::waitForViews() {
    m_runs.session()->waitUntilIdle();
    if (const auto snapshot = m_runs.session()->latestSnapshot()) show(snapshot);
}

std::vector<KeyGroup> SearchLab::keys() const {
    const QString choose = tr("Choose"), onwards = tr("On from there"), letGo = tr("Let go");
    const QStringList order{tr(","), tr(".")}, arrows{tr("Alt+Arrows")}, escape{tr("Esc")};
    const KeyGroup view{
        tr("Nearer, in a tree (Tab)"),
        {{tr("Zoom, all of it"), {tr("+"), tr("−"), tr("0")}}, {tr("Pan"), {tr("Alt+Shift+Arrows")}}}};
    if (m_knobs.hunts()) return {{tr("On the property (Tab)"), {{tr("|| or &&"), {tr("Enter")}}}}, view};
    if (m_knobs.isMaze)
        return {{tr("On the maze (Tab)"),
                 {{choose, order},
                  {onwards, arrows},
                  {tr("Goal here, or none"), {tr("Enter")}},
                  {tr("Start here"), {tr("Shift+Enter")}},
                  {tr("Draw a wall, take it away"), {tr("Ins"), tr("Del")}},
                  {letGo, escape}}}};
    return {{tr("On the tree (Tab)"),
             {{choose, order},
              {onwards, arrows},
              {tr("Wanted here, or nothing"), {tr("Enter")}},
              {tr("Add a child, remove the node"), {tr("Ins"), tr("Del")}},
              {letGo, escape}}},
            view};
}

/// Visits in their order; in a hunt the failing cases.
QString SearchLab::resultAsCsv() const {
    if (!run() || !m_runs.snapshot() || !m_runs.snapshot()->state) return {};
    const auto& part = m_runs.snapshot()->state->part;
    if (const auto* hunt = std::get_if<SearchRunSolver::HuntState>(&part)) {
        QString csv = QStringLiteral("failing,nodes,wanted,tree\n");
        for (std::size_t i = 0; i < hunt->shrinking.taken.size(); ++i) {
            const search::TreeCase& taken = hunt->shrinking.taken[i];
            csv += QStringLiteral("%1,%2,%3,%4\n")
                       .arg(i + 1)
                       .arg(taken.tree.size())
                       .arg(taken.wanted)
                       .arg(QString::fromStdString(search::toText(taken.tree)));
        }
        return csv;
    }
    const SearchState& state = std::get<SearchesState>(part).each.front();
    QString csv = QStringLiteral("visit,node,parent,depth\n");
    for (std::size_t i = 0; i < state.order.size(); ++i) {
        const std::uint32_t node = state.order[i];
        const std::int32_t above = state.parent[node];
        csv += QStringLiteral("%1,%2,%3,%4\n")
                   .arg(i + 1)
                   .arg(run()->nameOf(node),
                        above == search::kNone ? QString() : run()->nameOf(static_cast<std::uint32_t>(above)))
                   .arg(state.depth[node]);
    }
    return csv;
}

} // namespace orrery
