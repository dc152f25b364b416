// The members of a zip archive in memory: stored or deflated, with the sizes of zip64 where they are given.
#pragma once

#include "core/support/expected.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace orrery::data {

struct ZipMember {
    std::string name;
    std::uint16_t method = 0; ///< 0 stored, 8 deflated
    std::uint32_t checksum = 0;
    std::uint64_t packedSize = 0;
    std::uint64_t size = 0;
    std::uint64_t headerAt = 0;
};

/// The central directory. `archiveName` is for the sentence of a refusal.
[[nodiscard]] Expected<std::vector<ZipMember>> listZip(std::string_view bytes, const std::string& archiveName);

/// The bytes of one member, its checksum verified.
[[nodiscard]] Expected<std::string> unpack(std::string_view bytes, const ZipMember& member,
                                           const std::string& archiveName);

} // namespace orrery::data
