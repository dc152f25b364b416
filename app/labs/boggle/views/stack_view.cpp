#include "app/labs/boggle/views/stack_view.h"

#include "widgets/frame/paint.h"
#include "widgets/theme/contrast.h"

#include <QPainter>
#include <algorithm>

namespace orrery::boggleview {

namespace {
constexpr double kCaption = 22.0;
constexpr double kGap = 5.0;
constexpr double kLeast = 22.0; ///< extent of a frame below which older ones are left out
constexpr double kMost = 58.0;
constexpr double kMostLying = 70.0;
} // namespace

StackView::StackView(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Stack"));
}

void StackView::setFrames(std::vector<StackFrame> frames, int deepest) {
    if (frames == m_frames && deepest == m_deepest) return;
    m_frames = std::move(frames);
    m_deepest = std::max(4, deepest);
    QStringList letters;
    for (const StackFrame& frame : m_frames)
        letters << frame.letter;
    setAccessibleDescription(letters.join(QLatin1Char(' ')));
    update();
}

void StackView::setUpright(bool upright) {
    m_upright = upright;
    update();
}

void StackView::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

double StackView::extent() const {
    const double room = m_upright ? height() - m_theme.px(kCaption) : width();
    const double most = m_theme.px(m_upright ? kMost : kMostLying);
    return std::clamp(room / std::max(m_deepest, 1), static_cast<double>(m_theme.px(kLeast)), most);
}

void StackView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double caption = m_theme.px(kCaption), step = extent(), gap = m_theme.px(kGap);
    const QRectF words(0, m_upright ? height() - caption : 0, width(), caption);
    const QString text =
        m_frames.empty() ? tr("Stack: empty")
        : m_upright      ? tr("Stack: %1").arg(m_frames.size())
                         : tr("Stack of %1; open dots are neighbours still to be tried").arg(m_frames.size());
    drawElided(painter, words, Qt::AlignLeft | Qt::AlignVCenter, m_theme.words(12), m_theme.inkSecond, text);
    // The oldest frames make room for the newest.
    const double room = m_upright ? height() - caption : width();
    const auto fit = static_cast<std::size_t>(std::max(1.0, room / step));
    const std::size_t first = m_frames.size() > fit ? m_frames.size() - fit : 0;
    for (std::size_t i = first; i < m_frames.size(); ++i) {
        const double at = step * static_cast<double>(i - first);
        const QRectF where =
            m_upright ? QRectF(0, height() - caption - at - step + gap, width(), step - gap)
                      : QRectF(at, caption + m_theme.px(4), step - gap, height() - caption - m_theme.px(5));
        paintFrame(painter, m_frames[i], where, static_cast<int>(i) + 1, i + 1 == m_frames.size());
    }
}

void StackView::paintFrame(QPainter& painter, const StackFrame& frame, const QRectF& where, int number,
                           bool isTop) const {
    const double radius = m_theme.px(6), line = m_theme.hairline();
    painter.setPen(QPen(m_theme.brass, isTop ? m_theme.contextWidth() : line));
    painter.setBrush(isTop ? m_theme.brass : m_theme.brassSoft);
    painter.drawRoundedRect(where.adjusted(line, line, -line, -line), radius, radius);
    const QColor ink = isTop ? m_theme.onBrass : m_theme.ink;
    const double inset = m_theme.px(7);
    QRectF letter = where.adjusted(inset, 0, 0, 0), dots = where;
    if (m_upright) {
        letter.setWidth(where.width() * 0.42);
        dots = where.adjusted(where.width() * 0.48, 0, -inset, 0);
    } else {
        letter =
            QRectF(where.left(), where.top() + where.height() * 0.08, where.width(), where.height() * 0.5);
        dots = where.adjusted(inset, where.height() * 0.6, -inset, -where.height() * 0.1);
    }
    QFont font = m_theme.words(13, QFont::DemiBold);
    font.setPixelSize(std::max(9, static_cast<int>(std::min(letter.height() * 0.66, letter.width() * 0.62))));
    painter.setFont(font);
    painter.setPen(ink);
    painter.drawText(letter, m_upright ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignCenter, frame.letter);
    if (!m_upright && where.height() > m_theme.px(44)) {
        QFont small = m_theme.numbers(11);
        painter.setFont(small);
        painter.setPen(isTop ? m_theme.onBrass : readable(m_theme.brass, m_theme.brassSoft));
        painter.drawText(where.adjusted(inset, m_theme.px(3), 0, 0), Qt::AlignLeft | Qt::AlignTop,
                         QString::number(number));
    }
    paintDots(painter, frame, dots, isTop);
}

// In two rows of four: a tile has at most eight neighbours.
void StackView::paintDots(QPainter& painter, const StackFrame& frame, const QRectF& where, bool isTop) const {
    const double step = std::min(where.width() / 4, where.height() / 2), radius = step * 0.28;
    const QPointF origin = where.center() - QPointF(1.5 * step, frame.neighbours > 4 ? 0.5 * step : 0.0);
    const QColor ink = isTop ? m_theme.onBrass : readable(m_theme.brass, m_theme.brassSoft, kMarkContrast);
    for (int i = 0; i < frame.neighbours; ++i) {
        const QPointF at = origin + QPointF(step * (i % 4), step * (i / 4));
        const bool done = i < frame.lookedAt;
        painter.setPen(done ? QPen(Qt::NoPen) : QPen(ink, m_theme.hairline() * 1.2));
        QColor fill = ink;
        fill.setAlphaF(0.45f);
        painter.setBrush(done ? QBrush(fill) : QBrush(Qt::NoBrush));
        painter.drawEllipse(at, done ? radius * 0.7 : radius, done ? radius * 0.7 : radius);
    }
}

} // namespace orrery::boggleview
