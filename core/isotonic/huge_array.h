// Arrays that are not initialised, on large pages where the system offers them: of a fixed size, and as a
// vector.
#pragma once

#include "core/linear/huge_pages.h"

#include <new>
#include <type_traits>
#include <utility>
#include <vector>

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

/// An element that is made without a value has none.
template <class T>
struct HugeAllocator {
    using value_type = T;

    HugeAllocator() = default;
    template <class U>
    HugeAllocator(const HugeAllocator<U>&) {} // NOLINT(google-explicit-constructor): allocators convert

    [[nodiscard]] T* allocate(std::size_t n) { return static_cast<T*>(linear::allocateHuge(n * sizeof(T))); }
    void deallocate(T* at, std::size_t) { linear::freeHuge(at); }
    template <class U, class... Arguments>
    void construct(U* at, Arguments&&... arguments) {
        if constexpr (sizeof...(Arguments) == 0)
            ::new (static_cast<void*>(at)) U;
        else
            ::new (static_cast<void*>(at)) U(std::forward<Arguments>(arguments)...);
    }
    friend bool operator==(const HugeAllocator&, const HugeAllocator&) { return true; }
};
template <class T>
using HugeVector = std::vector<T, HugeAllocator<T>>;

} // namespace orrery::isotonic
