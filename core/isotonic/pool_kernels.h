// The inner loops of the fast isotonic fit, compiled for several instruction sets and chosen at run time.
//
// They pool for an increasing fit; sign −1 turns the data over for a decreasing one. See pool_blocks.h for
// how the pieces fit together.
#pragma once

#include <cstddef>
#include <cstdint>

namespace orrery::isotonic::kernels {

/// A block, or a row of neighbouring points on its way to be one.
struct Entry {
    double weight; ///< Σ w; without weights the number of points
    double sum;    ///< sign · Σ w y
};

/// Points that are pooled before their blocks are joined with others.
inline constexpr std::size_t kStretch = 16 * 6 * 2048;

struct Points {
    const double* y;
    const double* weights; ///< null: all are 1
    std::size_t first;     ///< the stretch is points first … last − 1
    std::size_t last;
    double sign;
};
/// The isotonic blocks of one stretch. Writes at most last − first blocks, and with weights the end of each
/// (one past its last point) to `ends`. Returns their number. Scratch: scratchBytes() bytes, aligned to 64.
[[nodiscard]] std::size_t poolStretch(const Points& points, void* scratch, Entry* blocks,
                                      std::uint32_t* ends);
[[nodiscard]] std::size_t scratchBytes();

} // namespace orrery::isotonic::kernels
