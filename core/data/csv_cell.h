// One cell of delimited text, by the general rules: blanks around it, quotes, doubled quotes, line ends inside quotes.
#pragma once

#include <string>
#include <string_view>

namespace orrery::data {

/// The part of the dialect that decides where cells and records end.
struct CsvRules {
    char delimiter = ',';
    char commentMark = '#';

    [[nodiscard]] bool isSpaced() const { return delimiter == ' '; }
    /// With a space as delimiter any run of spaces and tabs is one.
    [[nodiscard]] bool isDelimiter(char c) const { return c == delimiter || (isSpaced() && c == '\t'); }
    [[nodiscard]] bool isBlank(char c) const {
        return c == '\r' || ((c == ' ' || c == '\t') && c != delimiter) || (isSpaced() && (c == ' ' || c == '\t'));
    }
};

struct CsvCell {
    std::string_view text; ///< without quotes and outer blanks; may point into the scratch string
    const char* next;      ///< at the delimiter, the line feed or the end of the text
    bool quoted = false;
    const char* problem = nullptr; ///< a static sentence, nullptr when sound
};

/// The cell at p < end or p == end (then empty). `scratch` holds the text of a cell with doubled quotes.
[[nodiscard]] CsvCell readCsvCell(const char* p, const char* end, const CsvRules& rules, std::string& scratch);

/// Past blank lines and comment lines: the first byte of the next record, or end.
[[nodiscard]] const char* skipToRecord(const char* p, const char* end, const CsvRules& rules);

/// p at the end of a cell: moves past a delimiter and says whether another cell of the record follows.
[[nodiscard]] inline bool advanceInRecord(const char*& p, const char* end, const CsvRules& rules) {
    if (rules.isSpaced()) {
        while (p < end && rules.isBlank(*p)) ++p;
        return p < end && *p != '\n';
    }
    if (p == end || *p != rules.delimiter) return false;
    ++p;
    return true;
}

} // namespace orrery::data
