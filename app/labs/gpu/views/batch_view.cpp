#include "app/labs/gpu/views/batch_view.h"

#include "widgets/plot/number_format.h"
#include "widgets/plot/place_label.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <algorithm>
#include <cmath>

namespace orrery::panel {

BatchView::BatchView(QWidget* parent) : Plot(parent) {
    new Sketch(
        this, [this](QPainter& p) { paintLimits(p); }, false);
    m_lines = new LabelledLines(this);
    m_lines->setOtherLabels([this] {
        std::vector<QRectF> boxes = limitBoxes();
        for (const auto& limit : m_picture.limits) // nor does a limit pass through a name
            boxes.emplace_back(area().left(), toY(limit.value) - 1, area().width(), 2);
        return boxes;
    });
    setReadout([this](QPointF pixel) -> std::optional<Readout> {
        const Near near = nearest(pixel);
        if (!near.line) return std::nullopt;
        return Readout{tr("%1\nbatch %2\n%3 %4")
                           .arg(near.line->name)
                           .arg(batchOf(near))
                           .arg(shortNumber(near.line->y[near.at]), m_picture.vertical),
                       toPixel(near.line->x[near.at], near.line->y[near.at])};
    });
    connect(this, &Plot::clicked, this, [this](QPointF pixel, Qt::KeyboardModifiers) {
        const Near near = nearest(pixel);
        if (near.line && near.line->category >= 0) Q_EMIT batchChosen(batchOf(near));
    });
    rescale();
}

qint64 BatchView::batchOf(const Near& near) {
    return std::llround(std::exp2(near.line->x[near.at]));
}

void BatchView::setPicture(BatchPicture picture) {
    m_picture = std::move(picture);
    rescale();
    schedule();
}

void BatchView::rescale() {
    double low = INFINITY, high = 0, last = 0;
    for (const LabelledLine& line : m_picture.lines)
        for (std::size_t i = 0; i < line.x.size(); ++i) {
            low = std::min(low, line.y[i]), high = std::max(high, line.y[i]);
            last = std::max(last, line.x[i]);
        }
    for (const auto& limit : m_picture.limits)
        low = std::min(low, limit.value), high = std::max(high, limit.value);
    const bool empty = !(last > 0);
    setVertical({.title = m_picture.vertical, .logarithmic = m_picture.logarithmic && !empty});
    setPlaceholder(empty ? tr("No batch has been measured yet") : QString());
    std::vector<LabelledLine> lines = m_picture.lines;
    for (LabelledLine& line : lines)
        for (double& x : line.x)
            x = std::log2(x);
    m_lines->setLines(std::move(lines));
    const double octaves = empty ? 8 : std::max(1.0, std::ceil(std::log2(last)));
    std::vector<QString> names;
    for (int k = 0; k <= octaves; ++k)
        names.push_back(k % 2 == 0 || octaves < 7 ? QString::number(1 << k) : QString());
    setHorizontal({.title = tr("batch"), .names = names});
    const QCPRange x{-0.06 * octaves, octaves * 1.42};
    if (empty) return setHome(x, {0, 1});
    if (!m_picture.logarithmic) return setHome(x, {0, high * 1.15});
    const double tall = std::max(0.5, std::log10(high / low));
    setHome(x, {low * std::pow(10, -0.10 * tall), high * std::pow(10, 0.14 * tall)});
}

std::vector<QRectF> BatchView::limitBoxes() const {
    const QFontMetricsF metrics(theme().words(11));
    std::vector<QPolygonF> lines;
    for (const LabelledLine& line : m_lines->lines()) {
        lines.emplace_back();
        for (std::size_t i = 0; i < line.x.size(); ++i)
            lines.back() << toPixel(line.x[i], line.y[i]);
    }
    std::vector<QRectF> boxes;
    for (const auto& limit : m_picture.limits) {
        const double y = toY(limit.value), width = metrics.horizontalAdvance(limit.text);
        const double left = area().left() + theme().px(4), right = area().right() - theme().px(4) - width;
        const double above = y - theme().px(2) - metrics.height(), below = y + theme().px(2);
        QRectF best(left, above, width, metrics.height());
        for (const QPointF at : {QPointF(left, above), {right, above}, {left, below}, {right, below}}) {
            const QRectF place(at, best.size());
            const auto isMet = [&](const QPolygonF& line) { return meets(line, place); };
            if (!area().contains(place) || std::ranges::any_of(lines, isMet)) continue;
            best = place;
            break;
        }
        boxes.push_back(best);
    }
    return boxes;
}

void BatchView::paintLimits(QPainter& painter) const {
    painter.setFont(theme().words(11));
    const QFontMetricsF metrics(painter.font());
    const std::vector<QRectF> boxes = limitBoxes();
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const double y = toY(m_picture.limits[i].value);
        QPen dashed(theme().inkThird, theme().contextWidth(), Qt::CustomDashLine, Qt::FlatCap);
        dashed.setDashPattern({4, 3});
        strokeLines(painter, {QPolygonF{{area().left(), y}, {area().right(), y}}}, dashed);
        painter.setPen(theme().inkSecond);
        painter.drawText(snappedText(boxes[i].topLeft() + QPointF(0, metrics.ascent()), ratio()),
                         m_picture.limits[i].text);
    }
}

BatchView::Near BatchView::nearest(QPointF pixel) const {
    Near best;
    double closest = theme().px(14);
    for (const LabelledLine& line : m_lines->lines())
        for (std::size_t i = 0; i < line.x.size(); ++i) {
            const double away = QLineF(pixel, toPixel(line.x[i], line.y[i])).length();
            if (away < closest) closest = away, best = {&line, i};
        }
    return best;
}

} // namespace orrery::panel
