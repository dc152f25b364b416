#include "core/boggle/dictionary.h"

#include "core/boggle/board.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace orrery::boggle {

namespace {

enum class LineKind { Word, Apostrophe, Other };

struct Line {
    LineKind kind = LineKind::Word;
    bool hasUpper = false;
    bool hasLower = false;
    bool accented = false;
};

constexpr std::size_t kMostBytes = 128'000'000; ///< a device without an end is refused
constexpr std::streamsize kPiece = 1 << 20;

bool isApostrophe(std::string_view bytes) {
    return bytes == "'" || bytes == "\u2019";
}

/// Folds one line into `letters`.
Line readLine(std::string_view text, std::string& letters) {
    Line line;
    letters.clear();
    for (std::size_t at = 0; at < text.size();) {
        const Character character = nextCharacter(text, at);
        if (isCombiningAccent(character)) {
            line.accented = true;
        } else if (character.letters.empty()) {
            // An apostrophe explains more than whatever else is there.
            if (isApostrophe(character.bytes))
                line.kind = LineKind::Apostrophe;
            else if (line.kind == LineKind::Word)
                line.kind = LineKind::Other;
        } else {
            letters += character.letters;
            (character.upper ? line.hasUpper : line.hasLower) = true;
            line.accented = line.accented || character.accented;
        }
    }
    return line;
}

std::string_view trimmed(std::string_view line) {
    constexpr std::string_view kBlank = " \t\r\v\f";
    const std::size_t first = line.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return line.substr(first, line.find_last_not_of(kBlank) - first + 1);
}

template <class Visit>
void forEachLine(std::string_view text, const Visit& visit) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of("\n\r"), text.size());
        if (const std::string_view line = trimmed(text.substr(0, end)); !line.empty()) visit(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

/// A list that never uses lower case writes its words in capitals.
bool capitalsAreNames(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// Where words are gathered, in tiles, before they are sorted.
struct Pool {
    std::string tiles;
    std::vector<std::pair<std::size_t, std::size_t>> words; ///< place, length

    void add(std::string_view word) {
        words.emplace_back(tiles.size(), word.size());
        tiles += word;
    }
    [[nodiscard]] std::vector<std::string_view> views() const {
        std::vector<std::string_view> all;
        all.reserve(words.size());
        for (const auto& [place, length] : words)
            all.push_back(std::string_view(tiles).substr(place, length));
        return all;
    }
};

void take(const Line& line, std::string_view letters, const DictionaryOptions& options,
          bool namesHaveCapitals, std::string& scratch, Pool& pool, DictionaryCounts& counts) {
    if (line.kind == LineKind::Apostrophe)
        ++counts.apostrophes;
    else if (line.kind == LineKind::Other)
        ++counts.others;
    else if (line.hasUpper && namesHaveCapitals)
        ++counts.names;
    else if (letters.size() < static_cast<std::size_t>(options.minimumLength))
        ++counts.tooShort;
    else if (!toTiles(letters, scratch))
        ++counts.bareQ;
    else if (scratch.size() > static_cast<std::size_t>(kMostCells))
        ++counts.tooLong;
    else {
        counts.accented += line.accented ? 1 : 0;
        pool.add(scratch);
    }
}

std::string grouped(std::size_t number) {
    std::string digits = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(digits.begin() + at, ',');
    return digits;
}

} // namespace

Expected<Dictionary> Dictionary::fromText(std::string_view text, DictionaryOptions options,
                                          std::string_view name) {
    if (options.minimumLength < 1) return fail("the minimum length of a word is at least 1");
    Dictionary dictionary;
    dictionary.m_options = options;
    Pool pool;
    std::string letters, scratch;
    const bool namesHaveCapitals = capitalsAreNames(text);
    forEachLine(text, [&](std::string_view line) {
        ++dictionary.m_counts.lines;
        const Line read = readLine(line, letters);
        take(read, letters, options, namesHaveCapitals, scratch, pool, dictionary.m_counts);
    });
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return fail(fmt::format("{} is UTF-16: save it as UTF-8", name));
    if (dictionary.m_counts.lines == 0) return fail(fmt::format("{} is empty", name));
    if (pool.words.empty())
        return fail(fmt::format("{} has no word of {} letter{} or more from A to Z; {}", name,
                                options.minimumLength, options.minimumLength == 1 ? "" : "s",
                                dictionary.leftOut()));
    dictionary.keep(pool.views());
    return dictionary;
}

Expected<Dictionary> Dictionary::fromFile(const std::filesystem::path& path, DictionaryOptions options) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        return fail(fmt::format("{} is a folder, not a word list", path.string()));
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(fmt::format("{} cannot be read", path.string()), ErrorCode::NotFound);
    std::string text;
    for (std::size_t size = 0; file; text.resize(size + static_cast<std::size_t>(file.gcount()))) {
        size = text.size();
        if (size > kMostBytes)
            return fail(fmt::format("{} is longer than {} MB, which is no word list", path.string(),
                                    kMostBytes / 1'000'000));
        text.resize(size + kPiece);
        file.read(text.data() + size, kPiece); // a device may end in an error, which is no exception here
    }
    if (file.bad()) return fail(fmt::format("{} cannot be read to its end", path.string()));
    return fromText(text, options, path.string());
}

void Dictionary::keep(std::vector<std::string_view> words) {
    if (!std::is_sorted(words.begin(), words.end())) std::sort(words.begin(), words.end());
    const std::size_t all = words.size();
    words.erase(std::unique(words.begin(), words.end()), words.end());
    m_counts.words = words.size();
    m_counts.repeated = all - words.size();
    for (const std::string_view word : words) {
        const auto qus = static_cast<std::size_t>(std::count(word.begin(), word.end(), kQuTile));
        m_begin.push_back(static_cast<std::uint32_t>(m_tiles.size()));
        m_points.push_back(static_cast<std::uint8_t>(pointsFor(word.size() + qus)));
        m_tiles += word;
    }
    m_begin.push_back(static_cast<std::uint32_t>(m_tiles.size()));
}

std::optional<std::uint32_t> Dictionary::find(std::string_view wanted) const {
    std::size_t low = 0, high = size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        tiles(middle) < wanted ? low = middle + 1 : high = middle;
    }
    if (low == size() || tiles(low) != wanted) return std::nullopt;
    return static_cast<std::uint32_t>(low);
}

std::string Dictionary::leftOut() const {
    const std::pair<std::size_t, std::string_view> kinds[] = {
        {m_counts.names, m_counts.names == 1 ? "name" : "names"},
        {m_counts.apostrophes, "with an apostrophe"},
        {m_counts.others, "with other characters"},
        {m_counts.tooShort, "too short"},
        {m_counts.tooLong, "too long"},
        {m_counts.bareQ, "with q but no u"},
        {m_counts.repeated, "repeated"}};
    std::string text;
    std::string_view separator = "left out: ";
    for (const auto& [count, what] : kinds) {
        if (count == 0) continue;
        text += fmt::format("{}{} {}", separator, grouped(count), what);
        separator = ", ";
    }
    return text;
}

std::string Dictionary::summary() const {
    std::string text = grouped(m_counts.words) + (m_counts.words == 1 ? " word" : " words");
    if (m_counts.accented > 0) text += fmt::format(" ({} with accents folded)", grouped(m_counts.accented));
    const std::string left = leftOut();
    return left.empty() ? text : text + "; " + left;
}

} // namespace orrery::boggle
