#include "app/cli/command_line.h"

#include "app/builtin_labs.h"
#include "app/cli/bench_command.h"
#include "app/cli/solve_boggle.h"
#include "app/cli/solve_calibration.h"
#include "app/cli/solve_isotonic.h"
#include "app/cli/solve_lasso.h"
#include "app/cli/solve_svm.h"
#include "app/render/render_command.h"
#include "app/window/main_window.h"
#include "core/data/builtins.h"
#include "core/data/generators.h"

#include <CLI/CLI.hpp>
#include <QApplication>
#include <QScreen>
#include <QSettings>
#include <iostream>

namespace orrery {

namespace {

int solve(std::span<const std::string> arguments) {
    const std::string lab = arguments.empty() ? std::string() : arguments.front();
    if (lab == "lasso") return cli::solveLasso(arguments.subspan(1), std::cout, std::cerr);
    if (lab == "isotonic") return cli::solveIsotonic(arguments.subspan(1), std::cout, std::cerr);
    if (lab == "calibration") return cli::solveCalibration(arguments.subspan(1), std::cout, std::cerr);
    if (lab == "svm") return cli::solveSvm(arguments.subspan(1), std::cout, std::cerr);
    if (lab == "boggle") return cli::solveBoggle(arguments.subspan(1), std::cout, std::cerr);
    std::cerr
        << "orrery solve: name a lab that can be solved headless: lasso, isotonic, calibration, svm, boggle\n";
    return 2;
}

int list() {
    for (const LabInfo& lab : builtinLabs())
        std::cout << "lab        " << lab.id.toStdString() << "\t" << lab.summary.toStdString() << "\n";
    for (const Scenario& scene : builtinScenes())
        std::cout << "scene      " << scene.id.toStdString() << "\t" << scene.summary.toStdString() << "\n";
    for (const data::BuiltinInfo& info : data::builtins())
        std::cout << "data       " << info.id << "\t" << info.sentence << "\n";
    for (const data::GeneratorInfo& info : data::generators())
        std::cout << "generator  " << info.id << "\t" << info.sentence << "\n";
    return 0;
}

struct WindowArguments {
    std::string file;
    std::string scene;
    std::string theme;
    bool present = false;
};

ThemeKind themeFrom(const WindowArguments& arguments) {
    const QString name = arguments.theme.empty() ? QSettings().value(QStringLiteral("theme")).toString()
                                                 : QString::fromStdString(arguments.theme);
    for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark, ThemeKind::Projector})
        if (themeName(kind) == name) return kind;
    return ThemeKind::Light;
}

int openWindow(int& argc, char** argv, const WindowArguments& arguments) {
    const auto isSet = [](const char* name) { return !qEnvironmentVariableIsEmpty(name); };
    if (!isSet("DISPLAY") && !isSet("WAYLAND_DISPLAY") && !isSet("QT_QPA_PLATFORM")) {
        std::cerr << "orrery: there is no display to open a window on; “orrery render SCENE -o picture.png” "
                     "needs none\n";
        return 2;
    }
    QApplication app(argc, argv);
    QApplication::setFont(Theme::light().words(13)); // of what has no font of its own: menus, file dialogs
    MainWindow window({themeFrom(arguments), true});
    // On a smaller screen the whole window is to be seen, and its frame.
    const QSize room = QGuiApplication::primaryScreen()->availableSize() - QSize(8, 36);
    window.resize(window.size().boundedTo(room));
    window.show();
    if (!arguments.file.empty())
        window.openPath(QString::fromStdString(arguments.file));
    else
        window.openScene(arguments.scene.empty() ? builtinScenes().front().id
                                                 : QString::fromStdString(arguments.scene));
    if (arguments.present) window.setPresenting(true);
    return QApplication::exec();
}

int window(int argc, char** argv) {
    WindowArguments arguments;
    CLI::App app("Orrery: a lab in which people watch algorithms move\n\n"
                 "  orrery solve LAB …      runs a solver headless (solve lasso --help, …)\n"
                 "  orrery render SCENE …   renders a scene to a picture (render --help)\n"
                 "  orrery bench NAME       measures the window and the session (bench --help)\n"
                 "  orrery list             labs, scenes and data sets",
                 "orrery");
    app.add_option("file", arguments.file, "A scenario (.json) or a data file to open");
    app.add_option("--scene", arguments.scene, "A built-in scene to open");
    app.add_option("--theme", arguments.theme, "light, dark or projector")
        ->check(CLI::IsMember({"light", "dark", "projector"}));
    app.add_flag("--present", arguments.present, "Start in presentation mode");
    app.set_version_flag("--version", "orrery " ORRERY_VERSION);
    try { // the library's way of reporting
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        std::cout << app.help();
        return 0;
    } catch (const CLI::CallForVersion&) {
        std::cout << app.version() << "\n";
        return 0;
    } catch (const CLI::ParseError& error) {
        std::cerr << "orrery: " << error.what() << "\n";
        return 2;
    }
    return openWindow(argc, argv, arguments);
}

QStringList toQt(std::span<const std::string> arguments) {
    QStringList list;
    for (const std::string& argument : arguments)
        list << QString::fromStdString(argument);
    return list;
}

} // namespace

int runCommandLine(int argc, char** argv) {
    const std::vector<std::string> all(argv + 1, argv + argc);
    const std::string command = all.empty() ? std::string() : all.front();
    const std::span<const std::string> rest = std::span(all).subspan(all.empty() ? 0 : 1);
    QCoreApplication::setOrganizationName(QStringLiteral("Orrery"));
    QCoreApplication::setApplicationName(QStringLiteral("Orrery"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ORRERY_VERSION));
    if (command == "solve") return solve(rest);
    if (command == "list") return list();
    if (command == "render") {
        prepareRenderEnvironment(toQt(rest));
        QApplication app(argc, argv);
        QApplication::setFont(Theme::light().words(13));
        return runRender(toQt(rest));
    }
    if (command == "bench") {
        prepareRenderEnvironment({});
        QApplication app(argc, argv);
        QApplication::setFont(Theme::light().words(13));
        return runBench(rest);
    }
    return window(argc, argv);
}

} // namespace orrery
