// Reading and writing the fields of a struct by one list: `fields(visitor, object)` calls `visitor(key,
// member)` for each. So no key can be written under one name and read under another.
#pragma once

#include "gpu/protocol/messages.h"

namespace orrery::gpu::fields {

template <class V, class T>
void each(V& v, T& m) = delete;

template <class V>
void each(V& v, BenchRequest& m) {
    v("model", m.model), v("batch", m.batch), v("sequence_length", m.sequenceLength),
        v("mean_fill", m.meanFill);
    v("packed", m.packed), v("seconds", m.seconds), v("forwards", m.forwards), v("variant", m.variant);
    v("tanh_gelu", m.tanhGelu);
    v("weights", m.weights), v("seed", m.seed), v("layers", m.layers);
}

template <class V>
void each(V& v, AskRequest& m) {
    v("image", m.image), v("rgb", m.rgb), v("width", m.width), v("height", m.height);
    v("text", m.text), v("vocabulary", m.vocabulary), v("top", m.top);
}

template <class V>
void each(V& v, DeviceMessage& m) {
    v("id", m.id), v("name", m.name), v("software", m.software), v("units", m.units);
    v("memory_bytes", m.memoryBytes), v("cache_bytes", m.cacheBytes), v("skipped", m.skipped);
}

template <class V>
void each(V& v, HelloMessage& m) {
    v("protocol", m.protocol), v("version", m.version), v("models", m.models), v("devices", m.devices);
}

template <class V>
void each(V& v, Ceilings& m) {
    v("precision", m.precision), v("matrix_flops_per_s", m.matrixFlops), v("copy_bytes_per_s", m.copyBytes);
    v("read_bytes_per_s", m.readBytes), v("cache_bytes_per_s", m.cacheBytes);
    v("vector_flops_per_s", m.vectorFlops), v("launch_s", m.launchSeconds);
    v("clock_mhz", m.clockMhz), v("power_w", m.powerW);
}

template <class V>
void each(V& v, DataSheet& m) {
    v("matrix_flops_per_s", m.matrixFlops), v("memory_bytes_per_s", m.memoryBytes);
}

template <class V>
void each(V& v, CeilingsMessage& m) {
    v("measured", m.ceilings), v("data_sheet", m.sheet);
}

template <class V>
void each(V& v, SampleMessage& m) {
    v("time_s", m.timeS), v("items_per_s", m.itemsPerS), v("clock_mhz", m.clockMhz), v("power_w", m.powerW);
    v("temperature_c", m.temperatureC), v("throttle", m.throttle);
}

template <class V>
void each(V& v, LayerMessage& m) {
    v("name", m.name), v("stage", m.stage), v("kind", m.kind), v("method", m.method), v("flops", m.flops);
    v("bytes", m.bytes), v("time_us", m.timeUs), v("attainable_us", m.attainableUs), v("bound", m.bound);
}

template <class V>
void each(V& v, DeviceRow& m) {
    v("device", m.device), v("items_per_s", m.itemsPerS), v("latency_us", m.latencyUs);
    v("energy_per_item_j", m.energyPerItemJ), v("clock_mhz", m.clockMhz), v("power_w", m.powerW);
    v("temperature_c", m.temperatureC);
}

template <class V>
void each(V& v, BenchMessage& m) {
    v("model", m.model), v("variant", m.variant), v("precision", m.precision), v("batch", m.batch);
    v("sequence_length", m.sequenceLength), v("tokens", m.tokens), v("rows", m.rows);
    v("packed", m.packed), v("forwards", m.forwards), v("items_per_s", m.itemsPerS);
    v("items_per_s_low", m.itemsPerSLow), v("items_per_s_high", m.itemsPerSHigh),
        v("flops_per_s", m.flopsPerS);
    v("latency_us", m.latencyUs), v("matrix_share", m.matrixShare), v("attainable_share", m.attainableShare);
    v("energy_per_item_j", m.energyPerItemJ), v("clock_mhz", m.clockMhz), v("power_w", m.powerW);
    v("temperature_c", m.temperatureC), v("layers_us", m.layersUs), v("layers", m.layers);
    v("devices", m.devices);
}

template <class V>
void each(V& v, WaterfallStep& m) {
    v("variant", m.variant), v("change", m.change), v("packed", m.packed), v("items_per_s", m.itemsPerS);
    v("flops_per_s", m.flopsPerS), v("matrix_share", m.matrixShare), v("gain", m.gain);
    v("latency_us", m.latencyUs), v("skipped", m.skipped);
}

template <class V>
void each(V& v, WaterfallMessage& m) {
    v("model", m.model), v("precision", m.precision), v("batch", m.batch);
    v("sequence_length", m.sequenceLength), v("tokens", m.tokens), v("steps", m.steps);
}

template <class V>
void each(V& v, SpanMessage& m) {
    v("op", m.op), v("kernel", m.kernel), v("start_us", m.startUs), v("end_us", m.endUs);
}

template <class V>
void each(V& v, TimelineMessage& m) {
    v("model", m.model), v("variant", m.variant), v("method", m.method), v("batch", m.batch);
    v("sequence_length", m.sequenceLength), v("forward_us", m.forwardUs), v("busy_us", m.busyUs);
    v("gap_us", m.gapUs), v("operations", m.operations), v("kinds", m.kinds), v("spans", m.spans);
}

template <class V>
void each(V& v, Candidate& m) {
    v("index", m.index), v("name", m.name), v("probability", m.probability);
}

template <class V>
void each(V& v, ClassifyMessage& m) {
    v("model", m.model), v("weights", m.weights), v("time_us", m.timeUs), v("classes", m.classes);
}

template <class V>
void each(V& v, MaskMessage& m) {
    v("token", m.token), v("words", m.words);
}

template <class V>
void each(V& v, FillMaskMessage& m) {
    v("model", m.model), v("weights", m.weights), v("time_us", m.timeUs), v("tokens", m.tokens);
    v("masks", m.masks);
}

template <class V>
void each(V& v, CheckRow& m) {
    v("name", m.name), v("relative_error", m.relativeError), v("worst_error", m.worstError);
    v("worst_index", m.worstIndex), v("tolerance", m.tolerance), v("passed", m.passed);
}

template <class V>
void each(V& v, CheckMessage& m) {
    v("model", m.model), v("rows", m.rows), v("passed", m.passed);
}
template <class V>
void each(V& v, ProgressMessage& m) {
    v("stage", m.stage), v("fraction", m.fraction);
}
template <class V>
void each(V& v, ErrorMessage& m) {
    v("message", m.message);
}
template <class V>
void each(V&, DoneMessage&) {}

} // namespace orrery::gpu::fields
