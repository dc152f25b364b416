#include "core/search/wide_tree.h"

#include <algorithm>
#include <cassert>
#include <cctype>
#include <fmt/format.h>
#include <numeric>

namespace orrery::search {

namespace {

std::size_t place(std::int32_t node) {
    return static_cast<std::size_t>(node);
}

std::vector<std::vector<std::int32_t>> childrenOf(const WideTree& tree) {
    std::vector<std::vector<std::int32_t>> children(tree.size());
    for (std::size_t node = 1; node < tree.size(); ++node)
        children[place(tree.parent[node])].push_back(static_cast<std::int32_t>(node));
    return children;
}

/// Nodes in the given order, which has parents before children.
WideTree reordered(const WideTree& tree, const std::vector<std::int32_t>& order) {
    std::vector<std::int32_t> at(tree.size(), kNone);
    WideTree result;
    for (const std::int32_t node : order) {
        const std::int32_t above = tree.parent[place(node)];
        at[place(node)] = static_cast<std::int32_t>(result.size());
        result.parent.push_back(above == kNone ? kNone : at[place(above)]);
        result.label.push_back(tree.label[place(node)]);
    }
    return result;
}

std::vector<std::int32_t> levelOrder(const WideTree& tree) {
    const auto children = childrenOf(tree);
    std::vector<std::int32_t> order = {0};
    for (std::size_t i = 0; i < order.size(); ++i)
        order.insert(order.end(), children[place(order[i])].begin(), children[place(order[i])].end());
    return order;
}

void write(const WideTree& tree, const std::vector<std::vector<std::int32_t>>& children, std::int32_t node,
           std::string& text) {
    text += std::to_string(tree.label[place(node)]);
    const auto& below = children[place(node)];
    for (std::size_t i = 0; i < below.size(); ++i) {
        text += i == 0 ? '(' : ' ';
        write(tree, children, below[i], text);
    }
    if (!below.empty()) text += ')';
}

} // namespace

WideTree makeTree(const TreeOptions& options, std::uint64_t seed) {
    Rng rng(seed);
    WideTree tree{{kNone}, {1}};
    std::vector<int> level = {0}, children = {0};
    std::vector<std::int32_t> open = {0}; // with room for a child
    const std::size_t size = std::clamp<std::size_t>(options.size, 1, kMostTreeNodes);
    if (options.levels < 2 || options.branching < 1) open.clear();
    while (tree.size() < size && !open.empty()) {
        const std::size_t drawn = options.shape == TreeShape::Random ? rng.below(open.size()) : 0;
        const std::int32_t above = open[drawn];
        const auto node = static_cast<std::int32_t>(tree.size());
        tree.parent.push_back(above);
        tree.label.push_back(0);
        level.push_back(level[place(above)] + 1);
        children.push_back(0);
        if (level.back() + 1 < options.levels) open.push_back(node);
        if (++children[place(above)] == options.branching)
            open.erase(open.begin() + static_cast<std::ptrdiff_t>(drawn));
    }
    tree = reordered(tree, levelOrder(tree));
    std::iota(tree.label.begin(), tree.label.end(), 1);
    return tree;
}

std::string toText(const WideTree& tree) {
    std::string text;
    write(tree, childrenOf(tree), 0, text);
    return text;
}

Expected<WideTree> parseTree(std::string_view text) {
    WideTree tree;
    std::vector<std::int32_t> above; // whose children are being read
    const auto wrong = [](std::size_t at, std::string_view what) {
        return fail(fmt::format("The tree breaks off at character {}: {}.", at + 1, what));
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '(') {
            const bool followsLabel = i > 0 && std::isdigit(static_cast<unsigned char>(text[i - 1]));
            if (!followsLabel) return wrong(i, "a bracket follows the number whose children it holds");
            above.push_back(static_cast<std::int32_t>(tree.size()) - 1);
        } else if (c == ')') {
            if (above.empty()) return wrong(i, "this bracket was never opened");
            above.pop_back();
        } else if (std::isdigit(static_cast<unsigned char>(c))) {
            int label = 0;
            std::size_t end = i;
            for (; end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])); ++end)
                label = std::min(label * 10 + (text[end] - '0'), 1'000'000);
            if (label == 0 || label >= 1'000'000) return wrong(i, "labels go from 1 to 999999");
            if (std::ranges::find(tree.label, label) != tree.label.end())
                return wrong(i, fmt::format("{} is there already", label));
            if (above.empty() && tree.size() > 0) return wrong(i, "there is one root only");
            if (tree.size() == kMostTreeNodes)
                return wrong(i, fmt::format("{} nodes are the most", kMostTreeNodes));
            tree.parent.push_back(above.empty() ? kNone : above.back());
            tree.label.push_back(label);
            i = end - 1;
        } else if (!std::isspace(static_cast<unsigned char>(c)) && c != ',') {
            return wrong(i, "only numbers and brackets belong there");
        }
    }
    if (tree.size() == 0) return fail("A tree needs at least its root, as in 1(2 3).");
    if (!above.empty()) return wrong(text.size(), "a bracket is left open");
    return tree;
}

WideTree withChild(const WideTree& tree, std::int32_t node) {
    WideTree result = tree;
    int label = 1;
    while (std::ranges::find(tree.label, label) != tree.label.end())
        ++label;
    result.parent.push_back(node);
    result.label.push_back(label);
    return result;
}

WideTree without(const WideTree& tree, std::int32_t node) {
    assert(node > 0);
    std::vector<std::uint8_t> gone(tree.size(), 0);
    std::vector<std::int32_t> order;
    for (std::size_t i = 0; i < tree.size(); ++i) {
        const auto here = static_cast<std::int32_t>(i);
        gone[i] = here == node || (i > 0 && gone[place(tree.parent[i])]) ? 1 : 0;
        if (!gone[i]) order.push_back(here);
    }
    return reordered(tree, order);
}

int levelsOf(const WideTree& tree) {
    std::vector<int> level(tree.size(), 1);
    for (std::size_t i = 1; i < tree.size(); ++i)
        level[i] = level[place(tree.parent[i])] + 1;
    return *std::ranges::max_element(level);
}

std::int32_t nodeLabelled(const WideTree& tree, int label) {
    const auto found = std::ranges::find(tree.label, label);
    return found == tree.label.end() ? kNone : static_cast<std::int32_t>(found - tree.label.begin());
}

SearchSpace spaceOf(const WideTree& tree, std::int32_t wanted) {
    SearchSpace space{.begin = {0}, .start = 0};
    for (const auto& below : childrenOf(tree)) {
        for (const std::int32_t child : below)
            space.neighbours.push_back(static_cast<std::uint32_t>(child));
        space.begin.push_back(static_cast<std::uint32_t>(space.neighbours.size()));
        space.wanted.push_back(0);
    }
    if (wanted != kNone) space.wanted[place(wanted)] = 1;
    return space;
}

std::string toText(const Maze& maze, char rowEnd) {
    std::string text;
    for (std::size_t cell = 0; cell < maze.cells(); ++cell) {
        if (cell > 0 && cell % static_cast<std::size_t>(maze.width) == 0) text += rowEnd;
        const auto here = static_cast<std::int32_t>(cell);
        text += here == maze.start ? 'S' : here == maze.goal ? 'G' : maze.walls[cell] ? '#' : '.';
    }
    return text;
}

} // namespace orrery::search
