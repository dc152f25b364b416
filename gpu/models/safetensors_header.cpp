// The header of a safetensors file, read with suspicion.
#include "gpu/models/safetensors.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <fmt/format.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

namespace orrery::gpu {

static_assert(std::endian::native == std::endian::little, "tensors are read as they lie in the file");

namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kLongestHeader = 100'000'000; ///< as the reference reader allows
constexpr int kDeepest = 8;

struct TypeRow {
    std::string_view name;
    DataType type;
    std::uint64_t bytes;
};
constexpr TypeRow kTypes[] = {
    {"F64", DataType::F64, 8},   {"F32", DataType::F32, 4},       {"F16", DataType::F16, 2},
    {"BF16", DataType::BF16, 2}, {"I64", DataType::I64, 8},       {"I32", DataType::I32, 4},
    {"U8", DataType::U8, 1},     {"I8", DataType::Other, 1},      {"BOOL", DataType::Other, 1},
    {"U16", DataType::Other, 2}, {"I16", DataType::Other, 2},     {"U32", DataType::Other, 4},
    {"U64", DataType::Other, 8}, {"F8_E4M3", DataType::Other, 1}, {"F8_E5M2", DataType::Other, 1}};

/// Refuses a second key of the same name, which a JSON reader would silently drop.
Expected<Json> parseJson(std::string_view text) {
    std::set<std::string> names;
    bool repeated = false;
    const auto callback = [&](int depth, Json::parse_event_t event, Json& parsed) {
        if (depth > kDeepest) return false; // a nest of brackets is nobody's header
        if (event == Json::parse_event_t::key && depth == 1)
            repeated = !names.insert(parsed.get<std::string>()).second || repeated;
        return true;
    };
    Json json = Json::parse(text, callback, false);
    if (json.is_discarded() || !json.is_object()) return fail("the header is not a JSON object");
    if (repeated) return fail("the header names a tensor twice");
    return json;
}

/// dtype × shape in bytes, or nothing when it does not fit 64 bits.
Expected<std::uint64_t> sizeOf(std::uint64_t elementBytes, const std::vector<std::int64_t>& shape) {
    std::uint64_t size = elementBytes;
    for (const std::int64_t extent : shape) {
        const auto n = static_cast<std::uint64_t>(extent);
        if (n != 0 && size > std::numeric_limits<std::uint64_t>::max() / n) return fail("a shape too large");
        size *= n;
    }
    return size;
}

bool isCount(const Json& json) {
    return json.is_number_unsigned() &&
           json.get<std::uint64_t>() <= std::uint64_t(std::numeric_limits<std::int64_t>::max());
}

bool isWellFormed(const Json& row) {
    return row.is_object() && row.contains("dtype") && row["dtype"].is_string() && row.contains("shape") &&
           row["shape"].is_array() && std::ranges::all_of(row["shape"], isCount) &&
           row.contains("data_offsets") && row["data_offsets"].is_array() &&
           row["data_offsets"].size() == 2 && std::ranges::all_of(row["data_offsets"], isCount);
}

Expected<TensorEntry> entryOf(const Json& row, std::uint64_t dataBytes) {
    if (!isWellFormed(row)) return fail("wants dtype, shape and data_offsets");
    TensorEntry entry;
    const auto dtype = row["dtype"].get<std::string>();
    const auto type = std::ranges::find(kTypes, dtype, &TypeRow::name);
    if (type == std::end(kTypes)) return fail(fmt::format("has the unknown dtype “{}”", dtype));
    entry.type = type->type;
    entry.shape = row["shape"].get<std::vector<std::int64_t>>();
    entry.begin = row["data_offsets"][0].get<std::uint64_t>();
    entry.end = row["data_offsets"][1].get<std::uint64_t>();
    const auto size = sizeOf(type->bytes, entry.shape);
    if (!size) return tl::unexpected(size.error());
    if (entry.begin > entry.end || entry.end > dataBytes) return fail("lies outside the file");
    if (entry.end - entry.begin != *size) return fail("has another size than its shape says");
    return entry;
}

/// Entries in the order of their bytes must follow one another and fill the file.
bool fillsWithoutHoles(const SafetensorsHeader& header, std::uint64_t dataBytes) {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
    for (const auto& [name, entry] : header.tensors)
        ranges.emplace_back(entry.begin, entry.end);
    std::ranges::sort(ranges);
    std::uint64_t at = 0;
    for (const auto& [begin, end] : ranges) {
        if (begin != at) return false;
        at = end;
    }
    return at == dataBytes;
}

} // namespace

Expected<SafetensorsHeader> parseSafetensors(std::string_view bytes, std::uint64_t fileSize) {
    std::uint64_t length = 0;
    if (bytes.size() < sizeof length || fileSize < sizeof length)
        return fail("too short for a safetensors file");
    std::memcpy(&length, bytes.data(), sizeof length);
    if (length > kLongestHeader || length > bytes.size() - sizeof length)
        return fail(fmt::format("a header of {} bytes does not fit the file", length));
    const std::string_view text = bytes.substr(sizeof length, length);
    if (text.empty() || text.front() != '{') return fail("the header does not begin with {");
    const auto json = parseJson(text);
    if (!json) return tl::unexpected(json.error());
    SafetensorsHeader header;
    header.dataBegin = sizeof length + length;
    const std::uint64_t dataBytes = fileSize - header.dataBegin;
    for (const auto& [name, row] : json->items()) {
        if (name == "__metadata__") continue;
        auto entry = entryOf(row, dataBytes);
        if (!entry) return fail(fmt::format("tensor “{}” {}", name, entry.error().message));
        header.tensors.emplace(name, std::move(*entry));
    }
    if (!fillsWithoutHoles(header, dataBytes)) return fail("the tensors leave holes, overlap or end early");
    return header;
}

} // namespace orrery::gpu
