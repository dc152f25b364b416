// How a delimited text is written: found from its first records.
#pragma once

#include "core/data/csv_cell.h"
#include "core/data/readers.h"

namespace orrery::data {

struct CsvDialect {
    CsvRules rules;
    std::vector<std::string> names;    ///< one a column, distinct; "column1", … without a header
    std::vector<bool> looksNumeric;    ///< in the sampled records; a guess that later records may overturn
    const char* data = nullptr;        ///< the first record after the header
    bool hasHeader = false;
};

/// Fails where there is no record at all, or the text is not text.
[[nodiscard]] Expected<CsvDialect> sniffCsv(std::string_view text, const std::string& name,
                                            const ReadOptions& options);

} // namespace orrery::data
