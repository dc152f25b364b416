#include "widgets/data/sqlite_columns.h"

#include "core/data/cell_text.h"
#include "core/support/parameter.h"

#include <cmath>

namespace orrery {

namespace {

std::string numberText(double value) {
    // As the database would print it: 3, not 3.0.
    if (std::abs(value) < 1e15 && value == std::trunc(value))
        return std::to_string(static_cast<long long>(value));
    return toText(ParameterValue{value});
}

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

} // namespace

bool SqliteColumn::append(const QVariant& value) {
    const int type = value.metaType().id();
    if (type == QMetaType::QByteArray && !value.isNull()) return false;
    if (value.isNull()) {
        if (m_categorical)
            m_levels.codes.push_back(data::CategoricalColumn::kMissingLevel);
        else
            m_numbers.push_back(kMissing);
    } else if (type == QMetaType::QString) {
        appendText(value.toString().toStdString());
    } else if (m_categorical) {
        appendLevel(numberText(value.toDouble()));
    } else {
        m_numbers.push_back(value.toDouble());
    }
    return true;
}

void SqliteColumn::appendText(const std::string& text) {
    if (m_categorical) return appendLevel(text);
    if (data::isMissingText(data::trimmed(text))) {
        m_numbers.push_back(kMissing);
        return;
    }
    if (const auto number = data::parseNumber(data::trimmed(text))) {
        if (numberText(*number) != text) m_spellings.emplace_back(m_numbers.size(), text);
        m_numbers.push_back(*number);
        return;
    }
    turnCategorical();
    appendLevel(text);
}

void SqliteColumn::turnCategorical() {
    m_categorical = true;
    m_levels.codes.reserve(m_numbers.size() + 1);
    auto spelling = m_spellings.cbegin();
    for (std::size_t row = 0; row < m_numbers.size(); ++row) {
        const bool spelled = spelling != m_spellings.cend() && spelling->first == row;
        if (std::isnan(m_numbers[row]))
            m_levels.codes.push_back(data::CategoricalColumn::kMissingLevel);
        else
            appendLevel(spelled ? spelling->second : numberText(m_numbers[row]));
        if (spelled) ++spelling;
    }
    m_numbers = {};
    m_spellings = {};
}

void SqliteColumn::appendLevel(const std::string& text) {
    if (data::isMissingText(data::trimmed(text))) {
        m_levels.codes.push_back(data::CategoricalColumn::kMissingLevel);
        return;
    }
    const auto [at, isNew] = m_codes.try_emplace(text, static_cast<std::int32_t>(m_levels.levels.size()));
    if (isNew) m_levels.levels.push_back(text);
    m_levels.codes.push_back(at->second);
}

data::Column SqliteColumn::take() {
    if (m_categorical) return {std::move(m_name), std::move(m_levels)};
    return {std::move(m_name), data::NumericColumn{std::move(m_numbers)}};
}

} // namespace orrery
