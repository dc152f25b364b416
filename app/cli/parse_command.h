// What every `orrery solve …` does with its arguments, whatever its options are.
#pragma once

#include "core/support/expected.h"

#include <CLI/CLI.hpp>
#include <optional>
#include <span>
#include <string>

namespace orrery::cli {

/// Fills what `app`'s options are bound to. The help page when it was asked for; one line when an option is
/// wrong.
[[nodiscard]] Expected<std::optional<std::string>> parseCommand(CLI::App& app,
                                                                std::span<const std::string> arguments);

} // namespace orrery::cli
