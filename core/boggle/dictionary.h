// The words that count, from a list with a word a line: folded, filtered, sorted, each once.
//
// In a list with lower-case words, a word with a capital is a name and is left out; a list that is upper case
// throughout is taken as words. Accents are folded (café counts as cafe). A word with an apostrophe, a
// hyphen, a digit or any other character is left out. Nothing is dropped in silence: every line is in one
// count.
#pragma once

#include "core/boggle/letters.h"
#include "core/support/expected.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orrery::boggle {

/// Where Debian's package wamerican puts its list.
inline constexpr std::string_view kSystemWordList = "/usr/share/dict/words";

struct DictionaryOptions {
    int minimumLength = 3; ///< letters, Qu counting two
    friend bool operator==(const DictionaryOptions&, const DictionaryOptions&) = default;
};

/// lines = words + repeated + all that was left out.
struct DictionaryCounts {
    std::size_t lines = 0;    ///< not blank
    std::size_t words = 0;    ///< kept
    std::size_t repeated = 0; ///< the same letters again
    std::size_t names = 0;    ///< left out for a capital
    std::size_t apostrophes = 0;
    std::size_t others = 0; ///< a character that is neither a letter nor an apostrophe
    std::size_t tooShort = 0;
    std::size_t tooLong = 0;  ///< more tiles than the largest board has
    std::size_t bareQ = 0;    ///< a q without its u, which no tile shows
    std::size_t accented = 0; ///< kept, accents folded; counted in `words` or `repeated` as well

    friend bool operator==(const DictionaryCounts&, const DictionaryCounts&) = default;
};

class Dictionary {
  public:
    /// `name` is what an error calls the list.
    [[nodiscard]] static Expected<Dictionary> fromText(std::string_view text, DictionaryOptions options = {},
                                                       std::string_view name = "the word list");
    [[nodiscard]] static Expected<Dictionary> fromFile(const std::filesystem::path& path,
                                                       DictionaryOptions options = {});

    [[nodiscard]] std::size_t size() const { return m_begin.size() - 1; }
    /// Word `i` in tiles (q is Qu); sorted.
    [[nodiscard]] std::string_view tiles(std::size_t i) const {
        return std::string_view(m_tiles).substr(m_begin[i], m_begin[i + 1] - m_begin[i]);
    }
    [[nodiscard]] std::string text(std::size_t i) const { return spell(tiles(i)); }
    [[nodiscard]] int points(std::size_t i) const { return m_points[i]; }
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view tiles) const;

    [[nodiscard]] const DictionaryCounts& counts() const { return m_counts; }
    [[nodiscard]] const DictionaryOptions& options() const { return m_options; }
    /// "63,641 words; left out: 18,000 names, …" for people.
    [[nodiscard]] std::string summary() const;
    [[nodiscard]] std::string leftOut() const; ///< "left out: 18,000 names, …"; empty where nothing was

  private:
    Dictionary() = default;
    void keep(std::vector<std::string_view> words);

    DictionaryOptions m_options;
    DictionaryCounts m_counts;
    std::string m_tiles;                ///< all words, one after the other
    std::vector<std::uint32_t> m_begin; ///< size + 1 places in m_tiles
    std::vector<std::uint8_t> m_points;
};

} // namespace orrery::boggle
