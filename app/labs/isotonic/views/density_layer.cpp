#include "app/labs/isotonic/views/density_layer.h"

#include "widgets/plot/strokes.h"

#include <algorithm>

namespace orrery::isotone {

void DensityLayer::setPicture(std::shared_ptr<const DensityPicture> picture) {
    m_picture = std::move(picture);
    m_tinted = {};
    changed();
}

void DensityLayer::paint(QPainter& painter) {
    if (!m_picture) return;
    if (plot().paintsVectors())
        paintBand(painter);
    else
        paintImage(painter);
    const QPen pen = solidPen(theme().ghost, theme().hairline());
    strokeLines(painter, pixelLines(plot(), m_picture->envelopeX, m_picture->low), pen);
    strokeLines(painter, pixelLines(plot(), m_picture->envelopeX, m_picture->high), pen);
}

// A drawing on paper holds no raster: the room that the rows fill.
void DensityLayer::paintBand(QPainter& painter) const {
    QPolygonF outline, back;
    for (std::size_t i = 0; i < m_picture->envelopeX.size(); ++i) {
        outline << plot().toPixel(m_picture->envelopeX[i], m_picture->high[i]);
        back << plot().toPixel(m_picture->envelopeX[i], m_picture->low[i]);
    }
    std::reverse(back.begin(), back.end());
    QColor fill = theme().category(0).color;
    fill.setAlphaF(0.35f);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(QPolygonF(outline + back).intersected(QPolygonF(plot().area())));
}

void DensityLayer::paintImage(QPainter& painter) {
    const QColor color = theme().category(0).color;
    if (m_tinted.isNull() || m_tint != color.rgb()) {
        m_tint = color.rgb();
        m_tinted = QImage(m_picture->counts.size(), QImage::Format_ARGB32_Premultiplied);
        m_tinted.fill(color);
        QPainter tint(&m_tinted);
        tint.setCompositionMode(QPainter::CompositionMode_DestinationIn);
        tint.drawImage(0, 0, m_picture->counts);
    }
    const QRectF where(plot().toPixel(m_picture->x.lower, m_picture->y.upper),
                       plot().toPixel(m_picture->x.upper, m_picture->y.lower));
    painter.setRenderHint(QPainter::SmoothPixmapTransform, true);
    painter.drawImage(where, m_tinted);
}

} // namespace orrery::isotone
