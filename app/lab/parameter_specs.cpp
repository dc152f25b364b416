#include "app/lab/parameter_specs.h"

namespace orrery {

namespace {

ParameterSpec named(std::string id, std::string label, std::string tooltip, ParameterKind kind) {
    ParameterSpec spec;
    spec.id = std::move(id);
    spec.label = std::move(label);
    spec.tooltip = std::move(tooltip);
    spec.kind = kind;
    return spec;
}

} // namespace

ParameterSpec choiceSpec(std::string id, std::string label, std::string tooltip,
                         std::vector<ParameterOption> options) {
    ParameterSpec spec = named(std::move(id), std::move(label), std::move(tooltip), ParameterKind::Choice);
    spec.defaultValue = options.front().id;
    spec.options = std::move(options);
    return spec;
}

ParameterSpec integerSpec(std::string id, std::string label, std::string tooltip, std::int64_t value,
                          double low, double high, double hardHigh) {
    ParameterSpec spec = named(std::move(id), std::move(label), std::move(tooltip), ParameterKind::Integer);
    spec.defaultValue = value;
    spec.minimum = low;
    spec.maximum = high;
    spec.hardMaximum = hardHigh;
    return spec;
}

ParameterSpec realSpec(std::string id, std::string label, std::string symbol, std::string tooltip,
                       double value, double low, double high) {
    ParameterSpec spec = named(std::move(id), std::move(label), std::move(tooltip), ParameterKind::Real);
    spec.symbol = std::move(symbol);
    spec.defaultValue = value;
    spec.minimum = low;
    spec.maximum = high;
    return spec;
}

ParameterSpec toggleSpec(std::string id, std::string label, std::string tooltip, bool value) {
    ParameterSpec spec = named(std::move(id), std::move(label), std::move(tooltip), ParameterKind::Toggle);
    spec.defaultValue = value;
    return spec;
}

ParameterSpec inGroup(std::string group, ParameterSpec spec) {
    spec.group = std::move(group);
    return spec;
}

ParameterSpec onlyWhen(std::string id, std::vector<std::string> values, ParameterSpec spec) {
    spec.onlyWhen = std::pair(std::move(id), std::move(values));
    return spec;
}

} // namespace orrery
