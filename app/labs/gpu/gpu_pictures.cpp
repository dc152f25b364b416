#include "app/labs/gpu/gpu_pictures.h"

#include "app/labs/gpu/gpu_comparison.h"
#include "app/labs/gpu/published.h"
#include "widgets/frame/paint.h"
#include "widgets/plot/number_format.h"

#include <QObject>
#include <algorithm>
#include <array>
#include <map>

namespace orrery::panel {

namespace {

using runner::BenchPoint;
using runner::RunMoment;

QString text(const std::string& words) {
    return QString::fromStdString(words);
}

bool has(const std::string& kind, const char* word) {
    return kind.find(word) != std::string::npos;
}

LayerPoint layerOf(const gpu::LayerMessage& m, double sum) {
    return {.name = text(m.name),
            .stage = text(m.stage),
            .kind = labelOfKind(m.kind),
            .method = text(m.method),
            .category = categoryOfKind(m.kind),
            .flops = m.flops,
            .bytes = m.bytes,
            .timeUs = m.timeUs,
            .attainableUs = m.attainableUs,
            .share = sum > 0 ? m.timeUs / sum : 0,
            .byMemory = m.bound == "memory"};
}

/// The newest measurement of each batch, ascending.
std::map<std::int64_t, const BenchPoint*> seriesOf(const RunMoment& moment, const BenchPoint& focus) {
    std::map<std::int64_t, const BenchPoint*> series;
    for (const BenchPoint& point : moment.benches)
        if (runner::sameSeries(point, focus)) series[point.batch] = &point;
    return series;
}

/// Whose series stands over the batch: the point in focus; before there is one, the newest.
const BenchPoint* seriesFocus(const RunMoment& moment) {
    if (const BenchPoint* focus = moment.focus()) return focus;
    return moment.benches.empty() ? nullptr : &moment.benches.back();
}

std::optional<ModelPoint> modelPoint(const BenchPoint& point) {
    double flops = 0, bytes = 0;
    for (const gpu::LayerMessage& layer : point.first().layers)
        flops += layer.flops, bytes += layer.bytes;
    if (bytes <= 0) return std::nullopt;
    const int devices = std::max(1, static_cast<int>(point.first().devices.size()));
    return ModelPoint{point.batch, flops / bytes, point.first().flopsPerS / devices, devices};
}

LabelledLine ownLine(const std::map<std::int64_t, const BenchPoint*>& series, const QString& name,
                     int category, const std::function<double(const BenchPoint&)>& value) {
    LabelledLine line{.name = name, .category = category, .everyPoint = true};
    for (const auto& [batch, point] : series)
        if (const double y = value(*point); y > 0)
            line.x.push_back(static_cast<double>(batch)), line.y.push_back(y);
    return line;
}

QString scaled(double value, const std::array<const char*, 4>& units) {
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < units.size())
        value /= 1000, ++unit;
    return shortNumber(value) + kThinSpace + QString::fromUtf8(units[unit]);
}

/// The order in which a device takes up its tricks; what is not listed comes after, as it was measured.
constexpr std::array kTricks{std::pair{"naive", "Naive"},   std::pair{"nhwc", "NHWC"},
                             std::pair{"folded", "Folded"}, std::pair{"attention", "Attention"},
                             std::pair{"fused", "Fused"},   std::pair{"graph", "Graph"}};

std::size_t rankOf(const std::string& variant) {
    const auto found = std::ranges::find_if(kTricks, [&](const auto& t) { return variant == t.first; });
    return static_cast<std::size_t>(found - kTricks.begin());
}

} // namespace

int categoryOfKind(const std::string& kind) {
    if (has(kind, "1x1") || kind == "linear") return 0;
    if (has(kind, "3x3") || kind == "attention") return 1;
    if (kind == "norm") return 2;
    if (kind == "pool") return 3;
    if (has(kind, "convolution") || kind == "embedding") return 4;
    return 5;
}

QString labelOfKind(const std::string& kind) {
    if (kind == "linear") return QObject::tr("matrix product");
    if (kind == "norm") return QObject::tr("LayerNorm");
    if (kind == "pool") return QObject::tr("pooling");
    if (!kind.starts_with("convolution ")) return text(kind);
    return QObject::tr("%1 convolution").arg(text(kind.substr(12)).replace(u'x', QChar(0x00D7)));
}

QString trickName(const std::string& variant) {
    const std::size_t rank = rankOf(variant);
    return rank < kTricks.size() ? QString::fromUtf8(kTricks[rank].second) : text(variant);
}

QString modelTitle(const std::string& model) {
    if (model == "resnet50") return QStringLiteral("ResNet-50");
    if (model == "resnet101") return QStringLiteral("ResNet-101");
    if (model == "bert-base") return QStringLiteral("BERT-Base");
    if (model == "bert-large") return QStringLiteral("BERT-Large");
    return text(model);
}

QString itemsOf(const std::string& model) {
    return has(model, "bert") ? QStringLiteral("seq") : QStringLiteral("img");
}

QString flopsInWords(double flopsPerS) {
    return scaled(flopsPerS * 1e-6, {"MFLOP/s", "GFLOP/s", "TFLOP/s", "PFLOP/s"});
}
QString bytesInWords(double bytesPerS) {
    return scaled(bytesPerS * 1e-6, {"MB/s", "GB/s", "TB/s", "PB/s"});
}
QString timeInWords(double microseconds) {
    return scaled(microseconds, {"µs", "ms", "s", "ks"});
}

int RooflinePicture::aboveRoof() const {
    return static_cast<int>(std::ranges::count_if(layers, &LayerPoint::isAboveRoof));
}

namespace {

RooflinePicture pictureOf(const RunMoment& moment, const BenchPoint* focus) {
    RooflinePicture picture;
    const int source = focus ? focus->parts.front().source : 0;
    if (const gpu::CeilingsMessage* ceilings = moment.ceilingsOf(source))
        picture.ceilings = ceilings->ceilings, picture.sheet = ceilings->sheet;
    if (!focus) return picture;
    const gpu::BenchMessage& bench = focus->first();
    double sum = 0;
    for (const gpu::LayerMessage& layer : bench.layers)
        sum += layer.timeUs;
    for (const gpu::LayerMessage& layer : bench.layers)
        picture.layers.push_back(layerOf(layer, sum));
    picture.model = modelPoint(*focus);
    for (const auto& [batch, point] : seriesOf(moment, *focus))
        if (const auto at = modelPoint(*point)) picture.trail.push_back(*at);
    picture.title = QObject::tr("%1 · batch %2 · %3")
                        .arg(modelTitle(bench.model))
                        .arg(bench.batch)
                        .arg(text(bench.precision));
    if (bench.sequenceLength > 0) picture.title += QObject::tr(" · S = %1").arg(bench.sequenceLength);
    return picture;
}

} // namespace

RooflinePicture rooflineOf(const RunMoment& moment, const Comparison& beside) {
    const BenchPoint* focus = moment.focus();
    RooflinePicture picture = pictureOf(moment, focus);
    const Beside other = besideOf(moment, focus, beside);
    if (!other.point) return picture;
    RooflinePicture ghost = pictureOf(*other.moment, other.point);
    ghost.name = other.name;
    if (focus && focus->first().model == other.point->first().model) linkLayers(picture, ghost);
    picture.other = std::make_shared<const RooflinePicture>(std::move(ghost));
    return picture;
}

namespace {

/// The series of the run beside this one.
std::optional<LabelledLine> ghostLine(const RunMoment& moment, const BenchPoint* focus,
                                      const Comparison& beside, const QString& before,
                                      const std::function<double(const BenchPoint&)>& value) {
    const Beside other = besideOf(moment, focus, beside);
    if (!other.point) return std::nullopt;
    LabelledLine line = ownLine(seriesOf(*other.moment, *other.point), before + other.name, -1, value);
    line.everyPoint = false;
    return line.x.empty() ? std::nullopt : std::optional(std::move(line));
}

} // namespace

BatchPicture speedOverBatch(const RunMoment& moment, const Comparison& beside) {
    BatchPicture picture{.vertical = QObject::tr("TFLOP/s")};
    const BenchPoint* focus = seriesFocus(moment);
    if (!focus) return picture;
    // Published figures are of one card.
    const std::size_t devices = std::max(focus->parts.size(), focus->first().devices.size());
    LabelledLine own =
        ownLine(seriesOf(moment, *focus),
                devices > 1 ? QObject::tr("measured, %1 devices").arg(devices) : QObject::tr("measured"), 0,
                [](const BenchPoint& p) { return p.flopsPerS * 1e-12; });
    own.isNow = true;
    const double most = own.y.empty() ? 0 : *std::ranges::max_element(own.y);
    const auto others = publishedSpeeds(focus->first().model, focus->first().sequenceLength);
    double theirs = 0;
    for (const LabelledLine& line : others)
        theirs = std::max(theirs, *std::ranges::max_element(line.y));
    picture.lines = others;
    if (auto line =
            ghostLine(moment, focus, beside, {}, [](const BenchPoint& p) { return p.flopsPerS * 1e-12; }))
        theirs = std::max(theirs, *std::ranges::max_element(line->y)),
        picture.lines.push_back(*std::move(line));
    picture.logarithmic = theirs > 20 * most || (theirs > 0 && most > 20 * theirs);
    picture.lines.push_back(std::move(own));
    picture.summary = others.empty() ? QObject::tr("measured") : QObject::tr("dashed: A100, published");
    return picture;
}

BatchPicture latencyOverBatch(const RunMoment& moment, const Comparison& beside) {
    BatchPicture picture{.vertical = QObject::tr("latency, ms"), .logarithmic = true};
    if (moment.benches.empty()) return picture;
    const BenchPoint& focus = *seriesFocus(moment);
    const auto series = seriesOf(moment, focus);
    for (const char* percentile : {"p50", "p99"})
        if (auto line = ghostLine(moment, &focus, beside, QString::fromUtf8(percentile) + QObject::tr(", "),
                                  [&](const BenchPoint& p) { return p.latencyUs(percentile) * 1e-3; }))
            picture.lines.push_back(*std::move(line));
    int category = 0;
    for (const char* percentile : {"p50", "p90", "p99"}) {
        LabelledLine line = ownLine(series, QString::fromUtf8(percentile), category,
                                    [&](const BenchPoint& p) { return p.latencyUs(percentile) * 1e-3; });
        category += category == 0 ? 2 : 1;
        if (!line.x.empty()) picture.lines.push_back(std::move(line));
    }
    if (const double limit = serverLimitMs(focus.first().model); limit > 0)
        picture.limits.push_back({limit, QObject::tr("MLPerf server limit %1 ms").arg(limit)});
    picture.summary = QObject::tr("of one forward");
    return picture;
}

std::vector<std::pair<std::int64_t, double>> latenciesOf(const RunMoment& moment) {
    std::vector<std::pair<std::int64_t, double>> latencies;
    if (moment.benches.empty()) return latencies;
    for (const auto& [batch, point] : seriesOf(moment, *seriesFocus(moment)))
        if (const double us = point->latencyUs("p50"); us > 0) latencies.emplace_back(batch, us * 1e-6);
    return latencies;
}

namespace {

/// The newest measurement of each variant at a batch, in the order of the tricks.
std::vector<const BenchPoint*> variantsAt(const RunMoment& moment, const gpu::BenchMessage& like,
                                          std::int64_t batch) {
    std::vector<const BenchPoint*> points;
    for (const BenchPoint& point : moment.benches) {
        const gpu::BenchMessage& m = point.first();
        if (m.model != like.model || m.sequenceLength != like.sequenceLength || point.batch != batch)
            continue;
        std::erase_if(points, [&](const BenchPoint* p) { return p->first().variant == m.variant; });
        points.push_back(&point);
    }
    std::ranges::stable_sort(points, {}, [](const BenchPoint* p) { return rankOf(p->first().variant); });
    return points;
}

} // namespace

namespace {

QString measuredAt(std::int64_t batch) {
    return QStringList{QObject::tr("batch %1, measured").arg(batch), QObject::tr("batch %1").arg(batch)}.join(
        kShorter);
}

TricksPicture picturedWaterfall(const gpu::WaterfallMessage& m) {
    TricksPicture picture;
    for (const gpu::WaterfallStep& step : m.steps)
        if (step.skipped.empty())
            picture.bars.push_back({step.packed ? QObject::tr("Packed") : trickName(step.variant),
                                    step.itemsPerS, text(step.change)});
    picture.unit = itemsOf(m.model) + QStringLiteral("/s");
    picture.summary = measuredAt(m.batch);
    return picture;
}

} // namespace

TricksPicture tricksOf(const RunMoment& moment) {
    TricksPicture picture;
    if (moment.waterfall) return picturedWaterfall(*moment.waterfall);
    if (moment.benches.empty()) return picture;
    const BenchPoint* focus = moment.focus() ? moment.focus() : &moment.benches.back();
    const gpu::BenchMessage& bench = focus->first();
    // The batch in focus, or the newest one at which more variants were measured.
    std::vector<const BenchPoint*> points = variantsAt(moment, bench, focus->batch);
    for (const BenchPoint& other : moment.benches)
        if (auto more = variantsAt(moment, bench, other.batch); more.size() > points.size())
            points = std::move(more);
    for (const BenchPoint* point : points) {
        picture.bars.push_back({trickName(point->first().variant), point->itemsPerS, {}});
    }
    picture.unit = itemsOf(bench.model) + QStringLiteral("/s");
    picture.summary = measuredAt(points.front()->batch);
    return picture;
}

TricksPicture paddingOf(const RunMoment& moment) {
    TricksPicture picture;
    const BenchPoint *padded = nullptr, *packed = nullptr;
    for (const BenchPoint& point : moment.benches) {
        const gpu::BenchMessage& m = point.first();
        if (m.rows <= 0 || m.tokens <= 0) continue;
        if (m.packed)
            packed = &point;
        else if (m.rows > m.tokens)
            padded = &point;
    }
    if (!padded || !packed || padded->first().model != packed->first().model ||
        padded->batch != packed->batch)
        return picture;
    const auto tokens = [](const BenchPoint& point) {
        return point.itemsPerS * double(point.first().tokens) / double(point.first().batch);
    };
    const gpu::BenchMessage& m = padded->first();
    picture.bars = {
        {QObject::tr("Padded"), tokens(*padded), QObject::tr("every sequence filled up to the longest")},
        {QObject::tr("Packed"), tokens(*packed), QObject::tr("the rows of padding left out")}};
    picture.unit = QObject::tr("tokens/s");
    const QString share = fixedNumber(100.0 * double(m.rows - m.tokens) / double(m.rows), 0);
    picture.summary = QStringList{QObject::tr("%1 % of the rows are padding").arg(share),
                                  QObject::tr("%1 % padding").arg(share)}
                          .join(kShorter);
    return picture;
}

namespace {

std::vector<const gpu::TimelineMessage*> timelinesOfOneBatch(const RunMoment& moment) {
    std::vector<const gpu::TimelineMessage*> best;
    for (const gpu::TimelineMessage* last : moment.timelines) {
        std::vector<const gpu::TimelineMessage*> group;
        for (const gpu::TimelineMessage* m : moment.timelines)
            if (m->batch == last->batch) group.push_back(m);
        if (group.size() >= best.size()) best = std::move(group);
    }
    std::ranges::stable_sort(best, {}, [](const gpu::TimelineMessage* m) { return rankOf(m->variant); });
    return best;
}

} // namespace

TimelinePicture timelinesOf(const RunMoment& moment) {
    TimelinePicture picture;
    for (const gpu::TimelineMessage* m : timelinesOfOneBatch(moment)) {
        TimelineLine line{trickName(m->variant), m->forwardUs, m->gapUs, {}};
        for (const gpu::SpanMessage& span : m->spans) {
            const bool known =
                span.op >= 0 && span.op < std::int64_t(std::min(m->operations.size(), m->kinds.size()));
            const auto op = static_cast<std::size_t>(known ? span.op : 0);
            line.spans.push_back({known ? categoryOfKind(m->kinds[op]) : 5,
                                  known ? text(m->operations[op]) : QObject::tr("not known"),
                                  text(span.kernel), span.startUs, span.endUs});
        }
        picture.lines.push_back(std::move(line));
        picture.summary = QStringList{QObject::tr("batch %1, by %2").arg(m->batch).arg(text(m->method)),
                                      QObject::tr("batch %1").arg(m->batch)}
                              .join(kShorter);
    }
    return picture;
}

} // namespace orrery::panel
