// The variant of "Support vector machines" as it was published in 2013, for comparison.
//
// Its "gaussian" kernel is exp(−‖x − z‖/(√2 σ)) and its "radial_basis" exp(−γ‖x − z‖): both take the distance
// itself where an RBF takes its square, so both are Laplacian. Its bias is the mean of y_k − sign(f₀(x_k))
// over all support vectors, bounded ones too, f₀ being the decision without bias, where the mean of y_k −
// f₀(x_k) over the free ones is meant. A support vector is one with α > 10⁻⁵.
#pragma once

#include "core/svm/svm_problem.h"

namespace orrery::svm {

inline constexpr double kPublishedThreshold = 1e-5;

/// RBF with γ = 1/(2σ²) becomes Laplacian with √γ = 1/(√2 σ); every other kernel stays as it is.
[[nodiscard]] Kernel publishedKernel(const Kernel& kernel);
/// O(support vectors² · d). Classification alone.
[[nodiscard]] double publishedBias(const SvmProblem& problem, std::span<const double> alpha);
/// What is different, in one sentence.
[[nodiscard]] std::string publishedDifference(const Kernel& kernel);

} // namespace orrery::svm
