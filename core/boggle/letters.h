// Text to the letters a…z that tiles carry: upper case and accents are folded, everything else is named.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace orrery::boggle {

inline constexpr int kLetters = 26;
inline constexpr char kQuTile = 'q'; ///< the tile “Qu”: one tile, two letters

/// One character of UTF-8 text.
struct Character {
    std::string_view bytes; ///< as it stands in the text
    std::string_view
        letters; ///< what it folds to, lower case: "e" for É, "ae" for æ; empty for no Latin letter
    bool upper = false;
    bool accented = false; ///< folding lost something
};

/// The character at `position` < text.size(), which moves behind it. Bytes that are not UTF-8 are characters
/// of no letters, one each.
[[nodiscard]] Character nextCharacter(std::string_view text, std::size_t& position);

/// An accent of its own, to be put on the letter before it (U+0300 … U+036F).
[[nodiscard]] bool isCombiningAccent(const Character& character);

/// Tiles as letters: every q becomes qu.
[[nodiscard]] std::string spell(std::string_view tiles);

/// Letters as tiles, every "qu" one tile. A q without u stays and gives false: no tile shows a bare q.
[[nodiscard]] bool toTiles(std::string_view letters, std::string& tiles);

/// Points of a word: 1 for 3 or 4 letters, 2 for 5, 3 for 6, 5 for 7, 11 for 8 and more (Qu counts two).
[[nodiscard]] constexpr int pointsFor(std::size_t letters) {
    constexpr int kPoints[] = {0, 0, 0, 1, 1, 2, 3, 5, 11};
    return kPoints[letters < 8 ? letters : 8];
}

} // namespace orrery::boggle
