#include "core/data/arff_reader.h"

#include "core/data/cell_text.h"
#include "core/data/csv_parser.h"
#include "core/data/table_tools.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace orrery::data {

namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

/// Words of a line: bare, or quoted with ' or " and \ before a quote; marks , { } stand alone.
class WordScanner {
  public:
    struct Word {
        std::string text;
        std::size_t column = 1; ///< character of the line
        bool quoted = false;
        bool mark = false;
    };

    explicit WordScanner(std::string_view line) : m_line(line) {}

    bool atEnd() {
        while (m_at < m_line.size() && (m_line[m_at] == ' ' || m_line[m_at] == '\t')) ++m_at;
        return m_at == m_line.size();
    }

    /// Nothing where a quote is never closed. Not at the end.
    std::optional<Word> next() {
        Word word{.text = {}, .column = m_at + 1};
        const char c = m_line[m_at];
        if (c == ',' || c == '{' || c == '}') {
            word.mark = true;
            word.text = c;
            ++m_at;
            return word;
        }
        if (c == '\'' || c == '"') return quoted(c, std::move(word));
        while (m_at < m_line.size() && std::string_view(" \t,{}").find(m_line[m_at]) == std::string_view::npos) word.text += m_line[m_at++];
        return word;
    }

  private:
    std::optional<Word> quoted(char mark, Word word) {
        word.quoted = true;
        for (++m_at; m_at < m_line.size(); ++m_at) {
            if (m_line[m_at] == '\\' && m_at + 1 < m_line.size()) ++m_at;
            else if (m_line[m_at] == mark) {
                ++m_at;
                return word;
            }
            word.text += m_line[m_at];
        }
        return std::nullopt;
    }

    std::string_view m_line;
    std::size_t m_at = 0;
};

struct Attribute {
    std::string name;
    bool numeric = true;
    bool open = false; ///< levels are collected as they come
    LevelDictionary levels;
    std::vector<double> numbers;
    std::vector<std::int32_t> codes;
};

class ArffReader {
  public:
    ArffReader(std::string_view text, const std::string& name, Progress& progress)
        : m_text(text), m_name(name), m_progress(progress) {}

    TableResult run() {
        std::size_t from = 0;
        while (from < m_text.size()) {
            const std::size_t feed = std::min(m_text.find('\n', from), m_text.size());
            ++m_line;
            if (m_line % 4096 == 0) {
                if (m_progress.isCancelled()) return fail("reading was cancelled", ErrorCode::Cancelled);
                m_progress.setFraction(static_cast<double>(from) / static_cast<double>(m_text.size()));
            }
            const std::string_view line = withoutReturn(m_text.substr(from, feed - from));
            from = feed + 1;
            const auto content = trimmed(line);
            if (content.empty() || content.front() == '%') continue;
            if (auto sound = m_inData ? row(line) : declaration(line); !sound) return tl::unexpected(sound.error());
        }
        return finished();
    }

  private:
    static std::string_view withoutReturn(std::string_view line) {
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        return line;
    }

    tl::unexpected<Error> problem(std::size_t column, const std::string& what) const {
        return fail(fmt::format("{}, line {}, {}", m_name, m_line, column ? fmt::format("character {}: {}", column, what) : what));
    }
    tl::unexpected<Error> problemInCell(std::size_t a, const std::string& what) const {
        return fail(fmt::format("{}, line {}, column {} ({}): {}", m_name, m_line, a + 1, m_attributes[a].name, what));
    }

    Expected<void> declaration(std::string_view line) {
        WordScanner words(line);
        (void)words.atEnd();
        const auto keyword = words.next();
        const std::string word = keyword ? lower(keyword->text) : std::string();
        if (word == "@relation") return {};
        if (word == "@data") {
            if (m_attributes.empty()) return problem(1, "@data comes before any @attribute");
            m_inData = true;
            return {};
        }
        if (word != "@attribute") return problem(keyword ? keyword->column : 1, "@attribute or @data is expected");
        return attribute(words);
    }

    Expected<void> attribute(WordScanner& words) {
        Attribute out;
        if (words.atEnd()) return problem(0, "the attribute has no name");
        const auto name = words.next();
        if (!name || name->mark) return problem(name ? name->column : 0, "the attribute's name is not sound");
        out.name = name->text;
        if (words.atEnd()) return problem(0, fmt::format("attribute {} has no type", out.name));
        const auto type = words.next();
        if (!type) return problem(0, "a quote is opened and never closed");
        const std::string kind = lower(type->text);
        out.numeric = kind == "numeric" || kind == "real" || kind == "integer";
        out.open = kind == "string" || kind == "date";
        if (type->mark && type->text == "{") {
            if (auto sound = nominal(words, out); !sound) return sound;
        } else if (!out.numeric && !out.open) {
            return problem(type->column, fmt::format("attributes of type {} cannot be read", type->text));
        }
        m_attributes.push_back(std::move(out));
        return {};
    }

    Expected<void> nominal(WordScanner& words, Attribute& out) {
        while (!words.atEnd()) {
            const auto word = words.next();
            if (!word) return problem(0, "a quote is opened and never closed");
            if (word->mark && word->text == "}") return {};
            if (!word->mark) (void)out.levels.codeOf(word->text);
        }
        return problem(0, fmt::format("the list of levels of {} is never closed", out.name));
    }

    Expected<void> row(std::string_view line) {
        WordScanner words(line);
        (void)words.atEnd();
        return trimmed(line).front() == '{' ? sparseRow(words) : denseRow(words);
    }

    Expected<void> denseRow(WordScanner& words) {
        for (std::size_t a = 0; a < m_attributes.size(); ++a) {
            if (words.atEnd()) return problemInCell(a, fmt::format("the row ends after {} of {} cells", a, m_attributes.size()));
            const auto word = words.next();
            if (!word) return problemInCell(a, "a quote is opened and never closed");
            const bool empty = word->mark && word->text == ",";
            if (word->mark && !empty) return problemInCell(a, fmt::format("a value is expected, not {}", word->text));
            if (auto sound = store(a, empty ? "?" : word->text, word->quoted); !sound) return sound;
            if (empty || a + 1 == m_attributes.size()) continue;
            if (!words.atEnd()) {
                const auto comma = words.next();
                if (!comma || !comma->mark || comma->text != ",") return problemInCell(a, "a comma is expected after the value");
            }
        }
        return endOfRow(words);
    }

    // What may follow is an instance weight in braces.
    Expected<void> endOfRow(WordScanner& words) {
        ++m_rows;
        while (!words.atEnd()) {
            const auto word = words.next();
            if (word && word->mark && word->text == "{") return {};
            if (!word || !word->mark || word->text != ",")
                return problem(0, fmt::format("the row goes on after its {} cells", m_attributes.size()));
        }
        return {};
    }

    Expected<void> sparseRow(WordScanner& words) {
        for (auto& attribute : m_attributes) {
            if (attribute.numeric) attribute.numbers.push_back(0.0);
            // A text that is left out is unknown; a level that is left out is the first one.
            else attribute.codes.push_back(attribute.open || attribute.levels.levels().empty() ? -1 : 0);
        }
        ++m_rows;
        (void)words.next();
        long last = -1;
        while (!words.atEnd()) {
            const auto first = words.next();
            if (!first) return problem(0, "a quote is opened and never closed");
            if (first->mark && first->text == "}") return {};
            if (first->mark && first->text == ",") continue;
            long a = -1;
            const auto [end, error] = std::from_chars(first->text.data(), first->text.data() + first->text.size(), a);
            const bool whole = error == std::errc{} && end == first->text.data() + first->text.size();
            if (!whole || a <= last || a >= static_cast<long>(m_attributes.size()))
                return problem(first->column, fmt::format("“{}” is not the index of a later attribute", first->text));
            last = a;
            const auto value = words.atEnd() ? std::nullopt : words.next();
            if (!value || value->mark) return problemInCell(static_cast<std::size_t>(a), "a value is expected after the index");
            auto& attribute = m_attributes[static_cast<std::size_t>(a)];
            if (attribute.numeric) attribute.numbers.pop_back();
            else attribute.codes.pop_back();
            if (auto sound = store(static_cast<std::size_t>(a), value->text, value->quoted); !sound) return sound;
        }
        return problem(0, "the row's brace is never closed");
    }

    Expected<void> store(std::size_t a, const std::string& text, bool quoted) {
        Attribute& attribute = m_attributes[a];
        const bool missing = !quoted && text == "?";
        if (attribute.numeric) {
            const auto value = missing ? std::nullopt : parseNumber(text);
            if (!missing && !value) return problemInCell(a, fmt::format("“{}” is not a number", text.substr(0, 40)));
            attribute.numbers.push_back(value.value_or(std::numeric_limits<double>::quiet_NaN()));
            return {};
        }
        const std::size_t declared = attribute.levels.levels().size();
        const std::int32_t code = missing ? -1 : attribute.levels.codeOf(text);
        if (!attribute.open && code >= static_cast<std::int32_t>(declared))
            return problemInCell(a, fmt::format("“{}” is not one of the levels declared", text.substr(0, 40)));
        attribute.codes.push_back(code);
        return {};
    }

    TableResult finished() {
        if (!m_inData) return fail(fmt::format("{} has no @data section", m_name));
        if (m_rows == 0) return fail(fmt::format("{} holds no rows", m_name));
        std::vector<std::string> names;
        for (const auto& attribute : m_attributes) names.push_back(attribute.name);
        makeNamesUsable(names);
        auto table = std::make_shared<Table>();
        table->name = table->provenance = m_name;
        table->rowCount = m_rows;
        for (std::size_t a = 0; a < m_attributes.size(); ++a) {
            auto& from = m_attributes[a];
            if (from.numeric) table->columns.push_back({names[a], NumericColumn{std::move(from.numbers)}});
            else table->columns.push_back({names[a], CategoricalColumn{std::move(from.codes), from.levels.takeLevels()}});
        }
        return table;
    }

    std::string_view m_text;
    const std::string& m_name;
    Progress& m_progress;
    std::vector<Attribute> m_attributes;
    std::size_t m_line = 0;
    std::size_t m_rows = 0;
    bool m_inData = false;
};

} // namespace

TableResult readArff(std::string_view text, const std::string& name, Progress& progress) {
    return ArffReader(text, name, progress).run();
}

bool looksLikeArff(std::string_view text) {
    std::size_t from = 0;
    while (from < text.size()) {
        const std::size_t feed = std::min(text.find('\n', from), text.size());
        const auto line = trimmed(text.substr(from, feed - from));
        from = feed + 1;
        if (line.empty() || line.front() == '%') continue;
        const std::string start = lower(line.substr(0, 10));
        return start.starts_with("@relation") || start.starts_with("@attribute");
    }
    return false;
}

} // namespace orrery::data
