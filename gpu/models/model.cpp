#include "gpu/models/model.h"

#include "gpu/models/bert.h"
#include "gpu/models/resnet.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace orrery::gpu {

std::int64_t WeightSpec::elements() const {
    return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

Work workOf(const Op& op, int elementBytes) {
    return workOf(op.shape, op.residual >= 0, elementBytes);
}

Work workOf(const Model& model, int elementBytes) {
    Work sum;
    for (const Op& op : model.ops)
        sum += workOf(op, elementBytes);
    return sum;
}

const std::vector<std::string>& modelIds() {
    static const std::vector<std::string> ids{"resnet50", "resnet101", "bert-base", "bert-large"};
    return ids;
}

Expected<Task> taskOf(const std::string& id) {
    if (std::ranges::find(modelIds(), id) == modelIds().end())
        return fail(fmt::format("there is no model “{}”; there are {}", id, fmt::join(modelIds(), ", ")),
                    ErrorCode::NotFound);
    return id.starts_with("bert") ? Task::TextEncoding : Task::ImageClassification;
}

Expected<Model> modelOf(const std::string& id, const SequenceBatch& sequences, const ModelOptions& options) {
    if (sequences.batch() < 1) return fail("the batch holds nothing");
    if (id == "resnet50") return resNet(ResNetDepth::Fifty, sequences.batch(), options.folded);
    if (id == "resnet101") return resNet(ResNetDepth::HundredAndOne, sequences.batch(), options.folded);
    if (id == "bert-base") return bert(kBertBase, sequences, options.maskedHead);
    if (id == "bert-large") return bert(kBertLarge, sequences, options.maskedHead);
    return tl::unexpected(taskOf(id).error());
}

} // namespace orrery::gpu
