// Where a long delimited text may be cut so that its parts can be read on their own.
#pragma once

#include "core/data/csv_cell.h"

#include <cstddef>
#include <vector>

namespace orrery::data {

/// Whole records: [begin, end).
struct CsvChunk {
    const char* begin;
    const char* end;
    std::size_t recordBound; ///< at least as many as it holds: line feeds plus one where the last is missing
    std::size_t firstRow;    ///< sum of the bounds before it
};

/// Cuts after a line feed that is outside quotes, near every multiple of `chunkBytes`. The cuts, and so what each
/// chunk holds, do not depend on how many threads look. Cost: one pass over the text, in parallel.
[[nodiscard]] std::vector<CsvChunk> cutIntoChunks(const char* begin, const char* end, const CsvRules& rules,
                                                  std::size_t chunkBytes);

} // namespace orrery::data
