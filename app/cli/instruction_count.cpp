#include "app/cli/instruction_count.h"

#ifdef __linux__
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <linux/perf_event.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace orrery::cli {

#ifdef __linux__

HardwareCounter::HardwareCounter() {
    perf_event_attr attributes{};
    attributes.type = PERF_TYPE_HARDWARE;
    attributes.size = sizeof attributes;
    attributes.config = PERF_COUNT_HW_INSTRUCTIONS;
    attributes.exclude_kernel = 1;
    attributes.exclude_hv = 1;
    attributes.inherit = 1;
    m_file = static_cast<int>(syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0));
}

HardwareCounter::~HardwareCounter() {
    if (m_file >= 0) close(m_file);
}

std::optional<std::uint64_t> HardwareCounter::read() const {
    std::uint64_t count = 0;
    if (m_file < 0 || ::read(m_file, &count, sizeof count) != sizeof count || count == 0) return std::nullopt;
    return count;
}

namespace {

/// Stops itself before and after each piece, for its parent to see where one begins and ends.
[[noreturn]] void runStopping(std::span<const Work> pieces) {
    if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(1);
    (void)raise(SIGSTOP);
    for (const Work& piece : pieces) {
        piece();
        (void)raise(SIGSTOP);
    }
    _exit(0);
}

class SteppedChild {
  public:
    explicit SteppedChild(std::span<const Work> pieces) : m_process(fork()) {
        if (m_process == 0) runStopping(pieces);
        m_isStopped = m_process > 0 && waitForSignal() == SIGSTOP;
        if (m_isStopped) (void)ptrace(PTRACE_SETOPTIONS, m_process, nullptr, PTRACE_O_EXITKILL);
    }
    ~SteppedChild() {
        if (m_process <= 0 || m_isGone) return;
        (void)kill(m_process, SIGKILL);
        (void)waitForSignal();
    }
    SteppedChild(const SteppedChild&) = delete;
    SteppedChild& operator=(const SteppedChild&) = delete;

    /// From one stop to the next.
    std::optional<std::uint64_t> countToNextStop() {
        std::uint64_t count = 0;
        for (long before = 0; m_isStopped;) {
            if (ptrace(PTRACE_SINGLESTEP, m_process, nullptr, nullptr) != 0) break;
            const int signal = waitForSignal();
            if (signal == SIGSTOP) return count;
            if (signal != SIGTRAP) break;
            const long at = place();
            count += at == before ? 0 : 1;
            before = at;
        }
        return std::nullopt;
    }

  private:
    /// That stopped it; 0 when it is gone.
    int waitForSignal() {
        int status = 0;
        while (waitpid(m_process, &status, 0) < 0)
            if (errno != EINTR) return 0;
        m_isGone = !WIFSTOPPED(status);
        return m_isGone ? 0 : WSTOPSIG(status);
    }
    /// A repeated instruction stops after every turn, at the same place. Elsewhere than on x86 there is none.
    long place() {
#ifdef __x86_64__
        return ptrace(PTRACE_PEEKUSER, m_process, offsetof(user_regs_struct, rip), nullptr);
#else
        return ++m_steps;
#endif
    }

    pid_t m_process;
    long m_steps = 0;
    bool m_isStopped = false;
    bool m_isGone = false;
};

} // namespace

// The first two pieces do nothing: the first finds the addresses of what is called for the first time, the
// second tells what the call and the stop cost.
std::optional<std::vector<std::uint64_t>> countBySteps(std::span<const Work> pieces) {
    constexpr std::size_t kEmpty = 2;
    std::vector<Work> all(kEmpty, [] {});
    all.insert(all.end(), pieces.begin(), pieces.end());
    SteppedChild child(all);
    std::vector<std::uint64_t> counts;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto count = child.countToNextStop();
        if (!count) return std::nullopt;
        counts.push_back(*count);
    }
    const std::uint64_t around = counts[kEmpty - 1];
    counts.erase(counts.begin(), counts.begin() + kEmpty);
    for (std::uint64_t& count : counts)
        count -= std::min(count, around);
    return counts;
}

#else

HardwareCounter::HardwareCounter() = default;
HardwareCounter::~HardwareCounter() = default;
std::optional<std::uint64_t> HardwareCounter::read() const {
    return std::nullopt;
}
std::optional<std::vector<std::uint64_t>> countBySteps(std::span<const Work>) {
    return std::nullopt;
}

#endif

} // namespace orrery::cli
