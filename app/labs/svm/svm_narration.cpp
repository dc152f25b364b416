#include "app/labs/svm/svm_narration.h"

#include "core/svm/as_published.h"
#include "widgets/narration/formula.h"
#include "widgets/plot/number_format.h"

#include <cmath>

namespace orrery {

namespace {

const QString kFirst = QStringLiteral("first");
const QString kSecond = QStringLiteral("second");
const QString kResult = QStringLiteral("result");

QString figure(double value) {
    return shortNumber(value, 4);
}
// Lines do not break within a number.
QString count(double value) {
    return fixedNumber(value, 0).replace(kThinSpace, QChar(0x202F));
}

FormulaTerm indexed(const QString& text, const QString& index, const QString& mark = {}) {
    return {.text = text, .subscript = index, .mark = mark};
}

const SvmMachine& machineOf(const SvmRun& run, const SvmRunSolver::State& state) {
    return run.machines[state.machine];
}

// Number of the point of a variable, as it is counted on the plane.
QString pointNumber(const SvmMachine& machine, std::int32_t variable) {
    return count(machine.rows[static_cast<std::size_t>(machine.problem->pointOf(variable))] + 1.0);
}

QString published(const SvmRun& run) {
    if (!run.knobs.published) return {};
    return u' ' + QString::fromStdString(svm::publishedDifference(run.knobs.kernel));
}

QString kernelRemark(const SvmRun& run) {
    const svm::Kernel& kernel = run.machines.front().problem->kernel;
    QString words = QStringLiteral("k(x, z) = ") + QString::fromStdString(kernel.formulaWithNumbers()) + u'.';
    words.replace(u' ', QChar::Nbsp); // one line
    if (kernel.canBeIndefinite())
        words += QStringLiteral(" This kernel can be indefinite: the dual need not be convex.");
    return words + published(run);
}

QString pairOfClasses(const SvmRun& run, const SvmMachine& machine) {
    if (!run.hasPairs()) return {};
    const auto& names = run.points->classes;
    return QStringLiteral("%1 against %2: ")
        .arg(QString::fromStdString(names[static_cast<std::size_t>(machine.first)]),
             QString::fromStdString(names[static_cast<std::size_t>(machine.second)]));
}

// ξ > 0 needs α = C: with no multiplier at its bound there is no slack.
QString separation(const SvmRun& run, const svm::SmoSolver::State& smo) {
    if (run.kind() != svm::ProblemKind::Classification) return {};
    if (run.points->opposed > 0)
        return QStringLiteral(
                   "%1 points share their place with one of another class: no boundary parts those. ")
            .arg(count(static_cast<double>(run.points->opposed)));
    if (!run.hasPairs() && smo.bounded == 0 && smo.status == StepStatus::Converged)
        return QStringLiteral("No α is at C: the classes are parted without slack. ");
    return {};
}

Narration ofStart(const SvmRun& run, const SvmRunSolver::State& state) {
    Narration why;
    const SvmMachine& machine = machineOf(run, state);
    if (run.startsWarm)
        why.sentence = QStringLiteral("The fit goes on from the one before the edit.");
    else if (run.kind() == svm::ProblemKind::OneClass)
        why.sentence = QStringLiteral("α begins spread over the first points, as its sum must stay νn.");
    else
        why.sentence = QStringLiteral("Every α is 0: no point is a support vector yet.");
    if (state.smo.nextFirst >= 0)
        why.sentence +=
            QStringLiteral(" Points %1 and %2 violate the KKT conditions most.")
                .arg(pointNumber(machine, state.smo.nextFirst), pointNumber(machine, state.smo.nextSecond));
    why.formula = {
        plainTerm(
            QStringLiteral("m − M = %1 − (%2) = ").arg(figure(state.smo.highest), figure(state.smo.lowest))),
        resultTerm(figure(state.smo.gap))};
    why.afterword = kernelRemark(run);
    return why;
}

Narration ofEnd(const SvmRun& run, const SvmRunSolver::State& state) {
    Narration why;
    const svm::SmoSolver::State& smo = state.smo;
    switch (smo.status) {
    case StepStatus::Failed:
        why.sentence = QStringLiteral("The gradient is no longer finite: these numbers are too large.");
        return why;
    case StepStatus::Exhausted:
        why.sentence = QStringLiteral("The most pairs that are allowed have been taken; the gap is %1.")
                           .arg(figure(smo.gap));
        break;
    default:
        why.sentence = QStringLiteral("No pair violates the KKT conditions by more than %1")
                           .arg(shortNumber(run.knobs.tolerance, 1));
        why.sentence +=
            run.hasPairs()
                ? QStringLiteral(
                      " in any of %1 machines, one a pair of classes; their votes colour the plane.")
                      .arg(run.machines.size())
                : QStringLiteral(": optimal after %1 pairs.").arg(count(static_cast<double>(smo.iteration)));
    }
    if (!run.hasPairs()) {
        const svm::SvmModel model = modelOf(run, state, 0);
        why.formula = {plainTerm(QStringLiteral("f(x) = ")),
                       {.text = QStringLiteral("Σ c"), .subscript = QStringLiteral("i")},
                       {.text = QStringLiteral(" k(x"), .subscript = QStringLiteral("i")},
                       plainTerm(QStringLiteral(", x) %1 ").arg(model.bias < 0 ? kMinus : QChar(u'+'))),
                       resultTerm(figure(std::abs(model.bias)))};
        why.sentence += QStringLiteral(" %1 of %2 points carry the boundary.")
                            .arg(count(static_cast<double>(model.size())),
                                 count(static_cast<double>(run.points->size())));
    }
    why.afterword = separation(run, smo) + kernelRemark(run);
    return why;
}

// α_i ← 0 + 2/1.37 = 1.46 → 1
void addMove(Narration& why, const SvmMachine& machine, const svm::PairMove& move) {
    const QString i = pointNumber(machine, move.first);
    const double sign = machine.problem->signOf(move.first);
    why.formula = {
        indexed(QStringLiteral("α"), i, kFirst),
        plainTerm(QStringLiteral(" ← %1 %2 ")
                      .arg(figure(move.firstBefore), sign < 0 ? QString(kMinus) : QStringLiteral("+"))),
        markedTerm(figure(move.violation), kSecond),
        plainTerm(QStringLiteral(" / %1 = ").arg(figure(std::max(move.curvature, 1e-12))))};
    if (move.clipped) {
        why.formula.push_back(plainTerm(figure(move.freeFirst) + QStringLiteral(" → ")));
    }
    why.formula.push_back(resultTerm(figure(move.firstAfter)));
    why.formula.back().mark = kResult;
}

Narration ofMove(const SvmRun& run, const SvmRunSolver::State& state) {
    const SvmMachine& machine = machineOf(run, state);
    const svm::PairMove& move = state.smo.move;
    const QString i = pointNumber(machine, move.first), j = pointNumber(machine, move.second);
    Narration why;
    why.sentence = pairOfClasses(run, machine) +
                   QStringLiteral("points %1 and %2 pull in opposite directions: E%3 − E%4 = %5. "
                                  "α%4 and α%3 move along the line on which the constraint holds.")
                       .arg(i, j, QStringLiteral("ⱼ"), QStringLiteral("ᵢ"), figure(move.violation));
    why.sentence[0] = why.sentence[0].toUpper();
    addMove(why, machine, move);
    const QString moved = QStringLiteral("η = %1; α%2: %3 → %4. ")
                              .arg(figure(move.curvature), QStringLiteral("ⱼ"), figure(move.secondBefore),
                                   figure(move.secondAfter));
    const QString clipped = move.clipped ? QStringLiteral("The box [0, C] ends the move. ") : QString();
    why.afterword = moved + clipped +
                    QStringLiteral("The objective falls by %1; the gap is %2.")
                        .arg(figure(move.gain), figure(state.smo.gap)) +
                    published(run);
    return why;
}

} // namespace

Narration narrateSvm(const SvmRun& run, const SvmRunSolver::State& state) {
    const bool last = state.machine + 1 == run.machines.size();
    if (state.smo.status != StepStatus::Advanced && last) return ofEnd(run, state);
    if (state.smo.move.first < 0 || state.smo.iteration == 0) return ofStart(run, state);
    return ofMove(run, state);
}

} // namespace orrery
