// Kernels k(x, z) of two points x, z ∈ ℝ^d: an inner product in a space of features that is never written
// out.
//
//   linear      ⟨x, z⟩
//   polynomial  (γ⟨x, z⟩ + c₀)^p
//   RBF         exp(−γ‖x − z‖²)
//   Laplacian   exp(−γ‖x − z‖)     Euclidean distance, not squared; some programs sum |x_k − z_k| instead
//   sigmoid     tanh(γ⟨x, z⟩ + c₀)
//
// Names and parameters as LIBSVM's, which has no Laplacian: Chang & Lin, ACM TIST 2 (2011). Cost: O(d) a
// value.
#pragma once

#include "core/support/expected.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace orrery::svm {

enum class KernelKind : std::uint8_t { Linear, Polynomial, Rbf, Laplacian, Sigmoid };
inline constexpr std::array kKernelKinds = {KernelKind::Linear, KernelKind::Polynomial, KernelKind::Rbf,
                                            KernelKind::Laplacian, KernelKind::Sigmoid};

[[nodiscard]] std::string_view idOf(KernelKind kind); ///< "linear", "poly", "rbf", "laplacian", "sigmoid"
[[nodiscard]] std::string_view
labelOf(KernelKind kind); ///< "Linear", "Polynomial", "RBF", "Laplacian", "Sigmoid"
[[nodiscard]] std::optional<KernelKind> kernelKindFromId(std::string_view id);

struct Kernel {
    KernelKind kind = KernelKind::Rbf;
    double gamma = 1.0; ///< γ; not used by the linear kernel
    double coef0 = 0.0; ///< c₀, polynomial and sigmoid
    int degree = 3;     ///< p, polynomial

    /// k(x, z) of two points of equal length.
    [[nodiscard]] double value(std::span<const double> x, std::span<const double> z) const;
    /// From ⟨x, z⟩; linear, polynomial and sigmoid.
    [[nodiscard]] double ofProduct(double product) const;
    /// From ‖x − z‖²; RBF and Laplacian.
    [[nodiscard]] double ofSquaredDistance(double squared) const;
    /// Whether it depends on x − z alone.
    [[nodiscard]] bool isRadial() const { return kind == KernelKind::Rbf || kind == KernelKind::Laplacian; }
    [[nodiscard]] bool usesGamma() const { return kind != KernelKind::Linear; }
    [[nodiscard]] bool usesCoef0() const {
        return kind == KernelKind::Polynomial || kind == KernelKind::Sigmoid;
    }
    [[nodiscard]] bool usesDegree() const { return kind == KernelKind::Polynomial; }

    /// Whether some set of points gives a kernel matrix with a negative eigenvalue, so that the dual need not
    /// be convex: always of the sigmoid, and of a polynomial with γ < 0 or c₀ < 0.
    [[nodiscard]] bool canBeIndefinite() const;
    /// With its letters: "exp(−γ‖x − z‖²)".
    [[nodiscard]] std::string_view formula() const;
    /// With its numbers: "exp(−0.5‖x − z‖²)".
    [[nodiscard]] std::string formulaWithNumbers() const;

    friend bool operator==(const Kernel&, const Kernel&) = default;
};

/// Fails in one sentence on a parameter that is not finite, γ ≤ 0 of a radial kernel, and a degree outside 1
/// … 100.
[[nodiscard]] Expected<void> checkKernel(const Kernel& kernel);

} // namespace orrery::svm
