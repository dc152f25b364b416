// The knobs of the tree-search lab: one list for the form, the scenario file and the help page.
#pragma once

#include "core/search/frontier_search.h"
#include "core/search/recursive_search.h"
#include "core/search/wide_tree.h"
#include "core/support/parameter.h"

#include <QString>
#include <tuple>

namespace orrery {

inline constexpr int kMostMazeSide = 61;

/// What the values mean, read once.
struct SearchKnobs {
    QString view = QStringLiteral("search"); ///< search, beside, property
    search::SearchMethod method = search::SearchMethod::BreadthFirst;
    search::SearchMethod second = search::SearchMethod::DepthFirst; ///< beside it
    bool isMaze = false;
    search::TreeOptions tree;
    int target = 0;       ///< label of the wanted node; 0: none
    std::string treeText; ///< typed or edited; empty: made from the seed
    int mazeWidth = 31, mazeHeight = 21;
    double loops = 0.1;
    std::string mazeText; ///< rows parted by /; empty: made from the seed
    search::Operator branches = search::Operator::Or;
    std::size_t cases = 100, largest = 30;

    [[nodiscard]] bool hunts() const { return view == u"property"; }
    [[nodiscard]] bool compares() const { return view == u"beside"; }
    /// What a tree or maze that is made from the seed depends on.
    [[nodiscard]] auto shapeKey() const {
        return std::tuple(tree.shape, tree.size, tree.branching, tree.levels, mazeWidth, mazeHeight, loops);
    }
    /// What the run depends on.
    [[nodiscard]] auto runKey() const {
        return std::tuple(view, method, compares() ? second : method, isMaze, shapeKey(), target, treeText,
                          mazeText, branches, cases, largest);
    }
};

[[nodiscard]] std::vector<ParameterSpec> searchParameterSpecs();
[[nodiscard]] SearchKnobs searchKnobs(const ParameterValues& values);

} // namespace orrery
