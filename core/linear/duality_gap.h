// The duality gap of the elastic net from sums that a solver already has.
//
// With the ridge part as augmentation (rows √(nμ) I under X, zeros under y, μ = λ(1 − α)) the elastic net is
// a lasso with slopes c_j = x_jᵀr/n − μβ_j, and s·r is dual feasible while |s| max_j |c_j| ≤ λα; its dual
// value
//     s yᵀr/n − s²/2 (‖r‖²/n + μ‖β‖²)
// is largest at a clamped s. For μ > 0 the conjugate of the penalty gives a second dual value, finite at any
// residual, at s = 1:   yᵀr/n − ‖r‖²/2n − Σ_j (|x_jᵀr/n| − λα)₊² / 2μ.   The better of the two counts.
// Fercoq, Gramfort & Salmon, "Mind the duality gap: safer rules for the lasso", ICML 2015.
#pragma once

#include <algorithm>
#include <cmath>

namespace orrery::linear {

struct GapTerms {
    double objective = 0.0;
    double responseProduct = 0.0; ///< yᵀr / n
    double residualSquare = 0.0;  ///< ‖r‖² / n
    double betaSquare = 0.0;      ///< ‖β‖²
    double largestSlope = 0.0;    ///< max_j |x_jᵀr/n − μβ_j|
    double excessSquare = 0.0;    ///< Σ_j (|x_jᵀr/n| − λα)₊²
};

/// The s that is feasible and best, for threshold λα and ridge μ.
[[nodiscard]] inline double dualScale(const GapTerms& terms, double threshold, double ridge) {
    const double square = terms.residualSquare + ridge * terms.betaSquare;
    if (!(square > 0.0)) return 0.0;
    const double best = terms.responseProduct / square;
    if (std::abs(best) * terms.largestSlope <= threshold) return best;
    return std::copysign(threshold / terms.largestSlope, best);
}

/// Objective minus the best dual value known; never negative.
[[nodiscard]] inline double dualityGap(const GapTerms& terms, double threshold, double ridge) {
    const double s = dualScale(terms, threshold, ridge);
    double dual = s * terms.responseProduct - 0.5 * s * s * (terms.residualSquare + ridge * terms.betaSquare);
    if (ridge > 0.0)
        dual = std::max(dual, terms.responseProduct - 0.5 * terms.residualSquare -
                                  terms.excessSquare / (2.0 * ridge));
    return std::max(terms.objective - dual, 0.0);
}

} // namespace orrery::linear
