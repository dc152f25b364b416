#include "app/labs/gpu/gpu_lab.h"

#include "app/labs/gpu/gpu_narration.h"
#include "app/labs/gpu/published.h"
#include "app/labs/gpu/views/queue_view.h"
#include "widgets/frame/stage_layout.h"
#include "widgets/plot/number_format.h"
#include "widgets/runner/run_table.h"

#include <QDate>
#include <QFileDialog>
#include <QSaveFile>
#include <QSysInfo>
#include <algorithm>

namespace orrery {

namespace {

constexpr int kAskAfter = 400; ///< ms without another turn of a knob

Expected<void> usableForGpu(const data::Dataset& dataset) {
    const auto log = runner::runOfTable(*dataset.table);
    return log ? Expected<void>() : tl::unexpected(log.error());
}

Expected<GpuRunSolver> solverOf(const data::Table& table) {
    auto log = runner::runOfTable(table);
    if (!log) return tl::unexpected(log.error());
    return GpuRunSolver(gpuRunOf(std::make_shared<const runner::RunLog>(*std::move(log))));
}

} // namespace

LabInfo gpuLabInfo() {
    return {.id = QStringLiteral("gpu"),
            .title = QStringLiteral("GPU roofline"),
            .category = QStringLiteral("Machines"),
            .summary = QStringLiteral(
                "How fast ResNet and BERT run, layer by layer, against what the device allows."),
            .icon = Icon::Roofline,
            .startScene = QStringLiteral("gpu-live"),
            .make = [] { return std::make_unique<GpuLab>(); },
            .usable = usableForGpu};
}

GpuLab::GpuLab() : m_info(gpuLabInfo()) {
    m_ask.setSingleShot(true);
    m_ask.setInterval(kAskAfter);
    link();
}

GpuLab::~GpuLab() {
    m_queue.cancel();
    m_live.disconnect(this);
}

void GpuLab::link() {
    connect(&m_live, &LiveRun::grown, this, &GpuLab::grow);
    connect(&m_live, &LiveRun::changed, this, &GpuLab::showStatus);
    connect(&m_ask, &QTimer::timeout, this, [this] {
        if (m_live.isAlive()) m_live.ask(requestsOf(m_knobs));
    });
    connect(&m_queue, &SideJob::busyChanged, this, &Lab::busyChanged);
    connect(&m_views, &GpuViews::loadChosen, this, [this](double share) {
        m_values["load"] = std::clamp(share, 0.05, 1.1);
        m_knobs = gpuKnobs(m_values, specs());
        simulate();
        Q_EMIT parametersChanged();
    });
    connect(&m_views, &GpuViews::pictureAsked, this, &GpuLab::ask);
    connect(&m_views, &GpuViews::refused, this, &Lab::failed);
    connect(&m_views, &GpuViews::otherCardsAsked, this, [this] {
        if (m_knobs.view == u"tricks") Q_EMIT stageChanged();
    });
    connect(&m_views, &GpuViews::layerChosen, this, &GpuLab::narrate);
    connect(&m_views, &GpuViews::batchChosen, this, &GpuLab::seekToBatch);
    connect(&m_views, &GpuViews::stopRequested, this, [this] { m_live.stop(); });
    connect(&m_views, &GpuViews::restartRequested, this, [this] { m_live.restart(); });
    connect(&m_views, &GpuViews::saveRequested, this, &GpuLab::save);
    connect(&m_views, &GpuViews::startRequested, this, [this] {
        goLive();
        startLive();
    });
}

// --- data and parameters ---

// A scene that is to play starts its process; the gallery and headless pictures show the recording that is
// there.
Expected<void> GpuLab::open(std::shared_ptr<const data::Dataset> dataset, const ParameterValues& values,
                            quint64 seed, SessionStart start) {
    if (auto usable = usableForGpu(*dataset); !usable) return usable;
    m_live.stop();
    m_dataset = std::move(dataset);
    m_seed = seed;
    m_values = values;
    m_knobs = gpuKnobs(values, specs());
    m_views.showKnobs(m_knobs);
    replay(start);
    if (m_knobs.isLive() && start.play) startLive();
    showStatus();
    Q_EMIT stageChanged();
    return {};
}

Expected<void> GpuLab::setDataset(std::shared_ptr<const data::Dataset> dataset) {
    if (auto usable = usableForGpu(*dataset); !usable) return usable;
    m_live.stop();
    m_dataset = std::move(dataset);
    m_values["source"] = std::string("recorded");
    m_knobs = gpuKnobs(m_values, specs());
    replay({.runAhead = true, .index = 0, .play = true});
    Q_EMIT parametersChanged();
    return {};
}

void GpuLab::replay(SessionStart start) {
    start.runAhead = true;
    m_runs.start([dataset = m_dataset] { return solverOf(*dataset->table); }, start);
}

std::vector<ParameterSpec> GpuLab::specs() const {
    return gpuParameterSpecs(m_devices, m_models);
}
std::vector<ParameterSpec> GpuLab::parameterSpecs() const {
    return specs();
}

void GpuLab::setParameters(const ParameterValues& values) {
    const GpuKnobs before = m_knobs;
    m_values = values;
    m_knobs = gpuKnobs(values, specs());
    m_views.showKnobs(m_knobs);
    if (m_knobs.view != before.view) Q_EMIT stageChanged();
    if (m_knobs.view != before.view || m_knobs.queueKey() != before.queueKey()) simulate();
    if (!m_knobs.isLive()) {
        if (before.isLive()) m_live.stop(), replay({.runAhead = true, .share = 1.0});
    } else if (m_knobs.processKey() != before.processKey()) {
        startLive();
    } else if (m_knobs.view == u"ask") {
        if (m_knobs.askKey() != before.askKey() && m_knobs.asksText()) ask({});
    } else if (m_knobs.requestKey() != before.requestKey()) {
        m_live.isAlive() ? m_ask.start() : startLive();
    }
    showStatus();
}

QString GpuLab::origin() const {
    if (!run()) return m_dataset ? QString::fromStdString(m_dataset->table->name) : QString();
    const runner::RunLog& log = *run()->log;
    QStringList words;
    if (!log.recording.device.empty())
        words << QString::fromStdString(log.recording.device);
    else if (!log.sources().empty())
        words << QString::fromStdString(log.deviceName(log.sources().front()));
    if (!log.recording.date.empty()) words << QString::fromStdString(log.recording.date);
    if (words.isEmpty() || words.front().isEmpty()) words = {QString::fromStdString(log.recording.title)};
    return words.join(QStringLiteral(" · "));
}

QString GpuLab::dataInWords() const {
    QStringList words;
    if (m_views.roofline().model) words << m_views.roofline().title;
    if (const QString from = origin(); !from.isEmpty()) words << from;
    words << (run() && run()->log->isLive ? tr("live") : tr("recorded"));
    return words.join(QStringLiteral(" · "));
}

// --- the run ---

void GpuLab::startLive() {
    m_ask.stop();
    m_live.start(argvOf(m_knobs), requestsOf(m_knobs));
}

// A picture, or the text where there is none. A process that is not there is started for it.
void GpuLab::ask(const QImage& picture) {
    gpu::Request question = questionOf(m_knobs, picture);
    if (m_live.isAlive()) return m_live.also(std::move(question));
    goLive();
    std::vector<gpu::Request> only;
    only.push_back(std::move(question));
    m_live.start(argvOf(m_knobs), std::move(only));
}

void GpuLab::goLive() {
    if (m_knobs.isLive()) return;
    m_values["source"] = std::string("here");
    m_knobs = gpuKnobs(m_values, specs());
    Q_EMIT parametersChanged();
}

// A longer log under the same time: at the end means to follow.
void GpuLab::grow(const runner::RunPointer& log) {
    if (!m_knobs.isLive()) return;
    SessionStart start{.runAhead = true, .share = 1.0};
    if (const auto& snapshot = m_runs.snapshot(); snapshot && run() && run()->log->isLive) {
        const TransportState& t = snapshot->transport;
        if (t.index < t.furthest) start.share.reset(), start.index = t.index, start.play = t.playing;
    }
    m_runs.start([log]() -> Expected<GpuRunSolver> { return GpuRunSolver(gpuRunOf(log)); }, start);
    const runner::RunMoment whole = runner::momentOf(log, static_cast<std::int64_t>(log->size()));
    if (whole.models == m_models && whole.devices.size() == m_devices.size()) return;
    m_devices = whole.devices, m_models = whole.models;
    Q_EMIT parameterSpecsChanged();
}

void GpuLab::show(const std::shared_ptr<const SnapshotBase>& base) {
    const auto news = m_runs.take(base);
    if (news.refusal) Q_EMIT failed(QString::fromStdString(news.refusal->message));
    if (!news.isShown) return;
    const std::int64_t index = m_runs.snapshot()->state->taken;
    if (m_moment.log == run()->log && m_moment.index == index) return;
    m_moment = runner::momentOf(run()->log, index);
    m_views.showMoment(m_moment);
    simulate();
    narrate();
    showStatus();
    Q_EMIT subtitlesChanged();
    Q_EMIT dataWordsChanged();
}

void GpuLab::narrate() {
    m_narration = narrateGpu(m_moment, m_views.roofline(), m_views.layerInQuestion());
    Q_EMIT narrationChanged();
}

void GpuLab::waitForViews() {
    m_runs.session()->waitUntilIdle();
    if (const auto snapshot = m_runs.session()->latestSnapshot()) show(snapshot);
    m_queue.wait();
}

// Only while it is looked at.
void GpuLab::simulate() {
    if (m_knobs.view != u"queue") return;
    ServiceTimes times(panel::latenciesOf(m_moment));
    if (times.isEmpty()) return m_views.showQueue({});
    QueueOptions options{.maxBatch = std::min(m_knobs.maxBatch, times.largestBatch()),
                         .maxWaitS = m_knobs.maxWaitMs * 1e-3,
                         .seed = m_seed};
    options.arrivalsPerS = m_knobs.load * times.capacity(options.maxBatch);
    const double limit = panel::serverLimitMs(m_moment.benches.back().first().model);
    m_queue.submit([this, times, options, limit](Progress& progress, const SideJob::Deliver& deliver) {
        panel::QueuePicture picture{sweepQueue(times, options, progress), simulateQueue(times, options),
                                    times.capacity(options.maxBatch), limit};
        deliver([this, picture = std::move(picture)] {
            m_views.showQueue(picture);
            Q_EMIT subtitlesChanged();
        });
    });
}

QString GpuLab::timeLabel(const TransportState& transport) const {
    QString label = tr("event %1 of %2").arg(transport.index).arg(transport.furthest);
    if (!m_moment.stage.empty()) label += QStringLiteral(" · ") + QString::fromStdString(m_moment.stage);
    return label;
}

// To the moment at which this batch had been measured.
void GpuLab::seekToBatch(qint64 batch) {
    if (!run()) return;
    const runner::RunLog& log = *run()->log;
    for (std::size_t i = log.size(); i-- > 0;)
        if (const auto* bench = std::get_if<gpu::BenchMessage>(&log.at(i).payload);
            bench && bench->batch == batch && !bench->layers.empty())
            return m_runs.session()->post(command::Seek{static_cast<std::int64_t>(i) + 1, false});
}

// --- what is seen ---

Arrangement GpuLab::arrangement() const {
    const bool hasStrip = m_knobs.view == u"roofline" || m_knobs.view == u"layers";
    return hasStrip ? Arrangement::MainOverStrip : Arrangement::MainAndSide;
}

panel::RunStatus GpuLab::status() const {
    if (m_knobs.isLive()) return liveStatus();
    panel::RunStatus status;
    status.sentence = tr("Recorded: %1").arg(origin());
    if (run() && !run()->log->recording.note.empty())
        status.logTail = QString::fromStdString(run()->log->recording.note);
    status.canStart = true;
    return status;
}

panel::RunStatus GpuLab::liveStatus() const {
    using Kind = panel::RunStatus::Kind;
    using State = runner::RunnerProcess::State;
    const runner::RunnerProcess& process = m_live.process();
    panel::RunStatus status;
    status.logTail = process.logTail();
    status.canSave = m_live.log().size() > 0;
    status.canStop = process.isAlive();
    status.canStart = process.state() == State::Idle;
    status.canRestart = process.state() == State::Ended;
    status.kind = process.state() == State::Ended ? Kind::Ended
                  : m_live.waiting() > 0          ? Kind::Running
                                                  : Kind::Waiting;
    if (process.state() == State::Idle) status.kind = Kind::Recorded;
    const QString command = process.argv().join(u' ');
    if (!process.sentence().isEmpty()) {
        status.sentence = process.sentence();
        const QString last = process.logTail().section(u'\n', -1);
        if (process.state() == State::Ended && !last.isEmpty()) status.sentence += u' ' + last;
    } else if (process.state() == State::Starting)
        status.sentence = tr("Starting %1").arg(command);
    else if (process.state() == State::Idle)
        status.sentence = run() && run()->log->isLive ? tr("Stopped") : tr("Recorded: %1").arg(origin());
    else if (m_live.waiting() > 0)
        status.sentence = m_live.waiting() == 1 ? tr("Running, the last request")
                                                : tr("Running, %1 requests to go").arg(m_live.waiting());
    else
        status.sentence = tr("All is measured; turn a knob and it is measured again");
    return status;
}

void GpuLab::showStatus() {
    m_views.showStatus(status());
}

void GpuLab::highlightMark(const QString& mark) {
    m_views.hoverLayer(mark == u"layer" ? m_views.layerInQuestion() : -1);
}

QString GpuLab::resultAsCsv() const {
    QString csv = QStringLiteral("layer,stage,kind,flops,bytes,time_us,attainable_us,bound\n");
    for (const panel::LayerPoint& layer : m_views.roofline().layers)
        csv += QStringLiteral("%1,%2,%3,%4,%5,%6,%7,%8\n")
                   .arg(layer.name, layer.stage, layer.kind)
                   .arg(layer.flops, 0, 'g', 12)
                   .arg(layer.bytes, 0, 'g', 12)
                   .arg(layer.timeUs, 0, 'g', 8)
                   .arg(layer.attainableUs, 0, 'g', 8)
                   .arg(layer.byMemory ? QStringLiteral("memory") : QStringLiteral("compute"));
    return csv;
}

void GpuLab::save() {
    auto* dialog = new QFileDialog(nullptr, tr("Save run"), {}, tr("Run of orrery-gpu (*.jsonl)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("jsonl"));
    runner::RunLog log = m_live.log();
    log.recording.device = log.sources().empty() ? std::string() : log.deviceName(log.sources().front());
    log.recording.date = QDate::currentDate().toString(Qt::ISODate).toStdString();
    connect(dialog, &QFileDialog::fileSelected, this, [this, log](const QString& path) {
        QSaveFile file(path);
        const QByteArray lines = QByteArray::fromStdString(runner::toLines(log));
        if (!file.open(QIODevice::WriteOnly) || file.write(lines) != lines.size() || !file.commit())
            Q_EMIT failed(tr("%1: %2").arg(path, file.errorString()));
    });
    dialog->open();
}

} // namespace orrery
