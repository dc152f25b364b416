#include "gpu/reference/ops.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>
#include <tbb/parallel_for.h>

namespace orrery::gpu::reference {

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Strided = Eigen::Map<Matrix, 0, Eigen::OuterStride<>>;
using ConstStrided = Eigen::Map<const Matrix, 0, Eigen::OuterStride<>>;

/// In place; two passes, so that a large mean cannot eat the variance.
void normalise(float* y, std::int64_t width, float epsilon, const float* gamma, const float* beta) {
    double sum = 0, squares = 0;
    for (std::int64_t i = 0; i < width; ++i)
        sum += y[i];
    const double mean = sum / double(width);
    for (std::int64_t i = 0; i < width; ++i)
        squares += (y[i] - mean) * (y[i] - mean);
    const double scale = 1 / std::sqrt(squares / double(width) + double{epsilon});
    for (std::int64_t i = 0; i < width; ++i)
        y[i] = static_cast<float>((y[i] - mean) * scale) * gamma[i] + beta[i];
}

void softmaxRows(Matrix& scores) {
    for (Eigen::Index i = 0; i < scores.rows(); ++i) {
        auto row = scores.row(i).array();
        row = (row - row.maxCoeff()).exp();
        row /= row.sum();
    }
}

/// One head of one sequence; `first` is its first row.
void attendHead(const AttentionShape& s, std::int64_t first, std::int64_t length, std::int64_t head,
                const float* qkv, float* y) {
    const std::int64_t width = s.heads * s.headSize, d = s.headSize;
    const float* q = qkv + first * 3 * width + head * d;
    const Eigen::OuterStride<> stride(3 * width);
    const ConstStrided query(q, length, d, stride), key(q + width, length, d, stride),
        value(q + 2 * width, length, d, stride);
    Matrix scores = query * key.transpose() * (1.f / std::sqrt(float(d)));
    softmaxRows(scores);
    Strided out(y + first * width + head * d, length, d, Eigen::OuterStride<>(width));
    out.noalias() = scores * value;
}

} // namespace

void maxPool(const MaxPoolShape& s, const float* x, float* y) {
    const std::int64_t p = s.outHeight(), q = s.outWidth(), c = s.channels;
    tbb::parallel_for(std::int64_t{0}, s.batch * p, [&](std::int64_t line) {
        const std::int64_t image = line / p, top = line % p * s.stride - s.padding;
        for (std::int64_t j = 0; j < q; ++j) {
            float* out = y + (line * q + j) * c;
            std::fill_n(out, c, -std::numeric_limits<float>::infinity());
            const std::int64_t left = j * s.stride - s.padding;
            for (std::int64_t h = std::max<std::int64_t>(top, 0); h < std::min(top + s.kernel, s.height); ++h)
                for (std::int64_t w = std::max<std::int64_t>(left, 0); w < std::min(left + s.kernel, s.width);
                     ++w)
                    for (std::int64_t k = 0; k < c; ++k)
                        out[k] = std::max(out[k], x[((image * s.height + h) * s.width + w) * c + k]);
        }
    });
}

void averagePool(const AveragePoolShape& s, const float* x, float* y) {
    const std::int64_t pixels = s.height * s.width;
    tbb::parallel_for(std::int64_t{0}, s.batch, [&](std::int64_t image) {
        const ConstStrided in(x + image * pixels * s.channels, pixels, s.channels,
                              Eigen::OuterStride<>(s.channels));
        Eigen::Map<Eigen::RowVectorXf>(y + image * s.channels, s.channels) = in.colwise().mean();
    });
}

void layerNorm(const LayerNormShape& s, const float* x, const float* residual, const float* gamma,
               const float* beta, float* y) {
    tbb::parallel_for(std::int64_t{0}, s.rows, [&](std::int64_t row) {
        float* out = y + row * s.width;
        for (std::int64_t i = 0; i < s.width; ++i)
            out[i] = x[row * s.width + i] + (residual ? residual[row * s.width + i] : 0.f);
        normalise(out, s.width, s.epsilon, gamma, beta);
    });
}

void embedding(const EmbeddingShape& s, const EmbeddingTables& tables, const ModelInputs& inputs, float* y) {
    tbb::parallel_for(std::int64_t{0}, s.rows, [&](std::int64_t row) {
        const float* word = tables.word + inputs.tokens[row] * s.width;
        const float* position = tables.position + inputs.positions[row] * s.width;
        const float* type = tables.type + inputs.types[row] * s.width;
        float* out = y + row * s.width;
        for (std::int64_t i = 0; i < s.width; ++i)
            out[i] = word[i] + position[i] + type[i];
        normalise(out, s.width, s.epsilon, tables.gamma, tables.beta);
    });
}

void attention(const AttentionShape& s, const SequenceBatch& sequences, const float* qkv, float* y) {
    const std::vector<std::int32_t> first = sequences.offsets();
    std::fill_n(y, s.rows * s.heads * s.headSize, 0.f);
    tbb::parallel_for(std::int64_t{0}, sequences.batch() * s.heads, [&](std::int64_t task) {
        const std::int64_t sequence = task / s.heads;
        attendHead(s, first[sequence], sequences.lengths[sequence], task % s.heads, qkv, y);
    });
}

} // namespace orrery::gpu::reference
