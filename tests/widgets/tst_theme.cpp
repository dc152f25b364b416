// Every text has 4.5 : 1 on its grounds and every mark 3 : 1, and the data colours stay apart for colour-blind eyes.
#include "widgets/theme/contrast.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/theme.h"

#include <QImage>
#include <QPainter>
#include <QtTest>
#include <cmath>

using namespace orrery;

namespace {

using Vec = std::array<double, 3>;
using Mat = std::array<Vec, 3>;

// Machado, Oliveira and Fernandes (2009), severity 1, for linear RGB.
constexpr Mat kNormal{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr Mat kProtan{{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Mat kDeutan{{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
constexpr Mat kTritan{{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};

Vec times(const Mat& m, const Vec& v) {
    Vec out{};
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) out[i] += m[i][j] * v[j];
    return out;
}

Vec linearOf(const QColor& c) {
    const auto linear = [](double x) { return x <= 0.04045 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4); };
    return {linear(c.redF()), linear(c.greenF()), linear(c.blueF())};
}

Vec labOf(Vec rgb) {
    for (double& x : rgb) x = std::clamp(x, 0.0, 1.0);
    const Vec xyz = times({{{0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}}}, rgb);
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const double x = f(xyz[0] / 0.95047), y = f(xyz[1]), z = f(xyz[2] / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double distance(const QColor& a, const QColor& b, const Mat& eyes) {
    const Vec p = labOf(times(eyes, linearOf(a))), q = labOf(times(eyes, linearOf(b)));
    return std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

double smallestDistance(const Theme& theme, int count, const Mat& eyes) {
    double smallest = 1e9;
    for (int i = 0; i < count; ++i)
        for (int j = 0; j < i; ++j)
            smallest = std::min(smallest, distance(theme.category(i).color, theme.category(j).color, eyes));
    return smallest;
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void contrast_data() { themes(); }
    void contrast();
    void colourBlind_data() { themes(); }
    void colourBlind();
    void readableMovesNoFurtherThanNeeded();
    void presentedTextIsAThirtieth();
    void everyIconDraws();

  private:
    static void themes() {
        QTest::addColumn<int>("kind");
        for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark, ThemeKind::Projector})
            QTest::newRow(qPrintable(themeName(kind))) << static_cast<int>(kind);
    }
    static Theme current() {
        QFETCH(int, kind);
        return Theme::of(static_cast<ThemeKind>(kind));
    }
};

void TestTheme::contrast() {
    const Theme t = current();
    for (const QColor& ground : {t.window, t.surface, t.field, t.accentSoft, t.brassSoft})
        for (const QColor& text : {t.ink, t.inkSecond, t.failure, t.accent, readable(t.brass, ground)})
            QVERIFY2(contrastRatio(text, ground) >= kTextContrast,
                     qPrintable(QStringLiteral("%1 on %2: %3").arg(text.name(), ground.name()).arg(contrastRatio(text, ground))));
    QVERIFY(contrastRatio(t.onAccent, t.accent) >= kTextContrast);
    QVERIFY(contrastRatio(t.onBrass, t.brass) >= kTextContrast);
    // Third ink is for marks, ticks and what is switched off, never for text that must be read.
    QVERIFY(contrastRatio(t.inkThird, t.surface) >= kMarkContrast);
    for (int i = 0; i < 6; ++i) QVERIFY(contrastRatio(t.category(i).color, t.surface) >= kMarkContrast);
    for (const QColor& mark : {t.accent, t.brass}) QVERIFY(contrastRatio(mark, t.surface) >= kMarkContrast);
}

void TestTheme::colourBlind() {
    const Theme t = current();
    for (const Mat& eyes : {kNormal, kProtan, kDeutan, kTritan}) {
        // The first four, which most pictures need, are far apart in CIELAB.
        QVERIFY2(smallestDistance(t, 4, eyes) >= 11, qPrintable(QString::number(smallestDistance(t, 4, eyes))));
        // All six are told apart side by side; from afar their shapes do it (blue and purple, protanopia).
        QVERIFY2(smallestDistance(t, 6, eyes) >= 4, qPrintable(QString::number(smallestDistance(t, 6, eyes))));
    }
    for (int i = 0; i < 6; ++i)
        for (int j = 0; j < i; ++j) QVERIFY(t.category(i).shape != t.category(j).shape);
}

void TestTheme::readableMovesNoFurtherThanNeeded() {
    const Theme t = Theme::light();
    QCOMPARE(readable(t.accent, t.surface), t.accent);
    const double ratio = contrastRatio(readable(t.brass, t.surface), t.surface);
    QVERIFY(ratio >= kTextContrast && ratio < kTextContrast + 0.15);
}

void TestTheme::presentedTextIsAThirtieth() {
    for (const int height : {720, 1000, 1080, 2160}) {
        const Theme t = Theme::light().presented(height);
        for (const QFont& font : {t.words(11), t.numbers(11), t.axis(), t.formula(12)})
            QVERIFY(font.pixelSize() * 30 >= height);
        QVERIFY(t.focusWidth() > Theme::light().focusWidth());
    }
}

void TestTheme::everyIconDraws() {
    const Theme t = Theme::dark();
    for (int i = 0; i < kIconCount; ++i) {
        const Icon icon = static_cast<Icon>(i);
        QImage image(48, 48, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        paintIcon(painter, QRectF(0, 0, 48, 48), icon, Qt::green, t);
        painter.end();
        int drawn = 0, green = 0;
        for (int y = 0; y < 48; ++y)
            for (int x = 0; x < 48; ++x) {
                drawn += qAlpha(image.pixel(x, y)) > 200;
                green += image.pixelColor(x, y) == QColor(Qt::green);
            }
        QVERIFY2(drawn > 40, qPrintable(iconPath(icon)));
        QCOMPARE(green > 20, icon != Icon::Mark);
        QCOMPARE(iconOf(themedIcon(icon, t)), std::optional(icon));
    }
    QVERIFY(!applicationIcon().pixmap(64, 64).isNull());
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
