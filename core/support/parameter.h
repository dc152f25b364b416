// A solver's knobs described as data, so that a form, a command line, a scenario file and a help page can all
// be made from one list.
#pragma once

#include "core/support/expected.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace orrery {

/// Toggle → bool, Integer → int64, Real → double, Choice and Text → string (a Choice holds the option's id).
using ParameterValue = std::variant<bool, std::int64_t, double, std::string>;

struct ParameterOption {
    std::string id;    ///< what files and the command line write: "cd"
    std::string label; ///< what the form shows: "Coordinate descent"
};

enum class ParameterKind : std::uint8_t { Toggle, Integer, Real, Choice, Text };
enum class ParameterScale : std::uint8_t { Linear, Logarithmic };

struct ParameterSpec {
    std::string id;      ///< stable name in files: "alpha"
    std::string label;   ///< sentence case, as the field writes it: "Elastic mix"
    std::string symbol;  ///< "α"; empty when it has none
    std::string unit;    ///< empty when it has none
    std::string tooltip; ///< one sentence
    std::string group;   ///< heading in the form; empty for the first, unnamed one
    ParameterKind kind = ParameterKind::Real;
    ParameterValue defaultValue = 0.0;
    // Integer and Real. The slider spans [minimum, maximum]; a typed value may go on to the hard limits.
    double minimum = 0.0;
    double maximum = 1.0;
    ParameterScale scale = ParameterScale::Linear;
    std::optional<double> hardMinimum;    ///< refused below; `minimum` when absent
    std::optional<double> hardMaximum;    ///< refused above; unbounded when absent
    std::vector<ParameterOption> options; ///< Choice
    /// Shown only while parameter `onlyWhen->first` has one of these values (option ids, "true", "false").
    std::optional<std::pair<std::string, std::vector<std::string>>> onlyWhen;
};

/// Values by parameter id. Absent means the default.
using ParameterValues = std::map<std::string, ParameterValue, std::less<>>;

[[nodiscard]] const ParameterSpec* findSpec(const std::vector<ParameterSpec>& specs, std::string_view id);

/// The value for `spec`, or its default.
[[nodiscard]] ParameterValue valueOf(const ParameterValues& values, const ParameterSpec& spec);
[[nodiscard]] double realValue(const ParameterValues& values, const ParameterSpec& spec);
[[nodiscard]] std::int64_t integerValue(const ParameterValues& values, const ParameterSpec& spec);
[[nodiscard]] bool toggleValue(const ParameterValues& values, const ParameterSpec& spec);
[[nodiscard]] std::string textValue(const ParameterValues& values, const ParameterSpec& spec);

/// Checks kind, hard limits and options. One sentence that names the parameter when it is refused.
[[nodiscard]] Expected<ParameterValue> validated(const ParameterSpec& spec, const ParameterValue& value);

/// Reads what was typed. Accepts a typographic minus, thin spaces and "1e-3".
[[nodiscard]] Expected<ParameterValue> parseParameter(const ParameterSpec& spec, std::string_view text);

/// Every id known, every value valid.
[[nodiscard]] Expected<ParameterValues> validated(const std::vector<ParameterSpec>& specs,
                                                  const ParameterValues& values);

/// Shortest text that reads back as the same value.
[[nodiscard]] std::string toText(const ParameterValue& value);

} // namespace orrery
