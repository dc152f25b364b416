// Convolutions and linear layers: tiles of rows, each one matrix product.
#include "gpu/reference/ops.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <tbb/blocked_range2d.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace orrery::gpu::reference {

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Strided = Eigen::Map<Matrix, 0, Eigen::OuterStride<>>;
using ConstStrided = Eigen::Map<const Matrix, 0, Eigen::OuterStride<>>;

constexpr std::int64_t kPiece = 1 << 14; ///< numbers of a task in a pass
constexpr std::int64_t kRowTile = 192;   ///< rows of a product: enough to pay for packing the weights

/// Rows [begin, begin + count) of the patches: each the R·S·C inputs that one output pixel sees.
void gatherPatches(const ConvolutionShape& s, const float* x, std::int64_t begin, std::int64_t count,
                   float* patches) {
    const std::int64_t q = s.outWidth(), p = s.outHeight(), c = s.inChannels;
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t row = begin + i, image = row / (p * q);
        const std::int64_t top = row / q % p * s.stride - s.padding, left = row % q * s.stride - s.padding;
        for (std::int64_t r = 0; r < s.kernel; ++r)
            for (std::int64_t t = 0; t < s.kernel; ++t, patches += c) {
                const std::int64_t h = top + r, w = left + t;
                if (h < 0 || h >= s.height || w < 0 || w >= s.width)
                    std::fill_n(patches, c, 0.f);
                else
                    std::copy_n(x + ((image * s.height + h) * s.width + w) * c, c, patches);
            }
    }
}

void finish(float& y, Activation activation, Gelu gelu) {
    if (activation == Activation::Relu) y = std::max(y, 0.f);
    if (activation == Activation::Gelu) y = gelu == Gelu::Erf ? geluErf(y) : geluTanh(y);
}

struct Product {
    std::int64_t rows, depth, columns;
    const float* weights;  ///< [columns, depth]
    const float* bias;     ///< [columns]
    const float* residual; ///< null or [rows, columns]
    Activation activation;
    Gelu gelu;
    float* y; ///< [rows, columns]
};

/// One tile: y = activation(x·wᵀ + bias + residual), x being rows `row` … of the left side.
void multiplyTile(const Product& p, const float* x, std::int64_t row, std::int64_t rows, std::int64_t column,
                  std::int64_t columns) {
    const ConstStrided left(x, rows, p.depth, Eigen::OuterStride<>(p.depth));
    const ConstStrided right(p.weights + column * p.depth, columns, p.depth, Eigen::OuterStride<>(p.depth));
    Strided out(p.y + row * p.columns + column, rows, columns, Eigen::OuterStride<>(p.columns));
    out.noalias() = left * right.transpose();
    for (std::int64_t i = 0; i < rows; ++i) {
        float* y = p.y + (row + i) * p.columns + column;
        const float* more = p.residual ? p.residual + (row + i) * p.columns + column : nullptr;
        for (std::int64_t k = 0; k < columns; ++k) {
            y[k] += p.bias[column + k] + (more ? more[k] : 0.f);
            finish(y[k], p.activation, p.gelu);
        }
    }
}

/// Columns are split as well when there are too few tiles of rows to keep every thread busy. `left(row,
/// count, buffer)` gives the rows of the left side, or gathers them into the buffer.
template <class Left>
void multiply(const Product& p, const Left& left) {
    const std::int64_t rowTiles = (p.rows + kRowTile - 1) / kRowTile;
    const std::int64_t threads = tbb::this_task_arena::max_concurrency();
    const std::int64_t wanted = std::max<std::int64_t>(1, 2 * threads / rowTiles);
    const std::int64_t columnTile = std::max<std::int64_t>(64, (p.columns + wanted - 1) / wanted);
    const std::int64_t columnTiles = (p.columns + columnTile - 1) / columnTile;
    tbb::parallel_for(tbb::blocked_range2d<std::int64_t>(0, rowTiles, 1, 0, columnTiles, 1),
                      [&](const auto& range) {
                          std::vector<float> buffer;
                          for (std::int64_t r = range.rows().begin(); r < range.rows().end(); ++r) {
                              const std::int64_t row = r * kRowTile, rows = std::min(kRowTile, p.rows - row);
                              const float* x = left(row, rows, buffer);
                              for (std::int64_t c = range.cols().begin(); c < range.cols().end(); ++c)
                                  multiplyTile(p, x, row, rows, c * columnTile,
                                               std::min(columnTile, p.columns - c * columnTile));
                          }
                      });
}

} // namespace

float geluErf(float x) {
    return 0.5f * x * (1.f + std::erf(x * float(1 / std::numbers::sqrt2)));
}

float geluTanh(float x) {
    const float inner = 0.7978845608f * (x + 0.044715f * x * x * x); // √(2/π)
    return 0.5f * x * (1.f + std::tanh(inner));
}

void convolution(const ConvolutionShape& s, const float* x, const float* w, const float* bias,
                 const float* residual, Activation activation, float* y) {
    const Product product{s.rows(), s.depth(), s.outChannels, w, bias, residual, activation, Gelu::Erf, y};
    const bool direct = s.kernel == 1 && s.stride == 1 && s.padding == 0;
    multiply(product, [&](std::int64_t row, std::int64_t rows, std::vector<float>& buffer) -> const float* {
        if (direct) return x + row * s.inChannels;
        buffer.resize(static_cast<std::size_t>(rows * s.depth()));
        gatherPatches(s, x, row, rows, buffer.data());
        return buffer.data();
    });
}

void scaleAndShift(std::int64_t rows, std::int64_t width, const float* scale, const float* shift, float* y) {
    tbb::parallel_for(std::int64_t{0}, rows, [&](std::int64_t row) {
        for (std::int64_t k = 0; k < width; ++k)
            y[row * width + k] = (scale ? scale[k] : 1.f) * y[row * width + k] + shift[k];
    });
}

void add(std::int64_t count, const float* x, float* y) {
    tbb::parallel_for(tbb::blocked_range<std::int64_t>(0, count, kPiece), [&](const auto& range) {
        for (std::int64_t i = range.begin(); i < range.end(); ++i)
            y[i] += x[i];
    });
}

void activate(std::int64_t count, Activation activation, Gelu gelu, float* y) {
    tbb::parallel_for(tbb::blocked_range<std::int64_t>(0, count, kPiece), [&](const auto& range) {
        for (std::int64_t i = range.begin(); i < range.end(); ++i)
            finish(y[i], activation, gelu);
    });
}

void linear(const LinearShape& s, const float* x, const float* w, const float* bias, Activation activation,
            Gelu gelu, float* y) {
    const Product product{s.rows, s.inFeatures, s.outFeatures, w, bias, nullptr, activation, gelu, y};
    multiply(product,
             [&](std::int64_t row, std::int64_t, std::vector<float>&) { return x + row * s.inFeatures; });
}

} // namespace orrery::gpu::reference
