#include "core/data/npy_header.h"

#include "core/data/cell_text.h"

#include <bit>
#include <charconv>
#include <fmt/format.h>

namespace orrery::data {

namespace {

static_assert(std::endian::native == std::endian::little, "elements are read as they lie");

// What follows 'key': in the dictionary, to its end; empty where the key is missing.
std::string_view valueOf(std::string_view dictionary, std::string_view key) {
    for (const char quote : {'\'', '"'}) {
        const std::string quoted = quote + std::string(key) + quote;
        const auto at = dictionary.find(quoted);
        if (at == std::string_view::npos) continue;
        const auto rest = trimmed(dictionary.substr(at + quoted.size()));
        if (!rest.empty() && rest.front() == ':') return trimmed(rest.substr(1));
    }
    return {};
}

bool readDescr(std::string_view text, NpyHeader& header) {
    if (text.size() < 4 || (text[0] != '\'' && text[0] != '"')) return false;
    const auto end = text.find(text[0], 1);
    if (end == std::string_view::npos || end < 4) return false;
    const char order = text[1];
    header.kind = text[2];
    const auto [last, error] = std::from_chars(text.data() + 3, text.data() + end, header.itemSize);
    if (error != std::errc{} || last != text.data() + end || header.itemSize == 0 ||
        header.itemSize > 1'000'000)
        return false;
    header.swapped = order == '>';
    if (order != '<' && order != '>' && order != '|' && order != '=') return false;
    const std::size_t n = header.itemSize;
    switch (header.kind) {
    case 'f':
        return n == 2 || n == 4 || n == 8;
    case 'i':
    case 'u':
        return n == 1 || n == 2 || n == 4 || n == 8;
    case 'b':
        return n == 1;
    case 'S':
        return true;
    case 'U': // the number counts characters of four bytes
        header.itemSize *= 4;
        return true;
    default:
        return false;
    }
}

bool readShape(std::string_view text, NpyHeader& header) {
    if (text.empty() || text.front() != '(') return false;
    const char* p = text.data() + 1;
    const char* const end = text.data() + text.size();
    for (;;) {
        while (p < end && (*p == ' ' || *p == ',' || *p == 'L'))
            ++p;
        if (p < end && *p == ')') return true;
        std::size_t axis = 0;
        const auto [next, error] = std::from_chars(p, end, axis);
        if (error != std::errc{} || header.shape.size() == 32) return false;
        header.shape.push_back(axis);
        p = next;
    }
}

// rows · perRow · itemSize bytes must be there; a product that overflows is not there either.
bool fits(NpyHeader& header, std::size_t available) {
    header.rows = header.shape.empty() ? 1 : header.shape[0];
    header.perRow = 1;
    std::size_t total = header.itemSize;
    for (std::size_t i = 0; i < header.shape.size(); ++i) {
        if (__builtin_mul_overflow(total, header.shape[i], &total)) return false;
        if (i > 0 && __builtin_mul_overflow(header.perRow, header.shape[i], &header.perRow)) return false;
    }
    return total <= available;
}

} // namespace

Expected<NpyHeader> readNpyHeader(std::string_view bytes, const std::string& name) {
    if (!bytes.starts_with("\x93NUMPY") || bytes.size() < 12)
        return fail(fmt::format("{} is not a NumPy array", name));
    const int version = static_cast<unsigned char>(bytes[6]);
    if (version < 1 || version > 3)
        return fail(fmt::format("{} is of format version {}, which cannot be read", name, version));
    const std::size_t widthOfSize = version == 1 ? 2 : 4;
    std::size_t size = 0;
    for (std::size_t i = widthOfSize; i-- > 0;)
        size = size << 8 | static_cast<unsigned char>(bytes[8 + i]);
    NpyHeader header;
    header.dataAt = 8 + widthOfSize + size;
    if (header.dataAt > bytes.size()) return fail(fmt::format("{} ends inside its header", name));
    const auto dictionary = bytes.substr(8 + widthOfSize, size);
    if (!readDescr(valueOf(dictionary, "descr"), header)) {
        const auto typed = valueOf(dictionary, "descr");
        return fail(fmt::format("{} has elements of type {}, which cannot be read", name,
                                typed.substr(0, std::min<std::size_t>(typed.find(','), 40))));
    }
    header.fortranOrder = valueOf(dictionary, "fortran_order").starts_with("True");
    if (!readShape(valueOf(dictionary, "shape"), header))
        return fail(fmt::format("{} has a header without a sound shape", name));
    if (!fits(header, bytes.size() - header.dataAt))
        return fail(fmt::format("{} ends before its last element", name));
    return header;
}

} // namespace orrery::data
