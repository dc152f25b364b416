#include "app/labs/gpu/live_run.h"

#include <algorithm>

namespace orrery {

namespace {
constexpr int kPublishEvery = 100; ///< ms
}

LiveRun::LiveRun(QObject* parent) : QObject(parent) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(kPublishEvery);
    connect(&m_soon, &QTimer::timeout, this, &LiveRun::publish);
    connect(&m_process, &runner::RunnerProcess::eventReceived, this, &LiveRun::take);
    connect(&m_process, &runner::RunnerProcess::stateChanged, this, [this] {
        if (!m_process.isAlive() && m_soon.isActive()) publish(); // the last words are not to be waited for
        Q_EMIT changed();
    });
}

void LiveRun::start(const QStringList& argv, std::vector<gpu::Request> requests) {
    m_log = {};
    m_log.isLive = true;
    m_open.clear();
    m_process.start(argv);
    for (gpu::Request& request : requests)
        send(std::move(request));
    Q_EMIT changed();
}

void LiveRun::ask(std::vector<gpu::Request> requests) {
    for (const gpu::Request& open : m_open)
        m_process.send({{}, gpu::RequestKind::Cancel, {}, {}, open.id});
    m_open.clear();
    for (gpu::Request& request : requests)
        send(std::move(request));
    Q_EMIT changed();
}

void LiveRun::also(gpu::Request request) {
    send(std::move(request));
    Q_EMIT changed();
}

void LiveRun::restart() {
    std::vector<gpu::Request> open = std::exchange(m_open, {});
    m_process.restart();
    for (gpu::Request& request : open)
        send(std::move(request));
    Q_EMIT changed();
}

void LiveRun::stop() {
    for (const gpu::Request& open : m_open)
        m_process.send({{}, gpu::RequestKind::Cancel, {}, {}, open.id});
    m_open.clear();
    m_process.stop();
    Q_EMIT changed();
}

// An id is used once: what a dead process has said about it stays apart from what the next one says.
void LiveRun::send(gpu::Request request) {
    request.id = std::to_string(++m_lastId);
    m_process.send(request);
    m_open.push_back(std::move(request));
}

void LiveRun::take(const gpu::Event& event) {
    m_log.append(event);
    if (std::holds_alternative<gpu::DoneMessage>(event.payload)) {
        std::erase_if(m_open, [&](const gpu::Request& r) { return r.id == event.id; });
        Q_EMIT changed();
    }
    if (!m_soon.isActive()) m_soon.start();
}

void LiveRun::publish() {
    m_soon.stop();
    Q_EMIT grown(std::make_shared<const runner::RunLog>(m_log));
}

} // namespace orrery
