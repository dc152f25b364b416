// Scenario ↔ JSON. Every refusal names the file and the key, or the line and column of broken JSON.
#include "app/scenario/scenario.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <nlohmann/json.hpp>

namespace orrery {

namespace {

using Json = nlohmann::ordered_json;

Json toJson(const ParameterValues& values) {
    Json json = Json::object();
    for (const auto& [id, value] : values)
        std::visit([&](const auto& v) { json[id] = v; }, value);
    return json;
}

void addReading(Json& json, const ReadChoices& reading) {
    if (!reading.delimiter.isEmpty()) json["delimiter"] = reading.delimiter.toStdString();
    if (!reading.header.isEmpty()) json["header"] = reading.header.toStdString();
}

Json toJson(const DataSource& source) {
    Json json = Json::object();
    if (const auto* builtin = std::get_if<BuiltinSource>(&source)) {
        json["builtin"] = builtin->id.toStdString();
    } else if (const auto* file = std::get_if<FileSource>(&source)) {
        json["file"] = file->path.toStdString();
        if (!file->table.isEmpty()) json["table"] = file->table.toStdString();
        if (!file->query.isEmpty()) json["query"] = file->query.toStdString();
        addReading(json, file->reading);
    } else if (const auto* generator = std::get_if<GeneratorSource>(&source)) {
        json["generator"] = generator->id.toStdString();
        json["parameters"] = toJson(generator->values);
        json["seed"] = generator->seed;
    } else {
        const auto& pasted = std::get<InlineSource>(source);
        json["name"] = pasted.name.toStdString();
        json["csv"] = pasted.csv.toStdString();
        addReading(json, pasted.reading);
    }
    return json;
}

Json toJson(const ScenarioData& data) {
    Json json = toJson(data.source);
    const DataChoices& choices = data.choices;
    if (!choices.target.empty()) json["target"] = choices.target;
    if (!choices.features.empty()) json["features"] = choices.features;
    if (!choices.asCategory.empty()) json["categories"] = choices.asCategory;
    if (!choices.rowFilter.empty()) json["rows"] = choices.rowFilter;
    if (choices.sample) json["sample"] = {{"size", choices.sample->count}, {"seed", choices.sample->seed}};
    return json;
}

/// Reads one object, key by key; the first wrong value is remembered and the rest is skipped.
class Reader {
  public:
    Reader(const Json& json, std::string where) : m_json(json), m_where(std::move(where)) {}

    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    [[nodiscard]] bool has(const char* key) const { return m_json.contains(key); }

    template <class T>
    void read(const char* key, T& value, const char* kind) {
        if (m_error || !has(key)) return;
        const Json& found = m_json[key];
        if (fits<T>(found))
            value = found.get<T>();
        else
            refuse(fmt::format("“{}” must be {}", key, kind));
    }
    void read(const char* key, QString& value) {
        std::string text = value.toStdString();
        read(key, text, "text");
        value = QString::fromStdString(text);
    }
    void read(const char* key, ParameterValues& values) {
        if (m_error || !has(key)) return;
        const Json& found = m_json[key];
        if (!found.is_object()) return refuse(fmt::format("“{}” must be an object", key));
        for (const auto& [id, value] : found.items())
            readValue(id, value, values);
    }
    /// By reference: a copy of deeply nested brackets would need as deep a stack.
    [[nodiscard]] const Json& object(const char* key) {
        static const Json kNone = Json::object();
        if (m_error || !has(key)) return kNone;
        if (!m_json[key].is_object()) refuse(fmt::format("“{}” must be an object", key));
        return m_json[key];
    }
    void refuse(const std::string& what) {
        if (!m_error) m_error = Error{ErrorCode::BadInput, m_where + ": " + what};
    }

  private:
    // Unsigned here means non-negative: such a number may be beyond the signed range.
    static bool fitsSigned(const Json& json) {
        return json.is_number_integer() &&
               (!json.is_number_unsigned() ||
                json.get<std::uint64_t>() <= std::uint64_t(std::numeric_limits<std::int64_t>::max()));
    }
    template <class T>
    static bool fits(const Json& json) {
        if constexpr (std::is_same_v<T, bool>)
            return json.is_boolean();
        else if constexpr (std::is_same_v<T, std::string>)
            return json.is_string();
        else if constexpr (std::is_unsigned_v<T>)
            return json.is_number_unsigned();
        else if constexpr (std::is_integral_v<T>)
            return fitsSigned(json);
        else if constexpr (std::is_floating_point_v<T>)
            return json.is_number();
        else
            return json.is_array() &&
                   std::all_of(json.begin(), json.end(), [](const Json& j) { return j.is_string(); });
    }
    void readValue(const std::string& id, const Json& value, ParameterValues& values) {
        if (value.is_boolean())
            values[id] = value.get<bool>();
        else if (fitsSigned(value))
            values[id] = value.get<std::int64_t>();
        else if (value.is_number())
            values[id] = value.get<double>();
        else if (value.is_string())
            values[id] = value.get<std::string>();
        else
            refuse(fmt::format("parameter “{}” must be a number, text, true or false", id));
    }

    const Json& m_json;
    std::string m_where;
    std::optional<Error> m_error;
};

void readReading(Reader& reader, ReadChoices& reading) {
    reader.read("delimiter", reading.delimiter);
    reader.read("header", reading.header);
    if (reading.delimiter.size() > 1) reader.refuse("“delimiter” must be one character");
    if (!reading.header.isEmpty() && reading.header != u"yes" && reading.header != u"no")
        reader.refuse("“header” must be yes or no");
}

void readSource(Reader& reader, ScenarioData& data) {
    if (reader.has("builtin")) {
        BuiltinSource source;
        reader.read("builtin", source.id);
        data.source = source;
    } else if (reader.has("file")) {
        FileSource source;
        reader.read("file", source.path);
        reader.read("table", source.table);
        reader.read("query", source.query);
        readReading(reader, source.reading);
        data.source = source;
    } else if (reader.has("generator")) {
        GeneratorSource source;
        reader.read("generator", source.id);
        reader.read("parameters", source.values);
        reader.read("seed", source.seed, "a whole number, not negative");
        data.source = source;
    } else if (reader.has("csv")) {
        InlineSource source;
        reader.read("name", source.name);
        reader.read("csv", source.csv);
        readReading(reader, source.reading);
        data.source = source;
    } else {
        reader.refuse("“data” needs one of builtin, file, generator or csv");
    }
}

void readChoices(Reader& reader, const std::string& where, ScenarioData& data) {
    DataChoices& choices = data.choices;
    reader.read("target", choices.target, "text");
    reader.read("features", choices.features, "a list of column names");
    reader.read("categories", choices.asCategory, "a list of column names");
    reader.read("rows", choices.rowFilter, "text");
    if (!reader.has("sample")) return;
    const Json& sample = reader.object("sample");
    Reader sampleReader(sample, where);
    choices.sample.emplace();
    sampleReader.read("size", choices.sample->count, "a whole number, not negative");
    sampleReader.read("seed", choices.sample->seed, "a whole number, not negative");
    if (sampleReader.error()) reader.refuse("“sample” needs a size and a seed, whole numbers");
}

std::string lineAndColumn(const QByteArray& text, std::size_t byte) {
    const QByteArray before = text.left(static_cast<qsizetype>(byte > 0 ? byte - 1 : 0));
    const auto line = before.count('\n') + 1;
    const auto column = before.size() - (before.lastIndexOf('\n') + 1) + 1;
    return fmt::format("line {}, column {}", line, column);
}

void readTime(Reader& reader, const Json& json, Scenario& scenario) {
    if (reader.has("frame") && json["frame"] == "last") {
        scenario.frame = Scenario::kLastFrame;
    } else {
        reader.read("frame", scenario.frame, "a step number or “last”");
        if (scenario.frame < 0) reader.refuse("“frame” must not be negative");
    }
    if (reader.has("speed") && json["speed"] == "max") {
        scenario.stepsPerSecond = std::numeric_limits<double>::infinity();
    } else {
        reader.read("speed", scenario.stepsPerSecond, "steps per second or “max”");
        if (!(scenario.stepsPerSecond > 0)) reader.refuse("“speed” must be above zero");
    }
}

Expected<Scenario> scenarioFrom(const Json& json, const std::string& where) {
    if (!json.is_object()) return fail(where + ": a scenario is a JSON object");
    Reader reader(json, where);
    std::int64_t format = 0;
    reader.read("orrery", format, "a whole number, the format");
    if (!reader.has("orrery")) reader.refuse("this is no scenario: the key “orrery” is missing");
    if (!reader.error() && format != Scenario::kFormat)
        reader.refuse(
            fmt::format("scenario format {} is not known here (format {} is)", format, Scenario::kFormat));
    Scenario scenario;
    reader.read("title", scenario.title);
    reader.read("summary", scenario.summary);
    reader.read("lab", scenario.lab);
    if (scenario.lab.isEmpty()) reader.refuse("“lab” is missing");
    const Json& data = reader.object("data");
    Reader dataReader(data, where);
    readSource(dataReader, scenario.data);
    readChoices(dataReader, where, scenario.data);
    if (dataReader.error() && !reader.error()) return tl::unexpected(*dataReader.error());
    reader.read("parameters", scenario.parameters);
    reader.read("seed", scenario.seed, "a whole number, not negative");
    readTime(reader, json, scenario);
    reader.read("play", scenario.play, "true or false");
    if (reader.error()) return tl::unexpected(*reader.error());
    return scenario;
}

} // namespace

QByteArray toJson(const Scenario& scenario) {
    Json json;
    json["orrery"] = Scenario::kFormat;
    if (!scenario.title.isEmpty()) json["title"] = scenario.title.toStdString();
    if (!scenario.summary.isEmpty()) json["summary"] = scenario.summary.toStdString();
    json["lab"] = scenario.lab.toStdString();
    json["data"] = toJson(scenario.data);
    json["parameters"] = toJson(scenario.parameters);
    json["seed"] = scenario.seed;
    if (scenario.frame == Scenario::kLastFrame)
        json["frame"] = "last";
    else
        json["frame"] = scenario.frame;
    if (std::isinf(scenario.stepsPerSecond)) // JSON has no infinity
        json["speed"] = "max";
    else
        json["speed"] = scenario.stepsPerSecond;
    json["play"] = scenario.play;
    return QByteArray::fromStdString(json.dump(2, ' ', false, Json::error_handler_t::replace)) + '\n';
}

Expected<Scenario> scenarioFromJson(const QByteArray& text, const QString& name) {
    const std::string where = name.toStdString();
    try { // the library has no other way to give the place of a mistake
        return scenarioFrom(Json::parse(text.begin(), text.end()), where);
    } catch (const Json::parse_error& error) {
        return fail(fmt::format("{}, {}: not valid JSON", where, lineAndColumn(text, error.byte)));
    } catch (const Json::out_of_range&) {
        return fail(where + ": a number is too large");
    } catch (const Json::exception& error) {
        return fail(fmt::format("{}: {}", where, error.what()));
    }
}

Expected<Scenario> readScenario(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(fmt::format("{}: {}", path.toStdString(), file.errorString().toStdString()),
                    ErrorCode::NotFound);
    Expected<Scenario> scenario = scenarioFromJson(file.readAll(), path);
    if (!scenario) return scenario;
    if (auto* source = std::get_if<FileSource>(&scenario->data.source);
        source && QFileInfo(source->path).isRelative())
        source->path = QFileInfo(path).dir().filePath(source->path);
    return scenario;
}

Expected<void> writeScenario(const Scenario& scenario, const QString& path) {
    QSaveFile file(path);
    const QByteArray json = toJson(scenario);
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit())
        return fail(fmt::format("{}: {}", path.toStdString(), file.errorString().toStdString()));
    return {};
}

} // namespace orrery
