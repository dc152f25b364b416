#include "widgets/parameters/parameter_scale.h"

#include "widgets/frame/paint.h"

#include <algorithm>
#include <cmath>

namespace orrery {

namespace {

bool isLogarithmic(const ParameterSpec& spec) {
    return spec.scale == ParameterScale::Logarithmic && spec.minimum > 0 && spec.maximum > spec.minimum;
}

double roundedTo(double number, double unit) {
    // Dividing by a whole number keeps 0.3 from becoming 0.30000000000000004.
    if (unit < 1) {
        const double inverse = std::round(1 / unit);
        return std::round(number * inverse) / inverse;
    }
    return std::round(number / unit) * unit;
}

} // namespace

double numberOf(const ParameterValue& value) {
    if (const auto* real = std::get_if<double>(&value)) return *real;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<double>(*integer);
    return 0;
}

ParameterValue valueOfNumber(const ParameterSpec& spec, double number) {
    if (spec.kind == ParameterKind::Integer) return static_cast<std::int64_t>(std::llround(number));
    return number;
}

int positionOf(const ParameterSpec& spec, double number, int positions) {
    const double x = std::clamp(number, spec.minimum, spec.maximum);
    double share = 0;
    if (isLogarithmic(spec)) share = std::log(x / spec.minimum) / std::log(spec.maximum / spec.minimum);
    else if (spec.maximum > spec.minimum) share = (x - spec.minimum) / (spec.maximum - spec.minimum);
    return static_cast<int>(std::lround(share * positions));
}

double numberAt(const ParameterSpec& spec, int position, int positions) {
    if (position <= 0) return spec.minimum;
    if (position >= positions) return spec.maximum;
    const double share = double(position) / positions;
    double number = 0, unit = 0;
    if (isLogarithmic(spec)) {
        number = spec.minimum * std::pow(spec.maximum / spec.minimum, share);
        unit = std::pow(10.0, std::floor(std::log10(number)) - 2);
    } else {
        const double span = spec.maximum - spec.minimum;
        number = spec.minimum + span * share;
        unit = std::pow(10.0, std::floor(std::log10(span / positions)));
        if (span / positions > 1.0001 * unit) unit *= 10;
        // A span of 1 in thousandths, one of 3 in hundredths.
        unit = std::min(unit, span / 20);
    }
    if (spec.kind == ParameterKind::Integer) unit = std::max(1.0, unit);
    return std::clamp(roundedTo(number, unit), spec.minimum, spec.maximum);
}

QString fieldText(const ParameterSpec& spec, const ParameterValue& value) {
    if (spec.kind == ParameterKind::Integer) return grouped(static_cast<qint64>(numberOf(value)));
    if (spec.kind != ParameterKind::Real) return QString::fromStdString(toText(value));
    const double number = numberOf(value);
    QString text = QString::fromStdString(toText(value));
    if (text.size() > 7) text = QString::number(number, 'g', 4);
    // 1e-05 → 1e-5.
    const qsizetype e = text.indexOf(QLatin1Char('e'));
    if (e >= 0) text = text.left(e + 1) + QString::number(text.mid(e + 1).toInt());
    return text.replace(QLatin1Char('-'), QChar(0x2212));
}

} // namespace orrery
