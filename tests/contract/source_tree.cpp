#include "tests/contract/source_tree.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

namespace orrery::contract {

namespace fs = std::filesystem;

namespace {

constexpr std::array kFolders{"core", "gpu", "widgets", "app", "tests", "cmake", "resources"};
constexpr std::array kTextSuffixes{".h",  ".cpp", ".cu",  ".cuh", ".cmake",   ".txt",
                                   ".md", ".py",  ".svg", ".xml", ".desktop", ".in"};

bool isText(const fs::path& path) {
    return std::ranges::find(kTextSuffixes, path.extension().string()) != kTextSuffixes.end();
}

SourceFile readFile(const fs::path& top, const fs::path& path) {
    SourceFile file{fs::relative(path, top).generic_string(), {}};
    std::ifstream stream(path);
    for (std::string line; std::getline(stream, line);)
        file.lines.push_back(line);
    return file;
}

} // namespace

bool SourceFile::isCode() const {
    return isHeader() || path.ends_with(".cpp") || path.ends_with(".cu");
}

std::string where(const SourceFile& file, std::size_t line) {
    return file.path + ":" + std::to_string(line + 1) + ": ";
}

std::string withoutComment(const std::string& line) {
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (quoted && line[i] == '\\')
            ++i;
        else if (line[i] == '"')
            quoted = !quoted;
        else if (!quoted && line.compare(i, 2, "//") == 0)
            return line.substr(0, i);
    }
    return line;
}

std::vector<SourceFile> readSourceTree(const std::string& top) {
    std::vector<SourceFile> files;
    for (const char* folder : kFolders) {
        if (!fs::exists(fs::path(top) / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(top) / folder))
            if (entry.is_regular_file() && isText(entry.path())) files.push_back(readFile(top, entry.path()));
    }
    for (const auto& entry : fs::directory_iterator(top))
        if (entry.is_regular_file() && isText(entry.path())) files.push_back(readFile(top, entry.path()));
    std::ranges::sort(files, {}, &SourceFile::path);
    return files;
}

} // namespace orrery::contract
