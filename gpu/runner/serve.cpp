#include "gpu/runner/serve.h"

#include "gpu/protocol/codec.h"
#include "gpu/runner/check.h"
#include "gpu/runner/devices.h"

#include <array>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <istream>
#include <mutex>
#include <ostream>
#include <thread>
#include <unistd.h>

namespace orrery::gpu {

namespace {

std::string hostName() {
    std::array<char, 256> name{};
    gethostname(name.data(), name.size() - 1);
    return name.data();
}

/// Which of several processes this is, as the usual launchers tell it.
int rankHere() {
    for (const char* variable : {"SLURM_PROCID", "OMPI_COMM_WORLD_RANK", "PMI_RANK", "RANK"})
        if (const char* value = std::getenv(variable)) return std::atoi(value);
    return 0;
}

template <class Message>
Expected<Payload> asPayload(Expected<Message> message) {
    if (!message) return tl::unexpected(message.error());
    return std::move(*message);
}

/// Writes events, whole lines only, from any thread.
class Writer {
  public:
    explicit Writer(std::ostream& out) : m_out(out), m_host(hostName()), m_rank(rankHere()) {}

    void send(const std::string& id, const std::string& device, Payload payload) {
        const std::string line = encode(Event{id, m_host, m_rank, device, std::move(payload)});
        const std::lock_guard lock(m_mutex);
        m_out << line << '\n' << std::flush;
    }

  private:
    std::ostream& m_out;
    std::mutex m_mutex;
    std::string m_host;
    int m_rank;
};

/// Carries out requests, in the order in which they come, on a thread of its own.
class Worker {
  public:
    Worker(Devices& devices, Writer& writer) : m_devices(devices), m_writer(writer) {}

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
            const auto done = carryOut(request, *m_running.progress);
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

    Expected<void> carryOut(const Request& request, Progress& progress) {
        if (progress.isCancelled()) return fail("stopped", ErrorCode::Cancelled);
        if (request.kind == RequestKind::Info) {
            m_writer.send(request.id, {}, helloOf(m_devices));
            return {};
        }
        const auto device = m_devices.open(request.device);
        if (!device) return tl::unexpected(device.error());
        const auto payload = resultOf(request, **device, progress);
        if (!payload) return tl::unexpected(payload.error());
        m_writer.send(request.id, (*device)->info().id, *payload);
        return {};
    }

    Expected<Payload> resultOf(const Request& request, Device& device, Progress& progress) {
        const std::string name = device.info().id;
        Watcher watcher;
        watcher.sample = [&](const SampleMessage& sample) { m_writer.send(request.id, name, sample); };
        watcher.progress = [&](const std::string& stage, double fraction) {
            m_writer.send(request.id, name, ProgressMessage{stage, fraction});
        };
        if (request.kind == RequestKind::Check) {
            return asPayload(check(device, request.bench, watcher, progress));
        }
        watcher.progress("measuring the ceilings", 0);
        const auto ceilings = m_devices.ceilings(device, progress);
        if (!ceilings) return tl::unexpected(ceilings.error());
        const CeilingsMessage message{*ceilings, dataSheetOf(device.info().name)};
        if (request.kind == RequestKind::Ceilings) return message;
        m_writer.send(request.id, name, message);
        return asPayload(bench(device, *ceilings, request.bench, watcher, progress));
    }

  public:
    static HelloMessage helloOf(const Devices& devices) {
        return {kProtocolVersion, ORRERY_VERSION, modelIds(), devices.rows()};
    }

  private:
    Devices& m_devices;
    Writer& m_writer;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Job> m_waiting;
    Job m_running;
    bool m_ended = false;
};

} // namespace

int serve(std::istream& in, std::ostream& out) {
    Devices devices;
    Writer writer(out);
    writer.send({}, {}, Worker::helloOf(devices));
    Worker worker(devices, writer);
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
