// What the processes of orrery-gpu have said, in the order in which it came: the run that the GPU lab plays.
//
// A log is a value. A live run publishes a new log for every batch of events (events are shared, not copied);
// a recorded one is read whole. Several processes, or one that drives several devices, speak into one log:
// each event says host, rank and device, and that is a source.
#pragma once

#include "core/support/expected.h"
#include "gpu/protocol/messages.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orrery::runner {

/// One device as one process sees it.
struct Source {
    std::string host;
    int rank = 0;
    std::string device; ///< "cuda:0"; "cuda:0,cuda:1" or "all" for what a process says of several together
    [[nodiscard]] bool isSeveral() const { return device == "all" || device.find(',') != std::string::npos; }
    friend bool operator==(const Source&, const Source&) = default;
};

/// Where a recording comes from; all empty for a live run.
struct Recording {
    std::string title;  ///< of the file
    std::string device; ///< "AMD EPYC, 2 threads"
    std::string date;   ///< ISO
    std::string note;   ///< one sentence
    friend bool operator==(const Recording&, const Recording&) = default;
};

class RunLog {
  public:
    static constexpr int kNoSource = -1; ///< events that belong to no device: hello, an answer to a bad line

    void append(gpu::Event event);
    [[nodiscard]] std::size_t size() const { return m_events.size(); }
    [[nodiscard]] const gpu::Event& at(std::size_t i) const { return *m_events[i]; }
    [[nodiscard]] int sourceOf(std::size_t i) const { return m_sourceOf[i]; }
    [[nodiscard]] const std::vector<Source>& sources() const { return m_sources; }
    /// The name that the card gives itself, from the hello of its process; empty before that.
    [[nodiscard]] std::string deviceName(const Source& source) const;

    Recording recording;
    bool isLive = false;
    int unreadable = 0; ///< lines that were no messages

  private:
    std::vector<std::shared_ptr<const gpu::Event>> m_events;
    std::vector<int> m_sourceOf; ///< index into m_sources
    std::vector<Source> m_sources;
};

using RunPointer = std::shared_ptr<const RunLog>;

/// JSON lines: the events of orrery-gpu as they came, before them perhaps `{"recording": {"device": …,
/// "date": …, "note": …}}`. Lines that are no messages are counted and left out; none that is, or another
/// protocol, is an Error. `name` names the file.
[[nodiscard]] Expected<RunLog> readRunLog(std::string_view text, const std::string& name);
/// The heading of a recording; nothing where the line is none.
[[nodiscard]] std::optional<Recording> recordingOf(std::string_view line);
[[nodiscard]] std::string toLines(const RunLog& log);

/// What is wrong with a process that says hello like this; nothing when it can be listened to.
[[nodiscard]] Expected<void> understood(const gpu::HelloMessage& hello);

} // namespace orrery::runner
