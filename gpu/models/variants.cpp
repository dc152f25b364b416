#include "gpu/models/variants.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace orrery::gpu {

namespace {

Variant withoutGraph(Variant variant) {
    variant.graph = false;
    return variant;
}

Variant unfused(Variant variant) {
    variant = withoutGraph(variant);
    variant.fused = false;
    return variant;
}

std::vector<NamedVariant> ofImages() {
    const Variant graph, fused = withoutGraph(graph), folded = unfused(graph);
    Variant nhwc = folded;
    nhwc.folded = false;
    Variant naive = nhwc;
    naive.channelsLast = false;
    return {{"naive", "a kernel an operation, NCHW", naive},
            {"nhwc", "channels last", nhwc},
            {"folded", "batch norm folded into the weights", folded},
            {"fused", "bias, residual and ReLU in the convolution", fused},
            {"graph", "launched as one graph", graph}};
}

std::vector<NamedVariant> ofTexts() {
    const Variant graph, fused = withoutGraph(graph), attention = unfused(graph);
    Variant naive = attention;
    naive.fusedAttention = false;
    return {{"naive", "a kernel an operation", naive},
            {"attention", "attention in one kernel", attention},
            {"fused", "bias and GELU in the products, residual in the norm", fused},
            {"graph", "launched as one graph", graph}};
}

} // namespace

const std::vector<NamedVariant>& variantsOf(Task task) {
    static const std::vector<NamedVariant> images = ofImages(), texts = ofTexts();
    return task == Task::ImageClassification ? images : texts;
}

Expected<Variant> variantNamed(Task task, const std::string& name) {
    const std::vector<NamedVariant>& all = variantsOf(task);
    const auto found = std::ranges::find(all, name, &NamedVariant::name);
    if (found != all.end()) return found->variant;
    std::vector<std::string> names;
    for (const NamedVariant& v : all)
        names.push_back(v.name);
    return fail(fmt::format("{} have no variant “{}”; there are {}",
                            task == Task::ImageClassification ? "image models" : "text models", name,
                            fmt::join(names, ", ")));
}

} // namespace orrery::gpu
