#include "app/labs/isotonic/isotonic_narration.h"

#include "app/labs/isotonic/views/step_marks.h"
#include "widgets/narration/formula.h"
#include "widgets/plot/number_format.h"

#include <cmath>

namespace orrery {

namespace {

using isotonic::Block;
using isotonic::Move;
using isotonic::MoveKind;

const QString kLeft = QStringLiteral("left");
const QString kRight = QStringLiteral("right");
const QString kResult = QStringLiteral("result");

QString figure(double value) {
    return isotone::figure(value);
}
QString count(double value) {
    return fixedNumber(value, 0);
}

QString named(const Block& block) {
    if (block.size() == 1) return QStringLiteral("point %1").arg(count(block.first + 1.0));
    return QStringLiteral("points %1–%2").arg(count(block.first + 1.0), count(block.last + 1.0));
}

QString sentenceCase(QString text) {
    text[0] = text[0].toUpper();
    return text;
}

QString out(const IsotonicRun& run) {
    return run.problem->increasing ? QStringLiteral("≥") : QStringLiteral("≤");
}
QString in(const IsotonicRun& run) {
    return run.problem->increasing ? QStringLiteral("<") : QStringLiteral(">");
}

// (3·22.5 + 3·20.83)/(3 + 3) = 21.67
void addMean(Narration& why, const Block& left, const Block& right, const Block& result) {
    const auto weighted = [](const Block& block) {
        return figure(block.weight) + QStringLiteral("·") + figure(block.value);
    };
    why.formula = {plainTerm(QStringLiteral("(")),
                   markedTerm(weighted(left), kLeft),
                   plainTerm(QStringLiteral(" + ")),
                   markedTerm(weighted(right), kRight),
                   plainTerm(QStringLiteral(") / ")),
                   plainTerm(QStringLiteral("(%1 + %2) = ").arg(figure(left.weight), figure(right.weight))),
                   resultTerm(figure(result.value))};
    why.formula.back().mark = kResult;
}

void addMedian(Narration& why, const Block& result) {
    why.formula = {plainTerm(QStringLiteral("median of %1 = ").arg(named(result))),
                   resultTerm(figure(result.value))};
    why.formula.back().mark = kResult;
}

void addComparison(Narration& why, const IsotonicRun& run, const Move& move) {
    why.formula = {markedTerm(figure(move.left.value), kLeft), plainTerm(QStringLiteral(" %1 ").arg(in(run))),
                   markedTerm(figure(move.right.value), kRight)};
}

Narration ofPool(const IsotonicRun& run, const Move& move) {
    Narration why;
    why.sentence = sentenceCase(named(move.left)) + QStringLiteral(" and ") + named(move.right) +
                   QStringLiteral(" are out of order (%1 %2 %3): they become one block.")
                       .arg(figure(move.left.value), out(run), figure(move.right.value));
    if (run.problem->loss == isotonic::Loss::L1) {
        addMedian(why, move.result);
        return why;
    }
    addMean(why, move.left, move.right, move.result);
    why.afterword = QStringLiteral("The squared error grows by %1; the new block of %2 is compared again.")
                        .arg(figure(isotonic::poolingLoss(move.left, move.right)), count(move.result.size()));
    return why;
}

Narration ofJoin(const IsotonicRun& run, const Move& move) {
    Narration why;
    why.sentence = sentenceCase(named(move.right)) +
                   QStringLiteral(" (%1) is not above what came before (%2): it joins the run, which is "
                                  "averaged when it ends.")
                       .arg(figure(move.right.value), figure(move.left.value));
    if (!run.problem->increasing)
        why.sentence.replace(QStringLiteral("not above"), QStringLiteral("not below"));
    if (run.problem->loss == isotonic::Loss::L2) {
        const Block so = run.problem->withValue(move.result);
        why.formula = {plainTerm(QStringLiteral("so far: %1/%2 = ").arg(figure(so.sum), figure(so.weight))),
                       resultTerm(figure(so.value))};
        why.formula.back().mark = kResult;
    }
    return why;
}

Narration ofWrite(const IsotonicRun& run, const Move& move) {
    Narration why;
    why.sentence = QStringLiteral("The run of %1 ends: each of its %2 values is replaced by %3.")
                       .arg(named(move.result), count(move.result.size()),
                            run.problem->loss == isotonic::Loss::L2 ? QStringLiteral("their weighted mean")
                                                                    : QStringLiteral("their median"));
    if (run.problem->loss == isotonic::Loss::L1) {
        addMedian(why, move.result);
        return why;
    }
    why.formula = {markedTerm(figure(move.result.sum), kLeft),
                   plainTerm(QStringLiteral(" / %1 = ").arg(figure(move.result.weight))),
                   resultTerm(figure(move.result.value))};
    why.formula.back().mark = kResult;
    return why;
}

Narration ofKeep(const IsotonicRun& run, const Move& move) {
    Narration why;
    why.sentence = sentenceCase(named(move.left)) + QStringLiteral(" and ") + named(move.right) +
                   QStringLiteral(" are in order: they stay apart.");
    addComparison(why, run, move);
    return why;
}

Narration ofEnd(const IsotonicRun& run, const IsotonicRunSolver::State& state) {
    const isotonic::SolverState& common = isotonic::commonOf(state);
    Narration why;
    const double blocks = static_cast<double>(isotonic::blockCount(state));
    if (common.status == StepStatus::Advanced) {
        why.sentence = QStringLiteral("The sweep is over; it pooled something, so another one begins.");
        return why;
    }
    why.sentence =
        QStringLiteral("No two neighbours are out of order: %1 from %2, and no fit that %3 is nearer.")
            .arg(counted(blocks, QStringLiteral("block"), QStringLiteral("blocks")),
                 counted(static_cast<double>(run.problem->points()), QStringLiteral("point"),
                         QStringLiteral("points")),
                 run.problem->increasing ? QStringLiteral("never falls") : QStringLiteral("never rises"));
    if (std::isfinite(common.loss))
        why.formula = {plainTerm(QStringLiteral("Σ w (y − f)² = ")),
                       resultTerm(figure(common.loss + run.problem->tieLoss))};
    return why;
}

} // namespace

Narration narrateIsotonic(const IsotonicRun& run, const IsotonicRunSolver::State& state) {
    const isotonic::SolverState& common = isotonic::commonOf(state);
    if (common.status != StepStatus::Advanced) return ofEnd(run, state);
    const Move& move = common.move;
    Narration why;
    switch (move.kind) {
    case MoveKind::None:
        why.sentence = QStringLiteral("Every point is a block of its own. Neighbours that are out of order "
                                      "will be pooled, until none are.");
        return why;
    case MoveKind::Start:
        why.sentence = isotonic::methodOf(state) == isotonic::IsotonicMethod::Sweep
                           ? QStringLiteral("A sweep begins at %1.").arg(named(move.right))
                           : QStringLiteral("%1 is taken: there is nothing at its left to compare with.")
                                 .arg(sentenceCase(named(move.right)));
        return why;
    case MoveKind::Keep:
        return ofKeep(run, move);
    case MoveKind::Pool:
        return ofPool(run, move);
    case MoveKind::Join:
        return ofJoin(run, move);
    case MoveKind::Write:
        return ofWrite(run, move);
    case MoveKind::Done:
        break;
    }
    return ofEnd(run, state);
}

} // namespace orrery
