#include "widgets/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace orrery {

namespace {

// In presentation nothing is drawn smaller than the axis type.
constexpr double kSmallestPresented = 12.0;

QFont face(const QStringList& families, double pixels, int weight, QFont::StyleHint hint) {
    QFont font;
    font.setFamilies(families);
    font.setStyleHint(hint);
    font.setPixelSize(std::max(1, static_cast<int>(std::lround(pixels))));
    font.setWeight(static_cast<QFont::Weight>(weight));
    // The same outlines at every pixel ratio and in vector files.
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

std::array<CategoryStyle, 6> categoriesOf(const std::array<const char*, 6>& colors, double brightness = 1.0) {
    static const std::array<MarkShape, 6> shapes{MarkShape::Disc,    MarkShape::Triangle, MarkShape::Square,
                                                 MarkShape::Diamond, MarkShape::Plus,     MarkShape::Circle};
    static const std::array<const char*, 6> names{"blue", "orange", "green", "red", "purple", "sky"};
    std::array<CategoryStyle, 6> styles;
    for (std::size_t i = 0; i < styles.size(); ++i) {
        const QColor base(QLatin1String(colors[i]));
        styles[i].color = QColor::fromRgbF(static_cast<float>(base.redF() * brightness),
                                           static_cast<float>(base.greenF() * brightness),
                                           static_cast<float>(base.blueF() * brightness));
        styles[i].shape = shapes[i];
        styles[i].spokenName = QLatin1String(names[i]);
    }
    return styles;
}

// Orange and sky are one shade deeper than the palette they come from (#E08A00, #3FA7D6), which has only
// 2.7 : 1 on white; a mark needs 3 : 1.
constexpr std::array<const char*, 6> kLightCategories{"#0072B2", "#D08000", "#00916A",
                                                      "#D1495B", "#9B5DA5", "#2F98C7"};
constexpr double kProjectorShade = 0.85; ///< of the light set: a projector washes out
constexpr std::array<const char*, 6> kDarkCategories{"#5BB4F0", "#F2A93B", "#3CC79A",
                                                     "#F07A86", "#C792D6", "#7FD0F5"};

QColor rgb(unsigned value) {
    return QColor(QRgb(0xff000000u | value));
}

/// One row a token: light, dark, projector, in the order of ThemeKind.
struct TokenRow {
    QColor Theme::*token;
    std::array<unsigned, 3> values;
};

constexpr std::array<TokenRow, 17> kTokens{{
    {&Theme::window, {0xF3F4F7, 0x0F1218, 0xFFFFFF}},
    {&Theme::surface, {0xFFFFFF, 0x171B23, 0xFFFFFF}},
    {&Theme::line, {0xE2E5EB, 0x272D38, 0xB9C0CC}},
    {&Theme::grid, {0xEEF0F4, 0x202631, 0xE2E5EB}},
    {&Theme::ink, {0x161A22, 0xE9ECF2, 0x000000}},
    {&Theme::inkSecond, {0x566072, 0xA2ACBC, 0x2A303B}},
    {&Theme::inkThird, {0x8B94A5, 0x6E7889, 0x566072}},
    {&Theme::accent, {0x2563C9, 0x6EA8FF, 0x0B4FB8}},
    {&Theme::accentSoft, {0xEAF1FC, 0x1D2A40, 0xE1ECFB}},
    {&Theme::brass, {0xC27C0E, 0xF0B454, 0xA86400}},
    {&Theme::brassSoft, {0xFBF3E2, 0x2E2614, 0xFBF3E2}},
    {&Theme::ghost, {0xC3C9D4, 0x465062, 0x9AA3B2}},
    {&Theme::track, {0xDFE3EA, 0x2A313D, 0xCBD1DB}},
    {&Theme::onAccent, {0xFFFFFF, 0x0F1218, 0xFFFFFF}},
    {&Theme::onBrass, {0x161A22, 0x0F1218, 0xFFFFFF}},
    {&Theme::field, {0xF3F4F7, 0x0F1218, 0xEEF0F4}},
    {&Theme::failure, {0xB42318, 0xFF8A80, 0xA11212}},
}};

} // namespace

Theme Theme::of(ThemeKind kind) {
    Theme t;
    t.kind = kind;
    for (const TokenRow& row : kTokens)
        t.*row.token = rgb(row.values[static_cast<std::size_t>(kind)]);
    t.categories = categoriesOf(kind == ThemeKind::Dark ? kDarkCategories : kLightCategories,
                                kind == ThemeKind::Projector ? kProjectorShade : 1.0);
    return t;
}

Theme Theme::light() {
    return of(ThemeKind::Light);
}
Theme Theme::dark() {
    return of(ThemeKind::Dark);
}
Theme Theme::projector() {
    return of(ThemeKind::Projector);
}

Theme Theme::presented(int pictureHeight) const {
    Theme t = *this;
    t.scale = std::max(1.0, pictureHeight / (30.0 * kSmallestPresented));
    // Lines need less than type: a curve is seen from where its label is not yet read.
    t.lineScale = std::sqrt(t.scale);
    return t;
}

int Theme::px(double logicalPixels) const {
    return static_cast<int>(std::lround(logicalPixels * scale));
}

namespace {

double typeSize(const Theme& theme, double pixels) {
    if (theme.scale <= 1.0) return pixels * theme.scale;
    return std::ceil(std::max(pixels, kSmallestPresented) * theme.scale);
}

} // namespace

QFont Theme::words(double pixels, int weight) const {
    return face({QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("Segoe UI"),
                 QStringLiteral("Helvetica Neue"), QStringLiteral("DejaVu Sans")},
                typeSize(*this, pixels), weight, QFont::SansSerif);
}

QFont Theme::numbers(double pixels, int weight) const {
    return face({QStringLiteral("JetBrains Mono"), QStringLiteral("Cascadia Mono"), QStringLiteral("Menlo"),
                 QStringLiteral("DejaVu Sans Mono")},
                typeSize(*this, pixels), weight, QFont::Monospace);
}

QFont Theme::formula(double pixels, int weight) const {
    return face({QStringLiteral("STIX Two Text"), QStringLiteral("STIX"), QStringLiteral("STIXGeneral"),
                 QStringLiteral("Times New Roman"), QStringLiteral("DejaVu Serif")},
                typeSize(*this, pixels), weight, QFont::Serif);
}

const CategoryStyle& Theme::category(int index) const {
    const int n = static_cast<int>(categories.size());
    return categories[static_cast<std::size_t>(((index % n) + n) % n)];
}

QString themeName(ThemeKind kind) {
    switch (kind) {
    case ThemeKind::Light:
        return QStringLiteral("light");
    case ThemeKind::Dark:
        return QStringLiteral("dark");
    case ThemeKind::Projector:
        return QStringLiteral("projector");
    }
    return QStringLiteral("light");
}

} // namespace orrery
