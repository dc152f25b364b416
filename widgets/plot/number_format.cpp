#include "widgets/plot/number_format.h"

#include <algorithm>
#include <cmath>

namespace orrery {

namespace {

QString grouped(const QString& digits) {
    QString result = digits;
    qsizetype point = result.indexOf(QLatin1Char('.'));
    if (point < 0) point = result.size();
    for (qsizetype at = point - 3; at > 0; at -= 3)
        result.insert(at, kThinSpace);
    return result;
}

QString scientific(double value, int digits) {
    QString text = QString::number(value, 'e', std::max(0, digits - 1));
    return text.replace(QLatin1Char('-'), kMinus).remove(QLatin1Char('+'));
}

} // namespace

int decimalsFor(double step) {
    if (!(step > 0.0) || !std::isfinite(step)) return 0;
    int decimals = 0;
    // 0.25 needs two digits, 0.2 one: multiply until whole.
    for (double scaled = step; decimals < 12 && std::abs(scaled - std::round(scaled)) > 1e-6 * scaled;
         scaled *= 10.0)
        ++decimals;
    return decimals;
}

QString fixedNumber(double value, int decimals) {
    if (std::isnan(value)) return QStringLiteral("–");
    if (std::isinf(value)) return value < 0 ? QString(kMinus) + QChar(0x221E) : QString(QChar(0x221E));
    QString digits = QString::number(std::abs(value), 'f', decimals);
    const bool zero = std::all_of(digits.cbegin(), digits.cend(),
                                  [](QChar c) { return c == QLatin1Char('0') || c == QLatin1Char('.'); });
    digits = grouped(digits);
    return value < 0 && !zero ? kMinus + digits : digits;
}

QString shortNumber(double value, int digits) {
    if (value == 0.0 || !std::isfinite(value)) return fixedNumber(value, 0);
    const int decade = static_cast<int>(std::floor(std::log10(std::abs(value))));
    if (decade < -4 || decade >= 7) return scientific(value, std::min(digits, 2));
    return fixedNumber(value, std::max(0, digits - 1 - decade));
}

QString counted(double count, const QString& one, const QString& many) {
    return fixedNumber(count, 0) + QLatin1Char(' ') + (count == 1.0 ? one : many);
}

} // namespace orrery
