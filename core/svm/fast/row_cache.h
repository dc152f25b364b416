// Rows of the kernel matrix in single precision, as many as fit in a budget; the ones not used for longest
// give way. Only takes care of places: kernel_blocks.h computes what goes there.
#pragma once

#include "core/isotonic/huge_array.h"

#include <cstdint>
#include <span>
#include <vector>

namespace orrery::svm::fast {

class RowCache {
  public:
    /// length: of a row, padded. A budget below one row gives a cache that holds nothing.
    RowCache(std::size_t points, std::size_t length, std::size_t bytes);

    /// Where the rows of `wanted` (distinct points) are to be found after their computation.
    struct Places {
        std::vector<float*> rows;          ///< of each wanted point; null: no room
        std::vector<std::uint8_t> missing; ///< of each: in a place, but not computed yet
    };
    [[nodiscard]] Places place(std::span<const std::int32_t> wanted);

  private:
    [[nodiscard]] std::int32_t takeSlot();
    [[nodiscard]] float* rowAt(std::int32_t slot) const {
        return m_data.data() + static_cast<std::size_t>(slot) * m_stride;
    }

    std::size_t m_stride;
    std::size_t m_capacity;
    isotonic::HugeArray<float> m_data;
    std::vector<std::int32_t> m_slotOf;  ///< of a point; −1: not here
    std::vector<std::int32_t> m_pointOf; ///< of a slot that is taken
    std::vector<std::int64_t> m_lastUse; ///< of a slot: number of the call
    std::vector<std::int32_t> m_oldest;  ///< slots that may be taken away in this call, oldest last
    std::int64_t m_call = 0;
};

} // namespace orrery::svm::fast
