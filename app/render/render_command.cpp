#include "app/render/render_command.h"

#include "app/gallery/gallery_page.h"
#include "app/render/picture.h"
#include "app/window/main_window.h"
#include "app/window/table_file.h"
#include "widgets/frame/frame.h"

#include <CLI/CLI.hpp>
#include <QApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <algorithm>
#include <cstdio>

namespace orrery {

namespace {

struct RenderOptions {
    std::string scenario;
    std::string output;
    std::string size = "1600x1000";
    double scale = 1.0;
    std::string theme = "light";
    std::string frame;
    std::string view;
    double play = 0;
    bool present = false;
};

void describe(CLI::App& app, RenderOptions& options) {
    app.add_option("scenario", options.scenario, "A scenario file, or the name of a built-in scene")
        ->required();
    app.add_option("-o,--output", options.output,
                   "Picture: .png, .svg or .pdf; what is shown as a table: .csv")
        ->required();
    app.add_option("--size", options.size, "Width x height in logical pixels")->capture_default_str();
    app.add_option("--scale", options.scale, "Device pixels a logical pixel (PNG)")
        ->check(CLI::Range(0.25, 8.0))
        ->capture_default_str();
    app.add_option("--theme", options.theme, "light, dark or projector")
        ->check(CLI::IsMember({"light", "dark", "projector"}))
        ->capture_default_str();
    app.add_option("--frame", options.frame, "Step to show instead of the scenario's: a number or “last”");
    app.add_option("--view", options.view, "One card alone, by name: paths, residuals, …; or gallery");
    app.add_option("--play", options.play,
                   "Seconds that the scene plays first; a live scene starts its process")
        ->check(CLI::Range(0.0, 3600.0));
    app.add_flag("--present", options.present, "As in presentation mode");
}

std::vector<std::string> reversed(const QStringList& arguments) {
    std::vector<std::string> list;
    for (auto it = arguments.rbegin(); it != arguments.rend(); ++it)
        list.push_back(it->toStdString());
    return list;
}

int refuse(const QString& sentence) {
    std::fprintf(stderr, "orrery render: %s\n", qPrintable(sentence));
    return 2;
}

Expected<Scenario> scenarioNamed(const std::string& name) {
    const QString id = QString::fromStdString(name);
    if (!QFileInfo::exists(id))
        if (const Scenario* scene = findScene(id)) return *scene;
    return readScenario(id);
}

Expected<QSize> sizeOf(const std::string& text) {
    const QStringList parts = QString::fromStdString(text).split(u'x');
    bool okWidth = false, okHeight = false;
    const QSize size(parts.value(0).toInt(&okWidth), parts.value(1).toInt(&okHeight));
    if (parts.size() == 2 && okWidth && okHeight && size.width() >= 320 && size.height() >= 240 &&
        size.width() <= 16'000 && size.height() <= 16'000)
        return size;
    return fail("--size must be WIDTHxHEIGHT, from 320x240 to 16000x16000, not “" + text + "”");
}

Expected<void> setFrame(Scenario& scenario, const std::string& frame) {
    if (frame.empty()) return {};
    bool ok = false;
    scenario.frame = frame == "last" ? Scenario::kLastFrame : QString::fromStdString(frame).toLongLong(&ok);
    if (frame != "last" && (!ok || scenario.frame < 0))
        return fail("--frame must be a step number or “last”, not “" + frame + "”");
    return {};
}

ThemeKind themeNamed(const std::string& name) {
    return name == "dark" ? ThemeKind::Dark : name == "projector" ? ThemeKind::Projector : ThemeKind::Light;
}

// In presentation a card has the stage to itself, as F6 shows it.
QWidget* widgetOf(MainWindow& window, const RenderOptions& options) {
    if (options.view.empty() || options.view == "gallery") return window.frame();
    const std::vector<Card*>& cards = window.stage()->cards();
    const auto card = std::find_if(cards.begin(), cards.end(), [&](const Card* c) {
        return c->objectName().toStdString() == options.view;
    });
    if (card == cards.end()) return nullptr;
    if (!options.present) return *card;
    window.stage()->setEnlarged(static_cast<int>(card - cards.begin()));
    return window.frame();
}

// Ends at once where opening has failed: the window then plays its first scene, which nobody asked to see.
void settle(MainWindow& window, const QString& failure) {
    window.workspace().waitUntilShown();
    for (int i = 0; i < 5 && failure.isEmpty(); ++i) {
        QApplication::processEvents();
        window.workspace().waitUntilShown();
        if (auto* gallery = window.findChild<GalleryPage*>()) gallery->waitUntilShown();
    }
}

void play(MainWindow& window, double seconds, const QString& failure) {
    constexpr int kSlice = 20; // ms
    QElapsedTimer clock;
    for (clock.start(); clock.elapsed() < 1e3 * seconds && failure.isEmpty();)
        QApplication::processEvents(QEventLoop::WaitForMoreEvents, kSlice);
    window.workspace().waitUntilShown();
}

Expected<void> write(MainWindow& window, QWidget& widget, const QString& path) {
    if (QFileInfo(path).suffix().toLower() != u"csv") return writePicture(widget, path);
    Progress progress;
    return writeTableFile(path, window.workspace().lab()->resultWriter(), progress);
}

int render(const RenderOptions& options) {
    auto scenario = scenarioNamed(options.scenario);
    if (!scenario) return refuse(QString::fromStdString(scenario.error().message));
    const auto size = sizeOf(options.size);
    if (!size) return refuse(QString::fromStdString(size.error().message));
    if (auto frame = setFrame(*scenario, options.frame); !frame)
        return refuse(QString::fromStdString(frame.error().message));
    scenario->play = options.play > 0;

    MainWindow window({.theme = themeNamed(options.theme), .remember = false, .showTimes = false});
    QString failure;
    QObject::connect(&window.workspace(), &Workspace::failed,
                     [&failure](const QString& sentence) { failure = sentence; });
    window.resize(*size);
    window.show();
    window.workspace().open(*scenario);
    settle(window, failure);
    if (options.play > 0) play(window, options.play, failure);
    if (!failure.isEmpty()) return refuse(failure);
    if (options.present) window.setPresenting(true);
    if (options.view == "gallery") window.actions().gallery->trigger();
    QWidget* widget = widgetOf(window, options);
    settle(window, failure);
    if (!failure.isEmpty()) return refuse(failure);
    if (!widget)
        return refuse(QStringLiteral("no card is called “%1”").arg(QString::fromStdString(options.view)));
    const auto written = write(window, *widget, QString::fromStdString(options.output));
    return written ? 0 : refuse(QString::fromStdString(written.error().message));
}

// Without a login session Qt remarks that there is no run-time folder; nothing here needs one.
void writeMessage(QtMsgType type, const QMessageLogContext& context, const QString& message) {
    if (!message.startsWith(QStringLiteral("QStandardPaths: XDG_RUNTIME_DIR")))
        std::fprintf(stderr, "%s\n", qPrintable(qFormatLogMessage(type, context, message)));
}

} // namespace

void prepareRenderEnvironment(const QStringList& arguments) {
    qInstallMessageHandler(writeMessage);
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    const auto at = arguments.indexOf(QStringLiteral("--scale"));
    if (at >= 0 && at + 1 < arguments.size()) qputenv("QT_SCALE_FACTOR", arguments[at + 1].toUtf8());
}

int runRender(const QStringList& arguments) {
    RenderOptions options;
    CLI::App app("Renders a scenario to a picture, as the window shows it", "orrery render");
    describe(app, options);
    try { // the library's way of reporting
        app.parse(reversed(arguments));
    } catch (const CLI::CallForHelp&) {
        std::printf("%s", app.help().c_str());
        return 0;
    } catch (const CLI::ParseError& error) {
        return refuse(QString::fromStdString(error.what()));
    }
    return render(options);
}

} // namespace orrery
