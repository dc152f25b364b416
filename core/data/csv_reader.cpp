#include "core/data/csv_reader.h"

#include "core/data/csv_dialect.h"
#include "core/data/csv_parser.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <fmt/format.h>
#include <tbb/parallel_for.h>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace orrery::data {

namespace {

// Half the cost of a fresh column is its page faults; large pages take most of them away where the kernel has
// them for those who ask.
template <class T>
void makeRoom(std::vector<T>& values, std::size_t size) {
    values.reserve(size);
#if defined(__linux__)
    constexpr std::uintptr_t kLargePage = std::uintptr_t{2} << 20;
    const auto from = (reinterpret_cast<std::uintptr_t>(values.data()) + 4095) & ~std::uintptr_t{4095};
    const auto to = reinterpret_cast<std::uintptr_t>(values.data() + size) & ~std::uintptr_t{4095};
    if (to > from && to - from >= kLargePage) (void)madvise(reinterpret_cast<void*>(from), to - from, MADV_HUGEPAGE);
#endif
    values.resize(size);
}

// Chunks were given room for `recordBound` rows each and may have used fewer: close the gaps.
template <class T>
void closeGaps(std::vector<T>& values, const std::vector<CsvChunk>& chunks,
               const std::vector<CsvChunkResult>& results) {
    std::size_t to = 0;
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        if (to != chunks[i].firstRow)
            std::memmove(values.data() + to, values.data() + chunks[i].firstRow, results[i].rows * sizeof(T));
        to += results[i].rows;
    }
    values.resize(to);
}

class CsvReader {
  public:
    CsvReader(std::string_view text, const std::string& name, const ReadOptions& options, Progress& progress,
              CsvDialect dialect)
        : m_text(text), m_name(name), m_options(options), m_progress(progress), m_dialect(std::move(dialect)),
          m_columns(m_dialect.names.size()), m_sinks(m_columns.size()) {}

    TableResult run() {
        const char* const end = m_text.data() + m_text.size();
        m_chunks = cutIntoChunks(m_dialect.data, end, m_dialect.rules, m_options.chunkBytes);
        m_results.resize(m_chunks.size());
        for (std::size_t c = 0; c < m_columns.size(); ++c)
            m_sinks[c].target = m_dialect.looksNumeric[c] || mustBeNumeric(c) ? CsvTarget::Numbers : CsvTarget::Levels;
        if (auto sound = pass(); !sound) return tl::unexpected(sound.error());
        if (auto sound = demoteColumns(); !sound) return tl::unexpected(sound.error());
        return finished();
    }

  private:
    struct ColumnData {
        std::vector<double> numbers;
        std::vector<std::int32_t> codes;
        std::vector<std::string> levels;
    };

    bool mustBeNumeric(std::size_t c) const {
        const auto& wanted = m_options.numericColumns;
        return std::find(wanted.begin(), wanted.end(), m_dialect.names[c]) != wanted.end();
    }

    // Every chunk into the columns whose target is not Skip.
    Expected<void> pass() {
        const std::size_t rows = m_chunks.empty() ? 0 : m_chunks.back().firstRow + m_chunks.back().recordBound;
        tbb::parallel_for(std::size_t{0}, m_columns.size(), [&](std::size_t c) {
            if (m_sinks[c].target == CsvTarget::Numbers) makeRoom(m_columns[c].numbers, rows);
            if (m_sinks[c].target == CsvTarget::Levels) makeRoom(m_columns[c].codes, rows);
            m_sinks[c].numbers = m_columns[c].numbers.data();
            m_sinks[c].codes = m_columns[c].codes.data();
        });
        std::atomic<std::size_t> done{0};
        tbb::parallel_for(std::size_t{0}, m_chunks.size(), [&](std::size_t i) {
            if (m_progress.isCancelled()) return;
            m_results[i] = parseCsvChunk(m_chunks[i], m_dialect.rules, m_sinks);
            m_progress.setFraction(static_cast<double>(++done) / static_cast<double>(m_chunks.size()));
        });
        if (m_progress.isCancelled()) return fail("reading was cancelled", ErrorCode::Cancelled);
        for (const auto& result : m_results)
            if (result.problem.at) return problemAt(result.problem.at, result.problem.column, result.problem.what);
        mergeLevels();
        return {};
    }

    // Columns that looked numeric and are not are read again as levels, all others skipped.
    Expected<void> demoteColumns() {
        std::vector<const char*> oddCell(m_columns.size(), nullptr);
        for (const auto& result : m_results)
            for (const auto& [column, at] : result.notNumbers)
                if (!oddCell[column]) oddCell[column] = at;
        if (auto sound = checkMustBeNumeric(oddCell); !sound) return sound;
        bool any = false;
        for (std::size_t c = 0; c < m_columns.size(); ++c) {
            m_sinks[c].target = oddCell[c] ? CsvTarget::Levels : CsvTarget::Skip;
            if (oddCell[c]) m_columns[c].numbers = {};
            any = any || oddCell[c];
        }
        return any ? pass() : Expected<void>{};
    }

    Expected<void> checkMustBeNumeric(const std::vector<const char*>& oddCell) const {
        for (std::size_t c = 0; c < m_columns.size(); ++c) {
            if (!oddCell[c] || !mustBeNumeric(c)) continue;
            std::string scratch;
            const auto cell = readCsvCell(oddCell[c], m_text.data() + m_text.size(), m_dialect.rules, scratch);
            return problemAt(oddCell[c], c, fmt::format("“{}” is not a number", cell.text.substr(0, 40)));
        }
        return {};
    }

    // From each chunk's own codes to one numbering, chunk by chunk in the order of the text.
    void mergeLevels() {
        tbb::parallel_for(std::size_t{0}, m_columns.size(), [&](std::size_t c) {
            if (m_sinks[c].target != CsvTarget::Levels) return;
            LevelDictionary all;
            for (std::size_t i = 0; i < m_chunks.size(); ++i) {
                std::vector<std::int32_t> global;
                for (const auto& level : m_results[i].levels[c].levels()) global.push_back(all.codeOf(level));
                std::int32_t* const codes = m_columns[c].codes.data() + m_chunks[i].firstRow;
                for (std::size_t r = 0; r < m_results[i].rows; ++r)
                    if (codes[r] >= 0) codes[r] = global[static_cast<std::size_t>(codes[r])];
            }
            m_columns[c].levels = all.takeLevels();
        });
    }

    TableResult finished() {
        auto table = std::make_shared<Table>();
        table->name = m_name;
        table->provenance = m_name;
        for (const auto& result : m_results) table->rowCount += result.rows;
        if (table->rowCount == 0) return fail(fmt::format("{} holds a header and no rows", m_name));
        table->columns.resize(m_columns.size());
        tbb::parallel_for(std::size_t{0}, m_columns.size(), [&](std::size_t c) {
            auto& from = m_columns[c];
            auto& to = table->columns[c];
            to.name = m_dialect.names[c];
            if (from.codes.empty()) {
                closeGaps(from.numbers, m_chunks, m_results);
                to.values = NumericColumn{std::move(from.numbers)};
            } else {
                closeGaps(from.codes, m_chunks, m_results);
                to.values = CategoricalColumn{std::move(from.codes), std::move(from.levels)};
            }
        });
        return table;
    }

    tl::unexpected<Error> problemAt(const char* at, std::size_t column, const std::string& what) const {
        const auto line = 1 + std::count(m_text.data(), at, '\n');
        const std::string named =
            column < m_dialect.names.size() ? fmt::format(" ({})", m_dialect.names[column]) : std::string();
        return fail(fmt::format("{}, line {}, column {}{}: {}", m_name, line, column + 1, named, what));
    }

    std::string_view m_text;
    const std::string& m_name;
    const ReadOptions& m_options;
    Progress& m_progress;
    CsvDialect m_dialect;
    std::vector<CsvChunk> m_chunks;
    std::vector<CsvChunkResult> m_results;
    std::vector<ColumnData> m_columns;
    std::vector<CsvSink> m_sinks;
};

} // namespace

TableResult readCsv(std::string_view text, const std::string& name, const ReadOptions& options, Progress& progress) {
    auto dialect = sniffCsv(text, name, options);
    if (!dialect) return tl::unexpected(dialect.error());
    return CsvReader(text, name, options, progress, std::move(*dialect)).run();
}

} // namespace orrery::data
