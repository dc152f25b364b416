// What the views of the search show of one step. Plain values, made from a run and a state.
#pragma once

#include "widgets/board/board_view.h"

#include <QString>
#include <cstdint>
#include <vector>

namespace orrery::boggleview {

/// A tile on the stack.
struct StackFrame {
    QString letter;
    int neighbours = 0; ///< of its tile
    int lookedAt = 0;   ///< the first so many of them
    friend bool operator==(const StackFrame&, const StackFrame&) = default;
};

/// A letter that goes on from a node of the trie.
struct TrieChild {
    QString letter;
    bool isOnPath = false;
    bool isReachable = false; ///< a free neighbour on the board shows it
    bool endsWord = false;
    friend bool operator==(const TrieChild&, const TrieChild&) = default;
};

/// The way from the root to the node of the path, each node with its children.
struct TriePicture {
    std::vector<std::vector<TrieChild>> levels; ///< children of the root, of the first node, …
    std::vector<QString> path;                  ///< the letter taken at each level
    QString sentence;                           ///< instead of a picture: why there is none
    friend bool operator==(const TriePicture&, const TriePicture&) = default;
};

/// A line of words over the board.
struct Headline {
    QString letters; ///< set large: what the path spells
    QString verdict; ///< "a word: 2 points"
    bool isGood = false;
    QString total; ///< at the right: "12 words · 21 points"
    friend bool operator==(const Headline&, const Headline&) = default;
};

struct ListedWord {
    QString text;
    int points = 0;
    std::vector<int> cells;
    friend bool operator==(const ListedWord&, const ListedWord&) = default;
};

} // namespace orrery::boggleview
