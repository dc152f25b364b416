// The knobs of the LASSO lab: one list for the form, the scenario file and the help page.
#pragma once

#include "core/linear/lasso_method.h"
#include "core/support/parameter.h"

#include <QString>
#include <optional>
#include <utility>

namespace orrery {

/// What the values mean, read once.
struct LassoKnobs {
    linear::LassoMethod method = linear::LassoMethod::CoordinateDescent;
    double lambda = 0.0; ///< where the λ line stands; 0: nowhere in particular
    double alpha = 1.0;
    bool standardize = true;
    int lambdas = 100;
    double ratio = 1e-3;
    double gap = 1e-6;
    int folds = 10;
    QString stage = QStringLiteral("paths");     ///< paths, coefficients, geometry, race
    QString axis = QStringLiteral("log-lambda"); ///< log-lambda, l1-norm, deviance
    QString scale = QStringLiteral("field");     ///< field, article: λ shown doubled
    QString ball = QStringLiteral("l1");         ///< l0, l1, l2, lq
    double q = 0.5;
    QString cost = QStringLiteral("iterations"); ///< iterations, seconds, flops

    /// What the solver's answer depends on: equal keys need no new run.
    [[nodiscard]] auto runKey() const { return std::tuple(method, alpha, standardize, lambdas, ratio, gap); }
    /// What the cross-validation depends on.
    [[nodiscard]] auto validationKey() const { return std::tuple(alpha, standardize, lambdas, ratio, folds); }
    [[nodiscard]] double shownLambda(double solved) const {
        return scale == u"article" ? 2.0 * solved : solved;
    }
    [[nodiscard]] double solvedLambda(double shown) const {
        return scale == u"article" ? shown / 2.0 : shown;
    }
};

/// `lambdaRange` of the run at hand, in the scale that is shown, bounds the λ slider.
[[nodiscard]] std::vector<ParameterSpec> lassoParameterSpecs(std::pair<double, double> lambdaRange);
[[nodiscard]] LassoKnobs lassoKnobs(const ParameterValues& values);

} // namespace orrery
