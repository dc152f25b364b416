#include "app/labs/svm/views/pair_view.h"

#include "widgets/plot/number_format.h"
#include "widgets/plot/place_label.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <algorithm>
#include <cmath>

namespace orrery::svmview {

namespace {

constexpr double kRoom = 0.22; ///< around the box, of its side

// Two strokes at the end of a line.
void drawArrow(QPainter& painter, QPointF from, QPointF to, double size) {
    const QLineF line(to, from);
    if (line.length() < 2 * size) return;
    QLineF wing = line;
    wing.setLength(size);
    for (const double turn : {24.0, -24.0}) {
        QLineF side = wing;
        side.setAngle(wing.angle() + turn);
        painter.drawLine(side);
    }
}

} // namespace

PairView::PairView(QWidget* parent) : Plot(parent) {
    setGrid(false);
    new Sketch(this, [this](QPainter& painter) { paintBox(painter); });
    new Sketch(this, [this](QPainter& painter) { paintMove(painter); });
    new Sketch(
        this, [this](QPainter& painter) { paintLabels(painter); }, false);
    setPicture({});
}

void PairView::setPicture(const PairPicture& picture) {
    m_picture = picture;
    setPlaceholder(picture.valid ? QString() : tr("No pair has moved yet"));
    if (!picture.valid) {
        setHorizontal({.title = tr("α of the first point"), .labels = false});
        setVertical({.title = tr("α of the second"), .labels = false});
        setHome({0, 1}, {0, 1});
        return;
    }
    setHorizontal({.title = tr("α of point %1").arg(picture.first)});
    setVertical({.title = tr("α of point %1").arg(picture.second)});
    const double x = picture.upperFirst, y = picture.upperSecond;
    setHome({-kRoom * x, x * (1 + kRoom)}, {-kRoom * y, y * (1 + kRoom)});
}

void PairView::setHighlightedMark(const QString& mark) {
    m_highlighted = mark;
    schedule();
}

QString PairView::summary() const {
    if (!m_picture.valid) return {};
    return m_picture.clipped ? tr("the box ends the move") : tr("free within the box");
}

void PairView::paintBox(QPainter& painter) const {
    if (!m_picture.valid) return;
    const QRectF box =
        QRectF(pixelOf({0, m_picture.upperSecond}), pixelOf({m_picture.upperFirst, 0})).intersected(area());
    painter.setPen(QPen(theme().inkThird, theme().hairline()));
    painter.setBrush(theme().accentSoft);
    painter.drawRect(box);
    // The whole line, and in ink the part of it that the box allows.
    const QPointF a = m_picture.before;
    const double reach = 4 * std::max(m_picture.upperFirst, m_picture.upperSecond);
    const QPolygonF line{pixelOf(a - QPointF(reach, m_picture.slope * reach)),
                         pixelOf(a + QPointF(reach, m_picture.slope * reach))};
    strokeLines(painter, clippedLine(line, area()), solidPen(theme().ghost, theme().contextWidth()));
    strokeLines(painter, clippedLine(line, box), solidPen(theme().ink, theme().contextWidth()));
}

void PairView::paintMove(QPainter& painter) const {
    if (!m_picture.valid) return;
    const QPointF from = pixelOf(m_picture.before), to = pixelOf(m_picture.after),
                  free = pixelOf(m_picture.free);
    const double r = theme().markSize();
    if (m_picture.clipped) {
        strokeLines(painter, clippedLine(QPolygonF{to, free}, area()),
                    dottedPen(theme().brass, theme().contextWidth() * 1.4));
        if (area().contains(free))
            drawOpenMark(painter, free, MarkShape::Disc, r, QPen(theme().brass, theme().contextWidth()));
    }
    const QPen pen = solidPen(theme().brass, theme().focusWidth());
    strokeLines(painter, clippedLine(QPolygonF{from, to}, area()), pen);
    painter.setPen(pen);
    const double mark = r * (m_highlighted == u"result" ? 1.8 : 1.25);
    QLineF shaft(from, to); // the head ends where the mark begins
    shaft.setLength(std::max(0.0, shaft.length() - mark - theme().px(3)));
    drawArrow(painter, from, shaft.p2(), 2.0 * r);
    drawMark(painter, from, MarkShape::Disc, r * 0.9, theme().inkThird, theme().surface);
    drawMark(painter, to, MarkShape::Disc, mark, theme().brass, theme().surface);
}

void PairView::paintLabels(QPainter& painter) const {
    if (!m_picture.valid) return;
    const QFont font = theme().words(12, QFont::DemiBold);
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    const std::vector<QPolygonF> lines{QPolygonF{pixelOf(m_picture.before), pixelOf(m_picture.after)},
                                       QPolygonF{pixelOf(m_picture.after), pixelOf(m_picture.free)}};
    std::vector<QRectF> taken;
    const double r = theme().markSize() * 1.4;
    for (const QPointF& at : {m_picture.before, m_picture.after, m_picture.free})
        taken.push_back(QRectF(pixelOf(at) - QPointF(r, r), QSizeF(2 * r, 2 * r)));
    const auto label = [&](QPointF alpha, const QString& text, const QColor& color) {
        const QPointF at = pixelOf(alpha);
        if (!area().contains(at)) return;
        const QRectF box = placeLabel({metrics.horizontalAdvance(text) + 4, metrics.height()}, at, area(),
                                      theme().px(6), lines, taken);
        if (box.isNull()) return;
        taken.push_back(box);
        painter.setPen(color);
        painter.drawText(snappedText({box.left() + 2, box.top() + metrics.ascent()}, ratio()), text);
    };
    label(m_picture.after, tr("new"), theme().brass);
    label(m_picture.before, tr("old"), theme().inkSecond);
    if (m_picture.clipped) label(m_picture.free, tr("without the box"), theme().inkSecond);
}

} // namespace orrery::svmview
