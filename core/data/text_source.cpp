#include "core/data/text_source.h"

#include "core/data/number_scan.h"

#include <fmt/format.h>
#include <fstream>
#include <vector>

#if defined(__unix__)
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace orrery::data {

namespace {

#if defined(__unix__)
// Anonymous zero pages with the file mapped over their start: what follows the file's last page stays zero.
std::shared_ptr<const void> mapFile(int descriptor, std::size_t size) {
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    const std::size_t length = (size + page - 1) / page * page + page;
    void* const base = mmap(nullptr, length, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (base == MAP_FAILED) return nullptr;
    std::shared_ptr<const void> owner(base, [length](void* at) { munmap(at, length); });
    if (size > 0 && mmap(base, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, descriptor, 0) == MAP_FAILED)
        return nullptr;
    madvise(base, length, MADV_SEQUENTIAL);
    return owner;
}
#endif

} // namespace

TextSource TextSource::copyOf(std::string_view text) {
    auto bytes = std::make_shared<std::vector<char>>(text.size() + kNumberPadding, '\0');
    std::copy(text.begin(), text.end(), bytes->begin());
    TextSource out;
    out.m_data = bytes->data();
    out.m_size = text.size();
    out.m_owner = std::move(bytes);
    return out;
}

Expected<TextSource> TextSource::open(const std::filesystem::path& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        return fail(fmt::format("{} is a folder, not a file", path.string()));
    if (!std::filesystem::exists(path, error))
        return fail(fmt::format("{} does not exist", path.string()), ErrorCode::NotFound);
#if defined(__unix__)
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return fail(fmt::format("{} cannot be opened for reading", path.string()));
    struct stat info {};
    const bool regular = fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode);
    TextSource out;
    if (regular) out.m_owner = mapFile(descriptor, static_cast<std::size_t>(info.st_size));
    ::close(descriptor);
    if (out.m_owner) {
        out.m_data = static_cast<const char*>(out.m_owner.get());
        out.m_size = static_cast<std::size_t>(info.st_size);
        return out;
    }
#endif
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return fail(fmt::format("{} cannot be opened for reading", path.string()));
    const std::string all((std::istreambuf_iterator<char>(stream)), {});
    return copyOf(all);
}

} // namespace orrery::data
