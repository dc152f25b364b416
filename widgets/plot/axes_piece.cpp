#include "widgets/plot/axes_piece.h"

#include <algorithm>

namespace orrery {

namespace {

constexpr double kTickLength = 5, kTickGap = 5, kLabelGap = 8, kTitleGap = 7, kEdge = 4;
constexpr double kPowerSize = 0.75; ///< of the axis type

QFont powerFont(const Theme& theme) {
    QFont font = theme.axis();
    font.setPixelSize(std::max(8, qRound(font.pixelSize() * kPowerSize)));
    return font;
}

// A title longer than its axis goes without the remark in brackets; one too long for the plot, with an
// ellipsis.
QString fitted(const QString& title, const QFontMetricsF& metrics, double axis, double room) {
    if (metrics.horizontalAdvance(title) <= axis) return title;
    const auto remark = title.indexOf(QStringLiteral(" ("));
    return metrics.elidedText(remark > 0 ? title.left(remark) : title, Qt::ElideRight, room);
}

} // namespace

double AxesPiece::width(const Tick& tick, const Theme& theme) {
    const double base = QFontMetricsF(theme.axis()).horizontalAdvance(tick.text);
    return tick.power.isEmpty() ? base
                                : base + QFontMetricsF(powerFont(theme)).horizontalAdvance(tick.power) + 1;
}

double AxesPiece::roomLeft(const AxisOptions& axis, const std::vector<Tick>& ticks, const Theme& theme) {
    double room = theme.px(kEdge);
    if (axis.labels) {
        double widest = 0.0;
        for (const Tick& tick : ticks)
            widest = std::max(widest, width(tick, theme));
        room += widest + theme.px(kLabelGap);
    }
    if (!axis.title.isEmpty()) room += QFontMetricsF(theme.axis()).height() + theme.px(kTitleGap);
    return room;
}

double AxesPiece::roomBelow(const AxisOptions& axis, const Theme& theme) {
    const double line = QFontMetricsF(theme.axis()).height();
    double room = theme.px(kEdge);
    if (axis.labels) room += theme.px(kTickLength + kTickGap) + line;
    if (!axis.title.isEmpty()) room += theme.px(kTitleGap) + line;
    return room;
}

void AxesPiece::paint(QPainter& painter) {
    // A picture that has nothing to show yet has no numbers to read either, and no line through its sentence.
    const bool shows = plot().m_placeholder.isEmpty();
    if (plot().m_grid && shows) paintGrid(painter);
    if (shows) paintReferences(painter);
    paintLeft(painter);
    paintBelow(painter);
}

double AxesPiece::hairline() const {
    return wholeWidth(theme().hairline(), plot().ratio());
}

void AxesPiece::paintGrid(QPainter& painter) const {
    const QRectF area = plot().area();
    painter.setPen(QPen(theme().grid, hairline()));
    for (const Tick& tick : plot().ticksY()) {
        const double y = snapped(plot().toY(tick.value), hairline(), plot().ratio());
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    }
}

void AxesPiece::paintReferences(QPainter& painter) const {
    const QRectF area = plot().area();
    painter.setPen(QPen(theme().inkThird, hairline(), Qt::CustomDashLine));
    QPen pen = painter.pen();
    pen.setDashPattern({3, 3});
    painter.setPen(pen);
    if (const auto& at = plot().m_vertical.reference) {
        const double y = snapped(plot().toY(*at), hairline(), plot().ratio());
        if (y >= area.top() && y <= area.bottom())
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    }
    if (const auto& at = plot().m_horizontal.reference) {
        const double x = snapped(plot().toX(*at), hairline(), plot().ratio());
        if (x >= area.left() && x <= area.right())
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    }
}

void AxesPiece::paintLeft(QPainter& painter) const {
    const QRectF area = plot().area();
    const QFontMetricsF metrics(theme().axis());
    painter.setPen(theme().inkSecond);
    double left = area.left();
    if (plot().m_vertical.labels && plot().m_placeholder.isEmpty())
        for (const Tick& tick : plot().ticksY()) {
            const double x = area.left() - theme().px(kLabelGap) - width(tick, theme());
            left = std::min(left, x);
            paintTick(painter, tick, {x, plot().toY(tick.value) + metrics.capHeight() / 2});
        }
    if (plot().m_vertical.title.isEmpty()) return;
    const QString title = fitted(plot().m_vertical.title, metrics, area.height(), plot().height());
    painter.setFont(theme().axis());
    painter.save();
    const double half = metrics.horizontalAdvance(title) / 2;
    // Centred on the area, but never beyond the edges of the plot.
    const double centre = std::clamp(area.center().y(), std::min(half, plot().height() / 2.0),
                                     std::max(plot().height() - half, plot().height() / 2.0));
    painter.translate(
        snappedText({left - theme().px(kTitleGap) - metrics.descent(), centre}, plot().ratio()));
    painter.rotate(-90);
    painter.drawText(QPointF(-half, 0), title);
    painter.restore();
}

void AxesPiece::paintBelow(QPainter& painter) const {
    const QRectF area = plot().area();
    const double line = hairline(), bottom = snapped(area.bottom(), line, plot().ratio());
    painter.setPen(QPen(theme().inkThird, line, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QPointF(area.left(), bottom), QPointF(area.right(), bottom));
    const QFontMetricsF metrics(theme().axis());
    double baseline = area.bottom() + metrics.ascent() + theme().px(kTitleGap);
    if (plot().m_horizontal.labels) {
        baseline = area.bottom() + theme().px(kTickLength + kTickGap) + metrics.ascent();
        for (const Tick& tick : plot().m_placeholder.isEmpty() ? plot().ticksX() : std::vector<Tick>()) {
            const double x = snapped(plot().toX(tick.value), line, plot().ratio());
            painter.setPen(QPen(theme().inkThird, line, Qt::SolidLine, Qt::FlatCap));
            painter.drawLine(QPointF(x, bottom), QPointF(x, bottom + theme().px(kTickLength)));
            painter.setPen(theme().inkSecond);
            const double half = width(tick, theme()) / 2;
            paintTick(painter, tick, {std::min(x - half, plot().width() - 2 * half), baseline});
        }
        baseline += metrics.height() + theme().px(kTitleGap);
    }
    const QString title = fitted(plot().m_horizontal.title, metrics, area.width(), plot().width());
    const double half = metrics.horizontalAdvance(title) / 2;
    const double centre = std::clamp(area.center().x(), std::min(half, plot().width() / 2.0),
                                     std::max(plot().width() - half, plot().width() / 2.0));
    painter.setFont(theme().axis());
    painter.setPen(theme().inkSecond);
    if (!title.isEmpty()) painter.drawText(snappedText({centre - half, baseline}, plot().ratio()), title);
}

void AxesPiece::paintTick(QPainter& painter, const Tick& tick, QPointF leftBaseline) const {
    const QFont base = theme().axis();
    const QPointF at = snappedText(leftBaseline, plot().ratio());
    painter.setFont(base);
    painter.drawText(at, tick.text);
    if (tick.power.isEmpty()) return;
    const QFontMetricsF metrics(base);
    painter.setFont(powerFont(theme()));
    painter.drawText(at + QPointF(metrics.horizontalAdvance(tick.text) + 1, -metrics.capHeight() * 0.55),
                     tick.power);
}

} // namespace orrery
