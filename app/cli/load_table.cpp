#include "app/cli/load_table.h"

#include "core/data/builtins.h"

#include <fmt/format.h>

namespace orrery::cli {

namespace {

std::string knownBuiltins() {
    std::string names;
    for (const data::BuiltinInfo& info : data::builtins())
        names += (names.empty() ? "" : ", ") + info.id;
    return names;
}

} // namespace

data::TableResult loadTable(const std::string& source) {
    if (!source.starts_with(kBuiltinPrefix)) {
        Progress progress;
        return data::readFile(source, {}, progress);
    }
    const std::string id = source.substr(kBuiltinPrefix.size());
    if (!data::findBuiltin(id))
        return fail(fmt::format("--data: no built-in data set “{}”; there are {}", id, knownBuiltins()),
                    ErrorCode::NotFound);
    return data::loadBuiltin(id);
}

} // namespace orrery::cli
