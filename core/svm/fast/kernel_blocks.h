// Points packed for kernel_tiles.h: kernel values of some points ("rows") with all of them.
//
// Radial kernels are taken of points that are centred and scaled so that the exponent is a power of 2 without
// a factor, in single precision where rounding a coordinate changes a value by about 1e-6 at most, else in
// double. The other kernels, whose sums can cancel, are always computed in double. Values are rounded to
// float in the end, as LIBSVM's are in its cache; sums are not. Sparse points are not packed: their values
// are taken feature by feature, in double (sparse_rows.h).
#pragma once

#include "core/svm/fast/kernel_tiles.h"
#include "core/svm/svm_problem.h"

#include <span>
#include <variant>

namespace orrery::svm::fast {

enum class Precision : std::uint8_t { Chosen, Single, Double };

/// How a kernel is computed: k(x, z) = function(Σ over coordinates of scale · (x − centre)).
struct KernelMap {
    TileFunction function;
    double scale = 1.0;
    Eigen::RowVectorXd centre; ///< d
    bool single = false;
};
/// For points like those of x, n × d. Single precision is given to radial kernels alone.
[[nodiscard]] KernelMap mapOf(const Kernel& kernel, const Eigen::Ref<const PointMatrix>& x,
                              Precision precision = Precision::Chosen);

/// Groups of `width` points, each depth × width, then zeros.
template <class T>
struct Packed {
    std::size_t depth = 0;
    std::size_t width = 0;
    std::vector<T> data;

    [[nodiscard]] T* place(std::size_t point) {
        return data.data() + point / width * width * depth + point % width;
    }
    [[nodiscard]] const T* place(std::size_t point) const { return const_cast<Packed*>(this)->place(point); }
};
using AnyPacked = std::variant<Packed<float>, Packed<double>>;

class KernelBlocks {
  public:
    struct Rows {
        AnyPacked points;
        std::size_t count = 0;
        SparseRows sparse; ///< in the place of `points`
    };

    KernelBlocks(const Eigen::Ref<const PointMatrix>& x, const KernelMap& map);
    KernelBlocks(const SparseRows& x, const Kernel& kernel);
    /// Of the points of a problem.
    explicit KernelBlocks(const SvmProblem& problem, Precision precision = Precision::Chosen);

    [[nodiscard]] std::size_t points() const { return m_points; }
    /// points() rounded up to whole panels: ranges of points end at most here.
    [[nodiscard]] std::size_t padded() const { return (m_points + kPanel - 1) / kPanel * kPanel; }
    [[nodiscard]] KernelBlocks subset(std::span<const std::int32_t> points) const;
    [[nodiscard]] Rows rows(std::span<const std::int32_t> points) const;

    /// values[r][i] = k(row r, point i) for points [first, last), multiples of kPanel.
    void values(const Rows& rows, float* const* values, std::size_t first, std::size_t last) const;
    /// The same in fixed point, where isFixed().
    void values(const Rows& rows, std::uint16_t* const* values, std::size_t first, std::size_t last) const;
    /// Whether every value lies in [0, 1], so that it can be kept in fixed point.
    [[nodiscard]] bool isFixed() const;
    /// sums[i] += Σ_r factors[r] k(row r, point i); factors: rows.count numbers.
    void sums(const Rows& rows, std::span<const double> factors, double* sums, std::size_t first,
              std::size_t last) const;

  private:
    struct Sparse {
        SparseRows rows;
        SparseColumns columns;
        Kernel kernel;
    };
    KernelBlocks() = default;
    /// visit(row, values): k(row, point i) for points [first, last), zeros beyond points().
    template <class Visit>
    void forSparseRows(const Rows& rows, std::size_t first, std::size_t last, const Visit& visit) const;

    TileFunction m_function;
    std::size_t m_points = 0;
    std::size_t m_depth = 0;
    AnyPacked m_panels;
    std::shared_ptr<const Sparse> m_sparse; ///< null: the points are packed
};

} // namespace orrery::svm::fast
