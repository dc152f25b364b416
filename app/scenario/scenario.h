// A scenario: lab, data, parameters, seed, frame and layout as one readable JSON file. It is the permalink:
// it opens on the same frame, renders headless, feeds tests, and is what a student takes home.
#pragma once

#include "core/data/dataset.h"
#include "core/support/expected.h"
#include "core/support/parameter.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <optional>
#include <variant>
#include <vector>

namespace orrery {

struct BuiltinSource {
    static constexpr const char* kNone = "none"; ///< no table: for labs that take none
    QString id;
    friend bool operator==(const BuiltinSource&, const BuiltinSource&) = default;
};
/// How text was read where that was chosen by hand.
struct ReadChoices {
    QString delimiter; ///< one character; empty: sniffed
    QString header;    ///< "yes", "no"; empty: sniffed
    friend bool operator==(const ReadChoices&, const ReadChoices&) = default;
};
struct FileSource {
    QString path;  ///< relative paths are relative to the scenario file
    QString table; ///< SQLite: which table or view; empty: the first
    QString query; ///< SQLite: a SELECT instead of a table
    ReadChoices reading;
    friend bool operator==(const FileSource&, const FileSource&) = default;
};
struct GeneratorSource {
    QString id;
    ParameterValues values;
    quint64 seed = 1;
    friend bool operator==(const GeneratorSource&, const GeneratorSource&) = default;
};
/// Pasted or drawn data, kept in the scenario itself.
struct InlineSource {
    QString name;
    QString csv;
    ReadChoices reading;
    friend bool operator==(const InlineSource&, const InlineSource&) = default;
};
using DataSource = std::variant<BuiltinSource, FileSource, GeneratorSource, InlineSource>;

/// A data::Dataset but for its table.
struct DataChoices {
    std::string target;                ///< empty: the usual one
    std::vector<std::string> features; ///< empty: every other column
    std::string rowFilter;
    std::optional<data::RowSample> sample;
    std::vector<std::string> asCategory;
    friend bool operator==(const DataChoices&, const DataChoices&) = default;
};

struct ScenarioData {
    DataSource source = BuiltinSource{};
    DataChoices choices;
    friend bool operator==(const ScenarioData&, const ScenarioData&) = default;
};

struct Scenario {
    static constexpr int kFormat = 1;

    QString id; ///< of a built-in scene; empty for a file
    QString title;
    QString summary; ///< one sentence for the gallery
    QString lab;
    ScenarioData data;
    ParameterValues parameters;
    quint64 seed = 1;
    std::int64_t frame = 0;       ///< step index; kLastFrame is the end
    double stepsPerSecond = 30.0; ///< infinity is as fast as it goes; “max” in the file
    bool play = false;

    static constexpr std::int64_t kLastFrame = -1;
    friend bool operator==(const Scenario&, const Scenario&) = default;
};

/// Readable JSON, keys in a fixed order, two-space indent.
[[nodiscard]] QByteArray toJson(const Scenario& scenario);
/// `name` names the file in an error, which gives line and column of broken JSON and the key of a wrong
/// value.
[[nodiscard]] Expected<Scenario> scenarioFromJson(const QByteArray& json, const QString& name);
[[nodiscard]] Expected<Scenario> readScenario(const QString& path);
[[nodiscard]] Expected<void> writeScenario(const Scenario& scenario, const QString& path);

/// The shipped scenes, in gallery order.
[[nodiscard]] const std::vector<Scenario>& builtinScenes();
[[nodiscard]] const Scenario* findScene(const QString& id);

[[nodiscard]] data::ReadOptions readOptionsOf(const ReadChoices& reading);

/// Reads, generates or unpacks the data. May take long: call it off the UI thread.
[[nodiscard]] Expected<std::shared_ptr<const data::Dataset>> loadData(const ScenarioData& data,
                                                                      Progress& progress);

} // namespace orrery
