#include "core/data/npy_reader.h"

#include "core/data/csv_parser.h"
#include "core/data/npy_header.h"
#include "core/data/table_tools.h"
#include "core/data/zip_archive.h"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>

namespace orrery::data {

namespace {

// More columns than this are an image stack by mistake; each costs an allocation.
constexpr std::size_t kMaxColumns = 2'000'000;

template <class T>
double element(const char* p, bool swapped) {
    std::array<char, sizeof(T)> raw;
    std::memcpy(raw.data(), p, sizeof(T));
    if (swapped) std::reverse(raw.begin(), raw.end());
    T value;
    std::memcpy(&value, raw.data(), sizeof(T));
    return static_cast<double>(value);
}

double toDouble(const NpyHeader& header, const char* p) {
    const bool s = header.swapped;
    switch (header.kind) {
    case 'f':
        if (header.itemSize == 8) return element<double>(p, s);
        return header.itemSize == 4 ? element<float>(p, s) : element<Eigen::half>(p, s);
    case 'i':
        if (header.itemSize == 8) return element<std::int64_t>(p, s);
        if (header.itemSize == 4) return element<std::int32_t>(p, s);
        return header.itemSize == 2 ? element<std::int16_t>(p, s) : element<std::int8_t>(p, s);
    case 'u':
        if (header.itemSize == 8) return static_cast<double>(element<std::uint64_t>(p, s));
        if (header.itemSize == 4) return element<std::uint32_t>(p, s);
        return header.itemSize == 2 ? element<std::uint16_t>(p, s) : element<std::uint8_t>(p, s);
    default: return *p != 0 ? 1.0 : 0.0;
    }
}

void appendUtf8(std::string& out, std::uint32_t c) {
    const auto tail = [&](int shift) { out += static_cast<char>(0x80 | (c >> shift & 0x3f)); };
    if (c < 0x80) out += static_cast<char>(c);
    else if (c < 0x800) out += static_cast<char>(0xc0 | c >> 6), tail(0);
    else if (c < 0x10000) out += static_cast<char>(0xe0 | c >> 12), tail(6), tail(0);
    else if (c < 0x110000) out += static_cast<char>(0xf0 | c >> 18), tail(12), tail(6), tail(0);
    else out += '?';
}

std::string toText(const NpyHeader& header, const char* p) {
    std::string out;
    if (header.kind == 'S') return std::string(p, strnlen(p, header.itemSize));
    for (std::size_t i = 0; i < header.itemSize; i += 4) {
        const auto c = static_cast<std::uint32_t>(element<std::uint32_t>(p + i, header.swapped));
        if (c == 0) break;
        appendUtf8(out, c);
    }
    return out;
}

class ArrayColumns {
  public:
    ArrayColumns(const NpyHeader& header, std::string_view bytes) : m_header(header), m_data(bytes.data() + header.dataAt) {}

    Column column(std::size_t c, std::string name) const {
        if (m_header.kind == 'U' || m_header.kind == 'S') return {std::move(name), levels(c)};
        NumericColumn out;
        out.values.resize(m_header.rows);
        for (std::size_t r = 0; r < m_header.rows; ++r) out.values[r] = toDouble(m_header, at(r, c));
        return {std::move(name), std::move(out)};
    }

  private:
    // In Fortran order the first axis runs fastest, and so do the later ones among themselves: c, which counts them in C
    // order, has to be taken apart.
    const char* at(std::size_t row, std::size_t c) const {
        if (!m_header.fortranOrder) return m_data + (row * m_header.perRow + c) * m_header.itemSize;
        std::size_t index = row, stride = m_header.rows, left = m_header.perRow;
        std::size_t rest = c;
        for (std::size_t axis = 1; axis < m_header.shape.size(); ++axis) {
            left /= m_header.shape[axis];
            index += rest / left * stride;
            rest %= left;
            stride *= m_header.shape[axis];
        }
        return m_data + index * m_header.itemSize;
    }

    CategoricalColumn levels(std::size_t c) const {
        LevelDictionary dictionary;
        CategoricalColumn out;
        for (std::size_t r = 0; r < m_header.rows; ++r) {
            const std::string text = toText(m_header, at(r, c));
            out.codes.push_back(text.empty() ? -1 : dictionary.codeOf(text));
        }
        out.levels = dictionary.takeLevels();
        return out;
    }

    const NpyHeader& m_header;
    const char* m_data;
};

// `where` names the file, or file and member, in a sentence.
Expected<void> addArray(std::string_view bytes, const std::string& arrayName, const std::string& where, Table& table,
                        std::string& firstArray) {
    const auto header = readNpyHeader(bytes, where);
    if (!header) return tl::unexpected(header.error());
    if (header->shape.empty()) return {};
    if (header->perRow > kMaxColumns) return fail(fmt::format("{} has {} columns, too many for a table", where, header->perRow));
    if (header->rows == 0 || header->perRow == 0) return fail(fmt::format("{} holds no rows", where));
    if (firstArray.empty()) {
        firstArray = arrayName;
        table.rowCount = header->rows;
    } else if (header->rows != table.rowCount) {
        return fail(fmt::format("{} has {} rows where {} has {}", where, header->rows, firstArray, table.rowCount));
    }
    const ArrayColumns columns(*header, bytes);
    const bool single = header->shape.size() == 1;
    for (std::size_t c = 0; c < header->perRow; ++c)
        table.columns.push_back(columns.column(c, single ? arrayName : fmt::format("{}{}", arrayName, c)));
    return {};
}

TableResult finished(Table table, const std::string& name) {
    if (table.columns.empty()) return fail(fmt::format("{} holds no array with rows", name));
    std::vector<std::string> names;
    for (const auto& column : table.columns) names.push_back(column.name);
    makeNamesUsable(names);
    for (std::size_t c = 0; c < names.size(); ++c) table.columns[c].name = std::move(names[c]);
    table.name = table.provenance = name;
    return std::make_shared<const Table>(std::move(table));
}

} // namespace

TableResult readNpy(std::string_view bytes, const std::string& name, Progress& progress) {
    if (progress.isCancelled()) return fail("reading was cancelled", ErrorCode::Cancelled);
    Table table;
    std::string first;
    const std::string arrayName = std::filesystem::path(name).stem().string();
    if (auto added = addArray(bytes, arrayName, name, table, first); !added) return tl::unexpected(added.error());
    return finished(std::move(table), name);
}

TableResult readNpz(std::string_view bytes, const std::string& name, Progress& progress) {
    const auto members = listZip(bytes, name);
    if (!members) return tl::unexpected(members.error());
    Table table;
    std::string first;
    for (std::size_t i = 0; i < members->size(); ++i) {
        const auto& member = (*members)[i];
        if (progress.isCancelled()) return fail("reading was cancelled", ErrorCode::Cancelled);
        progress.setFraction(static_cast<double>(i) / static_cast<double>(members->size()));
        if (!member.name.ends_with(".npy")) continue;
        const auto array = unpack(bytes, member, name);
        if (!array) return tl::unexpected(array.error());
        const std::string arrayName = member.name.substr(0, member.name.size() - 4);
        const std::string where = fmt::format("{}, array {}", name, arrayName);
        if (auto added = addArray(*array, arrayName, where, table, first); !added) return tl::unexpected(added.error());
    }
    return finished(std::move(table), name);
}

} // namespace orrery::data
