// A page of Markdown in a small window of its own; Esc closes it, and nothing else is held up meanwhile.
#pragma once

#include "widgets/theme/theme.h"

class QWidget;

namespace orrery {

void openHelpPage(QWidget* parent, const QString& title, const QString& markdown, const Theme& theme);

} // namespace orrery
