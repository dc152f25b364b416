// Instructions that a piece of work takes: by the processor's counter where the system lets us read it, else
// one by one.
//
// Many machines refuse the counter (perf_event_open): virtual ones, containers. There a child process runs
// the work and its parent takes it through it one instruction at a time (ptrace, PTRACE_SINGLESTEP). That is
// exact and the same at every run, whatever else the machine does; it costs 2 to 20 µs an instruction, so the
// work should be a few million of them. What the kernel does for the work is counted by neither.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace orrery::cli {

/// Counts from its construction on: this thread and the threads that it starts from then on.
class HardwareCounter {
  public:
    HardwareCounter();
    ~HardwareCounter();
    HardwareCounter(const HardwareCounter&) = delete;
    HardwareCounter& operator=(const HardwareCounter&) = delete;

    /// Nothing where the system does not permit it.
    [[nodiscard]] std::optional<std::uint64_t> read() const;

  private:
    int m_file = -1;
};

using Work = std::function<void()>;

/// Instructions of each piece, which a child of this process runs one after the other; what the pieces change
/// in memory is the child's alone. The call itself and the stops around it are not counted, an instruction
/// that repeats itself (rep movs) counts once. Call it while no other thread runs. Nothing where the system
/// has no such steps or does not permit them.
[[nodiscard]] std::optional<std::vector<std::uint64_t>> countBySteps(std::span<const Work> pieces);

} // namespace orrery::cli
