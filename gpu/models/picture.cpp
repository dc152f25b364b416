#include "gpu/models/picture.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace orrery::gpu {

namespace {

constexpr std::int64_t kShorterSide = 256, kCrop = 224, kChannels = 3;
constexpr std::int64_t kLargestSide = 16384;
constexpr double kMean[] = {0.485, 0.456, 0.406}, kDeviation[] = {0.229, 0.224, 0.225};

/// What one pixel of the result sums: weights of the sources from `first` on.
struct Taps {
    std::int64_t first = 0;
    std::vector<float> weights;
};

/// `count` pixels from `begin` on, of a side resized from `from` to `to` pixels.
std::vector<Taps> tapsOf(std::int64_t from, std::int64_t to, std::int64_t begin, std::int64_t count) {
    const double scale = double(from) / double(to), reach = std::max(scale, 1.0);
    std::vector<Taps> taps;
    for (std::int64_t i = begin; i < begin + count; ++i) {
        const double centre = (double(i) + 0.5) * scale;
        Taps t;
        t.first = std::max<std::int64_t>(0, std::int64_t(centre - reach + 0.5));
        const std::int64_t last = std::min(from, std::int64_t(centre + reach + 0.5));
        double sum = 0;
        for (std::int64_t k = t.first; k < last; ++k) {
            const double w = std::max(0.0, 1 - std::abs((double(k) + 0.5 - centre) / reach));
            t.weights.push_back(static_cast<float>(w));
            sum += w;
        }
        for (float& w : t.weights)
            w /= static_cast<float>(sum);
        taps.push_back(std::move(t));
    }
    return taps;
}

/// Rows of the picture, resized along themselves and cut: [height, crop, 3].
std::vector<float> resizedRows(const Picture& p, const std::vector<Taps>& taps) {
    std::vector<float> rows(static_cast<std::size_t>(p.height * kCrop * kChannels));
    for (std::int64_t y = 0; y < p.height; ++y)
        for (std::int64_t x = 0; x < kCrop; ++x) {
            const Taps& t = taps[static_cast<std::size_t>(x)];
            const std::uint8_t* from = p.rgb.data() + (y * p.width + t.first) * kChannels;
            float* const to = rows.data() + (y * kCrop + x) * kChannels;
            for (const float w : t.weights)
                for (std::int64_t c = 0; c < kChannels; ++c)
                    to[c] += w * float(*from++);
        }
    return rows;
}

std::int64_t longerSide(std::int64_t longer, std::int64_t shorter) {
    return kShorterSide * longer / shorter;
}

int valueOf(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    if (c == '/') return 63;
    return -1;
}

Expected<std::vector<std::uint8_t>> fromBase64(std::string_view text) {
    std::vector<std::uint8_t> bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    int count = 0;
    while (!text.empty() && text.back() == '=')
        text.remove_suffix(1);
    for (const char c : text) {
        const int value = valueOf(c);
        if (value < 0) return fail("the pixels are not base64");
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        if ((count += 6) >= 8) bytes.push_back(static_cast<std::uint8_t>(bits >> (count -= 8)));
    }
    return bytes;
}

Expected<Picture> pictureOf(std::int64_t width, std::int64_t height, std::vector<std::uint8_t> rgb) {
    if (width < 1 || height < 1 || width > kLargestSide || height > kLargestSide)
        return fail(fmt::format("a picture of {} × {} pixels cannot be used", width, height));
    if (static_cast<std::int64_t>(rgb.size()) != width * height * kChannels)
        return fail(fmt::format("{} bytes are not a picture of {} × {} pixels", rgb.size(), width, height));
    return Picture{width, height, std::move(rgb)};
}

/// The next number of a PPM header, behind blanks and comments; −1 when there is none.
std::int64_t nextNumber(std::string_view& bytes) {
    while (!bytes.empty() &&
           (std::isspace(static_cast<unsigned char>(bytes.front())) || bytes.front() == '#'))
        bytes.remove_prefix(bytes.front() == '#' ? std::min(bytes.find('\n'), bytes.size() - 1) + 1 : 1);
    std::int64_t number = -1;
    const auto read = std::from_chars(bytes.data(), bytes.data() + bytes.size(), number);
    bytes.remove_prefix(static_cast<std::size_t>(read.ptr - bytes.data()));
    return read.ec == std::errc() ? number : -1;
}

} // namespace

Expected<Picture> parsePpm(std::string_view bytes) {
    if (!bytes.starts_with("P6")) return fail("not a PPM picture (P6)");
    bytes.remove_prefix(2);
    const std::int64_t width = nextNumber(bytes), height = nextNumber(bytes), largest = nextNumber(bytes);
    if (largest != 255 || bytes.empty()) return fail("a PPM picture wants 8 bits a channel");
    bytes.remove_prefix(1);
    return pictureOf(width, height, std::vector<std::uint8_t>(bytes.begin(), bytes.end()));
}

Expected<Picture> readPicture(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return fail(fmt::format("{}: cannot be opened", path), ErrorCode::NotFound);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    auto picture = parsePpm(bytes);
    if (!picture) return fail(fmt::format("{}: {}", path, picture.error().message));
    return picture;
}

Expected<Picture> pictureFromBase64(std::string_view base64, std::int64_t width, std::int64_t height) {
    auto bytes = fromBase64(base64);
    if (!bytes) return tl::unexpected(bytes.error());
    return pictureOf(width, height, std::move(*bytes));
}

std::vector<float> normalised(const Picture& p) {
    const bool wide = p.width >= p.height;
    const std::int64_t width = wide ? longerSide(p.width, p.height) : kShorterSide,
                       height = wide ? kShorterSide : longerSide(p.height, p.width);
    const auto middle = [](std::int64_t side) { return std::llrint(double(side - kCrop) / 2); };
    const std::vector<float> rows = resizedRows(p, tapsOf(p.width, width, middle(width), kCrop));
    const std::vector<Taps> taps = tapsOf(p.height, height, middle(height), kCrop);
    std::vector<float> out(static_cast<std::size_t>(kCrop * kCrop * kChannels));
    constexpr std::int64_t kLine = kCrop * kChannels;
    for (std::int64_t y = 0; y < kCrop; ++y) {
        const Taps& t = taps[static_cast<std::size_t>(y)];
        float* const to = out.data() + y * kLine;
        for (std::size_t k = 0; k < t.weights.size(); ++k)
            for (std::int64_t i = 0; i < kLine; ++i)
                to[i] += t.weights[k] * rows[(t.first + std::int64_t(k)) * kLine + i];
        for (std::int64_t i = 0; i < kLine; ++i)
            to[i] = static_cast<float>((to[i] / 255.0 - kMean[i % kChannels]) / kDeviation[i % kChannels]);
    }
    return out;
}

} // namespace orrery::gpu
