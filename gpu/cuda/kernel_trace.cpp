#include "gpu/cuda/kernel_trace.h"

#if __has_include(<cupti.h>)
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <cupti.h>
#include <cxxabi.h>
#include <dlfcn.h>
#include <memory>
#include <mutex>

namespace orrery::gpu::cuda {

namespace {

constexpr std::size_t kBufferBytes = std::size_t{4} << 20;
constexpr std::array kKinds{CUPTI_ACTIVITY_KIND_CONCURRENT_KERNEL, CUPTI_ACTIVITY_KIND_MEMSET,
                            CUPTI_ACTIVITY_KIND_MEMCPY};

/// CUPTI's functions, by name: its library is part of few installations.
struct Library {
    decltype(&cuptiActivityRegisterCallbacks) registerCallbacks = nullptr;
    decltype(&cuptiActivityEnable) enable = nullptr;
    decltype(&cuptiActivityDisable) disable = nullptr;
    decltype(&cuptiActivityFlushAll) flush = nullptr;
    decltype(&cuptiActivityGetNextRecord) next = nullptr;
    decltype(&cuptiGetVersion) version = nullptr;

    [[nodiscard]] bool isWhole() const {
        return registerCallbacks && enable && disable && flush && next && version;
    }
};

template <class Function>
void find(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(library, name));
}

Library loaded() {
    Library cupti;
    void* library = nullptr;
    const std::string versioned = "libcupti.so." + std::to_string(CUPTI_API_VERSION / 10000);
    for (const char* name : {versioned.c_str(), "libcupti.so"})
        if (!library) library = dlopen(name, RTLD_NOW);
    if (!library) return cupti; // never closed: its threads outlive what is traced
    find(library, "cuptiActivityRegisterCallbacks", cupti.registerCallbacks);
    find(library, "cuptiActivityEnable", cupti.enable);
    find(library, "cuptiActivityDisable", cupti.disable);
    find(library, "cuptiActivityFlushAll", cupti.flush);
    find(library, "cuptiActivityGetNextRecord", cupti.next);
    find(library, "cuptiGetVersion", cupti.version);
    return cupti;
}

std::string shortName(const char* mangled) {
    if (!mangled) return {};
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> plain(
        abi::__cxa_demangle(mangled, nullptr, nullptr, &status), &std::free);
    std::string name = status == 0 && plain ? plain.get() : mangled;
    if (name.starts_with("void ")) name.erase(0, 5);
    constexpr std::string_view anonymous = "(anonymous namespace)::";
    for (auto at = name.find(anonymous); at != std::string::npos; at = name.find(anonymous))
        name.erase(at, anonymous.size());
    name.resize(std::min(name.find_first_of("<("), name.size()));
    if (const auto scope = name.rfind("::"); scope != std::string::npos) name.erase(0, scope + 2);
    constexpr std::size_t kLongest = 48;
    name.resize(std::min(kLongest, name.size()));
    return name;
}

template <class Record>
TracedKernel spanOf(const CUpti_Activity* record, std::string name) {
    const auto* const r = reinterpret_cast<const Record*>(record);
    return {std::move(name), r->start, r->end};
}

/// What is being collected. CUPTI's callbacks take no pointer of the caller's, so this must be found without
/// one.
struct Collector {
    std::mutex oneAtATime;
    Library cupti = loaded();
    std::mutex mutex;
    std::vector<TracedKernel> kernels;

    void take(std::uint8_t* buffer, std::size_t bytes) {
        const std::lock_guard lock(mutex);
        CUpti_Activity* record = nullptr;
        while (cupti.next(buffer, bytes, &record) == CUPTI_SUCCESS) {
            if (record->kind == CUPTI_ACTIVITY_KIND_CONCURRENT_KERNEL ||
                record->kind == CUPTI_ACTIVITY_KIND_KERNEL)
                kernels.push_back(spanOf<CUpti_ActivityKernel10>(
                    record, shortName(reinterpret_cast<const CUpti_ActivityKernel10*>(record)->name)));
            if (record->kind == CUPTI_ACTIVITY_KIND_MEMSET)
                kernels.push_back(spanOf<CUpti_ActivityMemset4>(record, "clear"));
            if (record->kind == CUPTI_ACTIVITY_KIND_MEMCPY)
                kernels.push_back(spanOf<CUpti_ActivityMemcpy6>(record, "copy"));
        }
    }
};

Collector& collector() {
    static Collector collector;
    return collector;
}

void CUPTIAPI giveBuffer(std::uint8_t** buffer, std::size_t* size, std::size_t* records) {
    *buffer = static_cast<std::uint8_t*>(std::aligned_alloc(8, kBufferBytes));
    *size = kBufferBytes;
    *records = 0;
}

void CUPTIAPI takeBuffer(CUcontext, std::uint32_t, std::uint8_t* buffer, std::size_t, std::size_t valid) {
    collector().take(buffer, valid);
    std::free(buffer);
}

Expected<void> usable(const Library& cupti) {
    if (!cupti.isWhole()) return fail("CUPTI is not installed here", ErrorCode::Unsupported);
    std::uint32_t version = 0;
    // Records of another major version may be laid out otherwise.
    if (cupti.version(&version) != CUPTI_SUCCESS || version / 10000 != CUPTI_API_VERSION / 10000)
        return fail("CUPTI here is of another version than this program was built for",
                    ErrorCode::Unsupported);
    return {};
}

} // namespace

Expected<std::vector<TracedKernel>> traceKernels(const std::function<Expected<void>()>& body) {
    Collector& c = collector();
    const std::lock_guard lock(c.oneAtATime);
    if (const auto found = usable(c.cupti); !found) return tl::unexpected(found.error());
    c.kernels.clear();
    bool works = c.cupti.registerCallbacks(giveBuffer, takeBuffer) == CUPTI_SUCCESS;
    for (const CUpti_ActivityKind kind : kKinds)
        works = works && c.cupti.enable(kind) == CUPTI_SUCCESS;
    const auto done = works ? body() : Expected<void>();
    for (const CUpti_ActivityKind kind : kKinds)
        c.cupti.disable(kind);
    c.cupti.flush(CUPTI_ACTIVITY_FLAG_FLUSH_FORCED);
    if (!works) return fail("CUPTI cannot trace this card", ErrorCode::Unsupported);
    if (!done) return tl::unexpected(done.error());
    const std::lock_guard data(c.mutex);
    std::ranges::sort(c.kernels, {}, &TracedKernel::begin);
    return std::move(c.kernels);
}

} // namespace orrery::gpu::cuda

#else

namespace orrery::gpu::cuda {

Expected<std::vector<TracedKernel>> traceKernels(const std::function<Expected<void>()>&) {
    return fail("this program was built without CUPTI", ErrorCode::Unsupported);
}

} // namespace orrery::gpu::cuda

#endif
