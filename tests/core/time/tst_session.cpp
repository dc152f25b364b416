// The session as its listeners meet it: every command, from outside its thread.
#include "core/session/latest_job.h"
#include "core/session/session.h"
#include "tests/support/walk_solver.h"

#include <QtTest>
#include <atomic>

using namespace orrery;
using testing::WalkSolver;
using WalkSession = Session<WalkSolver>;

namespace {

WalkSession::Factory walk(std::int64_t length) {
    return [length]() -> Expected<WalkSolver> { return WalkSolver(length); };
}

WalkSolver::State straightRun(std::int64_t steps, std::int64_t length) {
    WalkSolver solver(length);
    for (std::int64_t i = 0; i < steps; ++i)
        (void)solver.step();
    return solver.state();
}

} // namespace

class TestSession : public QObject {
    Q_OBJECT
  private slots:
    void seeksAndSteps() {
        WalkSession session;
        session.reset(walk(1000));
        session.post(command::Seek{500});
        session.waitUntilIdle();
        QCOMPARE(session.latestSnapshot()->transport.index, 500);
        QVERIFY(*session.latestSnapshot()->state == straightRun(500, 1000));
        session.post(command::Step{Grain::Step, -1});
        session.post(command::Step{Grain::Step, -1});
        session.waitUntilIdle();
        QCOMPARE(session.latestSnapshot()->transport.index, 498);
        session.post(command::Step{Grain::Round, 1});
        session.waitUntilIdle();
        QCOMPARE(session.latestSnapshot()->transport.index, 500);
        session.post(command::Step{Grain::Phase, 1}); // ahead of what is known
        session.waitUntilIdle();
        QCOMPARE(session.latestSnapshot()->transport.index, 520);
        session.post(command::Step{Grain::Phase, -2});
        session.waitUntilIdle();
        QCOMPARE(session.latestSnapshot()->transport.index, 480);
        QVERIFY(*session.latestSnapshot()->state == straightRun(480, 1000));
        QCOMPARE(*session.latestSnapshot()->problem, 1000);
    }

    void runsToTheEndAndBack() {
        WalkSession session;
        session.reset(walk(1234));
        session.post(command::RunToEnd{});
        session.waitUntilIdle();
        auto snapshot = session.latestSnapshot();
        QVERIFY(snapshot->transport.atEnd());
        QCOMPARE(snapshot->transport.index, 1234);
        QCOMPARE(snapshot->transport.status, StepStatus::Converged);
        session.post(command::Step{Grain::Step, 3}); // past the end: stays
        session.post(command::Restart{});
        session.waitUntilIdle();
        snapshot = session.latestSnapshot();
        QCOMPARE(snapshot->transport.index, 0);
        QCOMPARE(snapshot->transport.furthest, 1234);
        QVERIFY(*snapshot->furthest == straightRun(1234, 1234));
        session.post(command::Seek{1'000'000});
        session.waitUntilIdle();
        QCOMPARE(session.latestSnapshot()->transport.index, 1234);
    }

    void runsAheadThenPlays() {
        WalkSession session;
        session.post(command::SetSpeed{5.0});
        session.reset(walk(600), {.runAhead = true, .index = 100, .play = true});
        QTRY_VERIFY(session.latestSnapshot() && session.latestSnapshot()->transport.index > 100);
        QCOMPARE(session.latestSnapshot()->transport.furthest, 600);
        QVERIFY(session.latestSnapshot()->transport.playing);
        session.post(command::Pause{});
        session.waitUntilIdle();
        const auto snapshot = session.latestSnapshot();
        QVERIFY(!snapshot->transport.playing);
        QVERIFY(*snapshot->state == straightRun(snapshot->transport.index, 600));
    }

    void playsAtTheSpeedAskedFor() {
        WalkSession session;
        session.reset(walk(1'000'000));
        session.post(command::SetSpeed{1000.0});
        QElapsedTimer timer;
        timer.start();
        session.post(command::Play{});
        QTest::qWait(300);
        session.post(command::Pause{});
        session.waitUntilIdle();
        const double due = static_cast<double>(timer.elapsed());
        const auto index = session.latestSnapshot()->transport.index;
        QVERIFY2(index <= due + 10, qPrintable(QString::number(index))); // never faster
        QVERIFY2(index >= 1, qPrintable(QString::number(index)));
    }

    void loopsOverARange() {
        WalkSession session;
        session.reset(walk(100), {.runAhead = true, .index = 0, .play = false});
        session.post(command::SetLoop{std::pair<std::int64_t, std::int64_t>{20, 30}});
        session.post(command::SetSpeed{kUnlimitedSpeed});
        session.post(command::Seek{25});
        session.post(command::Play{});
        QTRY_VERIFY(session.latestSnapshot() && session.latestSnapshot()->transport.playing);
        QTRY_VERIFY(!session.latestSnapshot()->transport.seeking);
        for (int i = 0; i < 50; ++i) {
            QTest::qWait(2);
            const auto t = session.latestSnapshot()->transport;
            if (t.playing) QVERIFY(t.index >= 20 && t.index <= 30);
        }
        QVERIFY(session.latestSnapshot()->transport.playing);
    }

    void playAtTheEndStartsOver() {
        WalkSession session;
        session.reset(walk(50));
        session.post(command::RunToEnd{});
        session.post(command::SetSpeed{1.0});
        session.post(command::Play{});
        QTRY_VERIFY(session.latestSnapshot() && session.latestSnapshot()->transport.playing);
        QVERIFY(session.latestSnapshot()->transport.index <= 1);
    }

    void aProblemThatCannotBeBuiltLeavesTheOldRun() {
        WalkSession session;
        session.reset(walk(50), {.index = 10});
        session.waitUntilIdle();
        const auto generation = session.reset([]() -> Expected<WalkSolver> { return fail("no rows left"); });
        session.waitUntilIdle();
        const auto snapshot = session.latestSnapshot();
        QCOMPARE(snapshot->transport.generation, generation);
        QCOMPARE(QString::fromStdString(snapshot->error->message), QStringLiteral("no rows left"));
        QCOMPARE(snapshot->transport.index, 10);
        QVERIFY(*snapshot->state == straightRun(10, 50));
    }

    void anOldGenerationIsNeverSeenAgain() {
        WalkSession session;
        std::atomic<std::uint64_t> wanted{0};
        std::atomic<int> stale{0};
        session.setPublished([&] {
            if (session.latest()->transport.generation < wanted.load()) ++stale;
        });
        for (int i = 0; i < 200; ++i) {
            wanted.store(session.reset(walk(100'000), {.play = true}));
            session.post(command::SetSpeed{kUnlimitedSpeed});
            if (i % 20 == 0) QTest::qWait(3);
        }
        session.waitUntilIdle();
        QCOMPARE(stale.load(), 0);
        QVERIFY(session.latestSnapshot()->transport.atEnd());
        session.setPublished({});
    }

    void theNewestJobWins() {
        LatestJob jobs;
        std::atomic<int> finished{0}, last{-1};
        for (int i = 0; i < 100; ++i)
            jobs.submit([&, i](Progress& progress) {
                for (int spin = 0; spin < 1000 && !progress.isCancelled(); ++spin)
                    QThread::usleep(1);
                if (progress.isCancelled()) return;
                ++finished;
                last = i;
            });
        jobs.waitUntilIdle();
        QCOMPARE(last.load(), 99);
        QVERIFY(finished.load() < 100);
    }
};

QTEST_APPLESS_MAIN(TestSession)
#include "tst_session.moc"
