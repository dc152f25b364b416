// One chunk of a delimited text into its rows of the columns.
#pragma once

#include "core/data/csv_chunks.h"
#include "core/support/progress.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace orrery::data {

enum class CsvTarget : std::uint8_t { Skip, Numbers, Levels };

/// Where the cells of one column go: row r of the text to element r. Chunks write disjoint rows.
struct CsvSink {
    CsvTarget target = CsvTarget::Skip;
    double* numbers = nullptr;
    std::int32_t* codes = nullptr; ///< into the chunk's own levels, see CsvChunkResult
};

struct CsvProblem {
    const char* at = nullptr; ///< nullptr when sound
    std::size_t column = 0;
    std::string what;
};

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

/// Levels in order of first appearance.
class LevelDictionary {
  public:
    std::int32_t codeOf(std::string_view text);
    [[nodiscard]] const std::vector<std::string>& levels() const { return m_levels; }
    [[nodiscard]] std::vector<std::string> takeLevels() { return std::move(m_levels); }

  private:
    std::vector<std::string> m_levels;
    std::unordered_map<std::string, std::int32_t, TextHash, std::equal_to<>> m_codes;
};

struct CsvChunkResult {
    std::size_t rows = 0;
    CsvProblem problem;
    std::vector<std::pair<std::size_t, const char*>> notNumbers; ///< column and its first cell that is no number
    std::vector<LevelDictionary> levels;                         ///< one a column, used where the target is Levels
};

/// Rows of `chunk` from element chunk.firstRow on. Every record must have sinks.size() cells. No allocation a
/// cell; one a level.
[[nodiscard]] CsvChunkResult parseCsvChunk(const CsvChunk& chunk, const CsvRules& rules,
                                           const std::vector<CsvSink>& sinks);

} // namespace orrery::data
