// A fixed array that is not initialised, on large pages where the system offers them.
#pragma once

#include "core/linear/huge_pages.h"

#include <type_traits>

namespace orrery::isotonic {

template <class T>
class HugeArray {
  public:
    static_assert(std::is_trivially_copyable_v<T>);
    explicit HugeArray(std::size_t size) : m_data(static_cast<T*>(linear::allocateHuge(size * sizeof(T)))) {}
    ~HugeArray() { linear::freeHuge(m_data); }
    HugeArray(const HugeArray&) = delete;
    HugeArray& operator=(const HugeArray&) = delete;
    [[nodiscard]] T* data() const { return m_data; }

  private:
    T* m_data;
};

} // namespace orrery::isotonic
