#include "core/svm/kernel.h"

#include <cassert>
#include <cmath>
#include <fmt/format.h>

namespace orrery::svm {

namespace {

/// base^exponent by squaring, as LIBSVM does it.
double power(double base, int exponent) {
    double result = 1.0;
    for (; exponent > 0; exponent /= 2) {
        if (exponent % 2 == 1) result *= base;
        base *= base;
    }
    return result;
}

std::string withConstant(const std::string& head, double constant) {
    if (constant == 0.0) return head;
    return fmt::format("{} {} {:.6g}", head, constant < 0.0 ? "−" : "+", std::abs(constant));
}

} // namespace

std::string_view idOf(KernelKind kind) {
    constexpr std::array<std::string_view, 5> ids = {"linear", "poly", "rbf", "laplacian", "sigmoid"};
    return ids[static_cast<std::size_t>(kind)];
}

std::string_view labelOf(KernelKind kind) {
    constexpr std::array<std::string_view, 5> labels = {"Linear", "Polynomial", "RBF", "Laplacian",
                                                        "Sigmoid"};
    return labels[static_cast<std::size_t>(kind)];
}

std::optional<KernelKind> kernelKindFromId(std::string_view id) {
    for (const KernelKind kind : kKernelKinds)
        if (idOf(kind) == id) return kind;
    return std::nullopt;
}

double Kernel::value(std::span<const double> x, std::span<const double> z) const {
    assert(x.size() == z.size());
    double sum = 0.0;
    if (isRadial()) {
        for (std::size_t k = 0; k < x.size(); ++k)
            sum += (x[k] - z[k]) * (x[k] - z[k]);
        return ofSquaredDistance(sum);
    }
    for (std::size_t k = 0; k < x.size(); ++k)
        sum += x[k] * z[k];
    return ofProduct(sum);
}

double Kernel::ofProduct(double product) const {
    assert(!isRadial());
    if (kind == KernelKind::Polynomial) return power(gamma * product + coef0, degree);
    if (kind == KernelKind::Sigmoid) return std::tanh(gamma * product + coef0);
    return product;
}

double Kernel::ofSquaredDistance(double squared) const {
    assert(isRadial());
    return std::exp(-gamma * (kind == KernelKind::Rbf ? squared : std::sqrt(squared)));
}

bool Kernel::canBeIndefinite() const {
    if (kind == KernelKind::Polynomial) return gamma < 0.0 || coef0 < 0.0;
    return kind == KernelKind::Sigmoid;
}

std::string_view Kernel::formula() const {
    switch (kind) {
    case KernelKind::Linear:
        break;
    case KernelKind::Polynomial:
        return "(γ⟨x, z⟩ + c₀)^p";
    case KernelKind::Rbf:
        return "exp(−γ‖x − z‖²)";
    case KernelKind::Laplacian:
        return "exp(−γ‖x − z‖)";
    case KernelKind::Sigmoid:
        return "tanh(γ⟨x, z⟩ + c₀)";
    }
    return "⟨x, z⟩";
}

std::string Kernel::formulaWithNumbers() const {
    switch (kind) {
    case KernelKind::Linear:
        break;
    case KernelKind::Polynomial:
        return fmt::format("({})^{}", withConstant(fmt::format("{:.6g}⟨x, z⟩", gamma), coef0), degree);
    case KernelKind::Rbf:
        return fmt::format("exp(−{:.6g}‖x − z‖²)", gamma);
    case KernelKind::Laplacian:
        return fmt::format("exp(−{:.6g}‖x − z‖)", gamma);
    case KernelKind::Sigmoid:
        return fmt::format("tanh({})", withConstant(fmt::format("{:.6g}⟨x, z⟩", gamma), coef0));
    }
    return "⟨x, z⟩";
}

Expected<void> checkKernel(const Kernel& kernel) {
    if (kernel.usesGamma() && !std::isfinite(kernel.gamma))
        return fail("the kernel's γ is not a finite number");
    if (kernel.usesCoef0() && !std::isfinite(kernel.coef0))
        return fail("the kernel's c₀ is not a finite number");
    if (kernel.isRadial() && kernel.gamma <= 0.0)
        return fail(
            fmt::format("γ of the {} kernel must be above 0, not {}", labelOf(kernel.kind), kernel.gamma));
    if (kernel.usesDegree() && (kernel.degree < 1 || kernel.degree > 100))
        return fail(fmt::format("the degree of the polynomial must be from 1 to 100, not {}", kernel.degree));
    return {};
}

} // namespace orrery::svm
