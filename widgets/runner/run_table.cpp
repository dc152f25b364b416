#include "widgets/runner/run_table.h"

#include "gpu/protocol/codec.h"

#include <QFile>
#include <QFileInfo>
#include <array>
#include <fmt/format.h>
#include <map>

namespace orrery::runner {

namespace {

constexpr const char* kLines = "line";
constexpr std::array<const char*, 12> kKinds{"hello",     "ceilings", "sample",   "bench",
                                             "check",     "progress", "error",    "done",
                                             "waterfall", "timeline", "classify", "fill_mask"};
static_assert(kKinds.size() == std::variant_size_v<gpu::Payload>);

/// Fills a column of words.
class Words {
  public:
    void add(const std::string& word) {
        const auto [at, isNew] = m_codes.try_emplace(word, static_cast<std::int32_t>(m_column.levels.size()));
        if (isNew) m_column.levels.push_back(word);
        m_column.codes.push_back(at->second);
    }
    [[nodiscard]] data::Column column(const char* name) && { return {name, std::move(m_column)}; }

  private:
    data::CategoricalColumn m_column;
    std::map<std::string, std::int32_t> m_codes;
};

} // namespace

bool isRunFile(const QString& path) {
    return path.endsWith(QStringLiteral(".jsonl"), Qt::CaseInsensitive) ||
           path.endsWith(QStringLiteral(".ndjson"), Qt::CaseInsensitive);
}

bool isRunText(const QString& text) {
    for (const QChar c : text)
        if (!c.isSpace()) return c == u'{';
    return false;
}

data::TableResult tableOfRun(std::string_view text, const std::string& name) {
    Words kinds, devices, lines;
    auto table = std::make_shared<data::Table>();
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const std::string line(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        const auto event = gpu::decodeEvent(line);
        const bool isHeading = !event && line.find("\"recording\"") != std::string::npos;
        kinds.add(event ? kKinds[event->payload.index()] : isHeading ? "recording" : "unreadable");
        devices.add(event && !event->device.empty() ? event->device : "–");
        lines.add(line);
        ++table->rowCount;
    }
    if (table->rowCount == 0) return fail(fmt::format("“{}” is empty.", name));
    table->name = name;
    table->provenance = "a run of orrery-gpu, JSON lines";
    table->columns.push_back(std::move(kinds).column("event"));
    table->columns.push_back(std::move(devices).column("device"));
    table->columns.push_back(std::move(lines).column(kLines));
    return std::shared_ptr<const data::Table>(std::move(table));
}

data::TableResult readRunFile(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(fmt::format("{}: {}", path.toStdString(), file.errorString().toStdString()),
                    ErrorCode::NotFound);
    return tableOfRun(file.readAll().toStdString(), QFileInfo(path).completeBaseName().toStdString());
}

Expected<RunLog> runOfTable(const data::Table& table) {
    const auto at = table.find(kLines);
    if (!at || table.columns[*at].isNumeric())
        return fail(
            fmt::format("“{}” is no run of orrery-gpu: this lab replays JSON lines (.jsonl).", table.name));
    const data::CategoricalColumn& lines = table.columns[*at].categorical();
    std::string text;
    for (const std::int32_t code : lines.codes)
        if (code >= 0) text += lines.levels[static_cast<std::size_t>(code)] + '\n';
    return readRunLog(text, table.name);
}

} // namespace orrery::runner
