#include "app/cli/bench_latency.h"

#include "app/window/main_window.h"

#include <QApplication>
#include <QEventLoop>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <ctime>
#include <nlohmann/json.hpp>
#include <thread>

namespace orrery {

namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double threadSeconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double percentile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    return values.empty() ? 0.0
                          : values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

struct Waits {
    std::vector<double> seconds;
};

void waitForFit(MainWindow& window) {
    QEventLoop loop;
    QObject::connect(&window, &MainWindow::fitPainted, &loop, &QEventLoop::quit);
    QTimer::singleShot(30'000, &loop, &QEventLoop::quit);
    loop.exec();
}

// From a thread of its own, every 17 ms whatever the UI thread does: a click that waits for its turn to be
// posted would not be seen to wait.
Waits waitsOf(MainWindow& window, int clicks) {
    Waits waits;
    QEventLoop loop;
    std::jthread hand([&](const std::stop_token& stop) {
        auto due = Clock::now();
        for (int i = 0; i < clicks && !stop.stop_requested(); ++i) {
            std::this_thread::sleep_until(due += std::chrono::milliseconds(17));
            QMetaObject::invokeMethod(
                &window,
                [&, posted = Clock::now()] {
                    waits.seconds.push_back(secondsSince(posted));
                    if (static_cast<int>(waits.seconds.size()) == clicks) loop.quit();
                },
                Qt::QueuedConnection);
        }
    });
    loop.exec();
    return waits;
}

struct Case {
    const char* name;
    Scenario scenario;
};

std::vector<Case> cases() {
    Scenario wide = *findScene(QStringLiteral("lasso-sparse"));
    wide.data = {GeneratorSource{QStringLiteral("sparse_linear"),
                                 {{"n", std::int64_t{1000}}, {"p", std::int64_t{20'000}}},
                                 3},
                 {}};
    Scenario points = *findScene(QStringLiteral("isotonic-merging"));
    points.parameters["n"] = std::int64_t{10'000'000};
    return {{"lasso path, 442 × 10", builtinScenes().front()},
            {"lasso path, 1000 × 20,000", wide},
            {"isotonic, 10,000,000 points", points}};
}

// Plays the whole run round and round, as fast as it goes.
void playFlatOut(MainWindow& window, Scenario scenario) {
    scenario.play = false;
    scenario.frame = 0;
    window.workspace().open(scenario);
    waitForFit(window);
    SessionBridge& bridge = window.workspace().bridge();
    bridge.post(command::SetSpeed{kUnlimitedSpeed});
    bridge.post(command::SetLoop{std::pair<std::int64_t, std::int64_t>{0, std::int64_t{1} << 40}});
    bridge.post(command::Play{});
}

Json latencyOf(const Case& played) {
    MainWindow window({ThemeKind::Light, false});
    window.show();
    playFlatOut(window, played.scenario);
    std::int64_t frames = 0;
    QObject::connect(&window.workspace().bridge(), &SessionBridge::published, &window,
                     [&frames] { ++frames; });
    const double before = threadSeconds();
    const auto start = Clock::now();
    const Waits waits = waitsOf(window, 400);
    const double perFrame =
        (threadSeconds() - before) / static_cast<double>(std::max<std::int64_t>(frames, 1));
    return {{"run", played.name},
            {"clicks", waits.seconds.size()},
            {"p50_ms", 1e3 * percentile(waits.seconds, 0.50)},
            {"p95_ms", 1e3 * percentile(waits.seconds, 0.95)},
            {"p99_ms", 1e3 * percentile(waits.seconds, 0.99)},
            {"most_ms", 1e3 * percentile(waits.seconds, 1.0)},
            {"thread_ms_per_frame", 1e3 * perFrame},
            {"frames_per_second", static_cast<double>(frames) / secondsSince(start)}};
}

} // namespace

Json benchLatency() {
    Json runs = Json::array();
    for (const Case& played : cases())
        runs.push_back(latencyOf(played));
    return {{"bench", "latency"}, {"runs", std::move(runs)}};
}

} // namespace orrery
