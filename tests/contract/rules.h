// What ARCHITECTURE.md promises about the sources, one function a rule. Each returns what it found wrong.
#pragma once

#include "tests/contract/source_tree.h"

namespace orrery::contract {

inline constexpr std::size_t kAskWhyLines = 400; ///< reported
inline constexpr std::size_t kMostLines = 500;   ///< refused

/// core <- widgets <- app; gpu/protocol and gpu/roofline <- widgets; only gpu/cuda knows CUDA; no Qt in core
/// and gpu; quoted includes rooted at the repository; nothing but tests includes tests.
[[nodiscard]] Findings includesOutOfLayer(const SourceFile& file);
/// core writes to no terminal.
[[nodiscard]] Findings printing(const SourceFile& file);
/// #pragma once, and no `using namespace` for whoever includes it; within a function is fine (clang-format
/// indents those, and nothing else).
[[nodiscard]] Findings headerManners(const SourceFile& file);
[[nodiscard]] Findings tooLong(const SourceFile& file, std::size_t most = kMostLines);
/// A colour that does not come from widgets/theme.
[[nodiscard]] Findings colorLiterals(const SourceFile& file);
/// Notes to self, and paths that exist on one machine only.
[[nodiscard]] Findings forbiddenWords(const SourceFile& file);
/// Folders with code that have no row in the page, and rows whose folder has no file.
[[nodiscard]] Findings foldersWithoutRow(const std::vector<SourceFile>& tree, const SourceFile& page);
[[nodiscard]] Findings rowsWithoutFolder(const std::vector<SourceFile>& tree, const SourceFile& page);

} // namespace orrery::contract
