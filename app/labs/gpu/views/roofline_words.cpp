// The words of the roofline: names of the roofs, of the model, the legend.
#include "app/labs/gpu/views/roofline_view.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/place_label.h"
#include "widgets/plot/strokes.h"
#include "widgets/theme/contrast.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace orrery::panel {

void RooflineView::paintNames(QPainter& painter) const {
    const gpu::Ceilings& c = m_picture.ceilings;
    if (!(c.matrixFlops > 0 && c.copyBytes > 0)) return;
    painter.setFont(theme().words(12, QFont::DemiBold));
    painter.setPen(theme().ink);
    const QFontMetricsF metrics(painter.font());
    const QString matrix = matrixName();
    painter.drawText(
        snappedText(matrixNameBox(metrics, matrix).topLeft() + QPointF(0, metrics.ascent()), ratio()),
        matrix);
    if (m_picture.sheet) {
        painter.setFont(theme().words(12));
        painter.setPen(theme().inkSecond);
        const QString sheet = tr("data sheet %1").arg(flopsInWords(m_picture.sheet->matrixFlops));
        const QFontMetricsF plain(painter.font());
        painter.drawText(snappedText({area().right() - theme().px(6) - plain.horizontalAdvance(sheet),
                                      toY(inUnit(m_picture.sheet->matrixFlops)) - theme().px(5)},
                                     ratio()),
                         sheet);
    }
    paintAlong(painter, c.copyBytes, tr("memory %1").arg(bytesInWords(c.copyBytes)), theme().ink);
    if (c.cacheBytes > c.copyBytes * 1.3)
        paintAlong(painter, c.cacheBytes, tr("cache %1").arg(bytesInWords(c.cacheBytes)), theme().inkSecond);
    if (c.vectorFlops > 0 && c.vectorFlops < c.matrixFlops * 0.95) {
        painter.setFont(theme().words(12));
        painter.setPen(theme().inkSecond);
        const QString words = tr("fp32 without matrix units %1").arg(flopsInWords(c.vectorFlops));
        const double width = QFontMetricsF(painter.font()).horizontalAdvance(words);
        painter.drawText(
            snappedText({area().right() - theme().px(6) - width, toY(inUnit(c.vectorFlops)) - theme().px(5)},
                        ratio()),
            words);
    }
    paintModelName(painter);
    paintLegend(painter);
}

QString RooflineView::matrixName() const {
    return tr("%1 matrix %2, measured")
        .arg(QString::fromStdString(m_picture.ceilings.precision),
             flopsInWords(m_picture.ceilings.matrixFlops));
}

// Over its line where there is room, at the right or beside the ridge; else below it.
QRectF RooflineView::matrixNameBox(const QFontMetricsF& metrics, const QString& words) const {
    const gpu::Ceilings& c = m_picture.ceilings;
    const double roof = toY(inUnit(c.matrixFlops)), gap = theme().px(5), height = metrics.height();
    const double width = metrics.horizontalAdvance(words), right = area().right() - theme().px(6) - width;
    const double ceiling =
        m_picture.sheet ? toY(inUnit(m_picture.sheet->matrixFlops)) : area().top() - height;
    const double beside = std::min(toX(c.ridge()) + theme().px(14), right);
    std::vector<double> tops{roof + gap};
    if (roof - ceiling > height + 2 * gap) tops.insert(tops.begin(), roof - gap - height);
    const std::vector<QRectF> marks = markBoxes();
    QRectF best;
    std::ptrdiff_t fewest = std::numeric_limits<std::ptrdiff_t>::max();
    for (const double top : tops)
        for (const double share : {0.0, 0.25, 0.5, 0.75, 1.0}) {
            const QRectF place(right + share * (beside - right), top, width, height);
            const auto met =
                std::ranges::count_if(marks, [&](const QRectF& mark) { return mark.intersects(place); });
            if (met < fewest) fewest = met, best = place;
        }
    return best;
}

std::vector<QRectF> RooflineView::markBoxes() const {
    std::vector<QRectF> boxes;
    const auto add = [&](QPointF at, double r) { boxes.push_back({at.x() - r, at.y() - r, 2 * r, 2 * r}); };
    for (int i = 0; i < static_cast<int>(m_picture.layers.size()); ++i)
        if (const LayerPoint& layer = m_picture.layers[static_cast<std::size_t>(i)]; layer.hasMatrixFlops())
            add(markOf(i), radiusOf(layer) * 1.1);
    for (const ModelPoint& point : m_picture.trail)
        add(toPixel(point.intensity, inUnit(point.flopsPerS)), theme().markSize() * 1.5);
    return boxes;
}

/// Along a slope, turned with it: over it or below it, where no mark lies.
void RooflineView::paintAlong(QPainter& painter, double bytesPerS, const QString& words,
                              const QColor& color) const {
    const double left = fromX(area().left());
    const QPointF a = toPixel(left, inUnit(left * bytesPerS)),
                  b = toPixel(left * 10, inUnit(left * 10 * bytesPerS));
    const QLineF slope(a, b);
    const QFont font = theme().words(12, color == theme().ink ? QFont::DemiBold : QFont::Normal);
    const QFontMetricsF metrics(font);
    const double width = metrics.horizontalAdvance(words), half = metrics.height() / 2;
    const QPointF along = (b - a) / slope.length(), up(along.y(), -along.x());
    // Where the roof enters the picture.
    const double enter = a.y() > area().bottom() ? (a.y() - area().bottom()) / -along.y() : theme().px(12);
    const std::vector<QRectF> marks = markBoxes();
    const auto covered = [&](double from, double side) {
        int count = 0;
        for (int i = 0; i <= 10; ++i) {
            const QPointF at = a + along * (from + width * i / 10) + up * side * (half + theme().px(3));
            const QRectF letter(at - QPointF(half, half), QSizeF(2 * half, 2 * half));
            count += !area().contains(at) ||
                     std::ranges::any_of(marks, [&](const QRectF& m) { return m.intersects(letter); });
        }
        return count;
    };
    double best = enter, bestSide = 1;
    int fewest = 1 << 20;
    for (const double step : {0.0, 24.0, 60.0, 110.0, 160.0})
        for (const double side : {1.0, -1.0})
            if (const int count = covered(enter + theme().px(step), side); count < fewest)
                fewest = count, best = enter + theme().px(step), bestSide = side;
    painter.save();
    painter.setFont(font);
    painter.setPen(color);
    painter.translate(a + along * best);
    painter.rotate(std::atan2(along.y(), along.x()) * 180 / M_PI);
    painter.drawText(QPointF(0, bestSide > 0 ? -theme().px(6) : metrics.ascent() + theme().px(5)), words);
    painter.restore();
}

void RooflineView::paintModelName(QPainter& painter) const {
    if (!m_picture.model) return;
    const QPointF star = toPixel(m_picture.model->intensity, inUnit(m_picture.model->flopsPerS));
    const QString words = tr("whole model %1").arg(flopsInWords(m_picture.model->flopsPerS));
    const QFont font = theme().words(12, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    std::vector<QRectF> boxes = markBoxes();
    boxes.push_back(matrixNameBox(metrics, matrixName()));
    if (const Legend legend = this->legend(); !legend.box.isNull()) boxes.push_back(legend.box);
    QPolygonF trail;
    for (const ModelPoint& point : m_picture.trail)
        trail << toPixel(point.intensity, inUnit(point.flopsPerS));
    const double roof = toY(inUnit(m_picture.ceilings.matrixFlops));
    const std::vector<QPolygonF> lines{trail, {{area().left(), roof}, {area().right(), roof}}};
    const QRectF box = placeLabel({metrics.horizontalAdvance(words) + 4, metrics.height()}, star, area(),
                                  theme().px(16), lines, boxes, true);
    if (box.isNull()) return;
    drawLeader(painter, star, box, theme().markSize() * 3, theme().px(30),
               QPen(theme().brass, theme().hairline()));
    painter.setFont(font);
    painter.setPen(readable(theme().brass, theme().surface));
    painter.drawText(snappedText({box.left() + 2, box.top() + metrics.ascent()}, ratio()), words);
}

// A column in the corner where no mark lies, or rows along the bottom, or none: the readouts say it as well.
RooflineView::Legend RooflineView::legend() const {
    Legend legend;
    std::set<QString> seen;
    for (const LayerPoint& layer : m_picture.layers)
        if (layer.hasMatrixFlops() && seen.insert(layer.kind).second)
            legend.entries.push_back({layer.category, layer.kind, {}});
    if (m_picture.trail.size() > 1) legend.entries.push_back({-1, tr("whole model over batch"), {}});
    const gpu::Ceilings& c = m_picture.ceilings;
    const double row = QFontMetricsF(theme().words(12)).height() + theme().px(5);
    const double vector =
        c.vectorFlops > 0 && c.vectorFlops < c.matrixFlops ? toY(inUnit(c.vectorFlops)) : -1;
    const std::vector<QRectF> marks = markBoxes();
    for (const std::size_t columns :
         {std::size_t{1}, legend.entries.size(), (legend.entries.size() + 1) / 2}) {
        if (columns == 0) break;
        placeLegend(legend, columns);
        const bool crossed = vector > legend.box.top() - row && vector < legend.box.bottom();
        const auto covers = [&](const QRectF& mark) { return mark.intersects(legend.box); };
        if (!crossed && area().contains(legend.box) && std::ranges::none_of(marks, covers)) return legend;
    }
    return {};
}

// At the lower right, so many entries in a row, each as wide as the widest.
void RooflineView::placeLegend(Legend& legend, std::size_t columns) const {
    const QFontMetricsF metrics(theme().words(12));
    const double row = metrics.height() + theme().px(5), mark = theme().px(14);
    double widest = 0;
    for (const Legend::Entry& entry : legend.entries)
        widest =
            std::max(widest, metrics.horizontalAdvance(entry.name) + mark + theme().px(columns > 1 ? 18 : 8));
    const std::size_t rows = (legend.entries.size() + columns - 1) / columns;
    const QSizeF size(widest * static_cast<double>(columns), row * static_cast<double>(rows));
    legend.box = QRectF(
        area().bottomRight() - QPointF(size.width() + theme().px(4), size.height() + theme().px(6)), size);
    for (std::size_t i = 0; i < legend.entries.size(); ++i)
        legend.entries[i].at =
            legend.box.topLeft() + QPointF(mark / 2 + widest * static_cast<double>(i % columns),
                                           row / 2 + row * static_cast<double>(i / columns));
}

void RooflineView::paintLegend(QPainter& painter) const {
    const Legend legend = this->legend();
    painter.setFont(theme().words(12));
    const QFontMetricsF metrics(painter.font());
    for (const Legend::Entry& entry : legend.box.isNull() ? std::vector<Legend::Entry>() : legend.entries) {
        const CategoryStyle& style = theme().category(std::max(entry.category, 0));
        drawMark(painter, entry.at, entry.category < 0 ? MarkShape::Disc : style.shape, theme().markSize(),
                 entry.category < 0 ? theme().brass : style.color, theme().surface);
        painter.setPen(theme().inkSecond);
        painter.drawText(
            snappedText(entry.at + QPointF(theme().px(14), metrics.ascent() / 2 - theme().px(1)), ratio()),
            entry.name);
    }
}

} // namespace orrery::panel
