#include "core/data/generators.h"

#include "core/data/generator_functions.h"

#include <fmt/format.h>

namespace orrery::data {

namespace {

const std::vector<GeneratorEntry>& entries() {
    static const std::vector<GeneratorEntry> all = makeGeneratorList();
    return all;
}

std::string describe(const GeneratorInfo& info, const ParameterValues& values, std::uint64_t seed) {
    std::string out = info.title + ":";
    for (const auto& spec : info.parameters)
        out += fmt::format(" {} = {},", spec.symbol.empty() ? spec.id : spec.symbol, toText(valueOf(values, spec)));
    return out + fmt::format(" seed {}", seed);
}

} // namespace

const std::vector<GeneratorInfo>& generators() {
    static const std::vector<GeneratorInfo> infos = [] {
        std::vector<GeneratorInfo> out;
        for (const auto& entry : entries()) out.push_back(entry.info);
        return out;
    }();
    return infos;
}

const GeneratorInfo* findGenerator(std::string_view id) {
    for (const auto& info : generators())
        if (info.id == id) return &info;
    return nullptr;
}

TableResult generate(std::string_view id, const ParameterValues& values, std::uint64_t seed) {
    for (const auto& [info, make] : entries()) {
        if (info.id != id) continue;
        const auto checked = validated(info.parameters, values);
        if (!checked) return tl::unexpected(checked.error());
        auto table = make(GeneratorInput(info, *checked), seed);
        if (!table) return tl::unexpected(table.error());
        table->name = info.id;
        table->provenance = describe(info, *checked, seed);
        return std::make_shared<const Table>(std::move(*table));
    }
    return fail(fmt::format("no generator named “{}”", id), ErrorCode::NotFound);
}

} // namespace orrery::data
