#include "core/svm/fast/kernel_blocks.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace orrery::svm::fast {

namespace {

/// What rounding to single precision may change in an exponent.
constexpr double kRoundingAllowed = 3e-6;

TileFunction functionOf(const Kernel& kernel) {
    switch (kernel.kind) {
    case KernelKind::Linear:
        return {TileKind::Product, 1.0, 0.0, 0};
    case KernelKind::Polynomial:
        return {TileKind::Power, kernel.gamma, kernel.coef0, kernel.degree};
    case KernelKind::Rbf:
        return {TileKind::ExpSquare, kernel.gamma, 0.0, 0};
    case KernelKind::Laplacian:
        return {TileKind::ExpRoot, kernel.gamma, 0.0, 0};
    case KernelKind::Sigmoid:
        return {TileKind::HyperbolicTangent, kernel.gamma, kernel.coef0, 0};
    }
    return {};
}

template <class T>
Packed<T> makePacked(std::size_t points, std::size_t depth, std::size_t width) {
    Packed<T> packed{depth, width, {}};
    packed.data.assign((points + width - 1) / width * width * depth, T(0));
    return packed;
}

template <class T>
Packed<T> gathered(const Packed<T>& from, std::span<const std::int32_t> points, std::size_t width) {
    Packed<T> to = makePacked<T>(points.size(), from.depth, width);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto point = static_cast<std::size_t>(points[i]);
        const T* source = from.place(point);
        T* target = to.place(i);
        for (std::size_t k = 0; k < from.depth; ++k)
            target[k * width] = source[k * from.width];
    }
    return to;
}

template <class T>
TileBlock<T> blockOf(const TileFunction& function, const Packed<T>& panels, const KernelBlocks::Rows& rows,
                     std::size_t first, std::size_t last) {
    const auto& groups = std::get<Packed<T>>(rows.points);
    return {function, panels.depth, panels.data.data(), groups.data.data(), rows.count, first, last};
}

} // namespace

KernelMap mapOf(const Kernel& kernel, const Eigen::Ref<const PointMatrix>& x, Precision precision) {
    KernelMap map{functionOf(kernel), 1.0, Eigen::RowVectorXd::Zero(x.cols()), false};
    if (!kernel.isRadial()) return map;
    map.scale = kernel.kind == KernelKind::Rbf ? std::sqrt(kernel.gamma * std::numbers::log2e)
                                               : kernel.gamma * std::numbers::log2e;
    map.centre = x.colwise().mean();
    const double largest = x.size() > 0 ? (x.rowwise() - map.centre).cwiseAbs().maxCoeff() : 0.0;
    const double rounding = 0x1p-24 * map.scale * largest * std::sqrt(static_cast<double>(x.cols()));
    map.single =
        precision == Precision::Single || (precision == Precision::Chosen && rounding < kRoundingAllowed);
    return map;
}

KernelBlocks::KernelBlocks(const Eigen::Ref<const PointMatrix>& x, const KernelMap& map)
    : m_function(map.function)
    , m_points(static_cast<std::size_t>(x.rows()))
    , m_depth(static_cast<std::size_t>(x.cols())) {
    const auto fill = [&]<class T>(T) {
        Packed<T> panels = makePacked<T>(m_points, m_depth, kPanel);
        for (std::size_t i = 0; i < m_points; ++i) {
            const double* point = x.data() + static_cast<Eigen::Index>(i) * x.outerStride();
            T* target = panels.place(i);
            for (std::size_t k = 0; k < m_depth; ++k)
                target[k * kPanel] =
                    static_cast<T>(map.scale * (point[k] - map.centre[static_cast<Eigen::Index>(k)]));
        }
        m_panels = std::move(panels);
    };
    if (map.single)
        fill(0.0F);
    else
        fill(0.0);
}

KernelBlocks::KernelBlocks(const SparseRows& x, const Kernel& kernel)
    : m_points(static_cast<std::size_t>(x.rows()))
    , m_depth(static_cast<std::size_t>(x.cols()))
    , m_sparse(std::make_shared<const Sparse>(Sparse{x, SparseColumns(x), kernel})) {}

KernelBlocks::KernelBlocks(const SvmProblem& problem, Precision precision)
    : KernelBlocks(problem.isSparse()
                       ? KernelBlocks(problem.sparse, problem.kernel)
                       : KernelBlocks(problem.x, mapOf(problem.kernel, problem.x, precision))) {}

template <class Visit>
void KernelBlocks::forSparseRows(const Rows& rows, std::size_t first, std::size_t last,
                                 const Visit& visit) const {
    std::vector<double> values(last - first, 0.0);
    const auto from = static_cast<Eigen::Index>(std::min(first, m_points)),
               to = static_cast<Eigen::Index>(std::min(last, m_points));
    for (std::size_t r = 0; r < rows.count; ++r) {
        m_sparse->columns.kernelValues(m_sparse->kernel, rows.sparse, static_cast<Eigen::Index>(r), from, to,
                                       values.data());
        visit(r, values);
    }
}

KernelBlocks KernelBlocks::subset(std::span<const std::int32_t> points) const {
    if (m_sparse)
        return {selectedRows(m_sparse->rows, std::vector<Eigen::Index>(points.begin(), points.end())),
                m_sparse->kernel};
    KernelBlocks result;
    result.m_function = m_function;
    result.m_points = points.size();
    result.m_depth = m_depth;
    result.m_panels = std::visit(
        [&](const auto& panels) -> AnyPacked { return gathered(panels, points, kPanel); }, m_panels);
    return result;
}

KernelBlocks::Rows KernelBlocks::rows(std::span<const std::int32_t> points) const {
    if (m_sparse)
        return {{},
                points.size(),
                selectedRows(m_sparse->rows, std::vector<Eigen::Index>(points.begin(), points.end()))};
    return {std::visit([&](const auto& panels) -> AnyPacked { return gathered(panels, points, kGroup); },
                       m_panels),
            points.size(),
            {}};
}

void KernelBlocks::values(const Rows& rows, float* const* values, std::size_t first, std::size_t last) const {
    if (m_sparse)
        return forSparseRows(rows, first, last, [&](std::size_t r, const std::vector<double>& from) {
            std::transform(from.begin(), from.end(), values[r] + first,
                           [](double value) { return static_cast<float>(value); });
        });
    std::visit(
        [&](const auto& panels) { kernelValues(blockOf(m_function, panels, rows, first, last), values); },
        m_panels);
}

void KernelBlocks::values(const Rows& rows, std::uint16_t* const* values, std::size_t first,
                          std::size_t last) const {
    std::visit(
        [&](const auto& panels) { kernelFixed(blockOf(m_function, panels, rows, first, last), values); },
        m_panels);
}

bool KernelBlocks::isFixed() const {
    return !m_sparse && (m_function.kind == TileKind::ExpSquare || m_function.kind == TileKind::ExpRoot);
}

void KernelBlocks::sums(const Rows& rows, std::span<const double> factors, double* sums, std::size_t first,
                        std::size_t last) const {
    if (m_sparse)
        return forSparseRows(rows, first, last, [&](std::size_t r, const std::vector<double>& from) {
            for (std::size_t i = 0; i < from.size(); ++i)
                sums[first + i] += factors[r] * from[i];
        });
    std::vector<double> padded(factors.begin(), factors.end());
    padded.resize((factors.size() + kGroup - 1) / kGroup * kGroup, 0.0);
    std::visit(
        [&](const auto& panels) {
            kernelSums(blockOf(m_function, panels, rows, first, last), padded.data(), sums);
        },
        m_panels);
}

} // namespace orrery::svm::fast
