// The sources as text: read once, judged by the rules.
#pragma once

#include <string>
#include <vector>

namespace orrery::contract {

struct SourceFile {
    std::string path; ///< from the top of the repository, with forward slashes
    std::vector<std::string> lines;

    [[nodiscard]] bool isHeader() const { return path.ends_with(".h") || path.ends_with(".cuh"); }
    [[nodiscard]] bool isCode() const; ///< C++ or CUDA
    [[nodiscard]] bool isUnder(const std::string& folder) const { return path.starts_with(folder + "/"); }
    [[nodiscard]] std::string folder() const { return path.substr(0, path.rfind('/')); }
};

/// One sentence a breach: "core/a.h:3: ...". Empty when all is well.
using Findings = std::vector<std::string>;

[[nodiscard]] std::string where(const SourceFile& file, std::size_t line); ///< "path:line: ", line from 0

/// The line without its `//` comment; a `//` inside a string literal stays.
[[nodiscard]] std::string withoutComment(const std::string& line);

/// Every text file below the source folders, and the pages at the top, in the order of their paths.
[[nodiscard]] std::vector<SourceFile> readSourceTree(const std::string& top);

} // namespace orrery::contract
