#include "core/data/csv_dialect.h"

#include "core/data/cell_text.h"
#include "core/data/table_tools.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

namespace orrery::data {

namespace {

constexpr std::size_t kSampleRecords = 100;
constexpr std::ptrdiff_t kSampleBytes = 256 * 1024;

struct SampleCell {
    std::string text;
    bool quoted;
};
using SampleRecord = std::vector<SampleCell>;

struct Sample {
    std::vector<SampleRecord> records;
    const char* secondRecord = nullptr; ///< where the data begin if the first record is a header
    const char* firstRecord = nullptr;
};

SampleRecord readRecord(const char*& p, const char* end, const CsvRules& rules) {
    SampleRecord record;
    std::string scratch;
    do {
        const CsvCell cell = readCsvCell(p, end, rules, scratch);
        record.push_back({std::string(cell.text), cell.quoted});
        p = cell.next;
        // A broken quote ends the sample's record; the reader proper says what is wrong and where.
        if (cell.problem) {
            p = end;
            return record;
        }
    } while (advanceInRecord(p, end, rules));
    if (p < end) ++p;
    return record;
}

Sample readSample(const char* begin, const char* end, const CsvRules& rules) {
    Sample sample;
    const char* p = skipToRecord(begin, end, rules);
    sample.firstRecord = p;
    sample.secondRecord = end;
    while (p < end && sample.records.size() < kSampleRecords &&
           (p - begin < kSampleBytes || sample.records.size() < 3)) {
        sample.records.push_back(readRecord(p, end, rules));
        if (sample.records.size() == 1) sample.secondRecord = p;
        p = skipToRecord(p, end, rules);
    }
    return sample;
}

// Share of records that have the most common number of cells, 0 where that number is one.
double consistency(const Sample& sample) {
    std::map<std::size_t, std::size_t> count;
    for (const auto& record : sample.records) ++count[record.size()];
    const auto best = std::max_element(count.begin(), count.end(), [](auto& a, auto& b) { return a.second < b.second; });
    if (best == count.end() || best->first == 1) return 0.0;
    return static_cast<double>(best->second) / static_cast<double>(sample.records.size());
}

// Rarer marks first: a text with commas that has a semicolon in every record is a file with semicolons (and
// perhaps decimal commas); the other way round does not happen.
char sniffDelimiter(const char* begin, const char* end, char commentMark) {
    constexpr std::array<char, 5> kCandidates = {'\t', ';', '|', ',', ' '};
    char best = ',';
    double bestScore = 0.0;
    for (const char candidate : kCandidates) {
        const double score = consistency(readSample(begin, end, {candidate, commentMark}));
        // Later candidates must be clearly better.
        if (score > bestScore + 0.05) {
            best = candidate;
            bestScore = score;
        }
    }
    return best;
}

bool isNumberOrMissing(const SampleCell& cell) {
    return isMissingText(cell.text) || parseNumber(cell.text).has_value();
}

std::vector<bool> numericColumns(const Sample& sample, std::size_t from, std::size_t columns) {
    std::vector<bool> numeric(columns, true);
    for (std::size_t r = from; r < sample.records.size(); ++r)
        for (std::size_t c = 0; c < std::min(columns, sample.records[r].size()); ++c)
            if (!isNumberOrMissing(sample.records[r][c])) numeric[c] = false;
    return numeric;
}

// A header is all words. Over numbers that settles it; over words it must not look like one more row of them.
bool sniffHeader(const Sample& sample) {
    const auto& first = sample.records.front();
    for (const auto& cell : first)
        if (parseNumber(cell.text)) return false;
    if (std::all_of(first.begin(), first.end(), [](auto& cell) { return isMissingText(cell.text); })) return false;
    if (sample.records.size() == 1) return true;
    const auto numeric = numericColumns(sample, 1, first.size());
    if (std::find(numeric.begin(), numeric.end(), true) != numeric.end()) return true;
    for (std::size_t a = 0; a < first.size(); ++a) {
        for (std::size_t r = 1; r < sample.records.size(); ++r)
            if (a < sample.records[r].size() && sample.records[r][a].text == first[a].text) return false;
    }
    return true;
}

void nameColumns(const Sample& sample, CsvDialect& dialect) {
    const auto& first = sample.records.front();
    const std::size_t columns = sample.records[sample.records.size() > 1 ? 1 : 0].size();
    if (dialect.hasHeader) {
        // R's write.table leaves out the name of the row-name column.
        if (sample.records.size() > 1 && columns == first.size() + 1) dialect.names.emplace_back("row");
        for (const auto& cell : first) dialect.names.push_back(cell.text);
    } else {
        dialect.names.resize(first.size());
    }
    makeNamesUsable(dialect.names);
}

} // namespace

Expected<CsvDialect> sniffCsv(std::string_view text, const std::string& name, const ReadOptions& options) {
    if (text.substr(0, 3) == "\xef\xbb\xbf") text.remove_prefix(3);
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    if (text.substr(0, kSampleBytes).find('\0') != std::string_view::npos)
        return fail(fmt::format("{} is not a text file: it holds zero bytes", name));
    CsvDialect dialect;
    dialect.rules.commentMark = options.commentMark;
    dialect.rules.delimiter = options.delimiter ? *options.delimiter : sniffDelimiter(begin, end, options.commentMark);
    const Sample sample = readSample(begin, end, dialect.rules);
    if (sample.records.empty()) return fail(fmt::format("{} holds no rows", name));
    dialect.hasHeader =
        options.header == HeaderMode::Yes || (options.header == HeaderMode::Auto && sniffHeader(sample));
    nameColumns(sample, dialect);
    dialect.data = dialect.hasHeader ? sample.secondRecord : sample.firstRecord;
    dialect.looksNumeric = numericColumns(sample, dialect.hasHeader ? 1 : 0, dialect.names.size());
    return dialect;
}

} // namespace orrery::data
