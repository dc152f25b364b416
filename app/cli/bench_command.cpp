#include "app/cli/bench_command.h"

#include "app/labs/lasso/lasso_run.h"
#include "app/window/main_window.h"
#include "core/data/builtins.h"
#include "core/session/session.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace orrery {

namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// Seconds since the kernel started this process; resolution 1/100 s.
double processAgeSeconds() {
    QFile stat(QStringLiteral("/proc/self/stat")), uptime(QStringLiteral("/proc/uptime"));
    if (!stat.open(QIODevice::ReadOnly) || !uptime.open(QIODevice::ReadOnly)) return 0.0;
    const QByteArray line = stat.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    const double started = fields.value(19).toDouble() / static_cast<double>(sysconf(_SC_CLK_TCK));
    return uptime.readAll().split(' ').value(0).toDouble() - started;
}

void waitForFit(MainWindow& window) {
    QEventLoop loop;
    QObject::connect(&window, &MainWindow::fitPainted, &loop, &QEventLoop::quit);
    QTimer::singleShot(30'000, &loop, &QEventLoop::quit);
    loop.exec();
}

Json benchStartup() {
    const auto start = Clock::now();
    MainWindow window({ThemeKind::Light, false});
    window.show();
    window.openScene(builtinScenes().front().id);
    waitForFit(window);
    return {{"bench", "startup"}, {"process_to_painted_fit_seconds", processAgeSeconds()},
            {"window_to_painted_fit_seconds", secondsSince(start)}};
}

double percentile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    return values.empty() ? 0.0 : values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

// Posts events while the solver runs flat out, and times each from posting to the end of its handling.
std::vector<double> clickSeconds(MainWindow& window, int clicks) {
    std::vector<double> seconds;
    for (int i = 0; i < clicks; ++i) {
        const auto posted = Clock::now();
        bool answered = false;
        QMetaObject::invokeMethod(&window, [&answered] { answered = true; }, Qt::QueuedConnection);
        while (!answered)
            QApplication::processEvents(QEventLoop::AllEvents, 1);
        seconds.push_back(secondsSince(posted));
        const auto pause = Clock::now();
        while (secondsSince(pause) < 0.007)
            QApplication::processEvents(QEventLoop::AllEvents, 1);
    }
    return seconds;
}

Json benchLatency() {
    MainWindow window({ThemeKind::Light, false});
    window.show();
    Scenario scenario = builtinScenes().front();
    scenario.play = false;
    scenario.frame = 0;
    window.workspace().open(scenario);
    waitForFit(window);
    SessionBridge& bridge = window.workspace().bridge();
    bridge.post(command::SetSpeed{kUnlimitedSpeed});
    bridge.post(command::SetLoop{std::pair<std::int64_t, std::int64_t>{0, std::int64_t{1} << 40}});
    bridge.post(command::Play{});
    const std::vector<double> seconds = clickSeconds(window, 400);
    return {{"bench", "latency"}, {"clicks", seconds.size()}, {"p50_ms", 1e3 * percentile(seconds, 0.50)},
            {"p95_ms", 1e3 * percentile(seconds, 0.95)}, {"p99_ms", 1e3 * percentile(seconds, 0.99)}};
}

Expected<std::shared_ptr<const data::Dataset>> wideData() {
    ScenarioData source{GeneratorSource{QStringLiteral("sparse_linear"),
                                        {{"n", std::int64_t{2000}}, {"p", std::int64_t{400}}, {"k", std::int64_t{40}}}, 5}, {}};
    Progress progress;
    return loadData(source, progress);
}

// The same path twice in each round: once in a bare loop, once in a session that publishes to a listener.
Json benchWatched() {
    const auto dataset = wideData();
    if (!dataset) return {{"bench", "watched"}, {"error", dataset.error().message}};
    LassoRunMaker maker;
    const auto make = [&] { return maker.make(*dataset, {.gap = 1e-9}); };
    std::vector<double> plain, watched;
    std::int64_t steps = 0, published = 0;
    for (int round = 0; round < 7; ++round) {
        auto solver = make();
        auto start = Clock::now();
        steps = solve(*solver).steps;
        plain.push_back(secondsSince(start));

        auto prepared = std::make_shared<std::optional<LassoRunSolver>>(*make());
        Session<LassoRunSolver> session;
        std::atomic<std::int64_t> count{0};
        session.setPublished([&count] { ++count; });
        session.reset([prepared]() -> Expected<LassoRunSolver> { return *std::move(*prepared); });
        session.post(command::SetSpeed{kUnlimitedSpeed});
        session.waitUntilIdle();
        start = Clock::now();
        session.post(command::Play{});
        session.waitUntilIdle();
        watched.push_back(secondsSince(start));
        published = count;
        session.setPublished({});
    }
    const double plainBest = *std::min_element(plain.begin(), plain.end());
    const double watchedBest = *std::min_element(watched.begin(), watched.end());
    return {{"bench", "watched"}, {"steps", steps}, {"plain_seconds", plainBest}, {"watched_seconds", watchedBest},
            {"ratio", watchedBest / plainBest}, {"snapshots", published}};
}

} // namespace

int runBench(std::span<const std::string> arguments) {
    const std::string name = arguments.empty() ? "all" : arguments.front();
    bool known = false;
    const auto run = [&](const char* bench, Json (*function)()) {
        if (name != bench && name != "all") return;
        known = true;
        std::cout << function().dump() << std::endl;
    };
    run("startup", benchStartup);
    run("latency", benchLatency);
    run("watched", benchWatched);
    if (!known) std::cerr << "orrery bench: no bench is called “" << name << "”; there are startup, latency and watched\n";
    return known ? 0 : 2;
}

} // namespace orrery
