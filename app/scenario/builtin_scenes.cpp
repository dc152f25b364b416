// The scenes that come with the program: scenario files, compiled in, in gallery order.
#include "app/scenario/scenario.h"

#include <QFile>

namespace orrery {

namespace {

const QStringList& sceneIds() {
    static const QStringList ids{QStringLiteral("lasso-diabetes"),
                                 QStringLiteral("lasso-sparse"),
                                 QStringLiteral("lasso-geometry"),
                                 QStringLiteral("lasso-race"),
                                 QStringLiteral("lasso-elastic-net"),
                                 QStringLiteral("lasso-knots"),
                                 QStringLiteral("isotonic-merging"),
                                 QStringLiteral("isotonic-race"),
                                 QStringLiteral("isotonic-calibration"),
                                 QStringLiteral("svm-rings"),
                                 QStringLiteral("svm-cost"),
                                 QStringLiteral("svm-smo"),
                                 QStringLiteral("boggle-search"),
                                 QStringLiteral("boggle-parallel"),
                                 QStringLiteral("boggle-best"),
                                 QStringLiteral("search-breadth"),
                                 QStringLiteral("search-beside"),
                                 QStringLiteral("search-deepening"),
                                 QStringLiteral("search-mutation"),
                                 QStringLiteral("gpu-live"),
                                 QStringLiteral("gpu-recorded"),
                                 QStringLiteral("gpu-h100-resnet"),
                                 QStringLiteral("gpu-h100-bert"),
                                 QStringLiteral("gpu-h200-resnet"),
                                 QStringLiteral("gpu-h200-bert")};
    return ids;
}

std::vector<Scenario> readScenes() {
    std::vector<Scenario> scenes;
    for (const QString& id : sceneIds()) {
        auto scene = readScenario(QStringLiteral(":/orrery/scenarios/%1.json").arg(id));
        Q_ASSERT_X(scene, "built-in scene", scene ? "" : scene.error().message.c_str());
        if (!scene) continue;
        scene->id = id;
        scenes.push_back(*std::move(scene));
    }
    return scenes;
}

} // namespace

const std::vector<Scenario>& builtinScenes() {
    static const std::vector<Scenario> scenes = readScenes();
    return scenes;
}

const Scenario* findScene(const QString& id) {
    for (const Scenario& scene : builtinScenes())
        if (scene.id == id) return &scene;
    return nullptr;
}

} // namespace orrery
