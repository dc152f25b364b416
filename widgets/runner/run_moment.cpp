#include "widgets/runner/run_moment.h"

#include <algorithm>
#include <set>

namespace orrery::runner {

namespace {

/// Takes events one by one.
class Fold {
  public:
    Fold(const RunPointer& log, RunMoment& moment) : m_log(*log), m_moment(moment) {
        m_moment.log = log;
        m_moment.rows.resize(log->sources().size());
        m_rate.resize(log->sources().size());
        m_clock.resize(log->sources().size());
    }

    void take(std::size_t i) {
        const gpu::Event& event = m_log.at(i);
        m_source = m_log.sourceOf(i);
        m_id = &event.id;
        std::visit([this](const auto& payload) { take(payload); }, event.payload);
    }

  private:
    void take(const gpu::HelloMessage& hello) {
        for (const gpu::DeviceMessage& device : hello.devices)
            if (std::ranges::find(m_moment.devices, device.id, &gpu::DeviceMessage::id) ==
                m_moment.devices.end())
                m_moment.devices.push_back(device);
        for (const std::string& model : hello.models)
            if (std::ranges::find(m_moment.models, model) == m_moment.models.end())
                m_moment.models.push_back(model);
    }
    void take(const gpu::CeilingsMessage& message) {
        if (m_source >= 0) m_moment.ceilings[m_source] = &message;
    }
    void take(const gpu::ProgressMessage& message) {
        m_moment.stage = message.stage;
        m_moment.error.clear();
        for (const int s : members()) {
            m_moment.rows[static_cast<std::size_t>(s)].stage = message.stage;
            if (*m_id == m_request) m_expected.insert(s);
        }
    }
    void take(const gpu::SampleMessage& sample) {
        if (m_source < 0) return;
        // A waterfall measures several variants for one request: its clock starts anew with each.
        const auto at = static_cast<std::size_t>(m_source);
        if (*m_id != m_request || sample.timeS < m_clock[at]) beginRequest();
        m_clock[at] = sample.timeS;
        m_expected.insert(m_source);
        m_reported.insert(m_source);
        m_rate[static_cast<std::size_t>(m_source)] = sample.itemsPerS;
        SourceRow& r = row();
        r.itemsPerS = sample.itemsPerS, r.clockMhz = sample.clockMhz;
        r.powerW = sample.powerW, r.temperatureC = sample.temperatureC;
        if (m_reported.size() == m_expected.size()) addToTrack(sample);
    }
    void take(const gpu::BenchMessage& bench) {
        m_moment.stage.clear();
        for (const int s : members())
            m_moment.rows[static_cast<std::size_t>(s)].bench = &bench,
            m_moment.rows[static_cast<std::size_t>(s)].stage.clear();
        auto point =
            std::ranges::find_if(m_moment.benches, [&](const BenchPoint& p) { return joins(p, bench); });
        if (point == m_moment.benches.end()) {
            m_moment.benches.push_back({*m_id, {}, 0, 0, bench.batch});
            point = m_moment.benches.end() - 1;
        }
        point->parts.push_back({m_source, &bench});
        point->itemsPerS += bench.itemsPerS;
        point->flopsPerS += bench.flopsPerS;
    }
    void take(const gpu::CheckMessage& check) {
        m_moment.stage.clear();
        m_moment.checks.push_back(&check);
    }
    void take(const gpu::WaterfallMessage& message) {
        m_moment.stage.clear();
        m_moment.waterfall = &message;
    }
    void take(const gpu::TimelineMessage& message) {
        m_moment.stage.clear();
        std::erase_if(m_moment.timelines, [&](const gpu::TimelineMessage* before) {
            return before->model != message.model || before->sequenceLength != message.sequenceLength ||
                   (before->batch == message.batch && before->variant == message.variant);
        });
        m_moment.timelines.push_back(&message);
    }
    void take(const gpu::ClassifyMessage& message) { m_moment.classes = &message, m_moment.error.clear(); }
    void take(const gpu::FillMaskMessage& message) { m_moment.masks = &message, m_moment.error.clear(); }
    void take(const gpu::ErrorMessage& message) { m_moment.error = message.message; }
    void take(const gpu::DoneMessage&) {
        m_moment.stage.clear();
        for (const int s : members())
            if (!m_reported.contains(s)) m_expected.erase(s); // it refused: nobody waits for it
    }

    // The same request, another device. Lines of `bench --json` carry no id: each is a point of its own.
    [[nodiscard]] bool joins(const BenchPoint& point, const gpu::BenchMessage& bench) const {
        if (m_id->empty() || point.id != *m_id || !(point.first().model == bench.model)) return false;
        if (point.batch != bench.batch || point.first().variant != bench.variant) return false;
        return std::ranges::none_of(point.parts, [&](const auto& part) { return part.source == m_source; });
    }

    void beginRequest() {
        m_request = *m_id;
        m_expected.clear(), m_reported.clear();
        std::ranges::fill(m_rate, 0.0);
        std::ranges::fill(m_clock, 0.0);
        Track& track = m_moment.track;
        m_offset = track.seconds.empty() ? 0.0 : track.seconds.back();
        track.parts.push_back({track.seconds.size(), m_request});
        for (std::size_t s = 0; s < m_moment.rows.size(); ++s)
            if (m_moment.rows[s].stage == "measuring") m_expected.insert(static_cast<int>(s));
    }

    void addToTrack(const gpu::SampleMessage& sample) {
        Track& track = m_moment.track;
        double rate = 0, power = 0, temperature = 0, clock = 0;
        for (const int s : m_reported) {
            const SourceRow& r = m_moment.rows[static_cast<std::size_t>(s)];
            rate += m_rate[static_cast<std::size_t>(s)];
            power += r.powerW;
            temperature = std::max(temperature, r.temperatureC);
            clock = clock > 0 ? std::min(clock, r.clockMhz) : r.clockMhz;
        }
        const double before = track.seconds.empty() ? 0.0 : track.seconds.back();
        track.seconds.push_back(std::max(before, m_offset + sample.timeS));
        track.itemsPerS.push_back(rate);
        track.clockMhz.push_back(clock);
        track.powerW.push_back(power);
        track.temperatureC.push_back(temperature);
        track.throttle.push_back(sample.throttle);
    }

    /// The devices that the event speaks of.
    [[nodiscard]] std::vector<int> members() const {
        if (m_source < 0) return {};
        const std::vector<Source>& all = m_log.sources();
        const Source& said = all[static_cast<std::size_t>(m_source)];
        if (!said.isSeveral()) return {m_source};
        std::vector<int> members;
        for (std::size_t s = 0; s < all.size(); ++s)
            if (all[s].host == said.host && all[s].rank == said.rank && !all[s].isSeveral() &&
                (',' + said.device + ',').find(',' + all[s].device + ',') != std::string::npos)
                members.push_back(static_cast<int>(s));
        return members;
    }
    [[nodiscard]] SourceRow& row() { return m_moment.rows[static_cast<std::size_t>(m_source)]; }

    const RunLog& m_log;
    RunMoment& m_moment;
    int m_source = RunLog::kNoSource;
    const std::string* m_id = nullptr;
    std::string m_request = "\n";        ///< whose samples are being added; no id is a line's end
    std::vector<double> m_rate, m_clock; ///< by source: items a second, seconds, of its last sample
    std::set<int> m_expected, m_reported;
    double m_offset = 0;
};

} // namespace

double BenchPoint::latencyUs(const std::string& percentile) const {
    double longest = 0;
    for (const Part& part : parts)
        if (const auto found = part.message->latencyUs.find(percentile);
            found != part.message->latencyUs.end())
            longest = std::max(longest, found->second);
    return longest;
}

bool sameSeries(const BenchPoint& a, const BenchPoint& b) {
    const gpu::BenchMessage &m = a.first(), &n = b.first();
    return m.model == n.model && m.variant == n.variant && m.precision == n.precision &&
           m.packed == n.packed && m.sequenceLength == n.sequenceLength && a.parts.size() == b.parts.size();
}

const BenchPoint* RunMoment::focus() const {
    for (auto point = benches.rbegin(); point != benches.rend(); ++point)
        if (!point->first().layers.empty()) return &*point;
    return nullptr;
}

const gpu::CeilingsMessage* RunMoment::ceilingsOf(int source) const {
    const auto found = ceilings.find(source);
    if (found != ceilings.end()) return found->second;
    return ceilings.empty() ? nullptr : ceilings.begin()->second;
}

RunMoment momentOf(const RunPointer& log, std::int64_t index) {
    RunMoment moment;
    if (!log) return moment;
    Fold fold(log, moment);
    moment.index = std::clamp<std::int64_t>(index, 0, static_cast<std::int64_t>(log->size()));
    for (std::int64_t i = 0; i < moment.index; ++i)
        fold.take(static_cast<std::size_t>(i));
    return moment;
}

} // namespace orrery::runner
