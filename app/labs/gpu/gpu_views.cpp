#include "app/labs/gpu/gpu_views.h"

#include "app/labs/gpu/views/answer_view.h"
#include "app/labs/gpu/views/bandwidth_strip.h"
#include "app/labs/gpu/views/batch_view.h"
#include "app/labs/gpu/views/figure_table.h"
#include "app/labs/gpu/views/layer_strip.h"
#include "app/labs/gpu/views/queue_view.h"
#include "app/labs/gpu/views/roofline_view.h"
#include "app/labs/gpu/views/throughput_view.h"
#include "app/labs/gpu/views/timeline_view.h"
#include "app/labs/gpu/views/tricks_view.h"
#include "widgets/frame/paint.h"
#include "widgets/plot/number_format.h"

#include <QVBoxLayout>
#include <algorithm>

namespace orrery {

using panel::FigureCell;
using panel::FigureRow;
using panel::LayerPoint;

namespace {
const QString kRoofline = QStringLiteral("roofline");
const QString kBlocks = QStringLiteral("time-by-layer");
const QString kLayers = QStringLiteral("layers");
const QString kSpeed = QStringLiteral("over-batch");
const QString kTricks = QStringLiteral("tricks");
const QString kThroughput = QStringLiteral("throughput");
const QString kSources = QStringLiteral("devices");
const QString kLatency = QStringLiteral("latency");
const QString kGains = QStringLiteral("gains");
const QString kTimeline = QStringLiteral("timeline");
const QString kPadding = QStringLiteral("padding");
const QString kQueue = QStringLiteral("queue");
const QString kAnswers = QStringLiteral("answers");

/// A picture with something below it, in brief where there is little room for both.
/// Their axes begin and end at the same pixels.
class PictureOverStrip final : public QWidget, public Themed {
  public:
    PictureOverStrip(Plot* picture, panel::BandwidthStrip* strip) : m_picture(picture), m_strip(strip) {
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(4);
        column->addWidget(picture, 1);
        column->addWidget(strip);
    }
    void follow() {
        m_strip->setVisible(!m_strip->isEmpty());
        m_strip->setBrief(height() < kWhole * m_strip->heightOf(false));
        m_picture->prepare();
        const QMargins margins = m_picture->naturalMargins();
        m_strip->setMinimumMargins({margins.left(), 0, margins.right(), 0});
    }
    void setTheme(const Theme& theme) override {
        m_picture->setTheme(theme);
        m_strip->setTheme(theme);
        follow();
    }

  protected:
    void resizeEvent(QResizeEvent*) override { follow(); }

  private:
    static constexpr double kWhole = 3.7; ///< heights of the strip
    Plot* m_picture;
    panel::BandwidthStrip* m_strip;
};

FigureCell figure(double value, const QString& text, double bar = -1.0) {
    return {text, value, bar};
}
} // namespace

GpuViews::GpuViews(QObject* parent)
    : QObject(parent)
    , m_roof(new panel::RooflineView)
    , m_strip(new panel::BandwidthStrip)
    , m_blocks(new panel::LayerStrip)
    , m_layers(new panel::FigureTable)
    , m_sources(new panel::FigureTable)
    , m_speed(new panel::BatchView)
    , m_latency(new panel::BatchView)
    , m_tricks(new panel::TricksView)
    , m_gains(new panel::TricksView)
    , m_padding(new panel::TricksView)
    , m_timeline(new panel::TimelineView)
    , m_queue(new panel::QueueView)
    , m_answers(new panel::AnswerView)
    , m_track(new panel::ThroughputView) {
    m_layers->setPlaceholder(tr("Layers are timed when the model has been measured"));
    m_padding->setNothing(tr("Texts of different lengths, measured padded and packed, stand here"));
    m_sources->setPlaceholder(tr("No device has said anything yet"));
    m_layers->sortBy(1, true);
    m_shelf.add(kRoofline, tr("Roofline"), underBar({new PictureOverStrip(m_roof, m_strip)}));
    m_shelf.add(kBlocks, tr("Time by layer"), m_blocks);
    m_shelf.add(kLayers, tr("Layers"), m_layers);
    m_shelf.add(kSpeed, tr("Over batch"), m_speed);
    m_shelf.add(kTricks, tr("What each trick gives"), m_tricks);
    m_shelf.add(kThroughput, tr("Throughput"), underBar({m_track}));
    m_shelf.add(kSources, tr("Devices"), m_sources);
    m_shelf.add(kLatency, tr("Latency"), m_latency);
    m_shelf.add(kGains, tr("What each trick gives"), underBar({m_gains}));
    m_shelf.add(kTimeline, tr("Kernels of one forward"), m_timeline);
    m_shelf.add(kPadding, tr("Padded and packed"), m_padding);
    m_shelf.add(kQueue, tr("Queue"), underBar({m_queue}));
    m_shelf.add(kAnswers, tr("Questions"), underBar({m_answers}));
    link();
}

QWidget* GpuViews::underBar(std::initializer_list<QWidget*> parts) {
    auto* whole = new QWidget;
    auto* column = new QVBoxLayout(whole);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto* bar = new panel::RunBar;
    column->addWidget(bar);
    for (QWidget* part : parts)
        column->addWidget(part, part == *parts.begin() ? 1 : 0);
    connect(bar, &panel::RunBar::startRequested, this, &GpuViews::startRequested);
    connect(bar, &panel::RunBar::stopRequested, this, &GpuViews::stopRequested);
    connect(bar, &panel::RunBar::restartRequested, this, &GpuViews::restartRequested);
    connect(bar, &panel::RunBar::saveRequested, this, &GpuViews::saveRequested);
    m_bars.emplace_back(bar);
    return whole;
}

void GpuViews::link() {
    const auto both = [this](auto* view) {
        using View = std::remove_pointer_t<decltype(view)>;
        connect(view, &View::layerHovered, this, &GpuViews::hoverLayer);
        connect(view, &View::layerChosen, this, &GpuViews::chooseLayer);
    };
    both(m_roof.data());
    both(m_strip.data());
    both(m_blocks.data());
    connect(m_layers, &panel::FigureTable::rowHovered, this, &GpuViews::hoverLayer);
    connect(m_layers, &panel::FigureTable::rowChosen, this, &GpuViews::chooseLayer);
    connect(m_speed, &panel::BatchView::batchChosen, this, &GpuViews::batchChosen);
    connect(m_latency, &panel::BatchView::batchChosen, this, &GpuViews::batchChosen);
    connect(m_answers, &panel::AnswerView::pictureAsked, this, &GpuViews::pictureAsked);
    connect(m_answers, &panel::AnswerView::weightsGiven, this, &GpuViews::weightsGiven);
    connect(m_answers, &panel::AnswerView::refused, this, &GpuViews::refused);
    connect(m_queue, &panel::QueueView::loadChosen, this, &GpuViews::loadChosen);
}

std::vector<StageView> GpuViews::arrangement(const GpuKnobs& knobs) const {
    if (knobs.view == u"layers") return m_shelf.stage({kRoofline, kLayers, kBlocks});
    if (knobs.view == u"throughput") return m_shelf.stage({kThroughput, kSources, kLatency});
    if (knobs.asks()) return m_shelf.stage({kAnswers});
    if (knobs.view == u"queue") return m_shelf.stage({kQueue, kLatency, kSpeed});
    if (knobs.view == u"tricks")
        return m_shelf.stage({kGains, kTimeline, m_padding->picture().bars.empty() ? kSpeed : kPadding});
    return m_shelf.stage({kRoofline, kSpeed, kTricks, kBlocks});
}

QString GpuViews::subtitleOf(const QString& id) const {
    if (id == kRoofline) return m_roof->summary();
    if (id == kBlocks) return m_blocks->summary();
    if (id == kLayers) return m_roofline.layers.empty() ? QString() : layersInWords();
    if (id == kSpeed) return m_speed->picture().summary;
    if (id == kTricks) return m_tricks->picture().summary;
    if (id == kThroughput) return m_track->summary();
    if (id == kLatency) return m_latency->picture().summary;
    if (id == kGains) return m_gains->picture().summary;
    if (id == kTimeline) return m_timeline->picture().summary;
    if (id == kPadding) return m_padding->picture().summary;
    if (id == kQueue) return m_queue->summary();
    if (id == kAnswers) return m_answers->summary();
    return {};
}

void GpuViews::hoverLayer(int layer) {
    m_roof->setHoveredLayer(layer);
    m_strip->setHoveredLayer(layer);
    m_blocks->setHoveredLayer(layer);
    m_layers->setHovered(layer);
}

void GpuViews::chooseLayer(int layer) {
    m_chosen = layer;
    m_roof->setChosenLayer(layer);
    m_strip->setChosenLayer(layer);
    m_blocks->setChosenLayer(layer);
    m_layers->setChosen(layer);
    Q_EMIT layerChosen();
}

int GpuViews::layerInQuestion() const {
    const auto& layers = m_roofline.layers;
    if (layers.empty()) return -1;
    if (m_chosen >= 0 && m_chosen < static_cast<int>(layers.size())) return m_chosen;
    return static_cast<int>(std::ranges::max_element(layers, {}, &LayerPoint::timeUs) - layers.begin());
}

void GpuViews::showMoment(const runner::RunMoment& moment, const panel::Comparison& beside) {
    m_roofline = panel::rooflineOf(moment, beside);
    m_roof->setPicture(m_roofline);
    m_strip->setPicture(m_roofline);
    static_cast<PictureOverStrip*>(m_strip->parentWidget())->follow();
    m_blocks->setLayers(m_roofline.layers);
    showLayers();
    m_speed->setPicture(panel::speedOverBatch(moment, beside));
    m_latency->setPicture(panel::latencyOverBatch(moment, beside));
    m_tricks->setPicture(panel::tricksOf(moment));
    m_gains->setPicture(m_tricks->picture());
    const bool wasPadded = !m_padding->picture().bars.empty();
    m_padding->setPicture(panel::paddingOf(moment));
    if (wasPadded == m_padding->picture().bars.empty()) Q_EMIT otherCardsAsked();
    m_timeline->setPicture(panel::timelinesOf(moment));
    m_answers->setAnswers(moment.classes, moment.masks, moment.error);
    const QString unit =
        moment.benches.empty() ? tr("items") : panel::itemsOf(moment.benches.back().first().model);
    m_track->setTrack(moment.track, unit);
    showSources(moment);
}

void GpuViews::showKnobs(const GpuKnobs& knobs) {
    m_answers->setAsksText(knobs.asksText());
}

void GpuViews::showQueue(panel::QueuePicture picture) {
    m_queue->setPicture(std::move(picture));
}

std::vector<QueueResult> GpuViews::queue() const {
    return m_queue->picture().sweep;
}

void GpuViews::showStatus(const panel::RunStatus& status) {
    for (const auto& bar : m_bars)
        if (bar) bar->setStatus(status);
}

QString GpuViews::layersInWords() const {
    const QStringList alone{tr("each timed alone, its data fetched from memory"), tr("each timed alone")};
    const bool linked =
        std::ranges::any_of(m_roofline.layers, [](const LayerPoint& l) { return l.other >= 0; });
    if (!linked) return alone.join(kShorter);
    return QStringList{tr("last column: times as fast as %1, an item").arg(m_roofline.other->name),
                       tr("× as fast as %1").arg(m_roofline.other->name), tr("beside another run")}
        .join(kShorter);
}

// One unit a column, so that rows can be compared at a glance.
void GpuViews::showLayers() {
    double longest = 0, fastest = 0, widest = 0;
    for (const LayerPoint& layer : m_roofline.layers) {
        longest = std::max(longest, layer.timeUs), fastest = std::max(fastest, layer.flopsPerS());
        widest = std::max(widest, layer.bytesPerS());
    }
    const bool tera = fastest >= 1e12, ms = longest >= 1e4, teraBytes = widest >= 1e12;
    std::vector<FigureRow> rows;
    bool linked = false;
    for (const LayerPoint& layer : m_roofline.layers) {
        FigureRow row{layer.category, {}};
        row.cells.push_back({layer.name, 0, -1});
        row.cells.push_back(
            figure(layer.timeUs, shortNumber(layer.timeUs * (ms ? 1e-3 : 1)), layer.timeUs / longest));
        row.cells.push_back(figure(
            layer.flopsPerS(), layer.hasMatrixFlops() ? shortNumber(layer.flopsPerS() * (tera ? 1e-12 : 1e-9))
                                                      : QStringLiteral("–")));
        row.cells.push_back(
            figure(layer.bytesPerS(),
                   fixedNumber(layer.bytesPerS() * (teraBytes ? 1e-12 : 1e-9), teraBytes ? 2 : 1)));
        row.cells.push_back(
            figure(layer.ofRoof(), fixedNumber(100 * layer.ofRoof(), 0) + QStringLiteral(" %")));
        linked = linked || layer.other >= 0;
        row.cells.push_back(figure(layer.timesFaster, layer.other < 0
                                                          ? QStringLiteral("–")
                                                          : QChar(0x00D7) + shortNumber(layer.timesFaster)));
        rows.push_back(std::move(row));
    }
    std::vector<panel::FigureColumn> columns{{tr("Layer"), true},
                                             {ms ? tr("ms") : tr("µs")},
                                             {tera ? tr("TFLOP/s") : tr("GFLOP/s"), false, 1},
                                             {teraBytes ? tr("TB/s") : tr("GB/s"), false, 2},
                                             {tr("of roof")}};
    if (linked) columns.push_back({tr("faster")});
    m_layers->setTable(std::move(columns), std::move(rows));
}

// A row a device, and where there are several their sum above them.
void GpuViews::showSources(const runner::RunMoment& moment) {
    std::vector<FigureRow> rows;
    const auto known = [](double value) {
        return figure(value, value > 0 ? shortNumber(value, 3) : QStringLiteral("–"));
    };
    const auto add = [&](const FigureCell& name, const runner::SourceRow& said) {
        rows.push_back({-1,
                        {name, known(said.itemsPerS), known(said.clockMhz), known(said.powerW),
                         known(said.temperatureC)}});
    };
    std::vector<std::size_t> order;
    runner::SourceRow sum;
    for (std::size_t i = 0; moment.log && i < moment.rows.size(); ++i) {
        if (moment.log->sources()[i].isSeveral()) continue;
        order.push_back(i);
        sum.itemsPerS += moment.rows[i].itemsPerS, sum.powerW += moment.rows[i].powerW;
        sum.temperatureC = std::max(sum.temperatureC, moment.rows[i].temperatureC);
    }
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return moment.log->sources()[i].rank; });
    if (order.size() > 1) add({tr("all %1").arg(order.size()), -1, -1}, sum);
    for (const std::size_t i : order) {
        const runner::Source& source = moment.log->sources()[i];
        const QString name =
            QStringLiteral("%1 · %2 · %3")
                .arg(source.rank)
                .arg(QString::fromStdString(source.host), QString::fromStdString(source.device));
        add({name, double(source.rank), -1}, moment.rows[i]);
    }
    m_sources->setTable({{tr("Rank · host · device"), true},
                         {tr("Items/s")},
                         {tr("MHz"), false, 2},
                         {tr("W"), false, 1},
                         {tr("°C"), false, 3}},
                        std::move(rows));
}

} // namespace orrery
