// Small pieces of painting that the frame's widgets share. Pure QPainter: an exported page keeps text as
// text.
#pragma once

#include "widgets/theme/theme.h"

#include <QRectF>

class QPainter;

namespace orrery {

/// A filled rounded rectangle, its 1-px line drawn inside and on whole device pixels. Invalid colours are
/// left out.
void drawPanel(QPainter& painter, const QRectF& where, double radius, const QColor& fill,
               const QColor& line = {});

/// Two-pixel ring just inside `where`: the keyboard is here.
void drawFocusRing(QPainter& painter, const QRectF& where, double radius, const Theme& theme);

/// One line of text, cut with an ellipsis at its right; returns the width that was drawn.
double drawElided(QPainter& painter, const QRectF& where, Qt::Alignment alignment, const QFont& font,
                  const QColor& color, const QString& text);

/// Parts the forms of a sentence, longest first: "5 of 10 in the model at this λ", "5 of 10".
inline constexpr QChar kShorter = QChar(0x9c);
/// The longest form that fits, else the shortest.
[[nodiscard]] QString longestThatFits(const QString& forms, const QFont& font, double width);
/// The sentence in full.
[[nodiscard]] QString longestForm(const QString& forms);

/// Width of a text in a font, in logical pixels.
[[nodiscard]] double textWidth(const QFont& font, const QString& text);

/// "12 345 678": thin spaces between thousands and a real minus sign.
[[nodiscard]] QString grouped(qint64 number);
/// "0.4 ms", "12 µs", "1.3 s": three significant digits at most; "–" for nothing measured.
[[nodiscard]] QString spokenSeconds(double seconds);

} // namespace orrery
