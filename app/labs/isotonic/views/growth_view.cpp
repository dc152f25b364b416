#include "app/labs/isotonic/views/growth_view.h"

#include "widgets/frame/paint.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/sketch.h"

#include <algorithm>
#include <cmath>

namespace orrery::isotone {

namespace {
constexpr double kLabelRoom = 0.30; ///< of the decades, at the right
} // namespace

GrowthView::GrowthView(QWidget* parent) : Plot(parent) {
    new Sketch(
        this, [this](QPainter& painter) { paintBands(painter); }, false);
    m_lines = new LabelledLines(this);
    m_lines->setOtherLabels([this] {
        std::vector<QRectF> boxes;
        for (const PublishedBand& band : m_picture.bands)
            boxes.push_back(bandLabel(band).box);
        return boxes;
    });
    setHorizontal({.title = tr("number of points n"), .logarithmic = true, .abbreviate = true});
    setPlaceholder(tr("The race has not started"));
    setReadout([this](QPointF pixel) { return readoutAt(pixel); });
    rescale();
}

void GrowthView::setPicture(GrowthPicture picture) {
    m_picture = std::move(picture);
    rescale();
}

void GrowthView::rescale() {
    double low = INFINITY, high = 0.0, first = INFINITY, last = 0.0;
    for (const LabelledLine& line : m_picture.lines)
        for (std::size_t i = 0; i < line.x.size(); ++i) {
            if (!(line.y[i] > 0.0)) continue;
            low = std::min(low, line.y[i]), high = std::max(high, line.y[i]);
            first = std::min(first, line.x[i]), last = std::max(last, line.x[i]);
        }
    for (const PublishedBand& band : m_picture.bands)
        low = std::min(low, band.low), high = std::max(high, band.high);
    if (m_picture.ratio) low = std::min(low, 1.0), high = std::max(high, 1.0);
    const bool empty = !(first < INFINITY);
    setVertical({.title = m_picture.vertical,
                 .logarithmic = true,
                 .reference = m_picture.ratio && !empty ? std::optional(1.0) : std::nullopt});
    setPlaceholder(empty ? tr("The race has not started") : QString());
    m_lines->setLines(empty ? std::vector<LabelledLine>() : m_picture.lines);
    if (empty) return setHome({10, 1e5}, {1e-6, 1});
    const double decades = std::max(1.0, std::log10(last / first)),
                 tall = std::max(0.5, std::log10(high / low));
    setHome({first * std::pow(10.0, -0.03 * decades), last * std::pow(10.0, kLabelRoom * decades)},
            {low * std::pow(10.0, -0.07 * tall), high * std::pow(10.0, 0.10 * tall)});
}

void GrowthView::paintBands(QPainter& painter) const {
    if (m_lines->lines().empty()) return;
    const QFont font = theme().words(11);
    for (const PublishedBand& band : m_picture.bands) {
        const QRectF box = bandBox(band);
        if (box.isEmpty()) continue;
        QColor fill = theme().ghost;
        fill.setAlphaF(0.28f);
        painter.fillRect(box, fill);
        const BandLabel label = bandLabel(band);
        if (label.text.isEmpty()) continue;
        painter.setFont(font);
        painter.setPen(theme().inkSecond);
        painter.drawText(
            snappedText({label.box.left(), label.box.top() + QFontMetricsF(font).ascent()}, ratio()),
            label.text);
    }
}

QRectF GrowthView::bandBox(const PublishedBand& band) const {
    const QRectF whole(QPointF(area().left(), toY(band.high)), QPointF(area().right(), toY(band.low)));
    return whole.intersected(area());
}

// As much as fits into the band; nothing into one that is lower than a line.
GrowthView::BandLabel GrowthView::bandLabel(const PublishedBand& band) const {
    const QFont font = theme().words(11);
    const QFontMetricsF metrics(font);
    const QRectF box = bandBox(band);
    const double room = box.width() - 2 * theme().px(6);
    const QString text = longestThatFits(band.text, font, room);
    if (box.height() < metrics.height() || metrics.horizontalAdvance(text) > room) return {};
    const double top = std::min(box.top() + theme().px(2), box.bottom() - metrics.height());
    return {text, {box.left() + theme().px(6), top, metrics.horizontalAdvance(text) + 1.0, metrics.height()}};
}

std::optional<Readout> GrowthView::readoutAt(QPointF pixel) const {
    const LabelledLine* nearest = nullptr;
    std::size_t at = 0;
    double closest = theme().px(14);
    for (const LabelledLine& line : m_lines->lines())
        for (std::size_t i = 0; i < line.x.size(); ++i) {
            const double away = QLineF(pixel, toPixel(line.x[i], line.y[i])).length();
            if (!(away < closest)) continue;
            closest = away, nearest = &line, at = i;
        }
    if (!nearest) return std::nullopt;
    return Readout{tr("%1\nn %2\n%3 %4")
                       .arg(nearest->name, fixedNumber(nearest->x[at], 0), m_picture.vertical,
                            shortNumber(nearest->y[at])),
                   toPixel(nearest->x[at], nearest->y[at])};
}

} // namespace orrery::isotone
