// Data sets that come with the program: public data, with where they come from.
#pragma once

#include "core/data/readers.h"

namespace orrery::data {

struct BuiltinInfo {
    std::string id;            ///< stable name in files and on the command line: "diabetes"
    std::string title;         ///< "Diabetes"
    std::string sentence;      ///< one sentence for the gallery
    std::string provenance;    ///< authors, publication, where the copy comes from
    std::size_t rows = 0;
    std::size_t columns = 0;   ///< target included
    std::string defaultTarget; ///< column to predict
};

[[nodiscard]] const std::vector<BuiltinInfo>& builtins();
[[nodiscard]] const BuiltinInfo* findBuiltin(std::string_view id);

/// Parses the embedded copy; a few milliseconds for the largest.
[[nodiscard]] TableResult loadBuiltin(std::string_view id);

} // namespace orrery::data
