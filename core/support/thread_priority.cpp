#include "core/support/thread_priority.h"

#ifdef __linux__
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace orrery {

void yieldToOthers() {
#ifdef __linux__
    // On Linux a thread has a niceness of its own. About a tenth of the share of a thread that is not nice.
    constexpr int kNiceness = 10;
    (void)setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), kNiceness);
#endif
}

} // namespace orrery
