#include "app/labs/gpu/gpu_lab.h"

#include "app/labs/gpu/gpu_narration.h"
#include "app/labs/gpu/published.h"
#include "app/labs/gpu/views/queue_view.h"
#include "widgets/frame/stage_layout.h"
#include "widgets/plot/number_format.h"
#include "widgets/runner/run_table.h"

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

GpuLab::GpuLab() : m_info(gpuLabInfo()), m_recordings(shippedRecordings()) {
    m_ask.setSingleShot(true);
    m_ask.setInterval(kAskAfter);
    link();
}

GpuLab::~GpuLab() {
    m_queue.cancel();
    m_reading.cancel();
    m_live.disconnect(this);
}

void GpuLab::link() {
    connect(&m_live, &LiveRun::grown, this, &GpuLab::grow);
    connect(&m_live, &LiveRun::changed, this, &GpuLab::showStatus);
    connect(&m_ask, &QTimer::timeout, this, &GpuLab::measure);
    for (const SideJob* job : {&m_queue, &m_reading})
        connect(job, &SideJob::busyChanged, this, &Lab::busyChanged);
    connect(&m_views, &GpuViews::loadChosen, this, [this](double share) {
        m_values["load"] = std::clamp(share, 0.05, 1.1);
        m_knobs = gpuKnobs(m_values, specs());
        simulate();
        Q_EMIT parametersChanged();
    });
    connect(&m_views, &GpuViews::pictureAsked, this, &GpuLab::ask);
    connect(&m_views, &GpuViews::weightsGiven, this, &GpuLab::useWeights);
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
    readCompared();
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
    return gpuParameterSpecs({m_devices, m_models, m_recordings, asksQuestions(m_values)});
}
std::vector<ParameterSpec> GpuLab::parameterSpecs() const {
    return specs();
}

void GpuLab::setParameters(const ParameterValues& values) {
    const GpuKnobs before = m_knobs;
    m_values = values;
    m_knobs = gpuKnobs(values, specs());
    m_views.showKnobs(m_knobs);
    if (m_knobs.asks() != before.asks()) Q_EMIT parameterSpecsChanged();
    if (m_knobs.view != before.view) Q_EMIT stageChanged();
    if (m_knobs.view != before.view || m_knobs.queueKey() != before.queueKey()) simulate();
    if (m_knobs.compare != before.compare || m_knobs.compareFile != before.compareFile)
        readCompared(), redraw();
    if (!m_knobs.isLive() && before.isLive()) {
        m_live.stop(), replay({.runAhead = true, .share = 1.0});
    } else if (m_knobs.isLive() && m_knobs.processKey() != before.processKey()) {
        startLive();
    } else if (m_knobs.asks()) {
        askAgain(before);
    } else if (m_knobs.isLive() && m_knobs.requestKey() != before.requestKey()) {
        m_live.isAlive() ? m_ask.start() : startLive();
    } else if (m_live.isAlive() && before.asks() && m_measured.requestKey() != m_knobs.requestKey()) {
        m_ask.start(); // it was there for questions, or the questions were about another model
    }
    showStatus();
}

// A sentence that was typed is a question, and so is the picture once more to another model.
void GpuLab::askAgain(const GpuKnobs& before) {
    if (m_knobs.askKey() == before.askKey()) return;
    if (!m_knobs.asksText()) {
        if (!m_picture.isNull()) ask(m_picture);
    } else if (m_live.isAlive() || m_knobs.text != before.text || !m_knobs.bench.weights.empty())
        ask({});
}

void GpuLab::useWeights(const QString& path) {
    ParameterValues values = m_values;
    values["weights"] = path.toStdString();
    Q_EMIT valuesEdited(values, "weights");
}

// --- the run beside this one ---

void GpuLab::readCompared() {
    const QString path = m_knobs.comparedPath();
    if (path == m_comparedPath) return;
    m_comparedPath = path;
    m_compared.reset();
    if (path.isEmpty()) return m_reading.cancel();
    m_reading.submit([this, path](Progress&, const SideJob::Deliver& deliver) {
        auto read =
            runner::readRunFile(path).and_then([](const auto& table) { return runner::runOfTable(*table); });
        if (!read) {
            const QString why = QString::fromStdString(read.error().message);
            return deliver([this, why] { Q_EMIT failed(why); });
        }
        const auto log = std::make_shared<const runner::RunLog>(*std::move(read));
        const auto whole = std::make_shared<const runner::RunMoment>(
            runner::momentOf(log, static_cast<std::int64_t>(log->size())));
        deliver([this, path, whole] {
            if (path != m_comparedPath) return;
            m_compared = whole;
            redraw();
        });
    });
}

panel::Comparison GpuLab::comparison() const {
    using Kind = panel::Comparison::Kind;
    if (m_knobs.compare == u"none") return {};
    return m_knobs.compare == u"earlier" ? panel::Comparison{Kind::Earlier}
                                         : panel::Comparison{Kind::Recorded, m_compared.get()};
}

void GpuLab::redraw() {
    if (!m_moment.log) return;
    m_views.showMoment(m_moment, comparison());
    narrate();
    Q_EMIT subtitlesChanged();
    Q_EMIT dataWordsChanged();
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
    std::vector<gpu::Request> requests = m_knobs.asks() ? std::vector<gpu::Request>() : requestsOf(m_knobs);
    if (m_knobs.asks() && (m_knobs.asksText() || !m_picture.isNull()))
        requests.push_back(questionOf(m_knobs, m_knobs.asksText() ? QImage() : m_picture));
    m_measured = m_knobs;
    if (m_knobs.asks()) m_measured.bench.batch = 0; // none
    m_live.start(argvOf(m_knobs), std::move(requests));
}

void GpuLab::measure() {
    if (!m_live.isAlive() || m_knobs.asks()) return;
    m_measured = m_knobs;
    m_live.ask(requestsOf(m_knobs));
}

// A picture, or the text where there is none. A process that is not there is started for it.
void GpuLab::ask(const QImage& picture) {
    if (!picture.isNull()) m_picture = picture;
    gpu::Request question = questionOf(m_knobs, picture);
    if (m_live.isAlive()) return m_live.also(std::move(question));
    goLive();
    std::vector<gpu::Request> only;
    only.push_back(std::move(question));
    m_measured.bench.batch = 0;
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
    redraw();
    simulate();
    showStatus();
}

void GpuLab::narrate() {
    m_narration = narrateGpu(m_moment, m_views.roofline(), m_views.layerInQuestion());
    Q_EMIT narrationChanged();
}

void GpuLab::waitForViews() {
    m_runs.session()->waitUntilIdle();
    if (const auto snapshot = m_runs.session()->latestSnapshot()) show(snapshot);
    m_queue.wait();
    m_reading.wait();
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

void GpuLab::highlightMark(const QString& mark) {
    m_views.hoverLayer(mark == u"layer" ? m_views.layerInQuestion() : -1);
}

} // namespace orrery
