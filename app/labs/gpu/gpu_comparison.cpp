#include "app/labs/gpu/gpu_comparison.h"

#include <QObject>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>
#include <limits>

namespace orrery::panel {

namespace {

using runner::BenchPoint;
using runner::RunMoment;

QString text(const std::string& words) {
    return QString::fromStdString(words);
}

/// Of the points with layers that `allowed` lets through: of the same model, then nearest in batch, then
/// newest.
template <class Allowed>
const BenchPoint* likest(const RunMoment& moment, const BenchPoint* focus, const Allowed& allowed) {
    const BenchPoint* best = nullptr;
    double least = std::numeric_limits<double>::infinity();
    for (const BenchPoint& point : moment.benches) {
        if (point.first().layers.empty() || !allowed(point)) continue;
        double away = 0;
        if (focus) {
            const gpu::BenchMessage &m = point.first(), &f = focus->first();
            away = std::abs(std::log2(double(point.batch) / double(focus->batch))) +
                   (m.model == f.model ? 0 : 1000) + (m.sequenceLength == f.sequenceLength ? 0 : 100);
        }
        if (away <= least) least = away, best = &point;
    }
    return best;
}

/// "NVIDIA H100 80GB HBM3" beside a mark: "H100".
QString shortName(QString device) {
    device.remove(QRegularExpression(QStringLiteral("^NVIDIA (GeForce )?|\\s+\\d+ ?GB.*$")));
    return device;
}

QString nameOfRun(const RunMoment& moment, const BenchPoint& point) {
    const runner::RunLog& log = *moment.log;
    if (!log.recording.device.empty()) return shortName(text(log.recording.device));
    const int source = point.parts.front().source;
    const std::string name = source >= 0 ? log.deviceName(log.sources()[std::size_t(source)]) : "";
    return shortName(text(name.empty() ? log.recording.title : name));
}

} // namespace

Beside besideOf(const RunMoment& moment, const BenchPoint* focus, const Comparison& comparison) {
    Beside beside;
    if (comparison.kind == Comparison::Kind::Recorded && comparison.recorded) {
        beside.moment = comparison.recorded;
        beside.point = likest(*beside.moment, focus, [](const BenchPoint&) { return true; });
        if (beside.point) beside.name = nameOfRun(*beside.moment, *beside.point);
    } else if (comparison.kind == Comparison::Kind::Earlier && focus) {
        beside.moment = &moment;
        beside.point =
            likest(moment, focus, [&](const BenchPoint& p) { return !runner::sameSeries(p, *focus); });
        if (beside.point) {
            const gpu::BenchMessage& m = beside.point->first();
            const bool sameModel = m.model == focus->first().model;
            beside.name =
                QObject::tr("%1 before").arg(sameModel ? trickName(m.variant) : modelTitle(m.model));
        }
    }
    return beside;
}

void linkLayers(RooflinePicture& now, const RooflinePicture& other) {
    if (!now.model || !other.model) return;
    const double batches = double(now.model->batch) / double(other.model->batch);
    for (LayerPoint& layer : now.layers) {
        const auto same = std::ranges::find(other.layers, layer.name, &LayerPoint::name);
        if (same == other.layers.end() || !(layer.timeUs > 0)) continue;
        layer.other = static_cast<int>(same - other.layers.begin());
        layer.timesFaster = same->timeUs / layer.timeUs * batches;
    }
}

} // namespace orrery::panel
