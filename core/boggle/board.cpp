#include "core/boggle/board.h"

#include "core/support/rng.h"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>
#include <numeric>
#include <vector>

namespace orrery::boggle {

namespace {

using Die = std::string_view;
constexpr Die kClassic[] = {"aaciot", "abilty", "abjmoq", "acdemp", "acelrs", "adenvz", "ahmors", "biforx",
                            "denosw", "dknotu", "eefhiy", "egintv", "egkluy", "ehinps", "elpstu", "gilruw"};
constexpr Die kNew[] = {"aaeegn", "abbjoo", "achops", "affkps", "aoottw", "cimotu", "deilrx", "delrvy",
                        "distty", "eeghnw", "eeinsu", "ehrtvw", "eiosst", "elrtty", "himnqu", "hlnnrz"};
constexpr Die kBig[] = {"aaafrs", "aaeeee", "aafirs", "adennn", "aeeeem", "aeegmu", "aegmnn",
                        "afirsy", "bjkqxz", "ccenst", "ceiilt", "ceilpt", "ceipst", "ddhnot",
                        "dhhlor", "dhlnor", "dhlnor", "eiiitt", "emottt", "ensssu", "fiprsy",
                        "gorrvw", "iprrry", "nootuw", "ooottu"};

constexpr Adjacency makeAdjacency(int n) {
    Adjacency grid;
    grid.size = n;
    for (int cell = 0; cell < n * n; ++cell)
        for (int other = 0; other < n * n; ++other) {
            const int rows = cell / n - other / n, columns = cell % n - other % n;
            if (cell == other || rows * rows > 1 || columns * columns > 1) continue;
            const auto c = static_cast<std::size_t>(cell);
            grid.list[c][grid.degree[c]++] = static_cast<std::uint8_t>(other);
            grid.mask[c] |= std::uint64_t{1} << other;
        }
    return grid;
}

constexpr std::array kAdjacency = {makeAdjacency(2), makeAdjacency(3), makeAdjacency(4), makeAdjacency(5),
                                   makeAdjacency(6), makeAdjacency(7), makeAdjacency(8)};

std::uint8_t codeOf(char letter) {
    return static_cast<std::uint8_t>(letter - 'a');
}

int wholeRoot(std::size_t tiles) {
    for (int n = kSmallestBoard; n <= kLargestBoard; ++n)
        if (static_cast<std::size_t>(n * n) == tiles) return n;
    return 0;
}

/// A typed board, read.
struct TypedBoard {
    std::string letters; ///< all of them, folded, in order
    std::string apart;   ///< as tiles, a q apart from its u being the whole Qu tile: "q,u" are two
};

Expected<TypedBoard> readBoard(std::string_view text) {
    constexpr std::string_view kSeparators = " \t\r\n,;/|";
    TypedBoard typed;
    std::string group, tiles;
    const auto close = [&] {
        (void)toTiles(group, tiles); // a q alone is a Qu tile here
        typed.letters += group;
        typed.apart += tiles;
        group.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        const Character character = nextCharacter(text, at);
        if (isCombiningAccent(character)) continue;
        if (kSeparators.find(character.bytes) != std::string_view::npos) {
            close();
            continue;
        }
        if (character.letters.empty())
            return fail(
                fmt::format("The board has “{}”, which is not a letter from A to Z", character.bytes));
        group += character.letters;
    }
    close();
    return typed;
}

std::string wrongCount(std::size_t tiles, int size) {
    const std::string has = fmt::format("this one has {}", tiles);
    if (size > 0)
        return fmt::format("A {0}×{0} board needs {1} tiles, {2} (Qu is one tile)", size, size * size, has);
    return fmt::format("A board needs 4, 9, 16, 25, 36, 49 or 64 tiles, {} (Qu is one tile)", has);
}

Board boardOf(std::string_view tiles, int size) {
    Board board{.size = size};
    std::transform(tiles.begin(), tiles.end(), board.tiles.begin(), codeOf);
    return board;
}

} // namespace

const Adjacency& adjacency(int size) {
    assert(size >= kSmallestBoard && size <= kLargestBoard);
    return kAdjacency[static_cast<std::size_t>(size - kSmallestBoard)];
}

std::string_view idOf(LetterSource source) {
    constexpr std::string_view kIds[] = {"uniform", "classic", "new", "big"};
    return kIds[static_cast<std::size_t>(source)];
}

std::string_view labelOf(LetterSource source) {
    constexpr std::string_view kLabels[] = {"Uniform letters", "Classic dice (1976)", "New dice (1987)",
                                            "Big Boggle dice"};
    return kLabels[static_cast<std::size_t>(source)];
}

Expected<LetterSource> letterSourceFromId(std::string_view id) {
    const auto found = std::ranges::find(kLetterSources, id, idOf);
    if (found == kLetterSources.end())
        return fail(fmt::format("letters: “{}” is not one of uniform, classic, new and big", id));
    return *found;
}

std::span<const std::string_view> diceOf(LetterSource source) {
    switch (source) {
    case LetterSource::ClassicDice:
        return kClassic;
    case LetterSource::NewDice:
        return kNew;
    case LetterSource::BigDice:
        return kBig;
    case LetterSource::Uniform:
        break;
    }
    return {};
}

Board randomBoard(LetterSource source, int size, std::uint64_t seed, std::uint64_t index) {
    assert(size >= kSmallestBoard && size <= kLargestBoard);
    Board board{.size = size};
    Rng rng(seed, index);
    const std::span tiles(board.tiles.data(), static_cast<std::size_t>(board.cells()));
    if (source == LetterSource::Uniform) {
        for (std::uint8_t& tile : tiles)
            tile = static_cast<std::uint8_t>(rng.below(kLetters));
        return board;
    }
    const std::span<const Die> dice = diceOf(source);
    std::vector<std::size_t> order(dice.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t cell = 0; cell < tiles.size(); ++cell) {
        if (cell % dice.size() == 0) rng.shuffle(order);
        tiles[cell] = codeOf(dice[order[cell % dice.size()]][rng.below(6)]);
    }
    return board;
}

Expected<Board> parseBoard(std::string_view text, int size) {
    if (size != 0 && (size < kSmallestBoard || size > kLargestBoard))
        return fail(fmt::format("A board has from {0}×{0} to {1}×{1} tiles, not {2}×{2}", kSmallestBoard,
                                kLargestBoard, size));
    const auto typed = readBoard(text);
    if (!typed) return tl::unexpected(typed.error());
    std::string tiles;
    (void)toTiles(typed->letters, tiles);
    for (const std::string& reading : {typed->apart, tiles, typed->letters}) {
        const int root = wholeRoot(reading.size());
        if (root > 0 && (size == 0 || root == size)) return boardOf(reading, root);
    }
    return fail(wrongCount(typed->apart.size(), size));
}

std::string toText(const Board& board) {
    std::string text;
    for (int cell = 0; cell < board.cells(); ++cell) {
        if (cell > 0 && cell % board.size == 0) text += ' ';
        const char tile = board.letter(cell);
        text += spell({&tile, 1});
    }
    return text;
}

} // namespace orrery::boggle
