#include "widgets/frame/paint.h"

#include <QFontMetricsF>
#include <QPainter>
#include <cmath>

namespace orrery {

void drawPanel(QPainter& painter, const QRectF& where, double radius, const QColor& fill,
               const QColor& line) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(line.isValid() ? QPen(line, 1.0) : QPen(Qt::NoPen));
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const double inset = line.isValid() ? 0.5 : 0.0;
    painter.drawRoundedRect(where.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset);
    painter.restore();
}

void drawFocusRing(QPainter& painter, const QRectF& where, double radius, const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.accent, 2.0));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(where.adjusted(1, 1, -1, -1), std::max(0.0, radius - 1),
                            std::max(0.0, radius - 1));
    painter.restore();
}

double drawElided(QPainter& painter, const QRectF& where, Qt::Alignment alignment, const QFont& font,
                  const QColor& color, const QString& text) {
    if (where.width() <= 0) return 0;
    const QFontMetricsF metrics(font);
    // A hair of room: rounding must not cut a text that fits.
    const QString shown = metrics.elidedText(text, Qt::ElideRight, where.width() + 0.5);
    painter.setFont(font);
    painter.setPen(color);
    const bool fromRight = alignment.testFlag(Qt::AlignRight);
    painter.drawText(where.adjusted(fromRight ? -1 : 0, 0, fromRight ? 0 : 1, 0),
                     int(alignment | Qt::TextSingleLine), shown);
    return metrics.horizontalAdvance(shown);
}

QString longestThatFits(const QString& forms, const QFont& font, double width) {
    const QFontMetricsF metrics(font);
    const QStringList all = forms.split(kShorter);
    for (const QString& form : all)
        if (metrics.horizontalAdvance(form) <= width + 0.5) return form;
    return all.back();
}

QString longestForm(const QString& forms) {
    return forms.section(kShorter, 0, 0);
}

double textWidth(const QFont& font, const QString& text) {
    return QFontMetricsF(font).horizontalAdvance(text);
}

QString grouped(qint64 number) {
    QString digits = QString::number(std::abs(number));
    if (digits.size() >= 4)
        for (qsizetype at = digits.size() - 3; at > 0; at -= 3)
            digits.insert(at, QChar(0x2009));
    return number < 0 ? QChar(0x2212) + digits : digits;
}

QString spokenSeconds(double seconds) {
    if (!(seconds > 0) || !std::isfinite(seconds)) return QStringLiteral("–");
    struct Unit {
        double seconds;
        const char16_t* name;
    };
    static constexpr Unit kUnits[] = {{1.0, u"s"}, {1e-3, u"ms"}, {1e-6, u"µs"}, {1e-9, u"ns"}};
    const Unit* unit = &kUnits[3];
    for (const Unit& candidate : kUnits)
        if (seconds >= candidate.seconds * 0.9995) {
            unit = &candidate;
            break;
        }
    const double value = seconds / unit->seconds;
    const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return QString::number(value, 'f', decimals) + QChar(0x2009) + QString::fromUtf16(unit->name);
}

} // namespace orrery
