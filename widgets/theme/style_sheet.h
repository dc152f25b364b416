// One small style sheet and a palette, built from the tokens, for the plain Qt widgets: line edits, combo
// boxes, menus, tool tips, scroll bars, tables, dialogs, tabs, check boxes.
#pragma once

#include "widgets/theme/theme.h"

#include <QPalette>
#include <QString>

namespace orrery {

[[nodiscard]] QPalette paletteOf(const Theme& theme);
[[nodiscard]] QString styleSheetOf(const Theme& theme);

} // namespace orrery
