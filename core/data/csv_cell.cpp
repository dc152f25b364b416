#include "core/data/csv_cell.h"

#include "core/data/cell_text.h"

#include <cstring>

namespace orrery::data {

namespace {

const char* findQuote(const char* p, const char* end) {
    return static_cast<const char*>(std::memchr(p, '"', static_cast<std::size_t>(end - p)));
}

CsvCell readQuotedCell(const char* p, const char* end, const CsvRules& rules, std::string& scratch) {
    CsvCell cell{.text = {}, .next = end, .quoted = true};
    const char* const first = ++p;
    bool doubled = false;
    const char* close = findQuote(p, end);
    while (close && close + 1 < end && close[1] == '"') {
        if (!doubled) scratch.clear();
        doubled = true;
        scratch.append(p, close + 1);
        p = close + 2;
        close = findQuote(p, end);
    }
    if (!close) {
        cell.problem = "a quote is opened and never closed";
        return cell;
    }
    if (doubled) scratch.append(p, close);
    cell.text = doubled ? std::string_view(scratch) : std::string_view(first, static_cast<std::size_t>(close - first));
    const char* after = close + 1;
    while (after < end && rules.isBlank(*after) && !rules.isDelimiter(*after)) ++after;
    if (after < end && *after != '\n' && !rules.isDelimiter(*after))
        cell.problem = "text follows the closing quote";
    cell.next = after;
    return cell;
}

} // namespace

CsvCell readCsvCell(const char* p, const char* end, const CsvRules& rules, std::string& scratch) {
    while (p < end && rules.isBlank(*p)) ++p;
    if (p < end && *p == '"') return readQuotedCell(p, end, rules, scratch);
    const char* q = p;
    while (q < end && *q != '\n' && !rules.isDelimiter(*q)) ++q;
    return {.text = trimmed({p, static_cast<std::size_t>(q - p)}), .next = q};
}

const char* skipToRecord(const char* p, const char* end, const CsvRules& rules) {
    while (p < end) {
        const char* q = p;
        while (q < end && rules.isBlank(*q)) ++q;
        if (q == end) return end;
        const bool comment = rules.commentMark != '\0' && *q == rules.commentMark;
        if (*q != '\n' && !comment) return p;
        const void* const feed = std::memchr(q, '\n', static_cast<std::size_t>(end - q));
        if (!feed) return end;
        p = static_cast<const char*>(feed) + 1;
    }
    return end;
}

} // namespace orrery::data
