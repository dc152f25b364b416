#include "core/boggle/lexicon.h"

#include <array>
#include <cassert>
#include <fmt/format.h>

namespace orrery::boggle {

namespace {

/// Words first … last − 1 share their first `depth` tiles: one node of the trie.
struct Range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::uint32_t depth = 0;
};

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

/// Finds, for every node of a trie, the first node seen with the same continuations.
class NodeMerger {
  public:
    explicit NodeMerger(const Automaton& trie)
        : m_trie(trie), m_same(trie.nodes()), m_slots(std::bit_ceil(2 * trie.nodes()), kNoEdge) {
        // In a trie the edge into a node has the node's number, and children come after their parent.
        for (auto node = static_cast<std::uint32_t>(trie.nodes()); node-- > 0;)
            m_same[node] = representative(node);
    }
    [[nodiscard]] const std::vector<std::uint32_t>& same() const { return m_same; }

  private:
    std::uint32_t representative(std::uint32_t node) {
        const Edge& edge = m_trie.edge(node);
        const std::uint32_t degree = edge.degree();
        std::uint64_t hash = mix(edge.endsWord, edge.children);
        for (std::uint32_t k = 0; k < degree; ++k)
            hash = mix(hash, m_same[edge.first + k]);
        std::size_t slot = hash & (m_slots.size() - 1);
        while (m_slots[slot] != kNoEdge && !alike(m_slots[slot], node))
            slot = (slot + 1) & (m_slots.size() - 1);
        if (m_slots[slot] == kNoEdge) m_slots[slot] = node;
        return m_slots[slot];
    }
    [[nodiscard]] bool alike(std::uint32_t a, std::uint32_t b) const {
        const Edge &left = m_trie.edge(a), &right = m_trie.edge(b);
        if (left.children != right.children || left.endsWord != right.endsWord) return false;
        for (std::uint32_t k = 0; k < left.degree(); ++k)
            if (m_same[left.first + k] != m_same[right.first + k]) return false;
        return true;
    }

    const Automaton& m_trie;
    std::vector<std::uint32_t> m_same;
    std::vector<std::uint32_t> m_slots;
};

} // namespace

Automaton Automaton::trie(const Dictionary& words) {
    Automaton result;
    std::vector<Range> ranges = {{0, static_cast<std::uint32_t>(words.size()), 0}};
    result.m_edges.push_back({});
    for (std::uint32_t node = 0; node < ranges.size(); ++node) {
        const Range range = ranges[node];
        Edge edge = result.m_edges[node];
        edge.first = static_cast<std::uint32_t>(ranges.size());
        std::uint32_t at = range.first;
        if (words.tiles(at).size() == range.depth) {
            edge.endsWord = 1;
            ++at;
        }
        while (at < range.last) {
            const char letter = words.tiles(at)[range.depth];
            const std::uint32_t begin = at;
            while (at < range.last && words.tiles(at)[range.depth] == letter)
                ++at;
            edge.children |= 1u << (letter - 'a');
            result.m_edges.push_back(
                {.skipped = begin - range.first, .node = static_cast<std::uint32_t>(ranges.size())});
            ranges.push_back({begin, at, range.depth + 1});
        }
        result.m_edges[node] = edge;
    }
    result.m_nodes = ranges.size();
    result.m_words = words.size();
    return result;
}

Automaton Automaton::minimised(const Automaton& trie) {
    const NodeMerger merger(trie);
    const std::vector<std::uint32_t>& same = merger.same();
    Automaton result;
    result.m_words = trie.words();
    result.m_edges.push_back(trie.edge(kRoot));
    // Breadth first over merged nodes: what is near the root lies together, and is what a search touches
    // most.
    std::vector<std::uint32_t> order = {same[kRoot]};
    std::vector<std::uint32_t> number(trie.nodes(), kNoEdge);
    number[same[kRoot]] = 0;
    std::vector<std::uint32_t> firstOf;
    for (std::size_t at = 0; at < order.size(); ++at) {
        const Edge& node = trie.edge(order[at]);
        firstOf.push_back(static_cast<std::uint32_t>(result.m_edges.size()));
        for (std::uint32_t edge = node.first; edge < node.first + node.degree(); ++edge) {
            const std::uint32_t target = same[edge];
            if (number[target] == kNoEdge) {
                number[target] = static_cast<std::uint32_t>(order.size());
                order.push_back(target);
            }
            result.m_edges.push_back({.children = trie.edge(target).children,
                                      .skipped = trie.edge(edge).skipped,
                                      .node = number[target],
                                      .endsWord = trie.edge(target).endsWord});
        }
    }
    for (Edge& edge : result.m_edges)
        edge.first = firstOf[edge.node];
    result.m_nodes = order.size();
    return result;
}

std::string Automaton::brokenInvariant() const {
    std::vector<std::uint64_t> count(m_edges.size(), 0); // words from the node behind an edge on
    std::vector<std::uint8_t> done(m_edges.size(), 0);
    std::vector<std::uint32_t> pending = {kRoot};
    while (!pending.empty()) {
        const std::uint32_t index = pending.back();
        const Edge& node = m_edges[index];
        const std::uint32_t degree = node.degree();
        if (node.first + degree > m_edges.size())
            return fmt::format("edge {} has children past the end", index);
        if (!done[index]) {
            done[index] = 1;
            for (std::uint32_t k = 0; k < degree; ++k)
                if (!done[node.first + k]) pending.push_back(node.first + k);
            continue;
        }
        pending.pop_back();
        std::uint64_t words = node.endsWord;
        for (std::uint32_t k = 0; k < degree; ++k) {
            if (m_edges[node.first + k].skipped != words)
                return fmt::format("edge {} skips {} words, not {}", node.first + k,
                                   m_edges[node.first + k].skipped, words);
            words += count[node.first + k];
        }
        if (index != kRoot && words == 0) return fmt::format("edge {} leads to no word", index);
        count[index] = words;
    }
    return count[kRoot] == m_words ? std::string()
                                   : fmt::format("it holds {} words, not {}", count[kRoot], m_words);
}

WordHashSet::WordHashSet(const Dictionary& words) : m_slots(std::bit_ceil(2 * words.size() + 1), 0) {
    m_shift = 64 - std::countr_zero(m_slots.size());
    for (std::uint32_t word = 0; word < words.size(); ++word) {
        std::uint64_t hash = kEmptyPath;
        for (const char letter : words.tiles(word))
            hash = extend(hash, letter - 'a');
        std::size_t slot = slotOf(hash);
        while (m_slots[slot] != 0)
            slot = (slot + 1) & (m_slots.size() - 1);
        m_slots[slot] = word + 1;
    }
}

std::optional<std::uint32_t> WordHashSet::find(std::uint64_t hash, std::string_view tiles,
                                               const Dictionary& words) const {
    for (std::size_t slot = slotOf(hash); m_slots[slot] != 0; slot = (slot + 1) & (m_slots.size() - 1))
        if (words.tiles(m_slots[slot] - 1) == tiles) return m_slots[slot] - 1;
    return std::nullopt;
}

std::string_view idOf(DictionaryKind kind) {
    constexpr std::string_view kIds[] = {"brute", "trie", "dawg"};
    return kIds[static_cast<std::size_t>(kind)];
}

std::string_view labelOf(DictionaryKind kind) {
    constexpr std::string_view kLabels[] = {"Hash set, no pruning", "Trie", "Minimised automaton"};
    return kLabels[static_cast<std::size_t>(kind)];
}

Lexicon::Lexicon(Dictionary dictionary)
    : words(std::move(dictionary))
    , set(words)
    , trie(Automaton::trie(words))
    , dawg(Automaton::minimised(trie)) {}

} // namespace orrery::boggle
