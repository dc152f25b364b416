#include "core/data/csv_parser.h"

#include "core/data/cell_text.h"
#include "core/data/number_scan.h"

#include <fmt/format.h>
#include <limits>

namespace orrery::data {

std::int32_t LevelDictionary::codeOf(std::string_view text) {
    if (const auto found = m_codes.find(text); found != m_codes.end()) return found->second;
    const auto code = static_cast<std::int32_t>(m_levels.size());
    m_levels.emplace_back(text);
    m_codes.emplace(m_levels.back(), code);
    return code;
}

namespace {

class ChunkParser {
  public:
    ChunkParser(const CsvChunk& chunk, const CsvRules& rules, const std::vector<CsvSink>& sinks)
        : m_end(chunk.end), m_rules(rules), m_sinks(sinks), m_isNumeric(sinks.size(), true) {
        m_result.levels.resize(sinks.size());
    }

    CsvChunkResult run(const char* p, std::size_t row) {
        const std::size_t first = row;
        while (p < m_end) {
            // Nearly every record begins with a digit, a sign or a letter; all that is skipped sorts below.
            if (*p <= '#' || *p == m_rules.commentMark) {
                p = skipToRecord(p, m_end, m_rules);
                if (p == m_end) break;
            }
            p = parseRecord(p, row);
            if (!p) break;
            ++row;
        }
        m_result.rows = row - first;
        return std::move(m_result);
    }

  private:
    // The byte after the record, nullptr on a problem.
    const char* parseRecord(const char* p, std::size_t row) {
        const std::size_t columns = m_sinks.size();
        for (std::size_t c = 0; c < columns; ++c) {
            if (m_sinks[c].target == CsvTarget::Numbers) {
                // A number that stands bare between its marks never leaves this loop.
                double value;
                const char* const next = scanNumber(p, value);
                if (next && next < m_end && *next == m_rules.delimiter && c + 1 < columns && !m_rules.isSpaced()) {
                    m_sinks[c].numbers[row] = value;
                    p = next + 1;
                    continue;
                }
                if (next && c + 1 == columns && next < m_end && *next == '\n') {
                    m_sinks[c].numbers[row] = value;
                    return next + 1;
                }
            }
            p = parseCell(p, c, row);
            if (!p) return nullptr;
            const char* const at = p;
            const bool more = advanceInRecord(p, m_end, m_rules);
            if (more != (c + 1 < columns)) return raggedAt(more ? p : at, c);
        }
        return p < m_end ? p + 1 : p;
    }

    const char* parseCell(const char* p, std::size_t c, std::size_t row) {
        const CsvCell cell = readCsvCell(p, m_end, m_rules, m_scratch);
        if (cell.problem) return broken(p, c, cell.problem);
        const CsvSink& sink = m_sinks[c];
        if (sink.target == CsvTarget::Levels) {
            sink.codes[row] = isMissingText(cell.text) ? -1 : m_result.levels[c].codeOf(cell.text);
        } else if (sink.target == CsvTarget::Numbers) {
            sink.numbers[row] = std::numeric_limits<double>::quiet_NaN();
            if (const auto value = parseNumber(cell.text)) sink.numbers[row] = *value;
            else if (m_isNumeric[c] && !isMissingText(cell.text)) {
                m_isNumeric[c] = false;
                m_result.notNumbers.emplace_back(c, p);
            }
        }
        return cell.next;
    }

    const char* broken(const char* at, std::size_t column, std::string what) {
        m_result.problem = {at, column, std::move(what)};
        return nullptr;
    }

    const char* raggedAt(const char* at, std::size_t c) {
        const std::size_t columns = m_sinks.size();
        if (c + 1 == columns) return broken(at, c + 1, fmt::format("the row goes on after its {} cells", columns));
        return broken(at, c + 1, fmt::format("the row ends after {} of {} cells", c + 1, columns));
    }

    const char* m_end;
    CsvRules m_rules;
    const std::vector<CsvSink>& m_sinks;
    std::vector<bool> m_isNumeric;
    std::string m_scratch;
    CsvChunkResult m_result;
};

} // namespace

CsvChunkResult parseCsvChunk(const CsvChunk& chunk, const CsvRules& rules, const std::vector<CsvSink>& sinks) {
    return ChunkParser(chunk, rules, sinks).run(chunk.begin, chunk.firstRow);
}

} // namespace orrery::data
