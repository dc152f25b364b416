#include "app/cli/bench_drag.h"

#include "app/labs/isotonic/views/fit_view.h"
#include "app/window/main_window.h"
#include "widgets/frame/stage_layout.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QMouseEvent>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace orrery {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kMoves = 60;
constexpr std::int64_t kPoints = 1000;

/// Counts how often a widget is painted.
class PaintWatch final : public QObject {
  public:
    explicit PaintWatch(QWidget* watched) { watched->installEventFilter(this); }
    int paints = 0;

  protected:
    bool eventFilter(QObject*, QEvent* event) override {
        paints += event->type() == QEvent::Paint;
        return false;
    }
};

// Gives up after half a minute.
template <class Condition>
bool waitUntil(const Condition& condition) {
    QElapsedTimer timer;
    timer.start();
    while (!condition() && timer.elapsed() < 30'000)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    return condition();
}

void point(QWidget& at, QEvent::Type type, QPointF pixel) {
    const bool moves = type == QEvent::MouseMove, held = type != QEvent::MouseButtonRelease;
    QMouseEvent event(type, pixel, at.mapToGlobal(pixel), moves ? Qt::NoButton : Qt::LeftButton,
                      held ? Qt::LeftButton : Qt::NoButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&at, &event);
}

Scenario thousandPoints() {
    Scenario scenario = *findScene(QStringLiteral("isotonic-merging"));
    scenario.parameters["n"] = kPoints;
    scenario.frame = Scenario::kLastFrame;
    scenario.play = false;
    return scenario;
}

} // namespace

Json benchDrag() {
    MainWindow window({ThemeKind::Light, false});
    window.show();
    window.workspace().open(thousandPoints());
    SessionBridge& bridge = window.workspace().bridge();
    const auto view = [&] {
        return window.stage()->cards().empty() ? nullptr : window.stage()->findChild<isotone::FitView*>();
    };
    const bool ready = waitUntil([&] { return view() && bridge.state().atEnd() && view()->exactRows() > 0; });
    if (!ready) return {{"bench", "drag"}, {"error", "the scene did not open"}};
    isotone::FitView& fit = *view();
    PaintWatch watch(&fit);
    std::vector<double> milliseconds;
    QPointF at = fit.rowPixel(static_cast<std::size_t>(kPoints / 2));
    point(fit, QEvent::MouseButtonPress, at);
    for (int i = 0; i < kMoves; ++i) {
        const std::uint64_t before = bridge.state().generation;
        QElapsedTimer timer;
        timer.start();
        at += QPointF(0, i % 20 < 10 ? -5 : 5);
        point(fit, QEvent::MouseMove, at);
        if (!waitUntil([&] { return bridge.state().generation > before && bridge.state().atEnd(); })) break;
        const int painted = watch.paints;
        if (!waitUntil([&] { return watch.paints > painted; })) break;
        milliseconds.push_back(1e-6 * static_cast<double>(timer.nsecsElapsed()));
    }
    point(fit, QEvent::MouseButtonRelease, at);
    if (milliseconds.empty()) return {{"bench", "drag"}, {"error", "the fit did not follow"}};
    std::sort(milliseconds.begin(), milliseconds.end());
    const auto share = [&](double s) {
        return milliseconds[static_cast<std::size_t>(s * static_cast<double>(milliseconds.size() - 1))];
    };
    return {{"bench", "drag"},      {"points", kPoints},     {"moves", milliseconds.size()},
            {"p50_ms", share(0.5)}, {"p95_ms", share(0.95)}, {"most_ms", milliseconds.back()}};
}

} // namespace orrery
