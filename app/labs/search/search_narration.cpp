#include "app/labs/search/search_narration.h"

#include "app/labs/search/search_pictures.h"
#include "widgets/narration/formula.h"
#include "widgets/plot/number_format.h"

#include <QCoreApplication>

namespace orrery {

using search::SearchMethod;
using search::TakenAs;

namespace {

QString say(const char* text) {
    return QCoreApplication::translate("orrery::SearchNarration", text);
}
QString count(double value) {
    return fixedNumber(value, 0);
}

/// "4, 5 and 6"; the first few of many.
QString listed(const SearchRun& run, const std::vector<std::uint32_t>& nodes) {
    constexpr std::size_t kMost = 4;
    QStringList names;
    for (std::size_t i = 0; i < std::min(nodes.size(), kMost); ++i)
        names << run.nameOf(nodes[i]);
    if (nodes.size() > kMost)
        return names.join(QStringLiteral(", ")) + say(" and %1 more").arg(nodes.size() - kMost);
    if (names.size() < 2) return names.join(QString());
    const QString last = names.takeLast();
    return names.join(QStringLiteral(", ")) + say(" and ") + last;
}

/// What this step put in, in the order of the container.
std::vector<std::uint32_t> pushedBy(const SearchState& state) {
    std::vector<std::uint32_t> pushed;
    if (state.takenAs != TakenAs::Visited) return pushed;
    for (const search::FrontierNode& waiting : state.waiting())
        if (waiting.parent == static_cast<std::int32_t>(state.taken.node) &&
            waiting.depth == state.taken.depth + 1)
            pushed.push_back(waiting.node);
    return pushed;
}

QString thing(const SearchRun& run) {
    return run.knobs.isMaze ? say("cell") : say("node");
}

QString cameOut(const SearchRun& run, const SearchState& state, SearchMethod method) {
    const QString name = run.nameOf(state.taken.node);
    return method == SearchMethod::BreadthFirst
               ? say("%1 came out of the front of the queue: of all that wait, it has waited longest.")
                     .arg(name)
               : say("%1 came off the top of the stack: of all that wait, it was put there last.").arg(name);
}

// waiting: 4 − 1 + 2 = 5
void addBalance(Narration& why, const SearchState& state, std::size_t pushed) {
    const auto now = static_cast<double>(state.waiting().size());
    why.formula = {plainTerm(say("waiting  %1").arg(count(now + 1.0 - static_cast<double>(pushed)))),
                   markedTerm(say(" − 1"), QStringLiteral("taken")),
                   markedTerm(say(" + %1").arg(pushed), QStringLiteral("pushed")),
                   plainTerm(QStringLiteral(" = ")), resultTerm(count(now))};
}

Narration ofVisit(const SearchRun& run, const SearchState& state, SearchMethod method) {
    Narration why;
    const std::vector<std::uint32_t> pushed = pushedBy(state);
    why.sentence = cameOut(run, state, method);
    addBalance(why, state, pushed.size());
    if (state.takenAs == TakenAs::CutOff) {
        why.afterword = say("Depth %1 is the limit of this round: what lies below is left for the next one.")
                            .arg(state.limit);
        return why;
    }
    if (pushed.empty()) {
        why.afterword =
            run.knobs.isMaze ? say("No neighbour is new: a dead end.") : say("It has no children: a leaf.");
        return why;
    }
    if (method == SearchMethod::BreadthFirst) {
        why.afterword = say("%1 went in at the back: all of depth %2 comes out before them.")
                            .arg(listed(run, pushed))
                            .arg(state.taken.depth);
        return why;
    }
    const std::vector<std::uint32_t> fromTop(pushed.rbegin(), pushed.rend());
    why.afterword = say("%1 went on top, %2 uppermost: it is next, before all that waited already.")
                        .arg(listed(run, fromTop), run.nameOf(fromTop.front()));
    return why;
}

Narration ofFound(const SearchRun& run, const SearchState& state, SearchMethod method) {
    Narration why;
    std::vector<std::uint32_t> path;
    for (std::int32_t node = state.found; node != search::kNone;
         node = state.parent[static_cast<std::size_t>(node)])
        path.insert(path.begin(), static_cast<std::uint32_t>(node));
    why.sentence = say("%1 is what was wanted: found after %2 visits.")
                       .arg(run.nameOf(static_cast<std::uint32_t>(state.found)),
                            count(static_cast<double>(state.visits)));
    why.formula = {plainTerm(say("way of ")), resultTerm(say("%1 edges").arg(path.size() - 1))};
    why.afterword = method == SearchMethod::DepthFirst
                        ? say("Depth first does not look for a short way: another one may be shorter.")
                        : say("No way is shorter: everything nearer was visited before.");
    return why;
}

Narration ofEmpty(const SearchRun& run, const SearchState& state, SearchMethod method, bool isAtEnd) {
    Narration why;
    const QString container = containerOf(method);
    if (!isAtEnd && method == SearchMethod::IterativeDeepening && state.limit > 0) {
        why.sentence =
            say("Nothing was found down to depth %1, and something was cut off: the search begins again with "
                "limit %2.")
                .arg(state.limit - 1)
                .arg(state.limit);
        why.afterword =
            say("The levels above are walked once more. That is cheap where the last level is the widest.");
        return why;
    }
    if (!isAtEnd) {
        why.sentence =
            say("Only the start waits in the %1. Each step takes one %2 out and puts its %3 in.")
                .arg(container, thing(run), run.knobs.isMaze ? say("free neighbours") : say("children"));
        return why;
    }
    const bool anyWanted = std::ranges::find(run.space->wanted, 1) != run.space->wanted.end();
    why.sentence =
        anyWanted ? say("The %1 is empty, and what was wanted was not reached: there is no way to it.")
                        .arg(container)
        : run.knobs.target > 0 && !run.knobs.isMaze
            ? say("The %1 is empty: no node has the label %2.").arg(container).arg(run.knobs.target)
            : say("The %1 is empty: everything that can be reached was visited.").arg(container);
    why.formula = {resultTerm(count(static_cast<double>(state.visits))), plainTerm(say(" visits"))};
    return why;
}

Narration ofSearch(const SearchRun& run, const SearchState& state, SearchMethod method, bool isAtEnd) {
    switch (state.takenAs) {
    case TakenAs::Found:
        return ofFound(run, state, method);
    case TakenAs::Visited:
    case TakenAs::CutOff:
        return ofVisit(run, state, method);
    case TakenAs::Stale: {
        Narration why;
        why.sentence = say("%1 was reached from another side while it waited: it is dropped.")
                           .arg(run.nameOf(state.taken.node));
        addBalance(why, state, 0);
        return why;
    }
    case TakenAs::Nothing:
        break;
    }
    return ofEmpty(run, state, method, isAtEnd);
}

/// search 5 t = False ≠ True = elem 5 t
void addComparison(Narration& why, const search::TreeCase& treeCase, search::Operator branches) {
    const bool isThere = contains(treeCase), holds = search::agreesWithScan(treeCase, branches);
    const auto truth = [](bool value) { return value ? say("True") : say("False"); };
    why.formula = {plainTerm(say("search %1 t = ").arg(treeCase.wanted)), plainTerm(truth(isThere == holds)),
                   resultTerm(holds ? QStringLiteral(" = ") : QStringLiteral(" ≠ ")),
                   plainTerm(truth(isThere) + say(" = elem %1 t").arg(treeCase.wanted))};
}

Narration ofShrinking(const SearchRun& run, const search::ShrinkState<search::TreeCase>& state,
                      bool isAtEnd) {
    Narration why;
    const search::Operator branches = run.knobs.branches;
    if (isAtEnd) {
        const search::TreeCase& smallest = state.taken.back();
        why.sentence = say("No candidate is left that fails: this is a smallest counterexample.");
        addComparison(why, smallest, branches);
        why.afterword =
            say("%1 candidates were tried, %2 kept. The value stands in one branch only, and && asks for "
                "it in both.")
                .arg(state.tried)
                .arg(state.taken.size() - 1);
        return why;
    }
    const search::TreeCase& candidate =
        state.lastFailed ? state.taken.back() : state.candidates[state.next - 1];
    addComparison(why, candidate, branches);
    if (state.lastFailed) {
        why.sentence = say("This smaller case fails as well: it is kept, and the search goes on from it.");
        why.afterword =
            say("It has %1 smaller candidates of its own: subtrees, the tree without one, a child in its "
                "parent's place, smaller values.")
                .arg(state.candidates.size());
    } else {
        why.sentence =
            say("This smaller case holds: what makes the other one fail is gone from it. Rejected.");
    }
    return why;
}

Narration ofHunt(const SearchRun& run, const SearchRunSolver::HuntState& state, bool isAtEnd) {
    if (state.isBroken && (state.shrinking.tried > 0 || isAtEnd))
        return ofShrinking(run, state.shrinking, isAtEnd);
    Narration why;
    if (!state.lastCase) {
        why.sentence =
            say("%1 random trees are tried. The property: searching says what a scan over all values says.")
                .arg(run.knobs.cases);
        why.afterword =
            say("Case i is drawn from seed %1 and i alone, so that it can be drawn again.").arg(run.seed);
        return why;
    }
    addComparison(why, *state.lastCase, run.knobs.branches);
    if (state.isBroken) {
        why.sentence = say("Case %1 breaks the property. From here on it is made smaller.").arg(state.drawn);
        return why;
    }
    why.sentence =
        isAtEnd ? say("All %1 cases hold. That is no proof, but no counterexample either.").arg(state.drawn)
                : say("Case %1 holds; the next tree may be a little larger.").arg(state.drawn);
    return why;
}

} // namespace

Narration narrateSearch(const SearchRun& run, const SearchRunSolver::State& state,
                        const TransportState& transport) {
    if (const auto* hunt = std::get_if<SearchRunSolver::HuntState>(&state.part))
        return ofHunt(run, *hunt, transport.atEnd());
    const auto& searches = std::get<SearchesState>(state.part);
    const bool hasEnded = searches.status.front() != StepStatus::Advanced;
    return ofSearch(run, searches.each.front(), run.knobs.method, hasEnded);
}

} // namespace orrery
