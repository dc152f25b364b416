#include "widgets/plot/plot_piece.h"

#include <algorithm>
#include <cmath>

namespace orrery {

PlotPiece::PlotPiece(Plot* plot) : QCPAbstractItem(plot), m_plot(plot) {
    plot->m_pieces.push_back(this);
    setSelectable(false);
}

PlotPiece::~PlotPiece() {
    std::erase(m_plot->m_pieces, this);
    if (m_plot->m_gripped == this) m_plot->m_gripped = nullptr;
}

bool PlotPiece::grips(QPointF, Qt::KeyboardModifiers) const {
    return false;
}

void PlotPiece::press(QPointF, Qt::KeyboardModifiers) {}
void PlotPiece::drag(QPointF) {}
void PlotPiece::release(QPointF) {}

double PlotPiece::selectTest(const QPointF&, bool, QVariant*) const {
    return -1.0;
}

void PlotPiece::changed() {
    if (isOverlay())
        m_plot->update();
    else
        m_plot->schedule();
}

void PlotPiece::draw(QCPPainter* painter) {
    if (!isOverlay()) paintClipped(*painter);
}

// QCustomPlot's own hint shifts the painter by half a pixel; ours does not: positions are snapped instead.
void PlotPiece::applyDefaultAntialiasingHint(QCPPainter* painter) const {
    painter->QPainter::setRenderHint(QPainter::Antialiasing, true);
}

QRect PlotPiece::clipRect() const {
    return m_plot->viewport().adjusted(-1, -1, 1, 2);
}

void PlotPiece::paintClipped(QPainter& painter) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, true);
    // A pixel of grace: a curve on the bound keeps its full width.
    const double grace = theme().focusWidth();
    if (clips())
        painter.setClipRect(m_plot->area().adjusted(-grace, -grace, grace, grace), Qt::IntersectClip);
    paint(painter);
    painter.restore();
}

double wholeWidth(double width, double ratio) {
    return std::max(1.0, std::round(width * ratio)) / ratio;
}

double snapped(double position, double width, double ratio) {
    const double device = wholeWidth(width, ratio) * ratio;
    return (std::round(position * ratio - device / 2) + device / 2) / ratio;
}

QPointF snappedText(QPointF position, double ratio) {
    return {std::round(position.x() * ratio) / ratio, std::round(position.y() * ratio) / ratio};
}

} // namespace orrery
