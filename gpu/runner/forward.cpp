#include "gpu/runner/forward.h"

#include "gpu/models/safetensors.h"
#include "gpu/runner/setup.h"

namespace orrery::gpu {

namespace {

struct Case {
    SequenceBatch sequences;
    ModelInputs inputs;
};

Expected<Case> imageCase(const SafetensorsFile& file) {
    std::vector<std::int64_t> shape;
    auto pixels = file.readAll("pixels", shape);
    if (!pixels) return tl::unexpected(pixels.error());
    if (shape.size() != 4) return fail("“pixels” wants the shape [N, 224, 224, 3]");
    Case c{fullSequences(shape[0], 1), {}};
    c.inputs.pixels = std::move(*pixels);
    return c;
}

/// The rows of [B, S] that the layout keeps.
std::vector<std::int32_t> kept(const std::vector<float>& values, const SequenceBatch& sequences) {
    std::vector<std::int32_t> rows;
    for (std::int64_t b = 0; b < sequences.batch(); ++b)
        for (std::int64_t i = 0; i < (sequences.packed ? sequences.lengths[b] : sequences.longest); ++i)
            rows.push_back(static_cast<std::int32_t>(values[b * sequences.longest + i]));
    return rows;
}

Expected<Case> textCase(const SafetensorsFile& file, bool packed) {
    std::vector<std::int64_t> shape, typeShape, lengthShape;
    const auto tokens = file.readAll("tokens", shape);
    if (!tokens) return tl::unexpected(tokens.error());
    const auto types = file.readAll("types", typeShape);
    if (!types) return tl::unexpected(types.error());
    const auto lengths = file.readAll("lengths", lengthShape);
    if (!lengths) return tl::unexpected(lengths.error());
    if (shape.size() != 2 || typeShape != shape || lengthShape != std::vector{shape[0]})
        return fail("“tokens” and “types” want the shape [B, S], “lengths” [B]");
    auto sequences =
        sequencesOf(std::vector<std::int32_t>(lengths->begin(), lengths->end()), shape[1], packed);
    if (!sequences) return tl::unexpected(sequences.error());
    Case c{std::move(*sequences), {}};
    c.inputs.tokens = kept(*tokens, c.sequences);
    c.inputs.types = kept(*types, c.sequences);
    c.inputs.positions = positionsOf(c.sequences);
    return c;
}

Expected<std::vector<float>> forward(Device& device, const Model& model, const ModelWeights& weights,
                                     const Variant& variant, const ModelInputs& inputs) {
    Progress progress;
    const auto engine = device.prepare(model, weights, variant, progress);
    if (!engine) return tl::unexpected(engine.error());
    if (const auto set = (*engine)->setInputs(inputs); !set) return tl::unexpected(set.error());
    if (const auto ran = (*engine)->run(1); !ran) return tl::unexpected(ran.error());
    return (*engine)->readValue(model.output);
}

} // namespace

Expected<void> forwardFromFile(Device& device, const BenchRequest& request, const ForwardFiles& files) {
    const auto file = SafetensorsFile::open(files.inputs);
    if (!file) return tl::unexpected(file.error());
    const auto c = file->tensors().contains("pixels") ? imageCase(*file) : textCase(*file, request.packed);
    if (!c) return tl::unexpected(c.error());
    const auto model = modelOf(request.model, c->sequences);
    if (!model) return tl::unexpected(model.error());
    const bool fits =
        model->task == Task::TextEncoding ? !c->inputs.tokens.empty() : !c->inputs.pixels.empty();
    if (!fits) return fail("the inputs in " + files.inputs + " are not for " + request.model);
    const auto weights = weightsOf(*model, request);
    if (!weights) return tl::unexpected(weights.error());
    const auto variant = variantOf(request);
    if (!variant) return tl::unexpected(variant.error());
    auto output = forward(device, *model, *weights, *variant, c->inputs);
    if (!output) return tl::unexpected(output.error());
    const ValueSpec& spec = model->values[model->output];
    return writeSafetensors(files.output, {{"output", {spec.rows, spec.width}, std::move(*output)}});
}

} // namespace orrery::gpu
