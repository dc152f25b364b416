// An array in chunks that copies share until one of them writes: a copy costs O(size / chunk), so that a
// keyframe or a snapshot of a million points costs microseconds.
//
// A chunk may be written in place only if this array made it since the array was last copied, to or from;
// otherwise it is cloned first. Copies of one array may be made and read on several threads at once; an array
// that is being written belongs to one thread.
#pragma once

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace orrery::isotonic {

template <class T>
class ChunkedArray {
  public:
    static constexpr std::size_t kChunk = std::size_t{65536} / sizeof(T); ///< elements
    using Chunk = std::vector<T>;

    ChunkedArray() = default;
    explicit ChunkedArray(std::span<const T> values) : m_size(values.size()) {
        for (std::size_t begin = 0; begin < m_size; begin += kChunk) {
            const auto from = values.begin() + static_cast<std::ptrdiff_t>(begin);
            const auto length = static_cast<std::ptrdiff_t>(std::min(kChunk, m_size - begin));
            m_slots.push_back({std::make_shared<Chunk>(from, from + length), epoch()});
        }
    }
    ChunkedArray(const ChunkedArray& other)
        : m_epoch(other.m_epoch.fetch_add(1, std::memory_order_relaxed) + 1)
        , m_slots(other.m_slots)
        , m_size(other.m_size) {}
    ChunkedArray(ChunkedArray&& other) noexcept
        : m_epoch(other.epoch()), m_slots(std::move(other.m_slots)), m_size(std::exchange(other.m_size, 0)) {}
    ChunkedArray& operator=(const ChunkedArray& other) {
        if (this != &other) *this = ChunkedArray(other);
        return *this;
    }
    ChunkedArray& operator=(ChunkedArray&& other) noexcept {
        m_epoch.store(other.epoch(), std::memory_order_relaxed);
        m_slots = std::move(other.m_slots);
        m_size = std::exchange(other.m_size, 0);
        return *this;
    }
    ~ChunkedArray() = default;

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    [[nodiscard]] const T& operator[](std::size_t i) const {
        assert(i < m_size);
        return (*m_slots[i / kChunk].chunk)[i % kChunk];
    }
    [[nodiscard]] const T& back() const { return (*this)[m_size - 1]; }
    [[nodiscard]] const Chunk& chunk(std::size_t index) const { return *m_slots[index].chunk; }

    /// A chunk that may be written; its length must be kept.
    [[nodiscard]] Chunk& writable(std::size_t index) {
        Slot& slot = m_slots[index];
        if (slot.epoch != epoch()) slot = {std::make_shared<Chunk>(*slot.chunk), epoch()};
        return *slot.chunk;
    }
    void set(std::size_t i, const T& value) { writable(i / kChunk)[i % kChunk] = value; }
    void push_back(const T& value) {
        if (m_size == m_slots.size() * kChunk) m_slots.push_back({std::make_shared<Chunk>(), epoch()});
        writable(m_slots.size() - 1).push_back(value);
        ++m_size;
    }
    void pop_back() {
        writable(m_slots.size() - 1).pop_back();
        --m_size;
        if (m_slots.back().chunk->empty()) m_slots.pop_back();
    }

    /// What a copy costs while it shares every chunk.
    [[nodiscard]] std::size_t copyBytes() const { return m_slots.size() * sizeof(Slot); }

    friend bool operator==(const ChunkedArray& a, const ChunkedArray& b) {
        if (a.m_size != b.m_size) return false;
        for (std::size_t c = 0; c < a.m_slots.size(); ++c)
            if (a.m_slots[c].chunk != b.m_slots[c].chunk && *a.m_slots[c].chunk != *b.m_slots[c].chunk)
                return false;
        return true;
    }

  private:
    struct Slot {
        std::shared_ptr<Chunk> chunk;
        std::uint64_t epoch = 0; ///< of the array when it made this chunk
    };
    [[nodiscard]] std::uint64_t epoch() const { return m_epoch.load(std::memory_order_relaxed); }

    mutable std::atomic<std::uint64_t> m_epoch{
        1}; ///< goes up at every copy: nothing made before is written again
    std::vector<Slot> m_slots;
    std::size_t m_size = 0;
};

} // namespace orrery::isotonic
