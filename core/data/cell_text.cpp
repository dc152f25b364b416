#include "core/data/cell_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace orrery::data {

namespace {

// from_chars leaves the value alone at either end of the range; the digits say which end it was.
double outOfRange(std::string_view text, bool negative) {
    double exponentSign = 1.0;
    if (const auto e = text.find_first_of("eE"); e != std::string_view::npos) {
        if (e + 1 < text.size() && text[e + 1] == '-') exponentSign = -1.0;
    } else if (text.find_first_of("123456789") > text.find('.')) {
        exponentSign = -1.0;
    }
    const double magnitude = exponentSign > 0 ? std::numeric_limits<double>::infinity() : 0.0;
    return negative ? -magnitude : magnitude;
}

} // namespace

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r";
    const auto first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool isMissingText(std::string_view text) {
    constexpr std::array<std::string_view, 15> kMissing = {"",     "NA",   "N/A",  "n/a",  "NaN", "nan", "NAN", "?",
                                                           "null", "NULL", "Null", "None", "#N/A", "<NA>", "na"};
    return text.size() <= 4 && std::find(kMissing.begin(), kMissing.end(), text) != kMissing.end();
}

std::optional<double> parseNumber(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
    // A second sign would be taken by from_chars; nan and nan(...) are missing marks, not numbers.
    if (text.empty() || text.front() == '-' || text.front() == 'n' || text.front() == 'N') return std::nullopt;
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size() || error == std::errc::invalid_argument) return std::nullopt;
    if (error == std::errc::result_out_of_range) return outOfRange(text, negative);
    return negative ? -value : value;
}

} // namespace orrery::data
