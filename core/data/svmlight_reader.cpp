#include "core/data/svmlight_reader.h"

#include "core/data/cell_text.h"
#include "core/data/csv_chunks.h"
#include "core/data/number_scan.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstring>
#include <fmt/format.h>
#include <tbb/parallel_for.h>

namespace orrery::data {

namespace {

// Names are made for every index up to the largest, so a wild one would cost memory that no file accounts
// for.
constexpr int kMaxIndex = 5'000'000;

struct Part {
    std::vector<double> labels;
    std::vector<std::size_t> rowEnd; ///< entries up to and with each row
    std::vector<int> index;
    std::vector<double> value;
    const char* problemAt = nullptr;
    std::string problem;
};

class LineParser {
  public:
    LineParser(const char* end, Part& part) : m_end(end), m_part(part) {}

    void run(const char* p) {
        while (p < m_end && !m_part.problemAt) {
            const void* const feed = std::memchr(p, '\n', static_cast<std::size_t>(m_end - p));
            const char* const stop = feed ? static_cast<const char*>(feed) : m_end;
            parseLine(p, stop);
            p = stop + 1;
        }
    }

    [[nodiscard]] int largest() const { return m_largest; }

  private:
    static bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

    void parseLine(const char* p, const char* stop) {
        if (const void* const hash = std::memchr(p, '#', static_cast<std::size_t>(stop - p)))
            stop = static_cast<const char*>(hash);
        while (stop > p && isBlank(stop[-1]))
            --stop;
        while (p < stop && isBlank(*p))
            ++p;
        if (p == stop) return;
        double label = 0.0;
        if (!parseValue(p, stop, label, "the label")) return;
        int last = -1;
        for (;;) {
            while (p < stop && isBlank(*p))
                ++p;
            if (p == stop) break;
            if (!parseEntry(p, stop, last)) return;
        }
        m_part.labels.push_back(label);
        m_part.rowEnd.push_back(m_part.value.size());
    }

    // p moves to the byte after the number, a blank or the end of the line.
    bool parseValue(const char*& p, const char* stop, double& value, std::string_view what) {
        const char* next = scanNumber(p, value);
        if (!next || next > stop || (next < stop && !isBlank(*next))) {
            next = std::find_if(p, stop, isBlank);
            const std::string_view word(p, static_cast<std::size_t>(next - p));
            const auto slow = parseNumber(word);
            if (!slow) return broken(p, fmt::format("{} is a number, not “{}”", what, word.substr(0, 40)));
            value = *slow;
        }
        p = next;
        return true;
    }

    bool parseEntry(const char*& p, const char* stop, int& last) {
        if (stop - p > 4 && std::memcmp(p, "qid:", 4) == 0) { // groups for ranking: nothing here ranks
            p = std::find_if(p, stop, isBlank);
            return true;
        }
        int index = 0;
        const auto [colon, error] = std::from_chars(p, stop, index);
        if (error != std::errc{} || colon == stop || *colon != ':' || index < 0)
            return broken(p, fmt::format("“{}” is not index:value",
                                         std::string_view(p, std::find_if(p, stop, isBlank)).substr(0, 40)));
        if (index > kMaxIndex)
            return broken(p, fmt::format("feature index {} is above {}", index, kMaxIndex));
        if (index <= last)
            return broken(p, fmt::format("feature {} comes after {}: indices must ascend", index, last));
        last = index;
        const char* at = colon + 1;
        double value = 0.0;
        if (!parseValue(at, stop, value, fmt::format("the value of feature {}", index))) return false;
        if (value != 0.0) {
            m_part.index.push_back(index);
            m_part.value.push_back(value);
        }
        m_largest = std::max(m_largest, index);
        p = at;
        return true;
    }

    bool broken(const char* at, std::string what) {
        m_part.problemAt = at;
        m_part.problem = std::move(what);
        return false;
    }

    const char* m_end;
    Part& m_part;
    int m_largest = -1;
};

// Entries arrive by row and are laid out by column: count each column, then put every entry at its column's
// next place. Rows ascend within a column because they are visited in order.
SparseBlock makeBlock(const std::vector<Part>& parts, std::size_t rows, int first, int largest) {
    SparseBlock block;
    const auto columns = static_cast<std::size_t>(std::int64_t{largest} - first + 1);
    for (std::size_t j = 0; j < columns; ++j)
        block.names.push_back(std::to_string(static_cast<int>(j) + first));
    block.values.resize(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns));
    if (columns == 0) return block; // labels alone
    std::vector<int> start(columns + 1, 0);
    for (const auto& part : parts)
        for (const int index : part.index)
            ++start[static_cast<std::size_t>(index - first) + 1];
    for (std::size_t j = 0; j < columns; ++j)
        start[j + 1] += start[j];
    std::vector<int> next(start.begin(), start.end() - 1);
    std::vector<int> inner(static_cast<std::size_t>(start.back()));
    std::vector<double> values(inner.size());
    int row = 0;
    for (const auto& part : parts) {
        std::size_t entry = 0;
        for (const auto end : part.rowEnd) {
            for (; entry < end; ++entry) {
                const auto at =
                    static_cast<std::size_t>(next[static_cast<std::size_t>(part.index[entry] - first)]++);
                inner[at] = row;
                values[at] = part.value[entry];
            }
            ++row;
        }
    }
    block.values = Eigen::Map<const Eigen::SparseMatrix<double, Eigen::ColMajor, int>>(
        static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns), start.back(), start.data(),
        inner.data(), values.data());
    return block;
}

tl::unexpected<Error> problemIn(std::string_view text, const std::string& name, const Part& part) {
    const char* const at = part.problemAt;
    const auto line = 1 + std::count(text.data(), at, '\n');
    const auto before = std::string_view(text.data(), static_cast<std::size_t>(at - text.data()));
    const auto feed = before.rfind('\n');
    const auto column = feed == std::string_view::npos ? before.size() + 1 : before.size() - feed;
    return fail(fmt::format("{}, line {}, character {}: {}", name, line, column, part.problem));
}

} // namespace

TableResult readSvmlight(std::string_view text, const std::string& name, const ReadOptions& options,
                         Progress& progress) {
    // Every cut is at a line feed; quotes mean nothing here and at worst make a cut rarer.
    const auto chunks = cutIntoChunks(text.data(), text.data() + text.size(),
                                      {.delimiter = ' ', .commentMark = '#'}, options.chunkBytes);
    std::vector<Part> parts(chunks.size());
    std::vector<int> largest(chunks.size(), -1);
    std::atomic<std::size_t> done{0};
    tbb::parallel_for(std::size_t{0}, chunks.size(), [&](std::size_t i) {
        if (progress.isCancelled()) return;
        LineParser parser(chunks[i].end, parts[i]);
        parser.run(chunks[i].begin);
        largest[i] = parser.largest();
        progress.setFraction(static_cast<double>(++done) / static_cast<double>(chunks.size()));
    });
    if (progress.isCancelled()) return fail("reading was cancelled", ErrorCode::Cancelled);
    auto table = std::make_shared<Table>();
    std::vector<double> labels;
    bool hasZero = false;
    for (const auto& part : parts) {
        if (part.problemAt) return problemIn(text, name, part);
        labels.insert(labels.end(), part.labels.begin(), part.labels.end());
        hasZero = hasZero || std::find(part.index.begin(), part.index.end(), 0) != part.index.end();
    }
    if (labels.empty()) return fail(fmt::format("{} holds no rows", name));
    table->name = table->provenance = name;
    table->rowCount = labels.size();
    const int first = hasZero ? 0 : 1;
    const int last = *std::max_element(largest.begin(), largest.end());
    table->sparse = makeBlock(parts, labels.size(), first, std::max(last, first - 1));
    table->columns.push_back({"label", NumericColumn{std::move(labels)}});
    return table;
}

bool looksLikeSvmlight(std::string_view text) {
    std::size_t from = 0;
    while (from < text.size()) {
        const std::size_t feed = std::min(text.find('\n', from), text.size());
        auto line = trimmed(text.substr(from, feed - from));
        from = feed + 1;
        if (line.empty() || line.front() == '#') continue;
        const auto space = line.find_first_of(" \t");
        if (space == std::string_view::npos || !parseNumber(line.substr(0, space))) return false;
        const auto rest = trimmed(line.substr(space));
        const auto entry = rest.substr(0, rest.find_first_of(" \t"));
        const auto colon = entry.find(':');
        return colon != std::string_view::npos &&
               (entry.substr(0, colon) == "qid" || parseNumber(entry.substr(0, colon))) &&
               parseNumber(entry.substr(colon + 1));
    }
    return false;
}

} // namespace orrery::data
