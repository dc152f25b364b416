#include "gpu/runner/serve.h"

#include "gpu/protocol/codec.h"
#include "gpu/runner/ask.h"
#include "gpu/runner/check.h"
#include "gpu/runner/devices.h"
#include "gpu/runner/setup.h"
#include "gpu/runner/waterfall.h"

#include <condition_variable>
#include <deque>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <istream>
#include <mutex>
#include <ostream>
#include <thread>

namespace orrery::gpu {

namespace {

template <class Message>
Expected<Payload> asPayload(Expected<Message> message) {
    if (!message) return tl::unexpected(message.error());
    return std::move(*message);
}

/// Writes events, whole lines only, from any thread.
class Writer {
  public:
    Writer(std::ostream& out, Identity identity) : m_out(out), m_identity(std::move(identity)) {}

    void send(const std::string& id, const std::string& device, Payload payload) {
        const std::string line =
            encode(Event{id, m_identity.host, m_identity.rank, device, std::move(payload)});
        const std::lock_guard lock(m_mutex);
        m_out << line << '\n' << std::flush;
    }

  private:
    std::ostream& m_out;
    std::mutex m_mutex;
    Identity m_identity;
};

/// What is done for one request: its events, on the worker's thread.
class Desk {
  public:
    Desk(Devices& devices, Writer& writer) : m_devices(devices), m_writer(writer) {}

    Expected<void> carryOut(const Request& request, Progress& progress) {
        if (progress.isCancelled()) return fail("stopped", ErrorCode::Cancelled);
        if (request.kind == RequestKind::Info) {
            m_writer.send(request.id, {}, helloOf(m_devices));
            return {};
        }
        const auto devices = m_devices.openAll(request.device);
        if (!devices) return tl::unexpected(devices.error());
        std::vector<std::string> ids;
        for (const Device* device : *devices)
            ids.push_back(device->info().id);
        const std::string name = fmt::format("{}", fmt::join(ids, ","));
        const bool measures = request.kind == RequestKind::Ceilings || request.kind == RequestKind::Bench ||
                              request.kind == RequestKind::Waterfall;
        const auto payload = measures ? measured(request, name, *devices, progress)
                                      : answered(request, name, *devices->front(), progress);
        if (!payload) return tl::unexpected(payload.error());
        if (*payload) m_writer.send(request.id, name, **payload);
        return {};
    }

    static HelloMessage helloOf(const Devices& devices) {
        return {kProtocolVersion, ORRERY_VERSION, modelIds(), devices.rows()};
    }

  private:
    Watcher watcherOf(const Request& request, const std::string& name) {
        Watcher watcher;
        watcher.sample = [this, id = request.id](const std::string& device, const SampleMessage& sample) {
            m_writer.send(id, device, sample);
        };
        watcher.progress = [this, id = request.id, name](const std::string& stage, double fraction) {
            m_writer.send(id, name, ProgressMessage{stage, fraction});
        };
        watcher.part = [this, id = request.id, name](const Payload& payload) {
            m_writer.send(id, name, payload);
        };
        return watcher;
    }

    /// Nothing when all has been sent on the way.
    Expected<std::optional<Payload>> measured(const Request& request, const std::string& name,
                                              const std::vector<Device*>& devices, Progress& progress) {
        if (request.kind != RequestKind::Ceilings)
            if (const auto good = checkRequest(request.bench); !good) return tl::unexpected(good.error());
        const Watcher watcher = watcherOf(request, name);
        std::vector<Bench> benches;
        for (Device* device : devices) {
            watcher.progress("measuring the ceilings", 0);
            const auto ceilings = m_devices.ceilings(*device, progress);
            if (!ceilings) return tl::unexpected(ceilings.error());
            m_writer.send(request.id, device->info().id,
                          CeilingsMessage{*ceilings, dataSheetOf(device->info().name)});
            benches.push_back({device, *ceilings});
        }
        if (request.kind == RequestKind::Ceilings) return std::nullopt;
        if (request.kind == RequestKind::Waterfall)
            return asPayload(waterfall(benches, request.bench, watcher, progress));
        return asPayload(bench(benches, request.bench, watcher, progress));
    }

    Expected<std::optional<Payload>> answered(const Request& request, const std::string& name, Device& device,
                                              Progress& progress) {
        const Watcher watcher = watcherOf(request, name);
        switch (request.kind) {
        case RequestKind::Timeline:
            return asPayload(timeline(device, request.bench, progress));
        case RequestKind::Classify:
            return asPayload(m_asker.classify(device, request.bench, request.ask, progress));
        case RequestKind::FillMask:
            return asPayload(m_asker.fillMask(device, request.bench, request.ask, progress));
        default:
            return asPayload(check(device, request.bench, watcher, progress));
        }
    }

    Devices& m_devices;
    Writer& m_writer;
    Asker m_asker;
};

/// Carries out requests, in the order in which they come, on a thread of its own.
class Worker {
  public:
    Worker(Desk& desk, Writer& writer) : m_desk(desk), m_writer(writer) {}

    void post(Request request) {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back({std::move(request), std::make_shared<Progress>()});
        m_changed.notify_one();
    }

    /// Stops a request that runs or waits; an id that is not known is not an error: it may just have ended.
    void cancel(const std::string& id) {
        const std::lock_guard lock(m_mutex);
        if (m_running.progress && m_running.request.id == id) m_running.progress->cancel();
        for (const Job& job : m_waiting)
            if (job.request.id == id) job.progress->cancel();
    }

    void finish() {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
        m_changed.notify_one();
    }

    void loop() {
        while (next()) {
            const Request& request = m_running.request;
            const auto done = m_desk.carryOut(request, *m_running.progress);
            if (!done) m_writer.send(request.id, request.device, ErrorMessage{done.error().message});
            m_writer.send(request.id, request.device, DoneMessage{});
            const std::lock_guard lock(m_mutex);
            m_running = {};
        }
    }

  private:
    struct Job {
        Request request;
        std::shared_ptr<Progress> progress;
    };

    bool next() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_ended || !m_waiting.empty(); });
        if (m_waiting.empty()) return false;
        m_running = std::move(m_waiting.front());
        m_waiting.pop_front();
        return true;
    }

    Desk& m_desk;
    Writer& m_writer;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Job> m_waiting;
    Job m_running;
    bool m_ended = false;
};

} // namespace

int serve(std::istream& in, std::ostream& out, const Identity& identity) {
    Devices devices;
    Writer writer(out, identity);
    writer.send({}, {}, Desk::helloOf(devices));
    Desk desk(devices, writer);
    Worker worker(desk, writer);
    std::jthread thread([&] { worker.loop(); });
    for (std::string line; std::getline(in, line);) {
        if (line.empty()) continue;
        auto request = decodeRequest(line);
        if (!request)
            writer.send({}, {}, ErrorMessage{request.error().message});
        else if (request->kind == RequestKind::Cancel)
            worker.cancel(request->target);
        else
            worker.post(std::move(*request));
    }
    worker.finish();
    return 0;
}

} // namespace orrery::gpu
