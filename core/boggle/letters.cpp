#include "core/boggle/letters.h"

#include <cstdint>

namespace orrery::boggle {

namespace {

// U+00C0 … U+017F, one place each; '.' is no Latin letter, digits stand for two letters.
constexpr std::string_view kFolded =
    "aaaaaa1ceeeeiiii.nooooo.ouuuuy.2" // Latin-1, upper case and ß
    "aaaaaa1ceeeeiiii.nooooo.ouuuuy.y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii33jjkk." // Latin Extended-A
    "llllllllllnnnnnn...oooooo44rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
constexpr std::string_view kPairs[] = {"", "ae", "ss", "ij", "oe"};
constexpr std::uint32_t kFirstFolded = 0xC0;
static_assert(kFolded.size() == 0x180 - kFirstFolded);
constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz";

struct Decoded {
    std::uint32_t code = 0;
    std::size_t bytes = 1;
};

// One- to four-byte sequences; anything malformed is one byte with the code 0xFFFD.
Decoded decode(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t lead = at(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    if (length == 0 || length > text.size()) return {0xFFFD, 1};
    std::uint32_t code = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((at(i) & 0xC0) != 0x80) return {0xFFFD, 1};
        code = code << 6 | (at(i) & 0x3Fu);
    }
    return {code, length};
}

bool isUpperExtended(std::uint32_t code) {
    if (code < 0x100) return code <= 0xDE;
    const bool oddIsUpper = (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E);
    return code == 0x178 || (code % 2 == 1) == oddIsUpper;
}

} // namespace

Character nextCharacter(std::string_view text, std::size_t& position) {
    const Decoded decoded = decode(text.substr(position));
    Character character{.bytes = text.substr(position, decoded.bytes)};
    position += decoded.bytes;
    const std::uint32_t lower = decoded.code | 0x20u;
    if (lower >= 'a' && lower <= 'z') {
        character.letters = kAlphabet.substr(lower - 'a', 1);
        character.upper = decoded.code != lower;
    } else if (decoded.code >= kFirstFolded && decoded.code < kFirstFolded + kFolded.size()) {
        const std::size_t place = decoded.code - kFirstFolded;
        const char folded = kFolded[place];
        if (folded == '.') return character;
        character.letters = folded < 'a' ? kPairs[folded - '0'] : kFolded.substr(place, 1);
        character.upper = isUpperExtended(decoded.code);
        character.accented = true;
    }
    return character;
}

bool isCombiningAccent(const Character& character) {
    if (character.bytes.size() != 2) return false;
    const std::uint32_t code = decode(character.bytes).code;
    return code >= 0x300 && code <= 0x36F;
}

std::string spell(std::string_view tiles) {
    std::string letters;
    for (const char tile : tiles) {
        letters += tile;
        if (tile == kQuTile) letters += 'u';
    }
    return letters;
}

bool toTiles(std::string_view letters, std::string& tiles) {
    tiles.clear();
    bool hasTiles = true;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        tiles += letters[i];
        if (letters[i] != kQuTile) continue;
        const bool followed = i + 1 < letters.size() && letters[i + 1] == 'u';
        hasTiles = hasTiles && followed;
        i += followed ? 1 : 0;
    }
    return hasTiles;
}

} // namespace orrery::boggle
