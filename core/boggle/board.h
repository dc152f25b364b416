// A board of n × n tiles, n from 2 to 8, cells numbered row by row; neighbours are a king's moves.
#pragma once

#include "core/boggle/letters.h"
#include "core/support/expected.h"

#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace orrery::boggle {

inline constexpr int kSmallestBoard = 2;
inline constexpr int kLargestBoard = 8;
inline constexpr int kMostCells = kLargestBoard * kLargestBoard;
inline constexpr int kMostNeighbours = 8;

struct Board {
    int size = 4;                                 ///< n
    std::array<std::uint8_t, kMostCells> tiles{}; ///< letters 0 … 25, the first n² of them; 16 is Qu

    [[nodiscard]] int cells() const { return size * size; }
    [[nodiscard]] char letter(int cell) const {
        return static_cast<char>('a' + tiles[static_cast<std::size_t>(cell)]);
    }
    friend bool operator==(const Board&, const Board&) = default;
};

/// Who is next to whom on a board of one size.
struct Adjacency {
    int size = 0;
    std::array<std::uint8_t, kMostCells> degree{};
    std::array<std::uint64_t, kMostCells> mask{}; ///< bit c: cell c is a neighbour
    std::array<std::array<std::uint8_t, kMostNeighbours>, kMostCells> list{}; ///< ascending
};

/// `size` from 2 to 8.
[[nodiscard]] const Adjacency& adjacency(int size);

/// Where random letters come from.
enum class LetterSource : std::uint8_t {
    Uniform,     ///< each of 26 letters alike; Q is a Qu tile
    ClassicDice, ///< the 16 dice of 1976
    NewDice,     ///< the 16 dice of 1987
    BigDice,     ///< the 25 dice of Big Boggle
};
inline constexpr std::array kLetterSources = {LetterSource::Uniform, LetterSource::ClassicDice,
                                              LetterSource::NewDice, LetterSource::BigDice};

/// "uniform", "classic", "new", "big".
[[nodiscard]] std::string_view idOf(LetterSource source);
/// "Uniform letters", "Classic dice (1976)", "New dice (1987)", "Big Boggle dice".
[[nodiscard]] std::string_view labelOf(LetterSource source);
[[nodiscard]] Expected<LetterSource> letterSourceFromId(std::string_view id);
/// Six letters a die; none for uniform letters.
[[nodiscard]] std::span<const std::string_view> diceOf(LetterSource source);

/// Board `index` of a seed: a pure function of its arguments. Dice are shuffled and rolled; a board with more
/// cells than dice shuffles and rolls them again for the rest.
[[nodiscard]] Board randomBoard(LetterSource source, int size, std::uint64_t seed, std::uint64_t index = 0);

/// A typed board. Case and accents do not matter; blanks, commas, slashes, bars and line ends may stand
/// between tiles. "Qu" is one tile, a q alone as well; "q u" are two where that fits the count, and so are
/// the letters of "qu" where only that does. `size` 0: found from the number of tiles.
[[nodiscard]] Expected<Board> parseBoard(std::string_view text, int size = 0);

/// "abcd efgh ijkl mnop", with Qu spelt out; parseBoard reads it back.
[[nodiscard]] std::string toText(const Board& board);

} // namespace orrery::boggle
