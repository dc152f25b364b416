// The knobs of the SVM lab: one list for the form, the scenario file and the help page.
#pragma once

#include "core/data/dataset.h"
#include "core/support/parameter.h"
#include "core/svm/svm_problem.h"

#include <QString>
#include <tuple>

namespace orrery {

/// What the values mean, read once.
struct SvmKnobs {
    QString view = QStringLiteral("fitting"); ///< fitting, stepping, kernel
    svm::ProblemKind kind = svm::ProblemKind::Classification;
    svm::Kernel kernel;
    double c = 1.0;
    double classWeight = 1.0; ///< of C for the first class
    double epsilon = 0.1;     ///< regression
    double nu = 0.1;          ///< one class
    bool published = false;   ///< kernels and bias of the article

    bool projects = false; ///< all features, seen on the plane of their first two principal components
    std::string x, y;      ///< columns; regression has the target at y
    bool standardise = true;
    std::size_t most = 2000; ///< rows that are fitted; a sample of more

    double tolerance = 1e-3;
    bool shrinking = true;
    bool warmStart = true;

    QString tool = QStringLiteral("point");       ///< point, spray, erase
    int brush = 0;                                ///< class of new points
    QString surface = QStringLiteral("decision"); ///< decision, platt, isotonic: what the tint is
    QString map = QStringLiteral("error");        ///< error, vectors: what the C × γ map shows

    [[nodiscard]] auto kernelKey() const {
        return std::tuple(kernel.kind, kernel.gamma, kernel.coef0, kernel.degree, published);
    }
    /// What the points depend on: equal keys need no second look at the data.
    [[nodiscard]] auto pointsKey() const { return std::tuple(kind, projects, x, y, standardise, most); }
    /// What the run depends on.
    [[nodiscard]] auto runKey() const {
        return std::tuple(pointsKey(), kernelKey(), c, classWeight, epsilon, nu, tolerance, shrinking);
    }
    /// What the C × γ map depends on.
    [[nodiscard]] auto mapKey() const {
        svm::Kernel any = kernel;
        any.gamma = 1.0;
        return std::tuple(pointsKey(), any.kind, any.coef0, any.degree, published, classWeight, epsilon);
    }
};

/// Choices of columns and classes follow the data; null: none loaded yet.
[[nodiscard]] std::vector<ParameterSpec> svmParameterSpecs(const data::Dataset* dataset);
[[nodiscard]] SvmKnobs svmKnobs(const ParameterValues& values, const data::Dataset* dataset);

/// Target of the data as it is or as its usual one.
[[nodiscard]] std::string svmTarget(const data::Dataset& dataset);

} // namespace orrery
