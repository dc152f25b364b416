// The dictionary as a search asks it: a hash set, a trie and a minimised automaton over the same words.
//
// Trie and automaton share one form. A node is reached by an edge, and the edge holds all that a search wants
// to know on arrival, in 16 bytes; the edges that leave a node lie side by side in the order of their
// letters, so that the child by letter l is `first` plus the number of smaller letters that have a child. In
// the trie every node has one edge into it; in the automaton (DAWG) nodes with the same continuations are one
// node: minimal by construction, from the leaves up (Revuz, Theor. Comput. Sci. 92 (1992)). Cost:
// O(characters).
//
// Words are numbered in sorted order without being stored: the number of a word is the sum of `skipped` along
// its path (minimal perfect hashing; Lucchesi & Kowaltowski, Softw. Pract. Exper. 23 (1993)).
#pragma once

#include "core/boggle/dictionary.h"

#include <bit>
#include <memory>
#include <vector>

namespace orrery::boggle {

inline constexpr std::uint32_t kLetterBits = (1u << kLetters) - 1;
inline constexpr std::uint32_t kNoEdge = ~0u;

struct alignas(16) Edge {
    std::uint32_t children = 0;  ///< bit l: letter l goes on from the node reached
    std::uint32_t first = 0;     ///< the edge of the smallest of those letters
    std::uint32_t skipped = 0;   ///< words from the parent node on that sort before those through this edge
    std::uint32_t node : 31 = 0; ///< number of the node reached, breadth first from the root's 0
    std::uint32_t endsWord : 1 = 0; ///< a word ends at the node reached

    [[nodiscard]] std::uint32_t degree() const { return static_cast<std::uint32_t>(std::popcount(children)); }
};
static_assert(sizeof(Edge) == 16);

class Automaton {
  public:
    static constexpr std::uint32_t kRoot = 0; ///< the edge into the root

    /// Sorted, distinct words.
    [[nodiscard]] static Automaton trie(const Dictionary& words);
    [[nodiscard]] static Automaton minimised(const Automaton& trie);

    [[nodiscard]] const Edge& edge(std::uint32_t index) const { return m_edges[index]; }
    [[nodiscard]] const Edge* data() const { return m_edges.data(); }
    /// Where `letter` leads from the node behind `index`, or kNoEdge.
    [[nodiscard]] std::uint32_t child(std::uint32_t index, int letter) const {
        const Edge& from = m_edges[index];
        const std::uint32_t bit = 1u << letter;
        if (!(from.children & bit)) return kNoEdge;
        return from.first + static_cast<std::uint32_t>(std::popcount(from.children & (bit - 1)));
    }
    [[nodiscard]] std::size_t nodes() const { return m_nodes; }
    [[nodiscard]] std::size_t edges() const { return m_edges.size() - 1; }
    [[nodiscard]] std::size_t words() const { return m_words; }
    [[nodiscard]] std::size_t bytes() const { return m_edges.size() * sizeof(Edge); }

    /// What has to hold of any automaton; for tests. Empty, or what does not.
    [[nodiscard]] std::string brokenInvariant() const;

  private:
    std::vector<Edge> m_edges;
    std::size_t m_nodes = 1;
    std::size_t m_words = 0;
};

/// Open addressing on a hash that grows with the path, tile by tile.
class WordHashSet {
  public:
    explicit WordHashSet(const Dictionary& words);

    static constexpr std::uint64_t kEmptyPath = 0xCBF29CE484222325u;
    [[nodiscard]] static std::uint64_t extend(std::uint64_t hash, int letter) {
        return (hash ^ static_cast<std::uint64_t>(letter + 1)) * 0x9E3779B97F4A7C15u;
    }
    /// The word spelt by `tiles`, whose hash is `hash`.
    [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t hash, std::string_view tiles,
                                                    const Dictionary& words) const;

  private:
    [[nodiscard]] std::size_t slotOf(std::uint64_t hash) const { return (hash ^ hash >> 29) >> m_shift; }

    std::vector<std::uint32_t> m_slots; ///< word + 1, or 0; a power of two, at most half full
    int m_shift = 0;
};

enum class DictionaryKind : std::uint8_t { HashSet, Trie, Dawg };
inline constexpr std::array kDictionaryKinds = {DictionaryKind::HashSet, DictionaryKind::Trie,
                                                DictionaryKind::Dawg};
/// "brute", "trie", "dawg".
[[nodiscard]] std::string_view idOf(DictionaryKind kind);
/// "Hash set, no pruning", "Trie", "Minimised automaton".
[[nodiscard]] std::string_view labelOf(DictionaryKind kind);

/// All three over one dictionary; immutable and shared by everything that searches.
struct Lexicon {
    explicit Lexicon(Dictionary dictionary);

    Dictionary words;
    WordHashSet set;
    Automaton trie;
    Automaton dawg;

    /// The automaton of a kind that prunes.
    [[nodiscard]] const Automaton& automaton(DictionaryKind kind) const {
        return kind == DictionaryKind::Trie ? trie : dawg;
    }
};

} // namespace orrery::boggle
