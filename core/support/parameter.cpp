#include "core/support/parameter.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace orrery {

namespace {

std::string asciiNumber(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto starts = [&](std::string_view part) { return text.substr(i).starts_with(part); };
        if (starts("\u2212")) { // minus sign
            out += '-';
            i += 3;
        } else if (starts("\u2009") || starts("\u202F")) { // thin spaces between thousands
            i += 3;
        } else {
            if (text[i] != ' ' && !(text[i] == '+' && out.empty())) out += text[i];
            ++i;
        }
    }
    return out;
}

std::optional<double> numberOf(const ParameterValue& value) {
    if (const auto* real = std::get_if<double>(&value)) return *real;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<double>(*integer);
    return std::nullopt;
}

Expected<ParameterValue> validatedNumber(const ParameterSpec& spec, double number) {
    const double low = spec.hardMinimum.value_or(spec.minimum);
    if (!std::isfinite(number)) return fail(fmt::format("{} must be a finite number", spec.label));
    if (number < low) return fail(fmt::format("{} must be at least {}, not {}", spec.label, low, number));
    if (spec.hardMaximum && number > *spec.hardMaximum)
        return fail(fmt::format("{} must be at most {}, not {}", spec.label, *spec.hardMaximum, number));
    if (spec.kind == ParameterKind::Real) return ParameterValue{number};
    if (number != std::floor(number) || std::abs(number) > 0x1p53)
        return fail(fmt::format("{} must be a whole number, not {}", spec.label, number));
    return ParameterValue{static_cast<std::int64_t>(number)};
}

std::string optionList(const ParameterSpec& spec) {
    std::string list;
    for (const ParameterOption& option : spec.options)
        list += (list.empty() ? "" : ", ") + option.id;
    return list;
}

} // namespace

const ParameterSpec* findSpec(const std::vector<ParameterSpec>& specs, std::string_view id) {
    const auto found = std::find_if(specs.begin(), specs.end(), [&](const auto& s) { return s.id == id; });
    return found == specs.end() ? nullptr : &*found;
}

ParameterValue valueOf(const ParameterValues& values, const ParameterSpec& spec) {
    const auto found = values.find(spec.id);
    return found == values.end() ? spec.defaultValue : found->second;
}

double realValue(const ParameterValues& values, const ParameterSpec& spec) {
    return numberOf(valueOf(values, spec)).value_or(0.0);
}

std::int64_t integerValue(const ParameterValues& values, const ParameterSpec& spec) {
    return static_cast<std::int64_t>(realValue(values, spec));
}

bool toggleValue(const ParameterValues& values, const ParameterSpec& spec) {
    const ParameterValue value = valueOf(values, spec);
    const bool* toggle = std::get_if<bool>(&value);
    return toggle && *toggle;
}

std::string textValue(const ParameterValues& values, const ParameterSpec& spec) {
    const ParameterValue value = valueOf(values, spec);
    const std::string* text = std::get_if<std::string>(&value);
    return text ? *text : std::string{};
}

Expected<ParameterValue> validated(const ParameterSpec& spec, const ParameterValue& value) {
    switch (spec.kind) {
    case ParameterKind::Toggle:
        if (std::holds_alternative<bool>(value)) return value;
        return fail(fmt::format("{} must be true or false", spec.label));
    case ParameterKind::Integer:
    case ParameterKind::Real:
        if (const auto number = numberOf(value)) return validatedNumber(spec, *number);
        return fail(fmt::format("{} must be a number", spec.label));
    case ParameterKind::Choice: {
        const auto* id = std::get_if<std::string>(&value);
        if (id &&
            std::any_of(spec.options.begin(), spec.options.end(), [&](const auto& o) { return o.id == *id; }))
            return value;
        return fail(fmt::format("{} must be one of {}, not {}", spec.label, optionList(spec), toText(value)));
    }
    case ParameterKind::Text:
        if (std::holds_alternative<std::string>(value)) return value;
        return fail(fmt::format("{} must be text", spec.label));
    }
    return fail("unknown kind of parameter");
}

Expected<ParameterValue> parseParameter(const ParameterSpec& spec, std::string_view text) {
    if (spec.kind == ParameterKind::Choice || spec.kind == ParameterKind::Text)
        return validated(spec, ParameterValue{std::string(text)});
    if (spec.kind == ParameterKind::Toggle) {
        if (text == "true" || text == "on" || text == "yes" || text == "1") return ParameterValue{true};
        if (text == "false" || text == "off" || text == "no" || text == "0") return ParameterValue{false};
        return fail(fmt::format("{} must be true or false, not “{}”", spec.label, text));
    }
    const std::string ascii = asciiNumber(text);
    double number = 0.0;
    const auto [end, error] = std::from_chars(ascii.data(), ascii.data() + ascii.size(), number);
    if (error != std::errc{} || end != ascii.data() + ascii.size())
        return fail(fmt::format("{} must be a number, not “{}”", spec.label, text));
    return validated(spec, ParameterValue{number});
}

Expected<ParameterValues> validated(const std::vector<ParameterSpec>& specs, const ParameterValues& values) {
    ParameterValues checked;
    for (const auto& [id, value] : values) {
        const ParameterSpec* spec = findSpec(specs, id);
        if (!spec) return fail(fmt::format("no parameter named “{}”", id));
        auto valid = validated(*spec, value);
        if (!valid) return tl::unexpected(valid.error());
        checked.emplace(id, *std::move(valid));
    }
    return checked;
}

std::string toText(const ParameterValue& value) {
    if (const auto* toggle = std::get_if<bool>(&value)) return *toggle ? "true" : "false";
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
    if (const auto* real = std::get_if<double>(&value)) return fmt::format("{}", *real);
    return std::get<std::string>(value);
}

} // namespace orrery
