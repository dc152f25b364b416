// The generators one by one: values are valid and complete when they get here. Columns only; generate() adds name
// and provenance.
#pragma once

#include "core/data/generators.h"
#include "core/support/rng.h"

namespace orrery::data {

/// A generator's own view of its parameters.
class GeneratorInput {
  public:
    GeneratorInput(const GeneratorInfo& info, const ParameterValues& values) : m_info(info), m_values(values) {}
    [[nodiscard]] double real(std::string_view id) const { return realValue(m_values, *findSpec(m_info.parameters, id)); }
    [[nodiscard]] std::size_t count(std::string_view id) const {
        return static_cast<std::size_t>(integerValue(m_values, *findSpec(m_info.parameters, id)));
    }
    [[nodiscard]] bool toggle(std::string_view id) const {
        return toggleValue(m_values, *findSpec(m_info.parameters, id));
    }
    [[nodiscard]] std::string text(std::string_view id) const {
        return textValue(m_values, *findSpec(m_info.parameters, id));
    }

  private:
    const GeneratorInfo& m_info;
    const ParameterValues& m_values;
};

using GeneratorFunction = Expected<Table> (*)(const GeneratorInput& input, std::uint64_t seed);

[[nodiscard]] Expected<Table> generateSparseLinear(const GeneratorInput& input, std::uint64_t seed);
[[nodiscard]] Expected<Table> generateBlobs(const GeneratorInput& input, std::uint64_t seed);
[[nodiscard]] Expected<Table> generateMoons(const GeneratorInput& input, std::uint64_t seed);
[[nodiscard]] Expected<Table> generateRings(const GeneratorInput& input, std::uint64_t seed);
[[nodiscard]] Expected<Table> generateSpirals(const GeneratorInput& input, std::uint64_t seed);
[[nodiscard]] Expected<Table> generateCheckerboard(const GeneratorInput& input, std::uint64_t seed);
[[nodiscard]] Expected<Table> generateFormula(const GeneratorInput& input, std::uint64_t seed);

struct GeneratorEntry {
    GeneratorInfo info;
    GeneratorFunction make;
};
[[nodiscard]] std::vector<GeneratorEntry> makeGeneratorList();

} // namespace orrery::data
