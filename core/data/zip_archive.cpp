// PKWARE's APPNOTE.TXT, sections 4.3.7 (local header), 4.3.12 (directory), 4.3.16 (end), 4.5.3 (zip64).
#include "core/data/zip_archive.h"

#include <algorithm>
#include <fmt/format.h>
#include <zlib.h>

namespace orrery::data {

namespace {

constexpr std::uint32_t kLocalHeader = 0x04034b50;
constexpr std::uint32_t kDirectoryEntry = 0x02014b50;
constexpr std::size_t kEndSize = 22;
// Deflate cannot do better than this, so a size beyond it is a lie told to make us allocate.
constexpr std::uint64_t kBestRatio = 1032;

// Little-endian number of `width` bytes; the caller has checked that they are there.
std::uint64_t number(std::string_view bytes, std::size_t at, int width) {
    std::uint64_t value = 0;
    for (int i = width - 1; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

// Sizes that read 0xffffffff stand, in this order, in the extra field of kind 1.
void applyZip64(std::string_view extra, ZipMember& member) {
    while (extra.size() >= 4) {
        const auto kind = number(extra, 0, 2), length = number(extra, 2, 2);
        if (length > extra.size() - 4) return;
        if (kind == 1) {
            std::string_view field = extra.substr(4, length);
            for (std::uint64_t* const value : {&member.size, &member.packedSize, &member.headerAt}) {
                if (*value != 0xffffffff || field.size() < 8) continue;
                *value = number(field, 0, 8);
                field.remove_prefix(8);
            }
        }
        extra.remove_prefix(4 + length);
    }
}

Expected<std::string> inflated(std::string_view packed, const ZipMember& member, const std::string& where) {
    std::string out(member.size, '\0');
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return fail(where + ": the decompressor could not start");
    // zlib counts in 32 bits: hand over both sides piece by piece.
    constexpr std::size_t kPiece = std::size_t{1} << 30;
    std::size_t given = 0, taken = 0;
    int status = Z_OK;
    while (status == Z_OK) {
        const auto in = static_cast<uInt>(std::min(kPiece, packed.size() - given));
        const auto room = static_cast<uInt>(std::min(kPiece, out.size() - taken));
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data() + given));
        stream.avail_in = in;
        stream.next_out = reinterpret_cast<Bytef*>(out.data() + taken);
        stream.avail_out = room;
        status = inflate(&stream, Z_NO_FLUSH);
        given += in - stream.avail_in;
        taken += room - stream.avail_out;
    }
    inflateEnd(&stream);
    if (status != Z_STREAM_END || taken != out.size()) return fail(where + " is damaged: its data do not unpack");
    return out;
}

} // namespace

Expected<std::vector<ZipMember>> listZip(std::string_view bytes, const std::string& archiveName) {
    // The end record is followed by a comment of at most 65535 bytes.
    const std::size_t from = bytes.size() > kEndSize + 65535 ? bytes.size() - kEndSize - 65535 : 0;
    const auto end = bytes.rfind("PK\5\6");
    if (end == std::string_view::npos || end < from || bytes.size() - end < kEndSize)
        return fail(fmt::format("{} is not a whole zip archive: its directory is missing", archiveName));
    std::size_t at = number(bytes, end + 16, 4);
    const auto count = number(bytes, end + 10, 2);
    std::vector<ZipMember> members;
    for (std::uint64_t i = 0; i < count; ++i) {
        if (at > bytes.size() || bytes.size() - at < 46 || number(bytes, at, 4) != kDirectoryEntry)
            return fail(fmt::format("{}, directory entry {}: the archive is damaged", archiveName, i + 1));
        const std::size_t nameSize = number(bytes, at + 28, 2), extraSize = number(bytes, at + 30, 2),
                          commentSize = number(bytes, at + 32, 2);
        if (bytes.size() - at - 46 < nameSize + extraSize + commentSize)
            return fail(fmt::format("{}, directory entry {}: the archive is damaged", archiveName, i + 1));
        ZipMember member{.name = std::string(bytes.substr(at + 46, nameSize)),
                         .method = static_cast<std::uint16_t>(number(bytes, at + 10, 2)),
                         .checksum = static_cast<std::uint32_t>(number(bytes, at + 16, 4)),
                         .packedSize = number(bytes, at + 20, 4),
                         .size = number(bytes, at + 24, 4),
                         .headerAt = number(bytes, at + 42, 4)};
        applyZip64(bytes.substr(at + 46 + nameSize, extraSize), member);
        members.push_back(std::move(member));
        at += 46 + nameSize + extraSize + commentSize;
    }
    return members;
}

Expected<std::string> unpack(std::string_view bytes, const ZipMember& member, const std::string& archiveName) {
    const std::string where = fmt::format("{}, member {}", archiveName, member.name);
    const auto damaged = fail(where + " is damaged");
    const std::uint64_t at = member.headerAt;
    if (at > bytes.size() || bytes.size() - at < 30 || number(bytes, at, 4) != kLocalHeader) return damaged;
    const std::uint64_t data = at + 30 + number(bytes, at + 26, 2) + number(bytes, at + 28, 2);
    if (data > bytes.size() || member.packedSize > bytes.size() - data) return damaged;
    const auto packed = bytes.substr(data, member.packedSize);
    Expected<std::string> out = fail(fmt::format("{} is packed by method {}, which cannot be read", where, member.method));
    if (member.method == 0) {
        if (member.size != packed.size()) return damaged;
        out = std::string(packed);
    } else if (member.method == 8) {
        if (member.size > (packed.size() + 1) * kBestRatio) return damaged;
        out = inflated(packed, member, where);
    }
    if (!out) return out;
    const auto found = crc32_z(0, reinterpret_cast<const Bytef*>(out->data()), out->size());
    if (found != member.checksum) return fail(where + " is damaged: its checksum is wrong");
    return out;
}

} // namespace orrery::data
