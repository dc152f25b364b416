// Large arrays on large pages where the system offers them: random and strided access beyond the second-level
// cache is bound by address translation otherwise.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>
#ifdef __linux__
#include <sys/mman.h>
#endif

namespace orrery::linear {

inline constexpr std::size_t kHugePage = std::size_t{1} << 21;

/// Not initialised. Aligned to 64 bytes, or to a huge page when at least one would be filled.
[[nodiscard]] inline void* allocateHuge(std::size_t bytes) {
    const std::size_t alignment = bytes >= kHugePage ? kHugePage : 64;
    const std::size_t rounded = (bytes + alignment - 1) / alignment * alignment;
    void* memory = std::aligned_alloc(alignment, rounded > 0 ? rounded : alignment);
    if (!memory) throw std::bad_alloc();
#ifdef __linux__
    if (bytes >= kHugePage)
        madvise(memory, rounded, MADV_HUGEPAGE); // advice only: a refusal costs speed alone
#endif
    return memory;
}

inline void freeHuge(void* memory) {
    std::free(memory);
}

} // namespace orrery::linear
