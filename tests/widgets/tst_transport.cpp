// The transport: the right commands for clicks, drags and keys; the bridge lets one event wait and loses nothing.
#include "tests/widgets/fake_session.h"
#include "widgets/transport/speed_popup.h"
#include "widgets/transport/transport_bar.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QMainWindow>
#include <QSignalSpy>
#include <QtTest>
#include <cmath>
#include <thread>

using namespace orrery;
using orrery::test::FakeSession;

namespace {

TransportState stateAt(std::int64_t index, std::int64_t furthest, bool ended = true) {
    TransportState state;
    state.index = index;
    state.furthest = furthest;
    state.ended = ended;
    return state;
}

/// A window with the bar and its keys, over a fake session.
struct Desk {
    std::shared_ptr<FakeSession> session = std::make_shared<FakeSession>();
    SessionBridge bridge;
    TransportActions actions{&bridge};
    QMainWindow window;
    TransportBar* bar;

    Desk() {
        bridge.setSession(session);
        bar = new TransportBar(&bridge, &actions);
        bar->setSeed(7);
        window.setCentralWidget(bar);
        window.addActions(actions.actions());
        window.resize(1400, 76);
        window.show();
        QApplication::setActiveWindow(&window);
        publish(stateAt(500, 1000));
    }
    void publish(const TransportState& state, std::shared_ptr<const TimeMarks> marks = nullptr) {
        session->publish(state, std::move(marks));
        QCoreApplication::processEvents();
    }
    TimeLine& line() { return *bar->timeLine(); }
    QPoint at(std::int64_t index) { return {static_cast<int>(std::lround(line().xOf(index))), line().height() / 2}; }
};

} // namespace

class TestTransport : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void bridgeCoalesces();
    void bridgeDropsOlderGenerations();
    void bridgeIsRetargeted();
    void keysPostCommands();
    void buttonsPostCommands();
    void dragScrubs();
    void shiftDragLoops();
    void loopKey();
    void seed();
    void speed();
    void ticksAreThinned();
    void lineIsRoomyUntilTheEnd();
};

void TestTransport::bridgeCoalesces() {
    auto session = std::make_shared<FakeSession>();
    SessionBridge bridge;
    bridge.setSession(session);
    int deliveries = 0;
    std::int64_t last = -1;
    connect(&bridge, &SessionBridge::published, this, [&](const std::shared_ptr<const SnapshotBase>& snapshot) {
        ++deliveries;
        QVERIFY(snapshot->transport.index > last);
        last = snapshot->transport.index;
    });
    constexpr int kPublications = 10'000;
    std::thread worker([&] {
        for (int i = 1; i <= kPublications; ++i) session->publish(stateAt(i, kPublications));
    });
    worker.join(); // the UI thread was busy all the while
    QCoreApplication::processEvents();
    QCOMPARE(deliveries, 1);
    QCOMPARE(last, std::int64_t{kPublications});
    // With the UI thread at work, fewer than one each, and the last one arrives.
    deliveries = 0, last = -1;
    std::thread second([&] {
        for (int i = 1; i <= kPublications; ++i) session->publish(stateAt(i, kPublications));
    });
    QTRY_COMPARE(last, std::int64_t{kPublications});
    second.join();
    QCoreApplication::processEvents();
    QVERIFY(deliveries >= 1 && deliveries <= kPublications);
    QCOMPARE(bridge.latest()->transport.index, std::int64_t{kPublications});
}

void TestTransport::bridgeDropsOlderGenerations() {
    auto session = std::make_shared<FakeSession>();
    SessionBridge bridge;
    bridge.setSession(session);
    QSignalSpy spy(&bridge, &SessionBridge::published);
    TransportState state = stateAt(5, 9);
    state.generation = 2;
    session->publish(state);
    QCoreApplication::processEvents();
    state.generation = 1;
    session->publish(state);
    QCoreApplication::processEvents();
    QCOMPARE(spy.count(), 1);
    QCOMPARE(bridge.state().generation, std::uint64_t{2});
}

void TestTransport::bridgeIsRetargeted() {
    auto first = std::make_shared<FakeSession>(), second = std::make_shared<FakeSession>();
    auto bridge = std::make_unique<SessionBridge>();
    bridge->setSession(first);
    QSignalSpy spy(bridge.get(), &SessionBridge::published);
    first->publish(stateAt(1, 1)); // on its way while the target changes
    bridge->setSession(second);
    QCoreApplication::processEvents();
    QCOMPARE(spy.count(), 0);
    second->publish(stateAt(2, 2));
    QCoreApplication::processEvents();
    QCOMPARE(spy.count(), 1);
    QCOMPARE(bridge->state().index, std::int64_t{2});
    bridge->post(command::Play{});
    QVERIFY(first->posted.empty());
    QCOMPARE(second->posted.size(), std::size_t{1});
    // The session may outlive the bridge.
    bridge.reset();
    second->publish(stateAt(3, 3));
    QCoreApplication::processEvents();
}

void TestTransport::keysPostCommands() {
    Desk desk;
    desk.window.setFocus();
    QTest::keyClick(&desk.window, Qt::Key_Space);
    QCOMPARE(desk.session->postedOf<command::TogglePlay>().size(), std::size_t{1});
    QTest::keyClick(&desk.window, Qt::Key_Right);
    QTest::keyClick(&desk.window, Qt::Key_Left);
    QTest::keyClick(&desk.window, Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(&desk.window, Qt::Key_Left, Qt::ControlModifier);
    const auto steps = desk.session->postedOf<command::Step>();
    QCOMPARE(steps.size(), std::size_t{4});
    QVERIFY(steps[0].grain == Grain::Step && steps[0].count == 1);
    QVERIFY(steps[1].grain == Grain::Step && steps[1].count == -1);
    QVERIFY(steps[2].grain == Grain::Round && steps[2].count == 1);
    QVERIFY(steps[3].grain == Grain::Phase && steps[3].count == -1);
    QTest::keyClick(&desk.window, Qt::Key_Home);
    QTest::keyClick(&desk.window, Qt::Key_End);
    QCOMPARE(desk.session->postedOf<command::Restart>().size(), std::size_t{1});
    QCOMPARE(desk.session->postedOf<command::RunToEnd>().size(), std::size_t{1});
    QTest::keyClick(&desk.window, Qt::Key_4);
    QTest::keyClick(&desk.window, Qt::Key_9);
    const auto speeds = desk.session->postedOf<command::SetSpeed>();
    QCOMPARE(speeds.size(), std::size_t{2});
    QCOMPARE(speeds[0].stepsPerSecond, 30.0);
    QVERIFY(std::isinf(speeds[1].stepsPerSecond));
    // Every action has a key and no two the same.
    QSet<QKeySequence> keys;
    for (const QAction* action : desk.actions.actions()) keys.insert(action->shortcut());
    QCOMPARE(keys.size(), desk.actions.actions().size());
    QVERIFY(!keys.contains(QKeySequence()));
}

void TestTransport::buttonsPostCommands() {
    Desk desk;
    TransportState state = stateAt(1000, 1000);
    desk.publish(state);
    for (IconButton* button : desk.bar->findChildren<IconButton*>()) {
        QVERIFY(!button->accessibleName().isEmpty());
        if (button->action() == desk.actions.runToEnd || button->action() == desk.actions.stepForward)
            QVERIFY(!button->isEnabled()); // at the end
        if (button->action() == desk.actions.stepBack) QTest::mouseClick(button, Qt::LeftButton);
        if (button->action() == desk.actions.playPause) QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(desk.session->postedOf<command::Step>().size(), std::size_t{1});
    QCOMPARE(desk.session->postedOf<command::TogglePlay>().size(), std::size_t{1});
    state.playing = true;
    desk.publish(state);
    QCOMPARE(desk.actions.playPause->text(), QStringLiteral("Pause"));
    QCOMPARE(iconOf(desk.actions.playPause->icon()), std::optional(Icon::Pause));
}

void TestTransport::dragScrubs() {
    Desk desk;
    QTest::mousePress(&desk.line(), Qt::LeftButton, {}, desk.at(500));
    QVERIFY(desk.line().isScrubbing());
    for (int i = 0; i < 200; ++i) QTest::mouseMove(&desk.line(), desk.at(500 + i * 2));
    QTest::mouseMove(&desk.line(), desk.at(900));
    QTest::mouseRelease(&desk.line(), Qt::LeftButton, {}, desk.at(900));
    const auto seeks = desk.session->postedOf<command::Seek>();
    // Two hundred moves within some frames: the seeks are one a frame, and the last is where the hand let go.
    QVERIFY2(seeks.size() >= 2 && seeks.size() < 100, qPrintable(QString::number(seeks.size())));
    QVERIFY(std::abs(seeks.back().index - 900) <= 2);
    QVERIFY(!desk.line().isScrubbing());
    // Arrow keys on the focused line step.
    desk.session->posted.clear();
    desk.line().setFocus();
    QTest::keyClick(&desk.line(), Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(desk.session->postedOf<command::Step>().size(), std::size_t{1});
    QVERIFY(!desk.line().accessibleName().isEmpty() && !desk.line().accessibleDescription().isEmpty());
}

void TestTransport::shiftDragLoops() {
    Desk desk;
    QTest::mousePress(&desk.line(), Qt::LeftButton, Qt::ShiftModifier, desk.at(700));
    QTest::mouseMove(&desk.line(), desk.at(200));
    QTest::mouseRelease(&desk.line(), Qt::LeftButton, Qt::ShiftModifier, desk.at(200));
    auto loops = desk.session->postedOf<command::SetLoop>();
    QCOMPARE(loops.size(), std::size_t{1});
    QVERIFY(loops[0].range.has_value());
    QVERIFY(std::abs(loops[0].range->first - 200) <= 2 && std::abs(loops[0].range->second - 700) <= 2);
    QVERIFY(desk.session->postedOf<command::Seek>().empty());
    // An end of the loop can be dragged.
    TransportState state = stateAt(500, 1000);
    state.loop = {200, 700};
    desk.publish(state);
    QTest::mousePress(&desk.line(), Qt::LeftButton, {}, desk.at(700));
    QTest::mouseMove(&desk.line(), desk.at(800));
    QTest::mouseRelease(&desk.line(), Qt::LeftButton, {}, desk.at(800));
    loops = desk.session->postedOf<command::SetLoop>();
    QCOMPARE(loops.size(), std::size_t{2});
    QVERIFY(loops[1].range && loops[1].range->first == 200 && std::abs(loops[1].range->second - 800) <= 2);
}

void TestTransport::loopKey() {
    Desk desk;
    desk.actions.loop->trigger();
    QVERIFY((desk.session->postedOf<command::SetLoop>().back().range == std::pair<std::int64_t, std::int64_t>(0, 1000)));
    QVERIFY(!desk.actions.loop->isChecked()); // not before the session says so
    TransportState state = stateAt(500, 1000);
    state.loop = {100, 200};
    desk.publish(state);
    QVERIFY(desk.actions.loop->isChecked());
    desk.actions.loop->trigger();
    QVERIFY(!desk.session->postedOf<command::SetLoop>().back().range.has_value());
    desk.publish(stateAt(500, 1000));
    desk.actions.loop->trigger();
    QVERIFY((desk.session->postedOf<command::SetLoop>().back().range == std::pair<std::int64_t, std::int64_t>(100, 200)));
}

void TestTransport::seed() {
    Desk desk;
    SeedField* field = desk.bar->seedField();
    QSignalSpy edited(desk.bar, &TransportBar::seedEdited), locked(desk.bar, &TransportBar::seedLockToggled);
    field->startEditing();
    field->editor()->setText(QStringLiteral("x"));
    QTest::keyClick(field->editor(), Qt::Key_Return);
    QCOMPARE(edited.count(), 0);
    QVERIFY(field->editor()->isVisible());
    field->editor()->setText(QStringLiteral("18446744073709551615"));
    QTest::keyClick(field->editor(), Qt::Key_Return);
    QCOMPARE(edited.count(), 1);
    QCOMPARE(edited[0][0].value<quint64>(), std::numeric_limits<quint64>::max());
    QVERIFY(!field->editor()->isVisible());
    field->startEditing();
    field->editor()->setText(QStringLiteral("3"));
    QTest::keyClick(field->editor(), Qt::Key_Escape);
    QCOMPARE(edited.count(), 1);
    QTest::mouseClick(field->findChild<IconButton*>(), Qt::LeftButton);
    QCOMPARE(locked.count(), 1);
    QVERIFY(field->isLocked());
    desk.bar->setSeedLocked(false);
    QCOMPARE(locked.count(), 1);
}

void TestTransport::speed() {
    Desk desk;
    auto* popup = desk.bar->findChild<SpeedPopup*>();
    popup->setSpeed(30);
    popup->field()->setText(QStringLiteral("2e4"));
    QTest::keyClick(popup->field(), Qt::Key_Return);
    popup->slider()->setValue(500); // half of six decades
    popup->unlimited()->click();
    popup->field()->setText(QStringLiteral("fast"));
    QTest::keyClick(popup->field(), Qt::Key_Return);
    const auto speeds = desk.session->postedOf<command::SetSpeed>();
    QCOMPARE(speeds.size(), std::size_t{3});
    QCOMPARE(speeds[0].stepsPerSecond, 2e4);
    QCOMPARE(speeds[1].stepsPerSecond, 1e3);
    QVERIFY(std::isinf(speeds[2].stepsPerSecond));
    for (const double s : kSpeedKeys) QCOMPARE(parseSpeed(speedText(s)), std::optional(s));
    QVERIFY(!parseSpeed(QStringLiteral("-3")));
}

void TestTransport::ticksAreThinned() {
    std::vector<std::int64_t> dense;
    for (int i = 1; i <= 100'000; ++i) dense.push_back(i);
    const auto kept = thinnedTicks(dense, 0.01, 7); // a thousand pixels
    QVERIFY(kept.size() > 50 && kept.size() <= 1000 / 7);
    for (std::size_t i = 1; i < kept.size(); ++i) QVERIFY(double(kept[i] - kept[i - 1]) * 0.01 >= 7);
    QCOMPARE(thinnedTicks({10, 20, 30}, 10, 7), (std::vector<std::int64_t>{10, 20, 30}));
    QVERIFY(thinnedTicks({}, 1, 7).empty());
}

void TestTransport::lineIsRoomyUntilTheEnd() {
    Desk desk;
    desk.publish(stateAt(990, 990, false));
    QCOMPARE(desk.line().extent(), std::int64_t{2000});
    desk.publish(stateAt(990, 990, true));
    QCOMPARE(desk.line().extent(), std::int64_t{990});
    QCOMPARE(desk.line().indexAt(desk.line().xOf(495)), std::int64_t{495});
}

QTEST_MAIN(TestTransport)
#include "tst_transport.moc"
