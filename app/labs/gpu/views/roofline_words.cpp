// The words of the roofline: names of the roofs, of the model, the legend.
#include "app/labs/gpu/views/roofline_view.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/place_label.h"
#include "widgets/plot/strokes.h"
#include "widgets/theme/contrast.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

namespace orrery::panel {

void RooflineView::paintNames(QPainter& painter) const {
    const gpu::Ceilings& c = m_picture.ceilings;
    if (!(c.matrixFlops > 0 && c.copyBytes > 0)) return;
    paintName(painter, sheetName(), theme().inkSecond);
    paintName(painter, vectorName(), theme().inkSecond);
    paintName(painter, matrixName(), theme().ink);
    std::vector<QRectF> taken = markBoxes();
    paintAlong(painter, c.copyBytes, tr("memory %1").arg(bytesInWords(c.copyBytes)), theme().ink, taken);
    if (c.cacheBytes > c.copyBytes * 1.3)
        paintAlong(painter, c.cacheBytes, tr("cache %1").arg(bytesInWords(c.cacheBytes)), theme().inkSecond,
                   taken);
    paintModelNames(painter);
    paintLegend(painter);
}

// Marks may lie below a word: it stays readable.
void RooflineView::paintHalo(QPainter& painter, QPointF at, const QFont& font, const QString& words) const {
    QPainterPath path;
    path.addText(at, font, words);
    QColor paper = theme().surface;
    paper.setAlphaF(0.75f);
    painter.strokePath(path, QPen(paper, theme().px(4), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

void RooflineView::paintName(QPainter& painter, const Name& name, const QColor& color) const {
    if (name.box.isNull()) return;
    const QPointF at =
        snappedText(name.box.topLeft() + QPointF(0, QFontMetricsF(name.font).ascent()), ratio());
    paintHalo(painter, at, name.font, name.words);
    painter.setFont(name.font);
    painter.setPen(color);
    painter.drawText(at, name.words);
}

/// At the right end of a flat roof, above it.
RooflineView::Name RooflineView::besideRoof(const QString& words, double flopsPerS) const {
    const QFont font = theme().words(12);
    const QFontMetricsF metrics(font);
    const double width = metrics.horizontalAdvance(words);
    return {words, font,
            QRectF(area().right() - theme().px(6) - width,
                   toY(inUnit(flopsPerS)) - theme().px(5) - metrics.ascent(), width, metrics.height())};
}

RooflineView::Name RooflineView::sheetName() const {
    if (!m_picture.sheet) return {};
    return besideRoof(tr("data sheet %1").arg(flopsInWords(m_picture.sheet->matrixFlops)),
                      m_picture.sheet->matrixFlops);
}

RooflineView::Name RooflineView::vectorName() const {
    const gpu::Ceilings& c = m_picture.ceilings;
    if (!(c.vectorFlops > 0 && c.vectorFlops < c.matrixFlops * 0.95)) return {};
    return besideRoof(tr("fp32 without matrix units %1").arg(flopsInWords(c.vectorFlops)), c.vectorFlops);
}

// Over its line or below it, in full or in short: where it covers least.
RooflineView::Name RooflineView::matrixName() const {
    const gpu::Ceilings& c = m_picture.ceilings;
    const QFont font = theme().words(12, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    const double roof = toY(inUnit(c.matrixFlops)), gap = theme().px(5), height = metrics.height();
    std::vector<QRectF> taken = markBoxes();
    for (const Name& other : {sheetName(), vectorName()})
        if (!other.box.isNull()) taken.push_back(other.box);
    if (m_picture.sheet) {
        const double y = toY(inUnit(m_picture.sheet->matrixFlops));
        taken.emplace_back(area().left(), y - gap, area().width(), 2 * gap); // a line through a word
    }
    const QString precision = QString::fromStdString(c.precision), rate = flopsInWords(c.matrixFlops);
    Name best;
    double least = std::numeric_limits<double>::infinity();
    for (const QString& words :
         {tr("%1 matrix %2, measured").arg(precision, rate), tr("measured %1").arg(rate)}) {
        const double width = metrics.horizontalAdvance(words), right = area().right() - theme().px(6) - width;
        const double beside = std::min(toX(c.ridge()) + theme().px(14), right);
        for (const double top : {roof - gap - height, roof + gap, roof + 2 * gap + height})
            for (const double share : {0.0, 0.25, 0.5, 0.75, 1.0}) {
                const QRectF place(right + share * (beside - right), top, width, height);
                double covered = !area().contains(place) ? 1e6
                                 : top > roof + 2 * gap  ? 1
                                                         : 0; // near it first
                for (const QRectF& other : taken)
                    if (const QRectF both = other & place; !both.isEmpty())
                        covered += both.width() * both.height();
                if (covered < least) least = covered, best = {words, font, place};
            }
        if (least == 0) break;
    }
    return best;
}

std::vector<QRectF> RooflineView::markBoxes() const {
    std::vector<QRectF> boxes;
    const auto add = [&](QPointF at, double r) { boxes.push_back({at.x() - r, at.y() - r, 2 * r, 2 * r}); };
    for (int i = 0; i < static_cast<int>(m_picture.layers.size()); ++i)
        if (const LayerPoint& layer = m_picture.layers[static_cast<std::size_t>(i)]; layer.hasMatrixFlops())
            add(markOf(i), radiusOf(layer) + theme().px(layer.isAboveRoof() ? 6 : 2));
    for (const ModelPoint& point : m_picture.trail)
        add(placeOf(point), theme().markSize() * 1.5);
    if (m_picture.other && m_picture.other->model)
        add(placeOf(*m_picture.other->model), theme().markSize() * 2.6);
    return boxes;
}

/// Along a slope, turned with it: over it or below it, where nothing lies that is `taken`.
void RooflineView::paintAlong(QPainter& painter, double bytesPerS, const QString& words, const QColor& color,
                              std::vector<QRectF>& taken) const {
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
    const auto letter = [&](double from, double side, double away, int i) {
        const QPointF at = a + along * (from + width * i / 10) + up * side * (half + theme().px(away));
        return QRectF(at - QPointF(half, half), QSizeF(2 * half, 2 * half));
    };
    const auto covered = [&](double from, double side, double away) {
        int count = 0;
        for (int i = 0; i <= 10; ++i) {
            const QRectF box = letter(from, side, away, i);
            count += !area().contains(box.center()) ||
                     std::ranges::any_of(taken, [&](const QRectF& m) { return m.intersects(box); });
        }
        return count;
    };
    double best = enter, bestSide = 1, bestAway = 3;
    int fewest = 1 << 20;
    for (const double away : {3.0, 14.0})
        for (const double step : {0.0, 24.0, 60.0, 110.0, 160.0})
            for (const double side : {1.0, -1.0})
                if (const int count = covered(enter + theme().px(step), side, away); count < fewest)
                    fewest = count, best = enter + theme().px(step), bestSide = side, bestAway = away;
    for (int i = 0; i <= 10; ++i)
        taken.push_back(letter(best, bestSide, bestAway, i).adjusted(2, 2, -2, -2));
    painter.save();
    painter.translate(a + along * best);
    painter.rotate(std::atan2(along.y(), along.x()) * 180 / M_PI);
    const QPointF at(0,
                     bestSide > 0 ? -theme().px(bestAway + 3) : metrics.ascent() + theme().px(bestAway + 2));
    paintHalo(painter, at, font, words);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(at, words);
    painter.restore();
}

void RooflineView::paintModelNames(QPainter& painter) const {
    std::vector<QRectF> taken = markBoxes();
    for (const Name& name : {matrixName(), sheetName(), vectorName()})
        if (!name.box.isNull()) taken.push_back(name.box);
    if (const Legend legend = this->legend(); !legend.box.isNull()) taken.push_back(legend.box);
    if (m_picture.model) {
        const QString speed = flopsInWords(m_picture.model->flopsPerS);
        const int devices = m_picture.model->devices;
        paintStarName(painter,
                      devices > 1 ? tr("whole model, each of %1 devices %2").arg(devices).arg(speed)
                                  : tr("whole model %1").arg(speed),
                      *m_picture.model, readable(theme().brass, theme().surface), taken);
    }
    if (m_picture.other && m_picture.other->model)
        paintStarName(painter,
                      QStringLiteral("%1 %2").arg(m_picture.other->name,
                                                  flopsInWords(m_picture.other->model->flopsPerS)),
                      *m_picture.other->model, theme().inkSecond, taken);
}

void RooflineView::paintStarName(QPainter& painter, const QString& words, const ModelPoint& point,
                                 const QColor& color, std::vector<QRectF>& taken) const {
    const QPointF star = placeOf(point);
    const QFont font = theme().words(12, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    QPolygonF trail;
    for (const ModelPoint& each : m_picture.trail)
        trail << placeOf(each);
    const double roof = toY(inUnit(m_picture.ceilings.matrixFlops)), left = fromX(area().left());
    const QPolygonF slope{toPixel(left, inUnit(left * m_picture.ceilings.copyBytes)),
                          {toX(m_picture.ceilings.ridge()), roof}};
    std::vector<QPolygonF> lines{trail, {{area().left(), roof}, {area().right(), roof}}, slope};
    if (m_picture.sheet) {
        const double y = toY(inUnit(m_picture.sheet->matrixFlops));
        lines.push_back({{area().left(), y}, {area().right(), y}});
    }
    const QRectF box = placeLabel({metrics.horizontalAdvance(words) + 4, metrics.height()}, star, area(),
                                  theme().px(16), lines, taken, true);
    if (box.isNull()) return;
    taken.push_back(box);
    drawLeader(painter, star, box, theme().markSize() * 3, theme().px(30), QPen(color, theme().hairline()));
    paintName(painter, {words, font, box.adjusted(2, 0, 0, 0)}, color);
}

/// One entry a category; in brief its first kind alone, and no trail.
std::vector<RooflineView::Legend::Entry> RooflineView::legendEntries(bool brief) const {
    std::vector<Legend::Entry> entries;
    std::set<QString> seen;
    for (const LayerPoint& layer : m_picture.layers) {
        if (!layer.hasMatrixFlops() || !seen.insert(layer.kind).second) continue;
        const auto same = std::ranges::find(entries, layer.category, &Legend::Entry::category);
        if (same == entries.end())
            entries.push_back({layer.category, layer.kind, {}});
        else if (!brief)
            same->name += QStringLiteral(", ") + layer.kind;
    }
    if (!brief && m_picture.trail.size() > 1) entries.push_back({-1, tr("whole model over batch"), {}});
    return entries;
}

// A column in the corner where no mark lies, or rows along the bottom, in brief if need be, or none: the
// readouts say it as well.
RooflineView::Legend RooflineView::legend() const {
    const gpu::Ceilings& c = m_picture.ceilings;
    const double row = QFontMetricsF(theme().words(12)).height() + theme().px(5);
    const double vector =
        c.vectorFlops > 0 && c.vectorFlops < c.matrixFlops ? toY(inUnit(c.vectorFlops)) : -1;
    std::vector<QRectF> marks = markBoxes();
    for (const Name& name : {vectorName(), matrixName()})
        if (!name.box.isNull()) marks.push_back(name.box);
    const double floor = area().bottom() - theme().px(6);
    const auto fits = [&](const QRectF& box) {
        const bool crossed = vector > box.top() - row / 2 && vector < box.bottom();
        const auto covers = [&](const QRectF& mark) { return mark.intersects(box); };
        return !crossed && area().contains(box) && std::ranges::none_of(marks, covers);
    };
    for (const bool brief : {false, true}) {
        Legend legend{legendEntries(brief), {}};
        const std::size_t n = legend.entries.size();
        for (const double bottom : {floor, vector > area().top() ? vector - row : floor})
            for (const std::size_t columns : {std::size_t{1}, n, (n + 1) / 2, std::size_t{2}}) {
                if (n == 0) return {};
                placeLegend(legend, std::min(columns, n), bottom);
                if (fits(legend.box)) return legend;
            }
    }
    return {};
}

// At the right, its last row above `bottom`; each column as wide as its widest entry.
void RooflineView::placeLegend(Legend& legend, std::size_t columns, double bottom) const {
    const QFontMetricsF metrics(theme().words(12));
    const double row = metrics.height() + theme().px(5), mark = theme().px(14);
    std::vector<double> lefts(columns + 1, 0.0);
    for (std::size_t i = 0; i < legend.entries.size(); ++i) {
        const double width = metrics.horizontalAdvance(legend.entries[i].name) + mark + theme().px(16);
        lefts[i % columns + 1] = std::max(lefts[i % columns + 1], width);
    }
    std::partial_sum(lefts.begin(), lefts.end(), lefts.begin());
    const double height = row * static_cast<double>((legend.entries.size() + columns - 1) / columns);
    legend.box = {area().right() - lefts.back(), bottom - height, lefts.back(), height};
    for (std::size_t i = 0; i < legend.entries.size(); ++i)
        legend.entries[i].at =
            legend.box.topLeft() +
            QPointF(mark / 2 + lefts[i % columns], row / 2 + row * static_cast<double>(i / columns));
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
