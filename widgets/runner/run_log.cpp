#include "widgets/runner/run_log.h"

#include "gpu/protocol/codec.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace orrery::runner {

namespace {

using Json = nlohmann::ordered_json;

std::string textAt(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string_view trimmed(std::string_view line) {
    const auto first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

Expected<void> takeLine(std::string_view line, RunLog& log) {
    if (line.empty()) return {};
    if (auto heading = recordingOf(line)) {
        heading->title = log.recording.title;
        log.recording = *std::move(heading);
        return {};
    }
    auto event = gpu::decodeEvent(line);
    if (!event) {
        ++log.unreadable;
        return {};
    }
    if (const auto* hello = std::get_if<gpu::HelloMessage>(&event->payload))
        if (auto known = understood(*hello); !known) return known;
    log.append(*std::move(event));
    return {};
}

} // namespace

void RunLog::append(gpu::Event event) {
    int source = kNoSource;
    if (!event.device.empty()) {
        const Source said{event.host, event.rank, event.device};
        auto known = std::ranges::find(m_sources, said);
        if (known == m_sources.end()) known = m_sources.insert(known, said);
        source = static_cast<int>(known - m_sources.begin());
    }
    m_sourceOf.push_back(source);
    m_events.push_back(std::make_shared<const gpu::Event>(std::move(event)));
}

std::optional<Recording> recordingOf(std::string_view line) {
    if (line.find("\"recording\"") == std::string_view::npos) return std::nullopt;
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object() || !json.contains("recording") || !json["recording"].is_object())
        return std::nullopt;
    const Json& heading = json["recording"];
    return Recording{{}, textAt(heading, "device"), textAt(heading, "date"), textAt(heading, "note")};
}

std::string RunLog::deviceName(const Source& source) const {
    for (const auto& event : m_events)
        if (const auto* hello = std::get_if<gpu::HelloMessage>(&event->payload);
            hello && event->host == source.host && event->rank == source.rank)
            for (const gpu::DeviceMessage& device : hello->devices)
                if (device.id == source.device) return device.name;
    return {};
}

Expected<void> understood(const gpu::HelloMessage& hello) {
    if (hello.protocol == gpu::kProtocolVersion) return {};
    return fail(
        fmt::format("orrery-gpu {} speaks protocol {}, this window protocol {}: install the same version "
                    "on both sides.",
                    hello.version, hello.protocol, gpu::kProtocolVersion),
        ErrorCode::Unsupported);
}

Expected<RunLog> readRunLog(std::string_view text, const std::string& name) {
    RunLog log;
    log.recording.title = name;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        if (auto taken = takeLine(trimmed(text.substr(0, end)), log); !taken)
            return fail(fmt::format("{}: {}", name, taken.error().message));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (log.size() == 0) return fail(fmt::format("“{}” holds no event of orrery-gpu.", name));
    return log;
}

std::string toLines(const RunLog& log) {
    Json heading = Json::object();
    heading["recording"] = {
        {"device", log.recording.device}, {"date", log.recording.date}, {"note", log.recording.note}};
    std::string lines = heading.dump() + '\n';
    for (std::size_t i = 0; i < log.size(); ++i)
        lines += gpu::encode(log.at(i)) + '\n';
    return lines;
}

} // namespace orrery::runner
