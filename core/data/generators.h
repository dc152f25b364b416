// Data made on the spot: a known truth, a visible seed. Equal parameters and seed give equal tables everywhere.
#pragma once

#include "core/data/readers.h"
#include "core/support/parameter.h"

namespace orrery::data {

struct GeneratorInfo {
    std::string id;       ///< stable name in files: "sparse_linear"
    std::string title;    ///< "Sparse linear model"
    std::string sentence; ///< one sentence for the gallery
    std::vector<ParameterSpec> parameters;
    std::string defaultTarget; ///< "y" (numeric) or "class" (categorical)
};

[[nodiscard]] const std::vector<GeneratorInfo>& generators();
[[nodiscard]] const GeneratorInfo* findGenerator(std::string_view id);

/// The provenance of the table names the generator, every parameter and the seed.
[[nodiscard]] TableResult generate(std::string_view id, const ParameterValues& values, std::uint64_t seed);

} // namespace orrery::data
