// A widget as a picture file: PNG at the widget's own pixel ratio, SVG and PDF as vectors with text as text.
#pragma once

#include "core/support/expected.h"

#include <QString>

class QWidget;

namespace orrery {

/// By suffix: png, svg, pdf. Nothing is written when something is wrong.
[[nodiscard]] Expected<void> writePicture(QWidget& widget, const QString& path);

} // namespace orrery
