#include "app/labs/lasso/lasso_narration.h"

#include "widgets/narration/formula.h"
#include "widgets/plot/number_format.h"

#include <QStringList>
#include <cmath>

namespace orrery {

namespace {

using linear::CoordinateMove;
using linear::LassoFrame;
using linear::LassoMethod;

QString inWords(double value) {
    return shortNumber(value, 4);
}

// “age, s2, s4 and 3 more”: only the names that are said are made, of what may be tens of thousands.
QString heldAtZero(const LassoRun& run, const LassoFrame& frame) {
    constexpr int kMost = 5;
    QStringList named;
    Eigen::Index zeros = 0;
    for (Eigen::Index j = 0; j < frame.beta.size(); ++j)
        if (frame.beta[j] == 0.0 && ++zeros <= kMost) named << columnName(run.problem(), static_cast<int>(j));
    if (named.isEmpty()) return QStringLiteral("No coefficient is held at zero.");
    QString names = named.join(QStringLiteral(", "));
    if (zeros > kMost) names += QStringLiteral(" and %1 more").arg(zeros - kMost);
    return QStringLiteral("Held at zero: %1 (|ρ| ≤ λα).").arg(names);
}

QString whatTheCoordinateDid(const QString& name, const CoordinateMove& move) {
    if (move.before == 0.0 && move.after != 0.0)
        return QStringLiteral(
                   "Coordinate %1 enters: its correlation with the residual exceeds the threshold.")
            .arg(name);
    if (move.before != 0.0 && move.after == 0.0)
        return QStringLiteral(
                   "Coordinate %1 goes back to zero: its correlation fell to the threshold or below.")
            .arg(name);
    if (move.after == 0.0)
        return QStringLiteral("Coordinate %1 stays at zero: its correlation is within the threshold.")
            .arg(name);
    if (move.after == move.before)
        return QStringLiteral("Coordinate %1 is already where the others want it: nothing moves.").arg(name);
    return QStringLiteral("Coordinate %1 moves: the others have changed its correlation with the residual.")
        .arg(name);
}

Narration ofCoordinate(const LassoRun& run, const LassoFrame& frame) {
    const CoordinateMove& move = frame.move;
    const QString name = columnName(run.problem(), move.column);
    Narration why;
    if (!(move.denominator > 0.0)) {
        why.sentence =
            QStringLiteral("Column %1 is constant: it explains nothing and stays at zero.").arg(name);
        return why;
    }
    why.sentence = whatTheCoordinateDid(name, move);
    why.formula = {{.text = QStringLiteral("β"), .subscript = name, .mark = QStringLiteral("result")},
                   plainTerm(QStringLiteral(" ← S(")),
                   markedTerm(inWords(move.rho), QStringLiteral("rho")),
                   plainTerm(QStringLiteral(", ")),
                   markedTerm(inWords(move.threshold), QStringLiteral("threshold")),
                   plainTerm(QStringLiteral(")"))};
    if (std::abs(move.denominator - 1.0) > 1e-9)
        why.formula.push_back(plainTerm(QStringLiteral(" / %1").arg(inWords(move.denominator))));
    why.formula.push_back(plainTerm(QStringLiteral(" = ")));
    why.formula.push_back(resultTerm(inWords(move.after)));
    why.afterword = heldAtZero(run, frame);
    return why;
}

Narration ofIteration(const LassoRun& run, const LassoFrame& frame, const QString& sentence,
                      const QString& rule) {
    Narration why;
    why.sentence = QStringLiteral("Iteration %1: %2").arg(frame.iteration).arg(sentence);
    why.formula = {plainTerm(rule), plainTerm(QStringLiteral("  gap = ")),
                   resultTerm(inWords(frame.relativeGap))};
    why.afterword = heldAtZero(run, frame);
    return why;
}

Narration ofLars(const LassoRun& run, const LassoFrame& frame, double factor) {
    Narration why;
    const QString name = frame.move.column >= 0 ? columnName(run.problem(), frame.move.column) : QString();
    why.sentence =
        name.isEmpty()
            ? QStringLiteral("The homotopy moves along a straight line: signs and support stay as they are.")
            : QStringLiteral(
                  "A knot: %1 joins or leaves, where its correlation or its coefficient meets the bound.")
                  .arg(name);
    why.formula = {plainTerm(QStringLiteral("max")),
                   {.text = QStringLiteral(" |x"), .subscript = QStringLiteral("j")},
                   plainTerm(QStringLiteral("ᵀr| / n = λ = ")),
                   resultTerm(inWords(frame.lambda * factor))};
    why.afterword =
        QStringLiteral("%1 coefficients are in the model; between knots every one of them is linear in λ.")
            .arg(frame.nonZeros);
    return why;
}

Narration ofStart(const LassoRun& run, double factor) {
    Narration why;
    why.sentence = QStringLiteral(
        "At the largest λ every coefficient is zero: no column's correlation with y exceeds it.");
    why.formula = {plainTerm(QStringLiteral("λ")),
                   {.text = QString(), .subscript = QStringLiteral("max")},
                   plainTerm(QStringLiteral(" = max |xᵀy| / nα = ")),
                   resultTerm(inWords(run.lambdas().front() * factor))};
    return why;
}

Narration ofFailure(const LassoFrame& frame) {
    Narration why;
    why.sentence = QStringLiteral("The solver stopped: %1").arg(QString::fromStdString(frame.failure));
    return why;
}

Narration ofCertificate(const LassoRun& run, const LassoFrame& frame) {
    Narration why;
    why.sentence = QStringLiteral("The duality gap over all columns is measured; no coordinate moves.");
    why.formula = {plainTerm(QStringLiteral("gap = ")), resultTerm(inWords(frame.relativeGap)),
                   plainTerm(QStringLiteral(" · ‖y − ȳ‖² / 2n"))};
    why.afterword = heldAtZero(run, frame);
    return why;
}

Narration ofNewton(const LassoRun& run, const LassoFrame& frame) {
    Narration why;
    why.sentence =
        QStringLiteral("A Newton step: with their signs held, the %1 active coefficients go together to the "
                       "minimum of their quadratic, or to where the first of them reaches zero.")
            .arg(frame.nonZeros);
    why.formula = {plainTerm(QStringLiteral("G Δβ = Xᵀr/n − λα s;  gap = ")),
                   resultTerm(inWords(frame.relativeGap))};
    why.afterword = heldAtZero(run, frame);
    return why;
}

} // namespace

QString columnName(const linear::RegressionProblem& problem, int column) {
    const auto index = static_cast<std::size_t>(column);
    if (index < problem.names.size()) return QString::fromStdString(problem.names[index]);
    return QStringLiteral("column %1").arg(column + 1);
}

Narration narrateLasso(const LassoRun& run, const LassoFrame& frame, double factor) {
    if (frame.status == StepStatus::Failed) return ofFailure(frame);
    if (frame.totalIterations == 0 && frame.move.column < 0 && !frame.move.newton && frame.path.empty())
        return ofStart(run, factor);
    switch (frame.method) {
    case LassoMethod::CoordinateDescent:
        if (frame.move.newton) return ofNewton(run, frame);
        return frame.move.column >= 0 ? ofCoordinate(run, frame) : ofCertificate(run, frame);
    case LassoMethod::Ista:
        return ofIteration(run, frame,
                           QStringLiteral("a step down the gradient of length 1/L, then the soft threshold."),
                           QStringLiteral("β ← S(β + Xᵀr / nL, λα/L)"));
    case LassoMethod::Fista:
        return ofIteration(
            run, frame, QStringLiteral("the same step, taken from a point extrapolated along the last move."),
            QStringLiteral("β ← S(z + Xᵀ(y − Xz) / nL, λα/L)"));
    case LassoMethod::Admm:
        return ofIteration(
            run, frame,
            QStringLiteral("a ridge step, then the soft threshold; the multiplier pulls the two together."),
            QStringLiteral("β ← S(θ + u, λα/ρ)"));
    case LassoMethod::ProjectedGradient:
        return ofIteration(run, frame,
                           QStringLiteral("a gradient step in β = β⁺ − β⁻, projected on β⁺, β⁻ ≥ 0."),
                           QStringLiteral("β± ← (β± ± t Xᵀr/n − tλα)₊"));
    case LassoMethod::Lars:
        return ofLars(run, frame, factor);
    }
    return {};
}

} // namespace orrery
