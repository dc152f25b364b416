// Files and pasted text to tables.
//
//   CSV, TSV        delimiter and header sniffed; quotes, BOM, CRLF, comments        csv_reader.h
//   SVMlight        kept sparse: column `label`, features `1`, `2`, …               svmlight_reader.h
//   ARFF            numeric, nominal, text; dense and sparse rows                    arff_reader.h
//   .npy, .npz      two-dimensional X becomes X0, X1, …                              npy_reader.h
//
// A broken file is one sentence that names file, line and column; nothing of it is kept.
//
// To add a reader: write `Expected<std::shared_ptr<const Table>> readX(std::string_view text, const std::string&
// name, Progress&)` in its own x_reader.{h,cpp}: it may read kNumberPadding bytes past the text, allocates
// in proportion to the text and never to a number found in it, and polls Progress::isCancelled(). Then add a line to
// kFormats in readers.cpp, a fuzz target under tests/fuzz and cases under tests/core/data.
#pragma once

#include "core/data/table.h"
#include "core/support/expected.h"
#include "core/support/progress.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orrery::data {

enum class HeaderMode : std::uint8_t { Auto, Yes, No };

struct ReadOptions {
    std::optional<char> delimiter; ///< CSV: sniffed among , tab ; | space when absent
    HeaderMode header = HeaderMode::Auto;
    char commentMark = '#'; ///< CSV: a line that begins with it is skipped; '\0' for none
    /// CSV: columns in which a cell that is not a number is an error rather than a category.
    std::vector<std::string> numericColumns;
    std::size_t chunkBytes = std::size_t{1} << 20; ///< unit of parallel work and of cancelling
};

using TableResult = Expected<std::shared_ptr<const Table>>;

/// By extension, and by content where the extension says nothing. May take long: call it off the UI thread.
[[nodiscard]] TableResult readFile(const std::filesystem::path& path, const ReadOptions& options,
                                   Progress& progress);

/// Pasted cells or any other text: CSV, or one of the other text formats where the content is clearly that.
[[nodiscard]] TableResult readText(std::string_view text, const std::string& name, const ReadOptions& options = {});

struct FileFormat {
    std::string label;                   ///< "Comma- or tab-separated"
    std::vector<std::string> extensions; ///< "csv", without the dot
};
/// What an open dialog offers.
[[nodiscard]] const std::vector<FileFormat>& fileFormats();

} // namespace orrery::data
