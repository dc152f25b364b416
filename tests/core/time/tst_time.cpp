// Timeline, trace and player: keyframes under a budget, rows that do not depend on how a run was played.
#include "tests/support/scrub.h"
#include "tests/support/walk_solver.h"

#include <QtTest>

using namespace orrery;
using testing::WalkSolver;

class TestTime : public QObject {
    Q_OBJECT
  private slots:
    void scrubsBitForBit() {
        const QString failure = testing::scrubFailure<WalkSolver>([] { return WalkSolver(437); });
        QVERIFY2(failure.isEmpty(), qPrintable(failure));
    }

    // A state that leaves something out must be caught, or the scrub test proves nothing.
    void scrubCatchesAForgetfulState() {
        struct Forgetful {
            struct State {
                int taken = 0;
                bool operator==(const State&) const = default;
            };
            State m_state;
            int m_hidden = 0;
            StepResult step() {
                m_state.taken += 1 + (++m_hidden % 7 == 0);
                return {m_hidden >= 50 ? StepStatus::Converged : StepStatus::Advanced, StepBoundary::None};
            }
            const State& state() const { return m_state; }
            void restore(const State& state) { m_state = state; }
        };
        QVERIFY(!testing::scrubFailure<Forgetful>([] { return Forgetful{}; }).isEmpty());
    }

    void keyframesStayUnderTheBudget() {
        const std::size_t one = stateBytes(WalkSolver(1).state());
        Player<WalkSolver> player(WalkSolver(5000), 10 * one, 1);
        player.moveTo(5000);
        QVERIFY(player.ended());
        QVERIFY(player.timeline().bytes() <= 10 * one);
        QVERIFY(player.timeline().size() > 4); // half the budget at least is used
        const auto& frame = player.timeline().at(4999);
        QVERIFY(4999 - frame.index < player.timeline().spacing());
        QCOMPARE(player.timeline().at(0).index, 0);
    }

    void traceRowsDoNotDependOnHowARunWasPlayed() {
        Player<WalkSolver> atOnce(WalkSolver(40'000));
        atOnce.moveTo(40'000);
        Player<WalkSolver> inPieces(WalkSolver(40'000), Timeline<WalkSolver::State>::kDefaultBudget, 7);
        Rng rng(3);
        while (!inPieces.ended())
            inPieces.moveTo(inPieces.furthest() + 1 + static_cast<std::int64_t>(rng.below(90)));
        QCOMPARE(inPieces.trace().index(), atOnce.trace().index());
        QCOMPARE(inPieces.trace().column(1), atOnce.trace().column(1));
        QVERIFY(atOnce.trace().rows() <= 2048);
        QVERIFY(atOnce.trace().rows() >= 512);
        QCOMPARE(atOnce.trace().index().front(), 0);
        QCOMPARE(atOnce.marks().phases, inPieces.marks().phases);
    }

    void grainsLeadToBoundaries() {
        Player<WalkSolver> player(WalkSolver(100));
        player.moveTo(43);
        QCOMPARE(player.indexAfter(Grain::Step, true), 44);
        QCOMPARE(player.indexAfter(Grain::Round, false), 40);
        QCOMPARE(player.indexAfter(Grain::Phase, false), 40);
        QVERIFY(!player.indexAfter(Grain::Phase, true)); // ahead of what is known
        player.moveTo(100);
        player.moveTo(43);
        QCOMPARE(player.indexAfter(Grain::Round, true), 45);
        QCOMPARE(player.indexAfter(Grain::Phase, true), 60);
        QCOMPARE(player.closedAt(43), std::pair(std::int64_t{8}, std::int64_t{2}));
        player.moveTo(0);
        QCOMPARE(player.indexAfter(Grain::Round, false), 0);
        QCOMPARE(player.indexAfter(Grain::Step, false), 0);
    }
};

QTEST_APPLESS_MAIN(TestTime)
#include "tst_time.moc"
