#include "app/labs/gpu/gpu_views.h"

#include "app/labs/gpu/views/bandwidth_strip.h"
#include "app/labs/gpu/views/batch_view.h"
#include "app/labs/gpu/views/figure_table.h"
#include "app/labs/gpu/views/layer_strip.h"
#include "app/labs/gpu/views/roofline_view.h"
#include "app/labs/gpu/views/throughput_view.h"
#include "app/labs/gpu/views/tricks_view.h"
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
    , m_track(new panel::ThroughputView) {
    m_layers->setPlaceholder(tr("Layers are timed when the model has been measured"));
    m_sources->setPlaceholder(tr("No device has said anything yet"));
    m_layers->sortBy(1, true);
    m_shelf.add(kRoofline, tr("Roofline"), underBar({m_roof, m_strip}));
    m_shelf.add(kBlocks, tr("Time by layer"), m_blocks);
    m_shelf.add(kLayers, tr("Layers"), m_layers);
    m_shelf.add(kSpeed, tr("Over batch"), m_speed);
    m_shelf.add(kTricks, tr("What each trick gives"), m_tricks);
    m_shelf.add(kThroughput, tr("Throughput"), underBar({m_track}));
    m_shelf.add(kSources, tr("Devices"), m_sources);
    m_shelf.add(kLatency, tr("Latency"), m_latency);
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
}

std::vector<StageView> GpuViews::arrangement(const GpuKnobs& knobs) const {
    if (knobs.view == u"layers") return m_shelf.stage({kRoofline, kLayers, kBlocks});
    if (knobs.view == u"throughput") return m_shelf.stage({kThroughput, kSources, kLatency});
    return m_shelf.stage({kRoofline, kSpeed, kTricks, kBlocks});
}

QString GpuViews::subtitleOf(const QString& id) const {
    if (id == kRoofline) return m_roof->summary();
    if (id == kBlocks) return m_blocks->summary();
    if (id == kLayers)
        return m_roofline.layers.empty() ? QString() : tr("each timed alone, over rotating inputs");
    if (id == kSpeed) return m_speed->picture().summary;
    if (id == kTricks) return m_tricks->picture().summary;
    if (id == kThroughput) return m_track->summary();
    if (id == kLatency) return m_latency->picture().summary;
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

void GpuViews::showMoment(const runner::RunMoment& moment) {
    m_roofline = panel::rooflineOf(moment);
    m_roof->setPicture(m_roofline);
    m_roof->prepare();
    m_strip->setMinimumMargins({m_roof->naturalMargins().left(), 0, m_roof->naturalMargins().right(), 0});
    m_strip->setPicture(m_roofline);
    m_strip->setVisible(!m_strip->isEmpty());
    m_blocks->setLayers(m_roofline.layers);
    showLayers();
    m_speed->setPicture(panel::speedOverBatch(moment));
    m_latency->setPicture(panel::latencyOverBatch(moment));
    m_tricks->setPicture(panel::tricksOf(moment));
    const QString unit =
        moment.benches.empty() ? tr("items") : panel::itemsOf(moment.benches.back().first().model);
    m_track->setTrack(moment.track, unit);
    showSources(moment);
}

void GpuViews::showStatus(const panel::RunStatus& status) {
    for (const auto& bar : m_bars)
        if (bar) bar->setStatus(status);
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
    for (const LayerPoint& layer : m_roofline.layers) {
        FigureRow row{layer.category, {}};
        row.cells.push_back({layer.name, 0, -1});
        row.cells.push_back(
            figure(layer.timeUs, shortNumber(layer.timeUs * (ms ? 1e-3 : 1)), layer.timeUs / longest));
        row.cells.push_back(figure(
            layer.flopsPerS(), layer.hasMatrixFlops() ? shortNumber(layer.flopsPerS() * (tera ? 1e-12 : 1e-9))
                                                      : QStringLiteral("–")));
        row.cells.push_back(
            figure(layer.bytesPerS(), shortNumber(layer.bytesPerS() * (teraBytes ? 1e-12 : 1e-9), 2)));
        row.cells.push_back(
            figure(layer.ofRoof(), fixedNumber(100 * layer.ofRoof(), 0) + QStringLiteral(" %")));
        rows.push_back(std::move(row));
    }
    m_layers->setTable({{tr("Layer"), true, 1.75},
                        {ms ? tr("ms") : tr("µs"), false, 0.8},
                        {tera ? tr("TFLOP/s") : tr("GFLOP/s"), false, 0.95},
                        {teraBytes ? tr("TB/s") : tr("GB/s"), false, 0.7},
                        {tr("of roof"), false, 0.8}},
                       std::move(rows));
}

void GpuViews::showSources(const runner::RunMoment& moment) {
    std::vector<FigureRow> rows;
    const auto known = [](double value, const QString& unit) {
        return figure(value, value > 0 ? shortNumber(value, 4) + unit : QStringLiteral("–"));
    };
    for (std::size_t i = 0; moment.log && i < moment.rows.size(); ++i) {
        const runner::Source& source = moment.log->sources()[i];
        if (source.isSeveral()) continue;
        const runner::SourceRow& said = moment.rows[i];
        const QString name =
            QStringLiteral("%1 · %2 · %3")
                .arg(source.rank)
                .arg(QString::fromStdString(source.host), QString::fromStdString(source.device));
        rows.push_back({-1,
                        {{name, double(source.rank), -1},
                         known(said.itemsPerS, {}),
                         known(said.clockMhz, QStringLiteral(" MHz")),
                         known(said.powerW, QStringLiteral(" W")),
                         known(said.temperatureC, QStringLiteral(" °C"))}});
    }
    m_sources->setTable({{tr("Rank · host · device"), true, 2.0},
                         {tr("Items/s"), false, 1.0},
                         {tr("Clock"), false, 1.0},
                         {tr("Power"), false, 0.9},
                         {tr("Heat"), false, 0.9}},
                        std::move(rows));
}

} // namespace orrery
