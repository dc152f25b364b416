// The header of an .npy array: magic, version, and a Python dictionary with descr, fortran_order and shape.
#pragma once

#include "core/support/expected.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace orrery::data {

struct NpyHeader {
    char kind = 'f';            ///< f float, i signed, u unsigned, b bool, U text of 4-byte characters, S bytes
    std::size_t itemSize = 8;   ///< bytes an element
    bool swapped = false;       ///< big-endian
    bool fortranOrder = false;
    std::vector<std::size_t> shape;
    std::size_t dataAt = 0;     ///< byte where the elements begin
    std::size_t rows = 0;       ///< shape[0]
    std::size_t perRow = 0;     ///< product of the other axes
};

/// All of the sizes are checked against the bytes that are there.
[[nodiscard]] Expected<NpyHeader> readNpyHeader(std::string_view bytes, const std::string& name);

} // namespace orrery::data
