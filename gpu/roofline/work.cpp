#include "gpu/roofline/work.h"

#include <algorithm>

namespace orrery::gpu {

namespace {

struct Elements {
    double flops = 0, read = 0, weights = 0, written = 0;
};

Elements count(const ConvolutionShape& s) {
    // A kernel smaller than its stride never looks at the pixels between.
    const auto seen = [&](std::int64_t size, std::int64_t out) {
        return s.kernel < s.stride ? out * s.kernel : size;
    };
    const double pixels = double(s.batch) * seen(s.height, s.outHeight()) * seen(s.width, s.outWidth());
    const double outputs = double(s.rows()) * s.outChannels;
    return {2.0 * outputs * s.depth(), pixels * s.inChannels, double(s.outChannels) * (s.depth() + 1),
            outputs};
}

Elements count(const MaxPoolShape& s) {
    const double channels = double(s.batch) * s.channels;
    return {0, channels * s.height * s.width, 0, channels * s.outHeight() * s.outWidth()};
}

Elements count(const AveragePoolShape& s) {
    const double channels = double(s.batch) * s.channels;
    return {0, channels * s.height * s.width, 0, channels};
}

Elements count(const LinearShape& s) {
    const double rows = double(s.rows);
    return {2.0 * rows * s.inFeatures * s.outFeatures, rows * s.inFeatures,
            double(s.outFeatures) * (s.inFeatures + 1), rows * s.outFeatures};
}

Elements count(const EmbeddingShape& s) {
    const double outputs = double(s.rows) * s.width;
    // Each row of the large table that is used is read; the small tables are read once.
    return {0, outputs, double(std::min(s.positions, s.rows) + s.types + 2) * s.width, outputs};
}

Elements count(const LayerNormShape& s) {
    const double outputs = double(s.rows) * s.width;
    return {0, outputs, 2.0 * s.width, outputs};
}

Elements count(const AttentionShape& s) {
    const double width = double(s.heads) * s.headSize;
    return {4.0 * s.pairs * width, 3.0 * s.rows * width, 0, s.rows * width};
}

} // namespace

Work& Work::operator+=(const Work& other) {
    flops += other.flops;
    readBytes += other.readBytes;
    weightBytes += other.weightBytes;
    writtenBytes += other.writtenBytes;
    return *this;
}

Work workOf(const OpShape& shape, bool residual, int elementBytes) {
    const Elements e = std::visit([](const auto& s) { return count(s); }, shape);
    const double read = e.read + (residual ? e.written : 0);
    return {e.flops, read * elementBytes, e.weights * elementBytes, e.written * elementBytes};
}

} // namespace orrery::gpu
