#include "app/labs/lasso/views/soft_threshold_view.h"

#include "widgets/plot/number_format.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <algorithm>
#include <cmath>

namespace orrery::lasso {

double SoftThreshold::result() const {
    return std::copysign(std::max(0.0, std::abs(rho) - threshold), rho) / denominator;
}

SoftThresholdView::SoftThresholdView(QWidget* parent) : Plot(parent) {
    new Sketch(this, [this](QPainter& painter) { paintGround(painter); });
    new Sketch(
        this, [this](QPainter& painter) { paintThresholds(painter); }, false);
    new Sketch(
        this, [this](QPainter& painter) { paintStep(painter); }, false, Sketch::Level::Overlay);
    setHorizontal({.title = tr("partial correlation ρ")});
    setVertical({.title = tr("new coefficient β"), .reference = 0.0});
    setPlaceholder(tr("No coordinate has moved yet"));
}

void SoftThresholdView::setStep(const SoftThreshold& step) {
    m_step = step;
    setPlaceholder(step.valid    ? QString()
                   : step.newton ? tr("A Newton step moves all active coefficients together")
                                 : tr("No coordinate has moved yet"));
    rescale();
}

void SoftThresholdView::setReach(double reach) {
    m_reach = reach;
    rescale();
}

void SoftThresholdView::setHighlightedMark(const QString& mark) {
    m_highlighted = mark;
    schedule();
}

void SoftThresholdView::rescale() {
    const double reach = std::max({m_reach, 1.25 * std::abs(m_step.rho), 1.8 * m_step.threshold, 1e-9});
    const double height = 1.08 * std::max(reach - m_step.threshold, reach * 0.2) / m_step.denominator;
    setHome({-reach, reach}, {-height, height});
}

// The dead zone, what no penalty would give, and the curve itself.
void SoftThresholdView::paintGround(QPainter& painter) const {
    if (!m_step.valid) return;
    const double t = m_step.threshold, left = fromX(area().left()), right = fromX(area().right());
    const auto segment = [&](double x1, double y1, double x2, double y2) {
        return clippedLine(QPolygonF{toPixel(x1, y1), toPixel(x2, y2)}, area());
    };
    const double low = std::max(toX(-t), area().left()), high = std::min(toX(t), area().right());
    painter.fillRect(QRectF(low, area().top(), high - low, area().height()), theme().accentSoft);
    const double d = m_step.denominator;
    QPen free(theme().inkThird, theme().hairline(), Qt::CustomDashLine);
    free.setDashPattern({4, 4});
    strokeLines(painter, segment(left, left / d, right, right / d), free);
    const QPen pen = solidPen(theme().accent, theme().focusWidth());
    strokeLines(painter, segment(left, (left + t) / d, -t, 0), pen);
    strokeLines(painter, segment(-t, 0, t, 0), pen);
    strokeLines(painter, segment(t, 0, right, (right - t) / d), pen);
}

void SoftThresholdView::paintThresholds(QPainter& painter) const {
    if (!m_step.valid || m_step.threshold <= 0.0) return;
    const bool lit = m_highlighted == QStringLiteral("threshold");
    const double width = lit ? theme().contextWidth() * 1.4 : theme().hairline();
    const QFontMetricsF metrics(theme().words(12));
    painter.setPen(QPen(theme().accent, width));
    for (const double sign : {-1.0, 1.0}) {
        const double x = snapped(toX(sign * m_step.threshold), width, ratio());
        if (x >= area().left() && x <= area().right())
            painter.drawLine(QPointF(x, area().top()), QPointF(x, area().bottom()));
    }
    const double y = area().bottom() - metrics.height() * 0.7;
    tag(painter, {toX(m_step.threshold) + theme().px(16), y}, QStringLiteral("λα"), theme().accent, lit);
    tag(painter, {toX(-m_step.threshold) - theme().px(19), y}, QStringLiteral("−λα"), theme().accent, lit);
}

void SoftThresholdView::tag(QPainter& painter, QPointF centre, const QString& text, const QColor& color,
                            bool strong) const {
    const QFont font = theme().words(12, strong ? QFont::DemiBold : QFont::Normal);
    const QFontMetricsF metrics(font);
    const double width = metrics.horizontalAdvance(text);
    const double left = std::clamp(centre.x() - width / 2, area().left() + 2,
                                   std::max(area().left() + 2, area().right() - width - 2));
    QRectF ground(left - 3, centre.y() - metrics.height() / 2, width + 6, metrics.height());
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().surface);
    painter.setOpacity(0.85);
    painter.drawRoundedRect(ground, 3, 3);
    painter.setOpacity(1.0);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(snappedText({left, centre.y() + metrics.capHeight() / 2}, ratio()), text);
}

void SoftThresholdView::paintStep(QPainter& painter) const {
    if (!m_step.valid) return;
    const QPointF at = toPixel(m_step.rho, m_step.result());
    if (!area().adjusted(-2, -2, 2, 2).contains(at)) return;
    const bool rhoLit = m_highlighted == QStringLiteral("rho"),
               resultLit = m_highlighted == QStringLiteral("result");
    const double x = snapped(at.x(), theme().hairline(), ratio()),
                 y = snapped(at.y(), theme().hairline(), ratio());
    painter.setPen(QPen(theme().brass, rhoLit ? theme().focusWidth() : theme().hairline()));
    painter.drawLine(QPointF(x, at.y()), QPointF(x, area().bottom()));
    painter.setPen(QPen(theme().brass, resultLit ? theme().focusWidth() : theme().hairline()));
    painter.drawLine(QPointF(at.x(), y), QPointF(area().left(), y));
    drawMark(painter, at, MarkShape::Disc, theme().markSize() * 1.15, theme().brass, theme().surface);
    const double line = QFontMetricsF(theme().words(12)).height();
    // ρ is written above the row of the thresholds; the result beside the left edge, on the side away from
    // zero.
    tag(painter, {at.x(), area().bottom() - line * 1.9}, QStringLiteral("ρ = ") + shortNumber(m_step.rho),
        theme().brass, rhoLit);
    const double away = m_step.result() < 0.0 ? line * 0.75 : -line * 0.75;
    const QString name = m_step.name.isEmpty() ? QStringLiteral("β") : m_step.name;
    tag(painter, {area().left() + theme().px(6), at.y() + away},
        name + QStringLiteral(" = ") + shortNumber(m_step.result()), theme().brass, resultLit);
}

} // namespace orrery::lasso
