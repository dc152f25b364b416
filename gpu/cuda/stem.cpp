#include "gpu/cuda/stem.h"

namespace orrery::gpu::cuda {

namespace {

constexpr std::int64_t kBlockChannels = 16;

} // namespace

const ConvolutionShape* stemOf(const Model& model) {
    const auto* shape = model.ops.empty() ? nullptr : std::get_if<ConvolutionShape>(&model.ops[0].shape);
    const bool fits = shape && shape->kernel == 7 && shape->stride == 2 && shape->padding == 3 &&
                      shape->inChannels == 3 && shape->height % 2 == 0 && shape->width % 2 == 0;
    return fits ? shape : nullptr;
}

std::int64_t stemBlockElements(const ConvolutionShape& stem) {
    return stem.batch * (stem.height / 2 + 3) * (stem.width / 2 + 3) * kBlockChannels;
}

ConvolutionShape stemOverBlocks(const ConvolutionShape& stem) {
    return {stem.batch, stem.height / 2 + 3, stem.width / 2 + 3, kBlockChannels, stem.outChannels, 4, 1, 0};
}

// Tap r of 7 is tap r + 1 of 8, whose tap 0 is empty: block (r + 1) / 2, line (r + 1) mod 2 inside it. Inside
// a block the values lie line by line, pixel by pixel, channel by channel, as the blocks are cut out of the
// image.
std::vector<float> stemFilters(const std::vector<float>& filters) {
    constexpr std::int64_t kTaps = 7, kChannels = 3;
    const std::int64_t count = static_cast<std::int64_t>(filters.size()) / (kTaps * kTaps * kChannels);
    std::vector<float> out(static_cast<std::size_t>(count * 4 * 4 * kBlockChannels));
    for (std::int64_t k = 0; k < count; ++k)
        for (std::int64_t r = 0; r < kTaps; ++r)
            for (std::int64_t s = 0; s < kTaps; ++s)
                for (std::int64_t c = 0; c < kChannels; ++c) {
                    const std::int64_t block = (k * 4 + (r + 1) / 2) * 4 + (s + 1) / 2;
                    const std::int64_t inside = ((r + 1) % 2 * 2 + (s + 1) % 2) * kChannels + c;
                    out[block * kBlockChannels + inside] =
                        filters[((k * kTaps + r) * kTaps + s) * kChannels + c];
                }
    return out;
}

bool hasStemKernel(const ConvolutionShape& stem) {
    return stem.height == 224 && stem.width == 224 && stem.outChannels == 64 && stem.batch <= 65535;
}

// Of the product's right side, lane 4g + t holds rows 2t and 2t + 1 (+ 8i) of column g of tile j. Column g is
// made channel 16·(g / 2) + 2j + g mod 2, so that a lane ends up with 16 channels one behind the other. Row 0
// of the 24 is empty, rows 1 … 21 are a line of the filter.
std::vector<float> stemFragments(const std::vector<float>& filters) {
    constexpr int kTaps = 7, kLine = 21, kTiles = 8, kParts = 3, kLanes = 32, kVector = 4;
    constexpr int kVectors = kTiles * kParts / kVector;
    std::vector<float> out(static_cast<std::size_t>(kTaps * kTiles * kParts * kLanes * 2));
    for (int r = 0; r < kTaps; ++r)
        for (int lane = 0; lane < kLanes; ++lane)
            for (int j = 0; j < kTiles; ++j)
                for (int i = 0; i < kParts; ++i)
                    for (int e = 0; e < 2; ++e) {
                        const int g = lane / 4, line = 8 * i + 2 * (lane % 4) + e - 1, place = j * kParts + i;
                        const int channel = 16 * (g / 2) + 2 * j + g % 2;
                        if (line < 0 || line >= kLine) continue;
                        const int vector = (r * kVectors + place / kVector) * kLanes + lane;
                        out[static_cast<std::size_t>((vector * kVector + place % kVector) * 2 + e)] =
                            filters[static_cast<std::size_t>((channel * kTaps + r) * kLine + line)];
                    }
    return out;
}

} // namespace orrery::gpu::cuda
