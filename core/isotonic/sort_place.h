// Where sorted rows stand while they are sorted: a key, the number of the row and columns carried along.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace orrery::isotonic {

template <std::size_t kCarried>
struct SortPlace {
    double* keys;
    std::uint32_t* order;
    std::array<double*, kCarried> columns;

    [[nodiscard]] SortPlace from(std::size_t row) const {
        SortPlace place{keys + row, order + row, columns};
        for (double*& column : place.columns)
            column += row;
        return place;
    }
};

} // namespace orrery::isotonic
