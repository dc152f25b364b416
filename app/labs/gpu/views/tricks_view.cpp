#include "app/labs/gpu/views/tricks_view.h"

#include "widgets/frame/paint.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/sketch.h"

#include <algorithm>
#include <cmath>

namespace orrery::panel {

TricksView::TricksView(QWidget* parent) : Plot(parent) {
    new Sketch(
        this, [this](QPainter& p) { paintBars(p); }, false);
    setNothing(tr("No variant has been measured yet"));
    setHome({-0.5, 0.5}, {0, 1});
    setReadout([this](QPointF pixel) -> std::optional<Readout> {
        const auto at = static_cast<std::size_t>(std::max(0.0, std::round(fromX(pixel.x()))));
        if (at >= m_picture.bars.size()) return std::nullopt;
        const TrickBar& bar = m_picture.bars[at];
        QString words = tr("%1: %2 %3").arg(bar.name, shortNumber(bar.itemsPerS, 4), m_picture.unit);
        if (at > 0) words += tr(", × %1").arg(shortNumber(bar.itemsPerS / m_picture.bars[at - 1].itemsPerS));
        if (!bar.change.isEmpty()) words += u'\n' + bar.change;
        return Readout{words, toPixel(double(at), bar.itemsPerS)};
    });
}

void TricksView::setNothing(const QString& sentence) {
    m_nothing = sentence;
    setPlaceholder(m_picture.bars.empty() ? sentence : QString());
}

void TricksView::setPicture(TricksPicture picture) {
    m_picture = std::move(picture);
    const bool empty = m_picture.bars.empty();
    setPlaceholder(empty ? m_nothing : QString());
    std::vector<QString> names;
    double most = 0;
    for (const TrickBar& bar : m_picture.bars)
        names.push_back(bar.name), most = std::max(most, bar.itemsPerS);
    setHorizontal({.names = names});
    setVertical({.title = m_picture.unit, .abbreviate = most >= 10000});
    if (empty)
        setHome({-0.5, 0.5}, {0, 1});
    else
        setHome({-0.6, static_cast<double>(names.size()) - 0.4}, {0, most * 1.16});
    schedule();
}

// The first bar stands on the ground; every other begins where the one before ended.
void TricksView::paintBars(QPainter& painter) const {
    const QFont font = theme().words(12, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    const double width = std::min(toX(1) - toX(0), area().width() * 0.4) * 0.62;
    double before = 0;
    for (std::size_t i = 0; i < m_picture.bars.size(); ++i) {
        const double value = m_picture.bars[i].itemsPerS, x = toX(static_cast<double>(i));
        const double top = toY(std::max(value, before)), bottom = toY(std::min(value, before));
        const bool worse = i > 0 && value < before;
        painter.setPen(Qt::NoPen);
        painter.setBrush(i == 0 ? theme().ghost : worse ? theme().category(3).color : theme().brass);
        painter.drawRoundedRect(QRectF(x - width / 2, top, width, std::max(bottom - top, 2.0)), theme().px(2),
                                theme().px(2));
        painter.setFont(font);
        painter.setPen(theme().ink);
        const QString words = shortNumber(value);
        painter.drawText(
            snappedText({x - metrics.horizontalAdvance(words) / 2, top - theme().px(6)}, ratio()), words);
        before = value;
    }
}

} // namespace orrery::panel
