// Every colour, type size and line width that the program draws with. A value: no singleton, no literal
// elsewhere. Two colours mean something everywhere: accent = what you control, brass = now.
#pragma once

#include <QColor>
#include <QFont>
#include <QString>
#include <array>

class QWidget;

namespace orrery {

enum class ThemeKind { Light, Dark, Projector };

/// The marks that go with the categorical colours, in the same order: colour is never alone.
enum class MarkShape { Disc, Triangle, Square, Diamond, Plus, Circle };

struct CategoryStyle {
    QColor color;
    MarkShape shape = MarkShape::Disc;
    QString spokenName; ///< what a lecturer can say aloud: "blue"
};

struct Theme {
    ThemeKind kind = ThemeKind::Light;

    QColor window, surface;
    QColor line, grid;
    QColor ink, inkSecond, inkThird;
    QColor accent, accentSoft;
    QColor brass, brassSoft;
    QColor ghost, track;
    QColor onAccent, onBrass; ///< text and icons on a filled accent or brass shape
    QColor field;             ///< ground of inputs
    QColor failure;           ///< text of an error sentence
    std::array<CategoryStyle, 6> categories;

    // Type in logical pixels, before `scale`.
    double scale = 1.0;     ///< 1 at the desk; larger in presentation
    double lineScale = 1.0; ///< multiplies curve widths and mark sizes
    bool reducedMotion = false;

    [[nodiscard]] static Theme light();
    [[nodiscard]] static Theme dark();
    [[nodiscard]] static Theme projector();
    [[nodiscard]] static Theme of(ThemeKind kind);
    /// The same theme for the back row: type and lines scaled so that the smallest text is at least 1/30 of
    /// `pictureHeight` (logical pixels).
    [[nodiscard]] Theme presented(int pictureHeight) const;

    [[nodiscard]] int px(double logicalPixels) const; ///< scaled and rounded: spacing that follows the type
    [[nodiscard]] QFont words(double pixels = 13, int weight = QFont::Normal) const;   ///< Inter
    [[nodiscard]] QFont numbers(double pixels = 12, int weight = QFont::Normal) const; ///< JetBrains Mono
    [[nodiscard]] QFont formula(double pixels = 15, int weight = QFont::Normal) const; ///< STIX Two
    [[nodiscard]] QFont axis() const { return words(12); }
    [[nodiscard]] QFont cardTitle() const { return words(14, QFont::DemiBold); }
    [[nodiscard]] QFont labTitle() const { return words(16, QFont::DemiBold); }

    [[nodiscard]] double focusWidth() const { return 3.0 * lineScale; }
    [[nodiscard]] double contextWidth() const { return 1.6 * lineScale; }
    [[nodiscard]] double hairline() const { return 1.0 * lineScale; }
    [[nodiscard]] double markSize() const { return 5.0 * lineScale; } ///< radius-like size of a data mark
    [[nodiscard]] const CategoryStyle& category(int index) const;     ///< wraps around

    friend bool operator==(const Theme& a, const Theme& b) {
        return a.kind == b.kind && a.scale == b.scale && a.lineScale == b.lineScale &&
               a.reducedMotion == b.reducedMotion;
    }
};

[[nodiscard]] QString themeName(ThemeKind kind); ///< "light", "dark", "projector"

/// Implemented by every widget that paints or lays out with theme tokens.
class Themed {
  public:
    virtual ~Themed() = default;
    virtual void setTheme(const Theme& theme) = 0;
};

/// Gives `theme` to `root` and to every Themed widget below it, and sets palette and style of the plain Qt
/// widgets among them.
void applyTheme(QWidget* root, const Theme& theme);

} // namespace orrery
