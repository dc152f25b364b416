#include "widgets/data/table_text.h"

#include "widgets/frame/paint.h"

#include <cmath>

namespace orrery {

namespace {

constexpr QChar kMinus(0x2212);
constexpr QChar kThin(0x2009);

QString groupedDigits(QString digits) {
    const qsizetype point = digits.indexOf(QLatin1Char('.'));
    for (qsizetype at = (point < 0 ? digits.size() : point) - 3; at > 0; at -= 3)
        digits.insert(at, kThin);
    return digits;
}

} // namespace

QString spokenNumber(double value, int digits) {
    if (std::isnan(value)) return QStringLiteral("–");
    if (std::isinf(value)) return value > 0 ? QStringLiteral("∞") : kMinus + QStringLiteral("∞");
    const double size = std::abs(value);
    QString text;
    if (size >= 1e5 && size < 1e15 && size == std::trunc(size))
        text = groupedDigits(QString::number(size, 'f', 0));
    else
        text = QString::number(size, 'g', digits);
    // A group of three needs four digits before it pays.
    if (const qsizetype point = text.indexOf(QLatin1Char('.'));
        !text.contains(QLatin1Char('e')) && point > 4 && size < 1e5)
        text = groupedDigits(text);
    text.replace(QStringLiteral("e-0"), QStringLiteral("e-"))
        .replace(QStringLiteral("e+0"), QStringLiteral("e"));
    text.replace(QStringLiteral("e+"), QStringLiteral("e")).replace(QLatin1Char('-'), kMinus);
    return value < 0 ? kMinus + text : text;
}

QString counted(qint64 count, const QString& one, const QString& many) {
    return QStringLiteral("%1 %2").arg(grouped(count), count == 1 ? one : many);
}

QString sizeText(std::size_t rows, std::size_t columns) {
    return QStringLiteral("%1 × %2").arg(
        counted(qint64(rows), QStringLiteral("row"), QStringLiteral("rows")),
        counted(qint64(columns), QStringLiteral("column"), QStringLiteral("columns")));
}

QString typeText(const data::Column& column) {
    if (column.isNumeric()) return QStringLiteral("number");
    return counted(qint64(column.categorical().levels.size()), QStringLiteral("level"),
                   QStringLiteral("levels"));
}

} // namespace orrery
