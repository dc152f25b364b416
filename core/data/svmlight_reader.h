// SVMlight / LIBSVM text:   label [qid:q] index:value index:value …  [# comment]
//
// Indices ascend within a line and count from 1 (from 0 where a file has a 0). The label is the numeric column
// `label`; features stay sparse under their index as name. Cost: one pass, in parallel over chunks of lines.
#pragma once

#include "core/data/readers.h"

namespace orrery::data {

/// Reads up to kNumberPadding bytes past `text`, as readCsv() does.
[[nodiscard]] TableResult readSvmlight(std::string_view text, const std::string& name, const ReadOptions& options,
                                       Progress& progress);

/// Whether the first line with content has the shape `number index:value …`.
[[nodiscard]] bool looksLikeSvmlight(std::string_view text);

} // namespace orrery::data
