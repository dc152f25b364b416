#include "widgets/plot/end_labels.h"

#include "widgets/plot/spread_labels.h"

#include <algorithm>
#include <cmath>

namespace orrery {

namespace {

constexpr double kGap = 10;   ///< from the end of the curve to the text
constexpr double kLeader = 3; ///< a label moved by more than this gets a hairline
constexpr double kFar = 1.6;  ///< lines of type; context that had to move farther is left out

} // namespace

void EndLabels::setLabels(std::vector<EndLabel> labels) {
    m_labels = std::move(labels);
    changed();
}

void EndLabels::setHighlighted(int id) {
    if (id == m_highlighted) return;
    m_highlighted = id;
    changed();
}

QFont EndLabels::font(const EndLabel& label) const {
    return theme().words(12, label.strong || (label.id >= 0 && label.id == m_highlighted) ? QFont::DemiBold
                                                                                          : QFont::Normal);
}

// Bold widths, so that a label gaining focus moves nothing.
QMarginsF EndLabels::margins() const {
    const QFontMetricsF metrics(theme().words(12, QFont::DemiBold));
    double widest = 0.0;
    for (const EndLabel& label : m_labels)
        widest = std::max(widest, metrics.horizontalAdvance(label.text));
    return m_labels.empty() ? QMarginsF() : QMarginsF(0, 0, theme().px(kGap) + widest + theme().px(6), 0);
}

/// The labels whose curves end inside the area.
std::vector<EndLabels::Placed> EndLabels::candidates() const {
    const QRectF area = plot().area();
    std::vector<Placed> found;
    for (const EndLabel& label : m_labels) {
        const double y = plot().toY(label.y);
        if (std::isfinite(y) && y >= area.top() - 1 && y <= area.bottom() + 1)
            found.push_back({&label, {}, y});
    }
    return found;
}

std::vector<EndLabels::Placed> EndLabels::placed() const {
    const QRectF area = plot().area();
    const double height = QFontMetricsF(theme().words(12)).height();
    const double lower = std::max(0.0, area.top() - height / 2), upper = area.bottom() + height / 2;
    std::vector<Placed> shown = candidates();
    shown.resize(std::min(shown.size(), static_cast<std::size_t>(labelsThatFit(height, lower, upper))));
    std::vector<double> centres;
    for (;;) {
        std::vector<double> wanted;
        for (const Placed& place : shown)
            wanted.push_back(place.anchorY);
        centres = spreadLabels(wanted, std::vector<double>(shown.size(), height), lower, upper);
        // The least important context label of a crowd goes, until nobody is pushed far.
        std::ptrdiff_t drop = -1;
        bool far = false;
        for (std::size_t i = 0; i < shown.size(); ++i) {
            const double moved = std::abs(centres[i] - wanted[i]);
            far = far || moved > kFar * height;
            const bool context =
                !shown[i].label->color && !shown[i].label->strong && shown[i].label->id != m_highlighted;
            if (context && moved > 0.5 * height) drop = static_cast<std::ptrdiff_t>(i);
        }
        if (!far || drop < 0) break;
        shown.erase(shown.begin() + drop);
    }
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const double width = QFontMetricsF(font(*shown[i].label)).horizontalAdvance(shown[i].label->text);
        shown[i].box = QRectF(area.right() + theme().px(kGap), centres[i] - height / 2, width, height);
    }
    return shown;
}

void EndLabels::paint(QPainter& painter) {
    const double end = plot().area().right();
    for (const Placed& place : placed()) {
        const EndLabel& label = *place.label;
        const bool lit = label.id >= 0 && label.id == m_highlighted;
        const QColor color = label.color ? label.color(theme()) : lit ? theme().ink : theme().inkThird;
        const double centre = place.box.center().y();
        if (std::abs(centre - place.anchorY) > theme().px(kLeader)) {
            painter.setPen(QPen(theme().ghost, theme().hairline()));
            painter.drawLine(QPointF(end + 1, place.anchorY),
                             QPointF(place.box.left() - theme().px(2), centre));
        }
        const QFontMetricsF metrics(font(label));
        painter.setFont(font(label));
        painter.setPen(color);
        painter.drawText(snappedText({place.box.left(), centre + metrics.capHeight() / 2}, plot().ratio()),
                         label.text);
    }
}

int EndLabels::idAt(QPointF pixel) const {
    for (const Placed& place : placed())
        if (place.box.adjusted(-4, 0, 4, 0).contains(pixel)) return place.label->id;
    return -1;
}

} // namespace orrery
