// Pictures of widgets in a test: each theme painted, looked at for a blank; kept where ORRERY_PICTURES names
// a folder.
#pragma once

#include "widgets/theme/theme.h"

#include <QDir>
#include <QImage>
#include <QPixmap>
#include <QSet>
#include <QWidget>

namespace orrery::testing {

/// How many of the theme's tokens are found among the pixels.
inline int tokensSeen(const QImage& image, const QList<QColor>& tokens) {
    QSet<QRgb> seen;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            seen.insert(image.pixel(x, y) | 0xff000000u);
    return int(
        std::ranges::count_if(tokens, [&seen](const QColor& token) { return seen.contains(token.rgb()); }));
}

inline QImage picture(QWidget& widget, const QString& name) {
    const QImage image = widget.grab().toImage().convertToFormat(QImage::Format_RGB32);
    if (const QString folder = qEnvironmentVariable("ORRERY_PICTURES"); !folder.isEmpty())
        image.save(QDir(folder).filePath(name + QStringLiteral(".png")));
    return image;
}

inline const std::array kThemes{ThemeKind::Light, ThemeKind::Dark, ThemeKind::Projector};

} // namespace orrery::testing
