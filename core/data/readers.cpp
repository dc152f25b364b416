#include "core/data/readers.h"

#include "core/data/arff_reader.h"
#include "core/data/csv_reader.h"
#include "core/data/npy_reader.h"
#include "core/data/svmlight_reader.h"
#include "core/data/text_source.h"

#include <algorithm>
#include <array>
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

TableResult readTabbed(std::string_view text, const std::string& name, const ReadOptions& options,
                       Progress& progress) {
    ReadOptions tabbed = options;
    if (!tabbed.delimiter) tabbed.delimiter = '\t';
    return readDelimited(text, name, tabbed, progress);
}

TableResult readAttributes(std::string_view text, const std::string& name, const ReadOptions&,
                           Progress& progress) {
    return readArff(text, name, progress);
}
TableResult readArray(std::string_view bytes, const std::string& name, const ReadOptions&,
                      Progress& progress) {
    return readNpy(bytes, name, progress);
}
TableResult readArchive(std::string_view bytes, const std::string& name, const ReadOptions&,
                        Progress& progress) {
    return readNpz(bytes, name, progress);
}

using Reader = TableResult (*)(std::string_view, const std::string&, const ReadOptions&, Progress&);

struct Format {
    std::string_view extensions; ///< each followed by a blank
    Reader read;
};
constexpr std::array<Format, 6> kFormats = {{{"csv ", readDelimited},
                                             {"tsv tab ", readTabbed},
                                             {"svmlight libsvm svm ", readSvmlight},
                                             {"arff ", readAttributes},
                                             {"npy ", readArray},
                                             {"npz ", readArchive}}};

Reader readerFor(std::string_view bytes, std::string extension) {
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    const std::string word = fmt::format(" {} ", extension);
    for (const auto& format : kFormats)
        if (!extension.empty() && fmt::format(" {}", format.extensions).find(word) != std::string::npos)
            return format.read;
    if (bytes.starts_with("\x93NUMPY")) return readArray;
    if (bytes.starts_with("PK\3\4")) return readArchive;
    // What a first line tells is near the start, but comments may come first.
    const auto start = bytes.substr(0, 64 * 1024);
    if (looksLikeArff(start)) return readAttributes;
    return looksLikeSvmlight(start) ? readSvmlight : readDelimited;
}

} // namespace

TableResult readFile(const std::filesystem::path& path, const ReadOptions& options, Progress& progress) {
    const auto source = TextSource::open(path);
    if (!source) return tl::unexpected(source.error());
    std::string extension = path.extension().string();
    if (!extension.empty()) extension.erase(0, 1);
    return readerFor(source->text(), extension)(source->text(), path.filename().string(), options, progress);
}

TableResult readText(std::string_view text, const std::string& name, const ReadOptions& options) {
    const auto source = TextSource::copyOf(text);
    Progress progress;
    return readerFor(source.text(), "")(source.text(), name, options, progress);
}

const std::vector<FileFormat>& fileFormats() {
    static const std::vector<FileFormat> formats = {
        {"Comma- or tab-separated", {"csv", "tsv", "tab", "txt", "dat", "data"}},
        {"SVMlight", {"svmlight", "libsvm", "svm"}},
        {"ARFF", {"arff"}},
        {"NumPy", {"npy", "npz"}},
    };
    return formats;
}

} // namespace orrery::data
