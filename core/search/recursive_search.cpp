#include "core/search/recursive_search.h"

#include <algorithm>

namespace orrery::search {

RecursiveSearch::RecursiveSearch(std::shared_ptr<const TreeCase> problem, Operator branches)
    : m_problem(std::move(problem)), m_operator(branches) {
    m_state.returned.assign(m_problem->tree.size(), Truth::Unknown);
    if (m_problem->tree.empty()) m_state.answer = Truth::False;
}

StepResult RecursiveSearch::step() {
    if (m_state.answer != Truth::Unknown) return {StepStatus::Converged, StepBoundary::None};
    if (m_state.stack.empty()) {
        enter(0);
        return {};
    }
    Call& call = m_state.stack.back();
    const TreeNode& node = m_problem->tree.nodes[static_cast<std::size_t>(call.node)];
    if (node.value == m_problem->wanted) {
        returnFrom(Truth::True);
    } else {
        // An absent branch is Empty, which is False; && is decided by a False, || by a True.
        const Truth deciding = m_operator == Operator::Or ? Truth::True : Truth::False;
        const std::int32_t branches[] = {node.left, node.right};
        Truth answer = Truth::Unknown;
        while (call.asked < 2) {
            const std::int32_t branch = branches[call.asked];
            answer = branch == kNone ? Truth::False : m_state.returned[static_cast<std::size_t>(branch)];
            if (answer == Truth::Unknown) {
                enter(branch);
                return {};
            }
            call.asked = answer == deciding ? 2 : static_cast<std::uint8_t>(call.asked + 1);
        }
        returnFrom(answer);
    }
    if (m_state.answer != Truth::Unknown) return {StepStatus::Converged, StepBoundary::Round};
    return {StepStatus::Advanced, m_state.stack.back().asked < 1 ? StepBoundary::Round : StepBoundary::None};
}

void RecursiveSearch::enter(std::int32_t node) {
    m_state.stack.push_back({node});
    m_state.entered.push_back(node);
    m_state.lastNode = node;
    m_state.lastReturned = false;
}

void RecursiveSearch::returnFrom(Truth truth) {
    const std::int32_t node = m_state.stack.back().node;
    m_state.stack.pop_back();
    m_state.returned[static_cast<std::size_t>(node)] = truth;
    m_state.lastNode = node;
    m_state.lastReturned = true;
    if (m_state.stack.empty()) m_state.answer = truth;
}

bool agreesWithScan(const TreeCase& treeCase, Operator branches) {
    RecursiveSearch search(std::make_shared<const TreeCase>(treeCase), branches);
    (void)solve(search);
    const auto& nodes = treeCase.tree.nodes;
    const bool holds =
        std::ranges::any_of(nodes, [&](const TreeNode& node) { return node.value == treeCase.wanted; });
    return (search.state().answer == Truth::True) == holds;
}

TreeCase randomCase(Rng& rng, std::size_t size) {
    const int values = static_cast<int>(size) + 1; // about every second search succeeds
    const auto wanted = static_cast<int>(rng.below(static_cast<std::uint64_t>(values)));
    return {randomTree(rng, rng.below(size + 1), values), wanted};
}

std::vector<TreeCase> smallerCases(const TreeCase& treeCase) {
    std::vector<TreeCase> smaller;
    for (BinaryTree& tree : smallerTrees(treeCase.tree))
        smaller.push_back({std::move(tree), treeCase.wanted});
    if (treeCase.wanted == 0) return smaller;
    // The wanted value and its equals in the tree together, or the case would stop to fail.
    for (const int nearer : {0, treeCase.wanted / 2, treeCase.wanted - 1}) {
        TreeCase changed = treeCase;
        changed.wanted = nearer;
        for (TreeNode& node : changed.tree.nodes)
            if (node.value == treeCase.wanted) node.value = nearer;
        if (nearer != treeCase.wanted) smaller.push_back(std::move(changed));
    }
    return smaller;
}

} // namespace orrery::search
