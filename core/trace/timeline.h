// Keyframes: how any moment of a run is found again.
//
// A Timeline keeps copies of a state on a grid of step indices. When the copies outgrow the memory budget
// the grid's spacing doubles and every second copy is dropped, so memory is capped and a seek re-steps at
// most one interval. Seek = the nearest keyframe at or below the index, then step. (The scheme of Box2D's
// recording player.)
#pragma once

#include <algorithm>
#include <cassert>
#ifndef Q_MOC_RUN // Qt 6.4's moc cannot read this header
#include <concepts>
#endif
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace orrery {

/// A state that owns heap memory says so: `std::size_t stateBytes() const`.
template <class State>
[[nodiscard]] std::size_t stateBytes(const State& state) {
    if constexpr (requires {
                      { state.stateBytes() } -> std::convertible_to<std::size_t>;
                  })
        return state.stateBytes();
    else
        return sizeof(State);
}

template <std::copyable State>
class Timeline {
  public:
    static constexpr std::size_t kDefaultBudget = std::size_t{64} << 20; ///< bytes

    explicit Timeline(std::size_t budgetBytes = kDefaultBudget, std::int64_t spacing = 64)
        : m_budget(budgetBytes), m_spacing(std::max<std::int64_t>(spacing, 1)) {}

    /// Forgets everything and keeps `initial` at index 0.
    void reset(State initial) {
        m_frames.clear();
        m_bytes = 0;
        keep(0, std::move(initial));
    }

    /// The spacing to begin with; only while index 0 is the only keyframe.
    void setSpacing(std::int64_t spacing) {
        assert(m_frames.size() <= 1);
        m_spacing = std::max<std::int64_t>(spacing, 1);
    }

    /// The next index, greater than `index`, at which a keyframe is wanted.
    [[nodiscard]] std::int64_t nextDue(std::int64_t index) const {
        return (index / m_spacing + 1) * m_spacing;
    }

    /// Whether a state at `index` is on the grid and not kept yet.
    [[nodiscard]] bool wants(std::int64_t index) const {
        return index % m_spacing == 0 && (m_frames.empty() || index > m_frames.back().index);
    }
    void keep(std::int64_t index, State state) {
        m_bytes += stateBytes(state);
        m_frames.push_back({index, std::move(state)});
        while (m_bytes > m_budget && m_frames.size() > 2)
            thin();
    }

    /// Doubles the spacing; every second keyframe is dropped. Index 0 is on every grid, so it always stays.
    void thin() {
        m_spacing *= 2;
        std::erase_if(m_frames, [this](const Keyframe& frame) { return frame.index % m_spacing != 0; });
        m_bytes = 0;
        for (const Keyframe& frame : m_frames)
            m_bytes += stateBytes(frame.state);
    }

    struct Keyframe {
        std::int64_t index = 0;
        State state;
    };
    /// The last keyframe at or below `index`; there is always one at 0 after reset().
    [[nodiscard]] const Keyframe& at(std::int64_t index) const {
        assert(!m_frames.empty() && index >= 0);
        const auto after =
            std::upper_bound(m_frames.begin(), m_frames.end(), index,
                             [](std::int64_t i, const Keyframe& frame) { return i < frame.index; });
        return *(after - 1);
    }

    [[nodiscard]] std::size_t size() const { return m_frames.size(); }
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }
    [[nodiscard]] std::int64_t spacing() const { return m_spacing; }

  private:
    std::vector<Keyframe> m_frames; ///< ascending index
    std::size_t m_budget;
    std::size_t m_bytes = 0;
    std::int64_t m_spacing;
};

} // namespace orrery
