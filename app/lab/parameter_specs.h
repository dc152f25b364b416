// Short ways to write the parameter list of a lab.
#pragma once

#include "core/support/parameter.h"

#include <QString>

namespace orrery {

/// The first option is the default.
[[nodiscard]] ParameterSpec choiceSpec(std::string id, std::string label, std::string tooltip,
                                       std::vector<ParameterOption> options);
[[nodiscard]] ParameterSpec integerSpec(std::string id, std::string label, std::string tooltip,
                                        std::int64_t value, double low, double high, double hardHigh);
[[nodiscard]] ParameterSpec realSpec(std::string id, std::string label, std::string symbol,
                                     std::string tooltip, double value, double low, double high);
[[nodiscard]] ParameterSpec toggleSpec(std::string id, std::string label, std::string tooltip, bool value);
[[nodiscard]] ParameterSpec inGroup(std::string group, ParameterSpec spec);
/// Shown only while the choice or toggle `id` has one of `values`.
[[nodiscard]] ParameterSpec onlyWhen(std::string id, std::vector<std::string> values, ParameterSpec spec);

/// Values by id, with the specs' defaults.
class ParameterReader {
  public:
    ParameterReader(const std::vector<ParameterSpec>& specs, const ParameterValues& values)
        : m_specs(specs), m_values(values) {}
    [[nodiscard]] QString text(const char* id) const {
        return QString::fromStdString(textValue(m_values, spec(id)));
    }
    [[nodiscard]] double number(const char* id) const { return realValue(m_values, spec(id)); }
    [[nodiscard]] bool toggle(const char* id) const { return toggleValue(m_values, spec(id)); }

  private:
    [[nodiscard]] const ParameterSpec& spec(const char* id) const { return *findSpec(m_specs, id); }
    const std::vector<ParameterSpec>& m_specs;
    const ParameterValues& m_values;
};

} // namespace orrery
