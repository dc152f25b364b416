#include "app/labs/search/views/property_code.h"

#include "widgets/frame/paint.h"
#include "widgets/theme/contrast.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace orrery {

namespace {

/// The operator stands between the two halves of the fourth line.
constexpr const char* kLines[] = {"search x Empty = False",
                                  "search x (Node v l r) =",
                                  "    v == x",
                                  "    || search x l ",
                                  "",
                                  "prop x t =",
                                  "    search x t == elem x (toList t)"};
constexpr int kSwitchLine = 3;
constexpr const char* kAfter = " search x r";
constexpr int kLineCount = 7;
constexpr double kLeading = 1.55;

} // namespace

PropertyCode::PropertyCode(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PropertyCode::setOperator(search::Operator branches) {
    m_branches = branches;
    setAccessibleDescription(branches == search::Operator::And
                                 ? tr("v == x, or search left and search right: mutated")
                                 : tr("v == x, or search left, or search right"));
    update();
}

void PropertyCode::setTheme(const Theme& theme) {
    m_theme = theme;
    place();
    updateGeometry();
    update();
}

QSize PropertyCode::minimumSizeHint() const {
    return {m_theme.px(200), m_theme.px(110)};
}

QFont PropertyCode::font() const {
    QFont font = m_theme.numbers(13);
    font.setPixelSize(std::max(1, static_cast<int>(m_size)));
    return font;
}

void PropertyCode::place() {
    m_size = 16.0 * m_theme.scale;
    const double longest = textWidth(font(), QString::fromLatin1(kLines[6])) + m_theme.px(20);
    m_size *= std::min({1.0, width() / longest, height() / (kLineCount * kLeading * m_size)});
    const double line = m_size * kLeading,
                 before = textWidth(font(), QString::fromLatin1(kLines[kSwitchLine]));
    const double wide = textWidth(font(), QStringLiteral("&&"));
    m_switch = QRectF(m_theme.px(10) + before - m_size * 0.3, line * kSwitchLine + line * 0.08,
                      wide + m_size * 0.6, line * 0.84);
}

void PropertyCode::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double line = m_size * kLeading, left = m_theme.px(10);
    const auto text = [&](double x, int row, const QString& words, const QColor& color, const QFont& face) {
        painter.setFont(face);
        painter.setPen(color);
        painter.drawText(QRectF(x, row * line, width(), line), Qt::AlignLeft | Qt::AlignVCenter, words);
    };
    for (int row = 0; row < kLineCount; ++row)
        text(left, row, QString::fromLatin1(kLines[row]), row < 5 ? m_theme.ink : m_theme.inkSecond, font());
    const bool isMutated = m_branches == search::Operator::And;
    drawPanel(painter, m_switch, m_size * 0.3, isMutated ? m_theme.failure : m_theme.accentSoft,
              isMutated ? m_theme.failure : m_theme.accent);
    QFont bold = font();
    bold.setWeight(QFont::Bold);
    text(m_switch.left() + m_size * 0.3, kSwitchLine, isMutated ? QStringLiteral("&&") : QStringLiteral("||"),
         isMutated ? readable(m_theme.surface, m_theme.failure)
                   : readable(m_theme.accent, m_theme.accentSoft),
         bold);
    text(m_switch.right() - m_size * 0.3, kSwitchLine, QString::fromLatin1(kAfter), m_theme.ink, font());
    if (hasFocus()) drawFocusRing(painter, m_switch.adjusted(-3, -3, 3, 3), m_size * 0.3 + 3, m_theme);
}

void PropertyCode::resizeEvent(QResizeEvent*) {
    place();
}

void PropertyCode::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && m_switch.contains(event->position())) Q_EMIT operatorToggled();
}

void PropertyCode::mouseMoveEvent(QMouseEvent* event) {
    setCursor(m_switch.contains(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void PropertyCode::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        Q_EMIT operatorToggled();
    else
        QWidget::keyPressEvent(event);
}

} // namespace orrery
