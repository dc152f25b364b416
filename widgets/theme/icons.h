// The icon family: our own drawings on a 24-px grid, stroke 1.75, round caps, in the colour that the theme
// asks for. They are vectors until the last moment: crisp at any pixel ratio, vectors in an exported page.
#pragma once

#include "widgets/theme/theme.h"

#include <QIcon>
#include <QRectF>
#include <optional>

class QAction;
class QPainter;

namespace orrery {

enum class Icon {
    Mark, ///< brass orbit, blue planet: keeps its own two colours
    Lasso, Isotonic, Boggle, TreeSearch, Svm, Trees, AdPredictor, Roofline,
    Data, Gallery, Search,
    Play, Pause, StepForward, StepBack, First, Last, Loop, Lock, Unlock, Follow,
    More, Close, Chevron, ChevronRight, Open, Save, Export, Undo, Redo, Theme, Present, Help,
    Compare, Record, Inspector, Expand,
};
inline constexpr int kIconCount = static_cast<int>(Icon::Expand) + 1;

/// Resource path of the drawing, ":/orrery/icons/lasso.svg".
[[nodiscard]] QString iconPath(Icon icon);

/// Draws the icon into the square `where` in `color` (the mark in the theme's brass and accent).
void paintIcon(QPainter& painter, const QRectF& where, Icon icon, const QColor& color, const Theme& theme);

/// For menus and actions: second ink at rest, accent when checked, third ink when disabled.
[[nodiscard]] QIcon themedIcon(Icon icon, const Theme& theme);

/// An icon that no theme has coloured yet: what an action is made with. Widgets here find the drawing by its
/// name and paint it in their own colours.
[[nodiscard]] QIcon plainIcon(Icon icon);

/// The drawing behind an icon made by themedIcon() or plainIcon(); nullopt for any other icon.
[[nodiscard]] std::optional<Icon> iconOf(const QIcon& icon);

/// Recolours the icons of actions, for menus. Icons that are not of this family stay as they are.
void applyTheme(const QList<QAction*>& actions, const Theme& theme);

/// The application's own icon.
[[nodiscard]] QIcon applicationIcon();

} // namespace orrery
