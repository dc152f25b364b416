#include "app/cli/bench_drag.h"

#include "app/labs/isotonic/views/fit_view.h"
#include "app/labs/svm/views/plane_view.h"
#include "app/window/main_window.h"
#include "widgets/frame/stage_layout.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QMouseEvent>
#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

namespace orrery {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kMoves = 60;
constexpr std::int64_t kIsotonicPoints = 1000;
constexpr std::int64_t kSvmPoints = 500;

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

/// A scene at its end, and where its view has a point to be dragged.
struct DragScene {
    const char* bench;
    Scenario scenario;
    std::int64_t points;
    /// Null while the fit is not shown yet; also says where the point is.
    std::function<QWidget*(MainWindow& window, QPointF& at)> grip;
};

DragScene isotonicScene() {
    Scenario scenario = *findScene(QStringLiteral("isotonic-merging"));
    scenario.parameters["n"] = kIsotonicPoints;
    return {"drag", std::move(scenario), kIsotonicPoints, [](MainWindow& window, QPointF& at) -> QWidget* {
                auto* fit = window.stage()->findChild<isotone::FitView*>();
                if (!fit || fit->exactRows() == 0) return nullptr;
                at = fit->rowPixel(static_cast<std::size_t>(kIsotonicPoints / 2));
                return fit;
            }};
}

DragScene svmScene() {
    Scenario scenario = *findScene(QStringLiteral("svm-rings"));
    std::get<GeneratorSource>(scenario.data.source).values["n"] = kSvmPoints;
    return {"drag-svm", std::move(scenario), kSvmPoints, [](MainWindow& window, QPointF& at) -> QWidget* {
                auto* plane = window.stage()->findChild<svmview::PlaneView*>();
                if (!plane || !plane->picture()) return nullptr;
                plane->prepare();
                const CanvasPoints& points = plane->points();
                at = plane->toPixel(points.x[kSvmPoints / 2], points.y[kSvmPoints / 2]);
                return plane;
            }};
}

/// From each move of the pointer to the paint that shows its fit.
std::vector<double> dragTimes(QWidget& view, QPointF at, const int& shown) {
    PaintWatch watch(&view);
    std::vector<double> milliseconds;
    point(view, QEvent::MouseButtonPress, at);
    for (int i = 0; i < kMoves; ++i) {
        const int before = shown;
        QElapsedTimer timer;
        timer.start();
        at += QPointF(0, i % 20 < 10 ? -5 : 5);
        point(view, QEvent::MouseMove, at);
        if (!waitUntil([&] { return shown > before; })) break;
        const int painted = watch.paints;
        if (!waitUntil([&] { return watch.paints > painted; })) break;
        milliseconds.push_back(1e-6 * static_cast<double>(timer.nsecsElapsed()));
    }
    point(view, QEvent::MouseButtonRelease, at);
    std::sort(milliseconds.begin(), milliseconds.end());
    return milliseconds;
}

Json benchScene(const DragScene& scene) {
    MainWindow window({ThemeKind::Light, false});
    window.show();
    Scenario scenario = scene.scenario;
    scenario.frame = Scenario::kLastFrame;
    scenario.play = false;
    window.workspace().open(scenario);
    QPointF at;
    QWidget* view = nullptr;
    const bool ready = waitUntil([&] {
        return window.workspace().bridge().state().atEnd() && (view = scene.grip(window, at)) != nullptr;
    });
    if (!ready) return {{"bench", scene.bench}, {"error", "the scene did not open"}};
    int shown = 0;
    QObject::connect(window.workspace().lab(), &Lab::editShown, &window, [&shown] { ++shown; });
    const std::vector<double> milliseconds = dragTimes(*view, at, shown);
    if (milliseconds.empty()) return {{"bench", scene.bench}, {"error", "the fit did not follow"}};
    const auto share = [&](double s) {
        return milliseconds[static_cast<std::size_t>(s * static_cast<double>(milliseconds.size() - 1))];
    };
    return {{"bench", scene.bench}, {"points", scene.points}, {"moves", milliseconds.size()},
            {"p50_ms", share(0.5)}, {"p95_ms", share(0.95)},  {"most_ms", milliseconds.back()}};
}

} // namespace

Json benchDrag() {
    return benchScene(isotonicScene());
}

Json benchSvmDrag() {
    return benchScene(svmScene());
}

} // namespace orrery
