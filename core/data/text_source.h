// The bytes of a file or of pasted text, with readable zeros after the last one.
#pragma once

#include "core/support/expected.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace orrery::data {

/// Files are mapped, not read: pages come in while they are parsed, by the thread that parses them. At least
/// kNumberPadding zero bytes follow the text, so a scan may look ahead without asking where the end is.
class TextSource {
  public:
    [[nodiscard]] static Expected<TextSource> open(const std::filesystem::path& path);
    [[nodiscard]] static TextSource copyOf(std::string_view text);

    [[nodiscard]] std::string_view text() const { return {m_data, m_size}; }

  private:
    std::shared_ptr<const void> m_owner;
    const char* m_data = "";
    std::size_t m_size = 0;
};

} // namespace orrery::data
