#include "core/data/readers.h"

#include "core/data/csv_reader.h"
#include "core/data/text_source.h"

#include <algorithm>
#include <fmt/format.h>

namespace orrery::data {

namespace {

// Line ends of old Macs: carriage returns alone.
bool hasOnlyReturns(std::string_view text) {
    return text.find('\n') == std::string_view::npos && text.find('\r') != std::string_view::npos;
}

TableResult readDelimited(std::string_view text, const std::string& name, const ReadOptions& options,
                          Progress& progress) {
    if (!hasOnlyReturns(text)) return readCsv(text, name, options, progress);
    std::string lines(text);
    std::replace(lines.begin(), lines.end(), '\r', '\n');
    const auto source = TextSource::copyOf(lines);
    return readCsv(source.text(), name, options, progress);
}

} // namespace

TableResult readFile(const std::filesystem::path& path, const ReadOptions& options, Progress& progress) {
    const auto source = TextSource::open(path);
    if (!source) return tl::unexpected(source.error());
    return readDelimited(source->text(), path.filename().string(), options, progress);
}

TableResult readText(std::string_view text, const std::string& name, const ReadOptions& options) {
    const auto source = TextSource::copyOf(text);
    Progress progress;
    return readDelimited(source.text(), name, options, progress);
}

} // namespace orrery::data
