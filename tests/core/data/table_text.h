// Tables as something a test can compare and print.
#pragma once

#include "core/data/readers.h"
#include "core/data/table_tools.h"

#include <bit>
#include <cstdint>
#include <string>

namespace orrery::data {

/// Equal cells, names, types and level order; numbers bit for bit, so that −0 and NaN count.
inline bool sameTable(const Table& a, const Table& b) {
    if (a.rowCount != b.rowCount || a.columns.size() != b.columns.size()) return false;
    for (std::size_t c = 0; c < a.columns.size(); ++c) {
        const Column &x = a.columns[c], &y = b.columns[c];
        if (x.name != y.name || x.isNumeric() != y.isNumeric() || x.rows() != y.rows()) return false;
        if (!x.isNumeric()) {
            if (x.categorical().codes != y.categorical().codes || x.categorical().levels != y.categorical().levels)
                return false;
            continue;
        }
        for (std::size_t r = 0; r < x.rows(); ++r) {
            const double u = x.numeric().values[r], v = y.numeric().values[r];
            if (std::bit_cast<std::uint64_t>(u) != std::bit_cast<std::uint64_t>(v) && !(std::isnan(u) && std::isnan(v)))
                return false;
        }
    }
    return true;
}

inline const char* messageOf(const TableResult& result) {
    return result ? "(read without complaint)" : result.error().message.c_str();
}

} // namespace orrery::data
