#include "gpu/models/model.h"

#include "gpu/models/bert.h"
#include "gpu/models/resnet.h"

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

Expected<Model> modelOf(const std::string& id, const SequenceBatch& sequences) {
    if (sequences.batch() < 1) return fail("the batch holds nothing");
    if (id == "resnet50") return resNet(ResNetDepth::Fifty, sequences.batch());
    if (id == "resnet101") return resNet(ResNetDepth::HundredAndOne, sequences.batch());
    if (id == "bert-base") return bert(kBertBase, sequences);
    if (id == "bert-large") return bert(kBertLarge, sequences);
    return fail(fmt::format("there is no model “{}”; there are {}", id, fmt::join(modelIds(), ", ")),
                ErrorCode::NotFound);
}

} // namespace orrery::gpu
