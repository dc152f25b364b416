#include "tests/contract/rules.h"

#include <algorithm>
#include <regex>
#include <set>

namespace orrery::contract {

namespace {

struct Include {
    std::string name;
    bool quoted = false;
};

/// The include of a line; an empty name when there is none.
Include includeOf(const std::string& line) {
    static const std::regex pattern(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    std::smatch match;
    if (!std::regex_search(line, match, pattern)) return {};
    return {match[2], match[1] == "\""};
}

bool isQt(const std::string& name) {
    static const std::regex pattern(R"(^(Q[A-Z]|Qt|qcustomplot|q[a-z]+\.h$))");
    return std::regex_search(name, pattern);
}

bool isCuda(const std::string& name) {
    static const std::regex pattern(
        R"(^(cuda|cudnn|cublas|curand|cusparse|cusolver|cufft|cub/|thrust/|cooperative_groups|nvtx|nvml|nvrtc|nvToolsExt))");
    return std::regex_search(name, pattern);
}

struct Layer {
    std::string folder;
    std::vector<std::string> mayInclude; ///< folders, besides its own
    bool qt = false;
    bool cuda = false;
};

/// The first that fits counts.
const std::vector<Layer>& layers() {
    static const std::vector<Layer> table{
        {"core", {}, false, false},
        {"gpu/cuda", {"gpu", "core"}, false, true},
        {"gpu/runner", {"gpu", "core"}, false, false},
        {"gpu", {"core", "gpu/protocol", "gpu/roofline", "gpu/models", "gpu/reference", "gpu/text"}, false, false},
        {"widgets", {"core", "gpu/protocol", "gpu/roofline"}, true, false},
        {"app", {"widgets", "core", "gpu/protocol", "gpu/roofline"}, true, false},
        {"tests", {"core", "gpu", "widgets", "app"}, true, true},
    };
    return table;
}

const Layer* layerOf(const SourceFile& file) {
    const auto found =
        std::ranges::find_if(layers(), [&](const Layer& layer) { return file.isUnder(layer.folder); });
    return found == layers().end() ? nullptr : &*found;
}

bool isRooted(const std::string& name) {
    static const std::regex pattern(R"(^(core|gpu|widgets|app|tests)/)");
    return std::regex_search(name, pattern) && name.find("..") == std::string::npos;
}

bool mayInclude(const Layer& layer, const std::string& name) {
    // gpu is not free to include all of itself: gpu/cuda stays behind its own door.
    const bool ofItself = layer.folder != "gpu" && name.starts_with(layer.folder + "/");
    return ofItself || std::ranges::any_of(layer.mayInclude, [&](const std::string& folder) {
               return name.starts_with(folder + "/");
           });
}

std::string judgeInclude(const Layer& layer, const Include& include) {
    const std::string subject = layer.folder + " includes " + include.name;
    if (isQt(include.name) && !layer.qt) return subject + ", which is Qt";
    if (isCuda(include.name) && !layer.cuda) return subject + ", which is CUDA";
    if (isRooted(include.name))
        return mayInclude(layer, include.name) ? "" : subject + ", which is not below it";
    const bool generated = include.name.ends_with(".moc");
    if (include.quoted && !generated) return "\"" + include.name + "\" is not rooted at the repository";
    return {};
}

/// A finding for each line of code (comments aside) that the pattern matches.
Findings linesMatching(const SourceFile& file, const std::regex& pattern, const std::string& complaint) {
    Findings findings;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        std::smatch match;
        const std::string line = withoutComment(file.lines[i]);
        if (std::regex_search(line, match, pattern))
            findings.push_back(where(file, i) + complaint + match.str());
    }
    return findings;
}

/// The folders that the page gives a row: lines that begin "| `folder/` |".
std::set<std::string> rowsOf(const SourceFile& page) {
    static const std::regex pattern(R"(^\|\s*`([^`]+?)/?`)");
    std::set<std::string> rows;
    std::smatch match;
    for (const std::string& line : page.lines)
        if (std::regex_search(line, match, pattern)) rows.insert(match[1]);
    return rows;
}

} // namespace

Findings includesOutOfLayer(const SourceFile& file) {
    const Layer* layer = layerOf(file);
    Findings findings;
    if (!layer || !file.isCode()) return findings;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const Include include = includeOf(file.lines[i]);
        if (include.name.empty()) continue;
        if (const std::string complaint = judgeInclude(*layer, include); !complaint.empty())
            findings.push_back(where(file, i) + complaint);
    }
    return findings;
}

Findings printing(const SourceFile& file) {
    static const std::regex pattern(
        R"(\bstd::(cout|cerr|clog)\b|\b(printf|fprintf|puts)\s*\(|\bfmt::print\b|<iostream>)");
    if (!file.isUnder("core") || !file.isCode()) return {};
    return linesMatching(file, pattern, "core prints nothing: ");
}

Findings headerManners(const SourceFile& file) {
    static const std::regex pattern(R"(^(inline )?using\s+namespace\b)");
    if (!file.isHeader()) return {};
    Findings findings = linesMatching(file, pattern, "in a header: ");
    if (std::ranges::find(file.lines, "#pragma once") == file.lines.end())
        findings.push_back(file.path + ": a header without #pragma once");
    return findings;
}

Findings tooLong(const SourceFile& file, std::size_t most) {
    if (!file.isCode() || file.lines.size() <= most) return {};
    return {file.path + ": " + std::to_string(file.lines.size()) + " lines"};
}

Findings colorLiterals(const SourceFile& file) {
    // Qt::transparent is the absence of a colour.
    static const std::regex pattern(
        R"(QColor(\s+\w+)?\s*[({]\s*(\d|"|u"|QStringLiteral|QLatin1String)|\bqRgba?\s*\(\s*\d|"#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b|\bQt::(black|white|(dark|light)?(red|green|blue|cyan|magenta|yellow|gray)|(dark|light)(Red|Green|Blue|Cyan|Magenta|Yellow|Gray))\b)");
    const bool draws = file.isUnder("widgets") || file.isUnder("app");
    if (!draws || file.isUnder("widgets/theme") || !file.isCode()) return {};
    return linesMatching(file, pattern, "a colour outside widgets/theme: ");
}

Findings forbiddenWords(const SourceFile& file) {
    static const std::regex pattern(
        R"(\b(TODO|FIXME|XXX|HACK)\b|[Ll]orem ipsum|(^|[\s"'(=])/(home|root|work|tmp)/)");
    if (file.isUnder("tests/contract")) return {}; // the words stand here as examples
    Findings findings;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        std::smatch match;
        if (std::regex_search(file.lines[i], match, pattern))
            findings.push_back(where(file, i) + "a note to self or a path of one machine: " + match.str());
    }
    return findings;
}

Findings foldersWithoutRow(const std::vector<SourceFile>& tree, const SourceFile& page) {
    const std::set<std::string> rows = rowsOf(page);
    std::set<std::string> folders;
    for (const SourceFile& file : tree)
        if (file.isCode()) folders.insert(file.folder());
    Findings findings;
    for (const std::string& folder : folders) {
        // Folders of tests mirror what they test: the row of the first two levels speaks for those below.
        const std::size_t second = folder.find('/', folder.find('/') + 1);
        const std::string wanted = folder.starts_with("tests/") ? folder.substr(0, second) : folder;
        if (!rows.contains(wanted)) findings.push_back(page.path + ": no row for " + wanted + "/");
    }
    findings.erase(std::unique(findings.begin(), findings.end()), findings.end());
    return findings;
}

Findings rowsWithoutFolder(const std::vector<SourceFile>& tree, const SourceFile& page) {
    Findings findings;
    for (const std::string& row : rowsOf(page))
        if (std::ranges::none_of(tree, [&](const SourceFile& file) { return file.isUnder(row); }))
            findings.push_back(page.path + ": a row for " + row + "/, which is not there");
    return findings;
}

} // namespace orrery::contract
