#include "widgets/graph/tree_layout.h"

#include <algorithm>
#include <cassert>
#include <cstddef>

namespace orrery {

namespace {

constexpr int kNobody = -1;

/// The names are those of the paper: `modifier` moves a whole subtree, a `thread` leads on along a contour
/// where a subtree has no children left.
class TidyTree {
  public:
    TidyTree(std::span<const int> parent, std::span<const double> widths, TreeSpacing spacing)
        : m_root(static_cast<int>(parent.size()))
        , m_widths(widths)
        , m_spacing(spacing)
        , m_nodes(parent.size() + 1) {
        for (int node = 0; node < m_root; ++node) {
            const int above = parent[static_cast<std::size_t>(node)];
            assert(above >= kNobody && above < m_root && above != node);
            Node& self = at(node);
            self.parent = above == kNobody ? m_root : above; // one root over all of them, not drawn
            Node& owner = at(self.parent);
            self.ancestor = node;
            self.number = static_cast<int>(owner.children.size());
            owner.children.push_back(node);
        }
        at(m_root).ancestor = m_root;
    }

    [[nodiscard]] TreeLayout layout() {
        TreeLayout result;
        result.x.resize(m_nodes.size() - 1);
        result.level.resize(m_nodes.size() - 1);
        const std::vector<int> order = preorder();
        assert(order.size() == m_nodes.size()); // else there is a cycle
        for (auto node = order.rbegin(); node != order.rend(); ++node)
            std::ranges::reverse(at(*node).children);
        const std::vector<int> mirrored = preorder(); // right before left: its reverse is a post-order
        for (Node& node : m_nodes)
            std::ranges::reverse(node.children);
        for (auto node = mirrored.rbegin(); node != mirrored.rend(); ++node)
            place(*node);
        sum(order, result);
        return result;
    }

  private:
    struct Node {
        std::vector<int> children;
        int parent = kNobody, number = 0, ancestor = kNobody, thread = kNobody, defaultAncestor = kNobody;
        double prelim = 0.0, modifier = 0.0, change = 0.0, shift = 0.0;
    };

    [[nodiscard]] Node& at(int node) { return m_nodes[static_cast<std::size_t>(node)]; }

    [[nodiscard]] std::vector<int> preorder() {
        std::vector<int> order, stack{m_root};
        while (!stack.empty()) {
            const int node = stack.back();
            stack.pop_back();
            order.push_back(node);
            const std::vector<int>& children = at(node).children;
            stack.insert(stack.end(), children.rbegin(), children.rend());
        }
        return order;
    }

    [[nodiscard]] double widthOf(int node) const {
        return m_widths.empty() || node == m_root ? 0.0 : m_widths[static_cast<std::size_t>(node)];
    }
    [[nodiscard]] double distance(int left, int right) {
        const double gap = at(left).parent == at(right).parent ? m_spacing.siblings : m_spacing.cousins;
        return gap + (widthOf(left) + widthOf(right)) / 2;
    }
    [[nodiscard]] int leftSibling(int node) {
        return at(node).number == 0 || node == m_root
                   ? kNobody
                   : at(at(node).parent).children[static_cast<std::size_t>(at(node).number) - 1];
    }
    [[nodiscard]] int nextLeft(int node) {
        return at(node).children.empty() ? at(node).thread : at(node).children.front();
    }
    [[nodiscard]] int nextRight(int node) {
        return at(node).children.empty() ? at(node).thread : at(node).children.back();
    }

    /// All nodes below have been placed, and the siblings at its left.
    void place(int node) {
        const int left = leftSibling(node);
        const double beside = left == kNobody ? 0.0 : at(left).prelim + distance(left, node);
        if (at(node).children.empty()) {
            at(node).prelim = beside;
        } else {
            applyShifts(node);
            const double middle =
                (at(at(node).children.front()).prelim + at(at(node).children.back()).prelim) / 2;
            at(node).prelim = left == kNobody ? middle : beside;
            at(node).modifier = left == kNobody ? 0.0 : beside - middle;
        }
        if (left != kNobody) apportion(node, left);
    }

    void applyShifts(int node) {
        double shift = 0.0, change = 0.0;
        const std::vector<int>& children = at(node).children;
        for (auto child = children.rbegin(); child != children.rend(); ++child) {
            at(*child).prelim += shift;
            at(*child).modifier += shift;
            change += at(*child).change;
            shift += at(*child).shift + change;
        }
    }

    /// Moves the subtree right until its left contour is clear of the right contour of its left siblings.
    void apportion(int node, int left) {
        Node& owner = at(at(node).parent);
        if (owner.defaultAncestor == kNobody) owner.defaultAncestor = owner.children.front();
        int insideRight = node, outsideRight = node, insideLeft = left, outsideLeft = owner.children.front();
        double sumInsideRight = at(node).modifier, sumOutsideRight = at(node).modifier;
        double sumInsideLeft = at(left).modifier, sumOutsideLeft = at(outsideLeft).modifier;
        while (nextRight(insideLeft) != kNobody && nextLeft(insideRight) != kNobody) {
            insideLeft = nextRight(insideLeft);
            insideRight = nextLeft(insideRight);
            outsideLeft = nextLeft(outsideLeft);
            outsideRight = nextRight(outsideRight);
            at(outsideRight).ancestor = node;
            const double shift = at(insideLeft).prelim + sumInsideLeft - at(insideRight).prelim -
                                 sumInsideRight + distance(insideLeft, insideRight);
            if (shift > 0.0) {
                moveSubtree(ancestorBeside(insideLeft, node, owner), node, shift);
                sumInsideRight += shift;
                sumOutsideRight += shift;
            }
            sumInsideLeft += at(insideLeft).modifier;
            sumInsideRight += at(insideRight).modifier;
            sumOutsideLeft += at(outsideLeft).modifier;
            sumOutsideRight += at(outsideRight).modifier;
        }
        if (nextRight(insideLeft) != kNobody && nextRight(outsideRight) == kNobody) {
            at(outsideRight).thread = nextRight(insideLeft);
            at(outsideRight).modifier += sumInsideLeft - sumOutsideRight;
        }
        if (nextLeft(insideRight) != kNobody && nextLeft(outsideLeft) == kNobody) {
            at(outsideLeft).thread = nextLeft(insideRight);
            at(outsideLeft).modifier += sumInsideRight - sumOutsideLeft;
            owner.defaultAncestor = node;
        }
    }

    [[nodiscard]] int ancestorBeside(int inside, int node, const Node& owner) {
        const int ancestor = at(inside).ancestor;
        return at(ancestor).parent == at(node).parent ? ancestor : owner.defaultAncestor;
    }

    void moveSubtree(int from, int node, double shift) {
        const double between = at(node).number - at(from).number;
        at(node).change -= shift / between;
        at(node).shift += shift;
        at(from).change += shift / between;
        at(node).prelim += shift;
        at(node).modifier += shift;
    }

    /// The drawn root is on level 0, the one above it on −1.
    void sum(const std::vector<int>& order, TreeLayout& result) {
        std::vector<double> carried(m_nodes.size(), 0.0);
        double least = 0.0, most = 0.0;
        bool isFirst = true;
        for (const int node : order) {
            if (node == m_root) continue;
            const auto i = static_cast<std::size_t>(node);
            const int above = at(node).parent;
            carried[i] = carried[static_cast<std::size_t>(above)] + at(above).modifier;
            result.level[i] = above == m_root ? 0 : result.level[static_cast<std::size_t>(above)] + 1;
            result.x[i] = at(node).prelim + carried[i];
            result.levels = std::max(result.levels, result.level[i] + 1);
            least = isFirst ? result.x[i] : std::min(least, result.x[i]);
            most = isFirst ? result.x[i] : std::max(most, result.x[i]);
            isFirst = false;
        }
        for (double& x : result.x)
            x -= least;
        result.width = most - least;
    }

    int m_root;
    std::span<const double> m_widths;
    TreeSpacing m_spacing;
    std::vector<Node> m_nodes;
};

} // namespace

TreeLayout layoutTree(std::span<const int> parent, std::span<const double> widths, TreeSpacing spacing) {
    assert(widths.empty() || widths.size() == parent.size());
    return TidyTree(parent, widths, spacing).layout();
}

} // namespace orrery
