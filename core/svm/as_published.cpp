#include "core/svm/as_published.h"

#include "core/svm/svm_model.h"

#include <cassert>
#include <cmath>
#include <fmt/format.h>

namespace orrery::svm {

using Eigen::Index;

Kernel publishedKernel(const Kernel& kernel) {
    Kernel published = kernel;
    if (kernel.kind == KernelKind::Rbf) {
        published.kind = KernelKind::Laplacian;
        published.gamma = std::sqrt(kernel.gamma);
    }
    return published;
}

double publishedBias(const SvmProblem& problem, std::span<const double> alpha) {
    assert(problem.kind == ProblemKind::Classification);
    std::vector<double> kept(alpha.begin(), alpha.end());
    for (double& value : kept)
        if (value <= kPublishedThreshold) value = 0.0;
    const SvmModel unbiased = modelWithBias(problem, kept, 0.0);
    if (unbiased.size() == 0) return 0.0;
    const Eigen::VectorXd decisions = unbiased.isSparse() ? unbiased.decisions(unbiased.sparseVectors)
                                                          : unbiased.decisions(unbiased.vectors);
    double sum = 0.0;
    for (Index k = 0; k < unbiased.size(); ++k) {
        const double sign = decisions[k] > 0.0 ? 1.0 : decisions[k] < 0.0 ? -1.0 : 0.0;
        sum += problem.y[unbiased.rows[static_cast<std::size_t>(k)]] - sign;
    }
    return sum / static_cast<double>(unbiased.size());
}

std::string publishedDifference(const Kernel& kernel) {
    const std::string bias =
        "the bias averages y − sign f₀ over all support vectors instead of y − f₀ over the free ones";
    if (kernel.kind == KernelKind::Rbf || kernel.kind == KernelKind::Laplacian)
        return fmt::format("As published, the kernel takes the distance itself, {}, not its square, and {}.",
                           publishedKernel(kernel).formulaWithNumbers(), bias);
    return fmt::format("As published, {}.", bias);
}

} // namespace orrery::svm
