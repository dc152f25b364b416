#include "app/labs/gpu/gpu_tables.h"

namespace orrery::panel {

namespace {

QString line(const QStringList& fields) {
    return fields.join(u',') + u'\n';
}

QString number(double value) {
    return QString::number(value, 'g', 10);
}

/// Words that may hold a comma.
QString quoted(QString words) {
    return u'"' + words.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

QString candidateLine(std::int64_t mask, const gpu::Candidate& candidate) {
    return line({QString::number(mask), QString::number(candidate.index),
                 quoted(QString::fromStdString(candidate.name)), number(candidate.probability)});
}

} // namespace

QString csvOfLayers(const RooflinePicture& picture) {
    QString csv = QStringLiteral("layer,stage,kind,flops,bytes,time_us,attainable_us,bound");
    csv += picture.other ? QStringLiteral(",compared_time_us,times_faster_an_item\n") : QStringLiteral("\n");
    for (const LayerPoint& layer : picture.layers) {
        QStringList fields{layer.name,
                           layer.stage,
                           layer.kind,
                           number(layer.flops),
                           number(layer.bytes),
                           number(layer.timeUs),
                           number(layer.attainableUs),
                           layer.byMemory ? QStringLiteral("memory") : QStringLiteral("compute")};
        if (picture.other && layer.other >= 0)
            fields << number(picture.other->layers[static_cast<std::size_t>(layer.other)].timeUs)
                   << number(layer.timesFaster);
        else if (picture.other)
            fields << QString() << QString();
        csv += line(fields);
    }
    return csv;
}

QString csvOfTrack(const runner::Track& track) {
    QString csv = QStringLiteral("seconds,items_per_s,clock_mhz,power_w,temperature_c,throttle\n");
    for (std::size_t i = 0; i < track.seconds.size(); ++i)
        csv += line({number(track.seconds[i]), number(track.itemsPerS[i]), number(track.clockMhz[i]),
                     number(track.powerW[i]), number(track.temperatureC[i]),
                     quoted(QString::fromStdString(track.throttle[i]))});
    return csv;
}

QString csvOfTricks(const TricksPicture& picture) {
    QString unit = picture.unit;
    QString csv =
        QStringLiteral("variant,%1,change\n").arg(unit.replace(QStringLiteral("/"), QStringLiteral("_per_")));
    for (const TrickBar& bar : picture.bars)
        csv += line({quoted(bar.name), number(bar.itemsPerS), quoted(bar.change)});
    return csv;
}

QString csvOfQueue(const std::vector<QueueResult>& sweep) {
    QString csv = QStringLiteral("arrivals_per_s,served_per_s,p50_ms,p90_ms,p99_ms,mean_batch,busy_share\n");
    for (const QueueResult& r : sweep)
        csv += line({number(r.arrivalsPerS), number(r.servedPerS), number(1e3 * r.p50), number(1e3 * r.p90),
                     number(1e3 * r.p99), number(r.meanBatch), number(r.busyShare)});
    return csv;
}

QString csvOfAnswers(const runner::RunMoment& moment) {
    QString csv = QStringLiteral("mask,index,name,probability\n");
    if (moment.masks)
        for (const gpu::MaskMessage& mask : moment.masks->masks)
            for (const gpu::Candidate& word : mask.words)
                csv += candidateLine(mask.token, word);
    else if (moment.classes)
        for (const gpu::Candidate& candidate : moment.classes->classes)
            csv += candidateLine(0, candidate);
    return csv;
}

} // namespace orrery::panel
