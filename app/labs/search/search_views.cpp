#include "app/labs/search/search_views.h"

#include "app/labs/search/views/beside_view.h"
#include "app/labs/search/views/hunt_view.h"
#include "app/labs/search/views/property_code.h"

namespace orrery {

namespace {
const QString kSearch = QStringLiteral("search");
const QString kBeside = QStringLiteral("beside");
const QString kOrder = QStringLiteral("order");
const QString kCounters = QStringLiteral("counters");
const QString kHunt = QStringLiteral("hunt");
const QString kChain = QStringLiteral("shrinking");
const QString kCode = QStringLiteral("property");
} // namespace

SearchViews::SearchViews(QObject* parent)
    : QObject(parent)
    , m_search(new SearchPanel)
    , m_beside(new BesideView)
    , m_order(new TokenStrip)
    , m_counters(new NumberTable)
    , m_hunt(new HuntView)
    , m_chain(new ChainView)
    , m_code(new PropertyCode) {
    m_shelf.add(kSearch, tr("Search"), m_search);
    m_shelf.add(kBeside, tr("Two searches"), m_beside);
    m_shelf.add(kOrder, tr("Visited order"), m_order);
    m_shelf.add(kCounters, tr("Counters"), m_counters);
    m_shelf.add(kHunt, tr("Hunt for a counterexample"), m_hunt);
    m_shelf.add(kChain, tr("Shrinking"), m_chain);
    m_shelf.add(kCode, tr("The property"), m_code);
    m_order->setPlaceholder(tr("Nothing has been visited yet."));
    m_order->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_counters->setPlaceholder(tr("Counting…"));
    link(m_search);
    link(m_beside->panel(0));
    link(m_beside->panel(1));
    connect(m_code, &PropertyCode::operatorToggled, this, &SearchViews::operatorToggled);
}

void SearchViews::link(SearchPanel* panel) {
    connect(panel, &SearchPanel::nodeClicked, this, &SearchViews::nodeClicked);
    connect(panel, &SearchPanel::addRequested, this, &SearchViews::addRequested);
    connect(panel, &SearchPanel::removeRequested, this, &SearchViews::removeRequested);
    connect(panel, &SearchPanel::wallsDrawn, this, &SearchViews::wallsDrawn);
}

std::vector<StageView> SearchViews::arrangement(const SearchKnobs& knobs) const {
    if (knobs.hunts()) return m_shelf.stage({kHunt, kChain, kCode});
    return m_shelf.stage({knobs.compares() ? kBeside : kSearch, kOrder, kCounters});
}

QString SearchViews::subtitleOf(const QString& id) const {
    if (id == kOrder) return m_orderWords;
    if (id == kCounters) return tr("so far; pale: at the end");
    if (id == kHunt) return m_hunt->summary();
    if (id == kChain) return m_chainWords;
    if (id == kCode) return m_codeWords;
    return m_structureWords;
}

void SearchViews::showState(const std::shared_ptr<const SearchRun>& run, const SearchRunSolver::State& state,
                            const TransportState& transport) {
    if (const auto* hunt = std::get_if<SearchRunSolver::HuntState>(&state.part))
        showHunt(*run, *hunt, transport.atEnd());
    else
        showSearches(run, std::get<SearchesState>(state.part), transport.index, !transport.playing);
}

void SearchViews::showSearches(const std::shared_ptr<const SearchRun>& run, const SearchesState& states,
                               std::int64_t index, bool animate) {
    const SearchState& first = states.each.front();
    m_taken = first.takenAs == search::TakenAs::Nothing ? -1 : static_cast<int>(first.taken.node);
    if (run->knobs.compares()) {
        m_beside->showStates(run, states, animate);
        m_structureWords =
            tr("step for step on the same %1").arg(run->knobs.isMaze ? tr("maze") : tr("tree"));
    } else {
        m_search->showState(run, first, run->knobs.method, {}, animate);
        const auto label = search::labelOf(run->knobs.method);
        m_structureWords = QString::fromUtf8(label.data(), static_cast<qsizetype>(label.size()));
        m_structureWords += run->knobs.isMaze ? tr(" · click: goal, drag: walls")
                                              : tr(" · click: target, Shift: add a child");
    }
    m_order->setTokens(StripKind::Row, orderTokens(*run, first));
    m_orderWords = tr("%1 so far").arg(first.order.size());
    if (run->knobs.method == search::SearchMethod::IterativeDeepening)
        m_orderWords = tr("%1 in the round with limit %2").arg(first.order.size()).arg(first.limit);
    CounterPicture counters = counterPicture(*run, index);
    m_counters->setTable(std::move(counters.columns), std::move(counters.rows));
}

void SearchViews::showHunt(const SearchRun& run, const SearchRunSolver::HuntState& state, bool isAtEnd) {
    m_taken = -1;
    m_hunt->showState(run, state, isAtEnd);
    m_chain->setCases(state.shrinking.taken, run.knobs.branches);
    m_code->setOperator(run.knobs.branches);
    m_chainWords = state.isBroken ? tr("every case that failed") : tr("begins with the first failing case");
    m_codeWords =
        run.knobs.branches == search::Operator::And ? tr("click && to mend it") : tr("click || to mutate it");
}

void SearchViews::highlightMark(const QString& mark) {
    const int node = mark.isEmpty() ? -1 : m_taken;
    m_search->setMarked(node);
    m_beside->panel(0)->setMarked(node);
}

} // namespace orrery
