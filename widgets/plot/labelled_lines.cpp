#include "widgets/plot/labelled_lines.h"

#include "widgets/plot/place_label.h"
#include "widgets/plot/strokes.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace orrery {

namespace {

constexpr double kMarkEvery = 70.0; ///< pixels between two marks of a curve
constexpr double kSample = 20.0;    ///< of a line before its name

QFont labelFont(const Theme& theme, const LabelledLine& line) {
    return theme.words(12, line.category < 0 ? QFont::Normal : QFont::DemiBold);
}

// A name goes to the right of its end or below, and the ones to the left find that place taken.
std::vector<std::size_t> fromTheRight(const std::vector<std::optional<QPointF>>& ends) {
    std::vector<std::size_t> order(ends.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return ends[a] && (!ends[b] || ends[a]->x() > ends[b]->x());
    });
    return order;
}

// Names of lines that end above each other stand in the order of the lines, whichever place was free first.
void sortAbove(std::vector<QRectF>& boxes, const std::vector<std::optional<QPointF>>& ends) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < boxes.size(); ++i)
        if (!boxes[i].isNull()) order.push_back(i);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return ends[a]->y() < ends[b]->y(); });
    for (auto upper = order.begin(); upper != order.end(); ++upper)
        for (auto lower = upper + 1; lower != order.end(); ++lower) {
            QRectF &a = boxes[*upper], &b = boxes[*lower];
            const bool oneColumn = std::abs(ends[*upper]->x() - ends[*lower]->x()) <= 1.0 &&
                                   std::abs(a.left() - b.left()) <= 1.0;
            if (!oneColumn || a.top() <= b.top()) continue;
            const double top = a.top();
            a.moveTop(b.top());
            b.moveTop(top);
        }
}

} // namespace

void LabelledLines::setLines(std::vector<LabelledLine> lines) {
    m_lines = std::move(lines);
    changed();
}

void LabelledLines::setNamesAside(bool aside) {
    if (std::exchange(m_namesAside, aside) != aside) changed();
}

void LabelledLines::setHighlighted(int line) {
    if (line == m_highlighted) return;
    m_highlighted = line;
    changed();
}

QColor LabelledLines::colorOf(const LabelledLine& line) const {
    if (line.isNow) return theme().brass;
    return line.category < 0 ? theme().inkThird : theme().category(line.category).color;
}

std::vector<QPolygonF> LabelledLines::pixelsOf(std::size_t line) const {
    return pixelLines(plot(), m_lines[line].x, m_lines[line].y);
}

int LabelledLines::lineAt(QPointF pixel, double reach) const {
    const QRectF box(pixel.x() - reach, pixel.y() - reach, 2 * reach, 2 * reach);
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        for (const QPolygonF& line : pixelsOf(i))
            if (meets(line, box)) return static_cast<int>(i);
    return -1;
}

void LabelledLines::paint(QPainter& painter) {
    paintLines(painter);
    paintLabels(painter);
}

void LabelledLines::paintLines(QPainter& painter) const {
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const LabelledLine& line = m_lines[i];
        const bool lit = line.strong || static_cast<int>(i) == m_highlighted;
        QPen pen = solidPen(colorOf(line), lit ? theme().focusWidth() : theme().contextWidth() * 1.25);
        if (line.dashed) pen.setDashPattern({4, 3});
        strokeLines(painter, pixelsOf(i), pen);
        if (line.category < 0) continue;
        const CategoryStyle& style = theme().category(line.category);
        for (const QPointF& at : marksOf(i))
            drawMark(painter, at, style.shape, theme().markSize() * 0.8, colorOf(line), theme().surface);
    }
}

// Each run starts elsewhere, so that marks of close curves do not fall together.
std::vector<QPointF> LabelledLines::marksOf(std::size_t index) const {
    std::vector<QPointF> marks;
    const LabelledLine& own = m_lines[index];
    if (own.category < 0) return marks;
    if (own.everyPoint) {
        for (std::size_t k = 0; k < own.x.size(); ++k) {
            const QPointF at = plot().toPixel(own.x[k], own.y[k]);
            if (plot().area().adjusted(-1, -1, 1, 1).contains(at)) marks.push_back(at);
        }
        return marks;
    }
    double sinceMark = theme().px(kMarkEvery) * (0.3 + 0.12 * static_cast<double>(index));
    for (const QPolygonF& line : pixelsOf(index))
        for (qsizetype k = 1; k < line.size(); ++k) {
            sinceMark += QLineF(line[k - 1], line[k]).length();
            if (sinceMark < theme().px(kMarkEvery)) continue;
            marks.push_back(line[k]);
            sinceMark = 0.0;
        }
    return marks;
}

// Each as near to its end as those above and below let it be.
std::vector<QRectF> LabelledLines::boxesAside() const {
    const QRectF area = plot().area();
    const auto ends = endsOfLines();
    std::vector<std::size_t> order;
    double wide = 0.0, high = 0.0;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (!ends[i] || m_lines[i].name.isEmpty()) continue;
        order.push_back(i);
        const QFontMetricsF metrics(labelFont(theme(), m_lines[i]));
        wide = std::max(wide, metrics.horizontalAdvance(m_lines[i].name) + 6);
        high = std::max(high, metrics.height());
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return ends[a]->y() < ends[b]->y(); });
    const auto count = static_cast<double>(order.size());
    high = std::min(high, area.height() / std::max(1.0, count));
    std::vector<QRectF> boxes(m_lines.size());
    double top = area.top();
    for (std::size_t k = 0; k < order.size(); ++k) {
        const double lowest = area.bottom() - high * (count - static_cast<double>(k));
        top = std::clamp(ends[order[k]]->y() - high / 2, top, std::max(top, lowest));
        boxes[order[k]] = QRectF(area.right() - wide, top, wide, high);
        top += high;
    }
    return boxes;
}

std::vector<QRectF> LabelledLines::labelBoxes() const {
    if (m_namesAside) return boxesAside();
    std::vector<QPolygonF> all;
    std::vector<QRectF> taken;
    const double r = theme().markSize() * 1.3;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        for (QPolygonF& line : pixelsOf(i))
            all.push_back(std::move(line));
        for (const QPointF& at : marksOf(i))
            taken.push_back(QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r));
    }
    if (const auto reference = plot().vertical().reference)
        all.push_back({{plot().area().left(), plot().toY(*reference)},
                       {plot().area().right(), plot().toY(*reference)}});
    std::vector<QRectF> placed = m_otherLabels ? m_otherLabels() : std::vector<QRectF>();
    const std::vector<std::optional<QPointF>> ends = endsOfLines();
    std::vector<QRectF> boxes(m_lines.size());
    for (const std::size_t i : fromTheRight(ends)) {
        if (!ends[i] || m_lines[i].name.isEmpty()) continue;
        std::vector<QRectF> kept = taken;
        // Around the end of a curve only its own name may stand.
        const double near = theme().px(11);
        for (std::size_t k = 0; k < ends.size(); ++k)
            if (k != i && ends[k])
                kept.push_back(QRectF(ends[k]->x() - near, ends[k]->y() - near, 2 * near, 2 * near));
        const QFontMetricsF metrics(labelFont(theme(), m_lines[i]));
        boxes[i] = placeLabel({metrics.horizontalAdvance(m_lines[i].name) + 6, metrics.height()}, *ends[i],
                              plot().area(), theme().px(6), all, kept, true, placed);
        if (!boxes[i].isNull()) placed.push_back(boxes[i]);
    }
    sortAbove(boxes, ends);
    return boxes;
}

std::vector<std::optional<QPointF>> LabelledLines::endsOfLines() const {
    std::vector<std::optional<QPointF>> ends(m_lines.size());
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        if (const auto own = pixelsOf(i); !own.empty()) {
            const LabelledLine& line = m_lines[i];
            ends[i] = own.back().last();
            if (line.labelAt >= 1.0) continue;
            const auto at = static_cast<std::size_t>(line.labelAt * static_cast<double>(line.x.size() - 1));
            const QPointF place = plot().toPixel(line.x[at], line.y[at]);
            if (plot().area().contains(place)) ends[i] = place;
        }
    return ends;
}

void LabelledLines::paintLabels(QPainter& painter) const {
    const std::vector<QRectF> boxes = labelBoxes();
    const std::vector<std::optional<QPointF>> ends = endsOfLines();
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (boxes[i].isNull()) continue;
        if (m_namesAside)
            paintSample(painter, m_lines[i], boxes[i]);
        else
            drawLeader(painter, *ends[i], boxes[i], theme().markSize() * 1.2, theme().px(14),
                       QPen(colorOf(m_lines[i]), theme().hairline()));
        const QFont font = labelFont(theme(), m_lines[i]);
        painter.setFont(font);
        painter.setPen(m_lines[i].category < 0 ? theme().inkSecond : colorOf(m_lines[i]));
        painter.drawText(
            snappedText({boxes[i].left() + 3, boxes[i].center().y() - QFontMetricsF(font).height() / 2 +
                                                  QFontMetricsF(font).ascent()},
                        plot().ratio()),
            m_lines[i].name);
    }
}

void LabelledLines::paintSample(QPainter& painter, const LabelledLine& line, const QRectF& box) const {
    const double right = box.left() - theme().px(4), left = right - theme().px(kSample), y = box.center().y();
    QPen pen = solidPen(colorOf(line), line.strong ? theme().focusWidth() : theme().contextWidth() * 1.25);
    if (line.dashed) pen.setDashPattern({4, 3});
    strokeLines(painter, {QPolygonF({{left, y}, {right, y}})}, pen);
    if (line.category >= 0)
        drawMark(painter, {(left + right) / 2, y}, theme().category(line.category).shape,
                 theme().markSize() * 0.8, colorOf(line), theme().surface);
}

} // namespace orrery
