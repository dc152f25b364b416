#include "app/labs/isotonic/views/density_layer.h"

#include "widgets/plot/strokes.h"

namespace orrery::isotone {

void DensityLayer::setPicture(std::shared_ptr<const DensityPicture> picture) {
    m_picture = std::move(picture);
    m_tinted = {};
    changed();
}

void DensityLayer::paint(QPainter& painter) {
    if (!m_picture) return;
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
    const QPen pen = solidPen(theme().ghost, theme().hairline());
    strokeLines(painter, pixelLines(plot(), m_picture->envelopeX, m_picture->low), pen);
    strokeLines(painter, pixelLines(plot(), m_picture->envelopeX, m_picture->high), pen);
}

} // namespace orrery::isotone
