#include "app/cli/parse_command.h"

#include <algorithm>
#include <vector>

namespace orrery::cli {

namespace {

std::string oneLine(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    while (!text.empty() && text.back() == ' ')
        text.pop_back();
    return text;
}

} // namespace

Expected<std::optional<std::string>> parseCommand(CLI::App& app, std::span<const std::string> arguments) {
    try {
        // CLI11 takes a vector from its back.
        app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::CallForHelp&) {
        return app.help();
    } catch (const CLI::ParseError& error) {
        return fail(oneLine(error.what()));
    }
    return std::optional<std::string>();
}

} // namespace orrery::cli
