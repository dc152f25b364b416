#include "app/cli/bench_command.h"

#include "app/cli/bench_boggle.h"
#include "app/cli/bench_drag.h"
#include "app/cli/bench_latency.h"
#include "app/cli/bench_watched.h"
#include "app/window/main_window.h"

#include <QEventLoop>
#include <QFile>
#include <QTimer>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace orrery {

namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

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
    return {{"bench", "startup"},
            {"process_to_painted_fit_seconds", processAgeSeconds()},
            {"window_to_painted_fit_seconds", secondsSince(start)}};
}

constexpr const char* kHelp =
    "Usage: orrery bench [startup | latency | drag | drag-svm | watched | all | boggle]\n\n"
    "  startup   from the start of the process to the first painted fit\n"
    "  latency   from a click to its answer while a solver plays at full speed\n"
    "  drag      from a dragged point of a thousand to the painted fit that follows it\n"
    "  drag-svm  the same of a support vector machine of five hundred points\n"
    "  watched   what it costs a solver to be watched, beside its plain loop\n"
    "  boggle    random boards a second; only when named, with options of its own (bench boggle --help)\n\n"
    "Each prints one line of JSON. The solvers beside other programs: ./dev bench in the sources.\n";

} // namespace

int runBench(std::span<const std::string> arguments) {
    const std::string name = arguments.empty() ? "all" : arguments.front();
    if (name == "--help" || name == "-h") {
        std::cout << kHelp;
        return 0;
    }
    if (name == "boggle") return cli::benchBoggle(arguments.subspan(1), std::cout, std::cerr);
    bool known = false;
    const auto run = [&](const char* bench, Json (*function)()) {
        if (name != bench && name != "all") return;
        known = true;
        std::cout << function().dump() << std::endl;
    };
    run("startup", benchStartup);
    run("latency", benchLatency);
    run("drag", benchDrag);
    run("drag-svm", benchSvmDrag);
    run("watched", benchWatched);
    if (!known)
        std::cerr << "orrery bench: no bench is called “" << name
                  << "”; there are startup, latency, drag, drag-svm, watched and boggle\n";
    return known ? 0 : 2;
}

} // namespace orrery
