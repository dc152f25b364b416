// Rows of the kernel matrix, in single precision or in fixed point, as many as fit in a budget; the ones not
// used for longest give way. Only takes care of places: kernel_blocks.h computes what goes there.
#pragma once

#include "core/isotonic/huge_array.h"

#include <cstdint>
#include <span>
#include <vector>

namespace orrery::svm::fast {

/// Weights that add up to this give a row its place.
inline constexpr std::uint8_t kWeightOfPlace = 4;

/// Value: float, or std::uint16_t for fixed point.
template <class Value>
class RowCache {
  public:
    /// length: of a row, padded. A budget below one row gives a cache that holds nothing.
    RowCache(std::size_t points, std::size_t length, std::size_t bytes);

    /// Where the rows of `wanted` are to be found after their computation. To touch new memory costs more
    /// than to compute a row, so a row gets a place when it was wanted often: `weights` says how often to
    /// count each of these, and kWeightOfPlace is enough.
    struct Places {
        std::vector<Value*> rows;          ///< of each wanted point; null: none
        std::vector<std::uint8_t> missing; ///< of each: in a place, but not computed yet
    };
    [[nodiscard]] Places place(std::span<const std::int32_t> wanted, std::span<const std::uint8_t> weights);

  private:
    void listOldest(std::size_t absent);
    [[nodiscard]] std::int32_t takeSlot();
    [[nodiscard]] Value* rowAt(std::int32_t slot) const {
        return m_data.data() + static_cast<std::size_t>(slot) * m_stride;
    }

    std::size_t m_stride;
    std::size_t m_capacity;
    isotonic::HugeArray<Value> m_data;
    std::vector<std::int32_t> m_slotOf;  ///< of a point; −1: not here
    std::vector<std::int32_t> m_pointOf; ///< of a slot that is taken
    std::vector<std::int64_t> m_lastUse; ///< of a slot: number of the call
    std::vector<std::int32_t> m_oldest;  ///< slots that may be taken away in this call, oldest last
    std::vector<std::uint8_t> m_weight;  ///< of a point, up to kWeightOfPlace
    std::int64_t m_call = 0;
};

} // namespace orrery::svm::fast
