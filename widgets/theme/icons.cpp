#include "widgets/theme/icons.h"

#include <QAction>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>
#include <array>

// Outside of every namespace: the linker drops the resources of a static library unless they are asked for.
static void registerIconResources() { Q_INIT_RESOURCE(icons); }

namespace orrery {

namespace {

constexpr std::array<const char*, kIconCount> kFiles{
    "mark",  "lasso", "isotonic", "boggle",       "tree-search", "svm",       "trees", "adpredictor",
    "roofline", "data", "gallery", "search",      "play",        "pause",     "step-forward", "step-back",
    "first", "last",  "loop",     "lock",         "unlock",      "follow",    "more",  "close",
    "chevron", "chevron-right", "open", "save",   "export",      "undo",      "redo",  "theme",
    "present", "help", "compare", "record",       "inspector",   "expand"};

constexpr const char* kNamePrefix = "orrery-";

QByteArray recoloured(Icon icon, const QColor& color, const Theme& theme) {
    registerIconResources();
    QFile file(iconPath(icon));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QByteArray svg = file.readAll();
    if (icon == Icon::Mark) {
        const Theme drawn = Theme::light();
        svg.replace(drawn.brass.name().toUpper().toLatin1(), theme.brass.name().toLatin1());
        svg.replace(drawn.accent.name().toUpper().toLatin1(), theme.accent.name().toLatin1());
    } else {
        svg.replace("currentColor", color.name().toLatin1());
    }
    return svg;
}

class IconEngine final : public QIconEngine {
  public:
    IconEngine(Icon icon, Theme theme) : m_icon(icon), m_theme(std::move(theme)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        const qreal side = std::min(rect.width(), rect.height());
        QRectF square(0, 0, side, side);
        square.moveCenter(QRectF(rect).center());
        paintIcon(*painter, square, m_icon, colorOf(mode, state), m_theme);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new IconEngine(*this); }
    QString iconName() override {
        return QLatin1String(kNamePrefix) + QLatin1String(kFiles[static_cast<std::size_t>(m_icon)]);
    }
    bool isNull() override { return false; }

  private:
    [[nodiscard]] QColor colorOf(QIcon::Mode mode, QIcon::State state) const {
        if (mode == QIcon::Disabled) return m_theme.inkThird;
        if (state == QIcon::On) return m_theme.accent;
        return m_theme.inkSecond;
    }

    Icon m_icon;
    Theme m_theme;
};

} // namespace

QString iconPath(Icon icon) {
    registerIconResources();
    return QStringLiteral(":/orrery/icons/%1.svg").arg(QLatin1String(kFiles[static_cast<std::size_t>(icon)]));
}

void paintIcon(QPainter& painter, const QRectF& where, Icon icon, const QColor& color, const Theme& theme) {
    QSvgRenderer renderer(recoloured(icon, color, theme));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(painter.opacity() * color.alphaF());
    renderer.render(&painter, where);
    painter.restore();
}

QIcon themedIcon(Icon icon, const Theme& theme) { return QIcon(new IconEngine(icon, theme)); }

QIcon plainIcon(Icon icon) { return themedIcon(icon, Theme::light()); }

std::optional<Icon> iconOf(const QIcon& icon) {
    const QString name = icon.name();
    if (!name.startsWith(QLatin1String(kNamePrefix))) return std::nullopt;
    const QString file = name.mid(static_cast<qsizetype>(std::char_traits<char>::length(kNamePrefix)));
    for (std::size_t i = 0; i < kFiles.size(); ++i)
        if (file == QLatin1String(kFiles[i])) return static_cast<Icon>(i);
    return std::nullopt;
}

void applyTheme(const QList<QAction*>& actions, const Theme& theme) {
    for (QAction* action : actions)
        if (const auto icon = iconOf(action->icon())) action->setIcon(themedIcon(*icon, theme));
}

QIcon applicationIcon() {
    registerIconResources();
    return QIcon(QStringLiteral(":/orrery/orrery.svg"));
}

} // namespace orrery
