#include "widgets/plot/plot.h"

#include "widgets/frame/paint.h"
#include "widgets/plot/axes_piece.h"

#include <QPaintEngine>
#include <algorithm>
#include <cmath>

namespace orrery {

namespace {

bool isRaster(QPaintEngine::Type type) {
    return type == QPaintEngine::Raster || type == QPaintEngine::OpenGL || type == QPaintEngine::OpenGL2 ||
           type == QPaintEngine::Direct2D;
}

} // namespace

Plot::Plot(QWidget* parent) : QCustomPlot(parent) {
    // Axes keep ranges only: the ground is ours.
    for (QCPAxis* axis : {xAxis, yAxis}) {
        axis->setVisible(false);
        axis->grid()->setVisible(false);
    }
    axisRect()->setAutoMargins(QCP::msNone);
    axisRect()->setMinimumSize(1, 1);
    setPlottingHints({});
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setBackground(QBrush(m_theme.surface));
    new AxesPiece(this);
}

// Pieces leave the list when they go: before the list does.
Plot::~Plot() {
    clearItems();
}

void Plot::setTheme(const Theme& theme) {
    m_theme = theme;
    setBackground(QBrush(theme.surface));
    schedule();
}

void Plot::setHorizontal(const AxisOptions& options) {
    m_horizontal = options;
    xAxis->setScaleType(options.logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    xAxis->setRangeReversed(options.reversed);
    schedule();
}

void Plot::setVertical(const AxisOptions& options) {
    m_vertical = options;
    yAxis->setScaleType(options.logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    yAxis->setRangeReversed(options.reversed);
    schedule();
}

void Plot::setHome(QCPRange horizontal, QCPRange vertical) {
    m_homeX = horizontal;
    m_homeY = vertical;
    if (!m_zoomed) setRanges(horizontal, vertical);
}

void Plot::resetView() {
    m_zoomed = false;
    setRanges(m_homeX, m_homeY);
    Q_EMIT viewChanged();
}

void Plot::setRanges(QCPRange horizontal, QCPRange vertical) {
    xAxis->setRange(horizontal);
    yAxis->setRange(vertical);
    schedule();
}

void Plot::setEqualAspect(bool on) {
    m_equalAspect = on;
    schedule();
}

void Plot::setGrid(bool on) {
    m_grid = on;
    schedule();
}

void Plot::setMinimumMargins(QMargins margins) {
    if (margins == m_minimumMargins) return;
    m_minimumMargins = margins;
    schedule();
}

void Plot::setReadout(std::function<std::optional<Readout>(QPointF)> readout) {
    m_readout = std::move(readout);
}

void Plot::setPlaceholder(const QString& sentence) {
    m_placeholder = sentence;
    schedule();
}

void Plot::schedule() {
    if (m_arranging) return;
    m_dirty = true;
    update();
}

void Plot::prepare() {
    if (viewport() != rect()) setViewport(rect());
    m_dirty = false;
    replot(QCustomPlot::rpQueuedRefresh);
}

QSize Plot::minimumSizeHint() const {
    return {m_theme.px(180), m_theme.px(120)};
}

QSize Plot::sizeHint() const {
    return {m_theme.px(420), m_theme.px(300)};
}

void Plot::resizeEvent(QResizeEvent*) {
    setViewport(rect());
    schedule();
}

void Plot::setPaintRatio(double ratio) {
    if (std::abs(ratio - m_ratio) < 1e-6 && std::abs(ratio - bufferDevicePixelRatio()) < 1e-6) return;
    m_ratio = ratio;
    setBufferDevicePixelRatio(ratio);
    m_dirty = true;
}

void Plot::paintEvent(QPaintEvent*) {
    QCPPainter painter(this);
    if (!painter.isActive()) return;
    if (!isRaster(painter.paintEngine()->type())) return paintVectors(painter);
    // Screen, pixmap or scaled export: the buffers take the device's own pixels.
    const QTransform device = painter.deviceTransform();
    setPaintRatio(std::clamp(std::hypot(device.m11(), device.m12()), 0.25, 8.0));
    if (m_dirty) prepare();
    painter.fillRect(rect(), m_theme.surface);
    for (const auto& buffer : std::as_const(mPaintBuffers))
        buffer->draw(&painter);
    paintOverlays(painter);
    paintReadout(painter);
    if (m_focusRing) drawFocusRing(painter, QRectF(rect()), m_theme.px(6), m_theme);
}

// The ring is seen where Tab brought the focus: a click needs none, nor does a focus that came because its
// widget was hidden, which Qt reports as Tab too. So the key itself is waited for, whose release comes here.
void Plot::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Tab || event->key() == Qt::Key_Backtab) {
        m_focusRing = true;
        update();
    }
    QCustomPlot::keyReleaseEvent(event);
}

void Plot::focusOutEvent(QFocusEvent* event) {
    QCustomPlot::focusOutEvent(event);
    m_focusRing = false;
    update();
}

void Plot::paintVectors(QCPPainter& painter) {
    const double screenRatio = std::exchange(m_ratio, 1.0);
    m_vectors = true;
    toPainter(&painter, width(), height());
    paintOverlays(painter);
    m_vectors = false;
    m_ratio = screenRatio;
    m_dirty = true;
}

void Plot::paintOverlays(QPainter& painter) {
    for (PlotPiece* piece : m_pieces)
        if (piece->isOverlay() && piece->visible()) piece->paintClipped(painter);
    painter.setRenderHint(QPainter::Antialiasing, true);
    for (PlotPiece* piece : m_pieces)
        if (piece->visible()) piece->paintTop(painter);
    if (m_placeholder.isEmpty()) return;
    painter.setFont(m_theme.words(13));
    painter.setPen(m_theme.inkSecond);
    painter.drawText(m_area, Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
}

void Plot::paintReadout(QPainter& painter) const {
    if (!m_shownReadout) return;
    const double pad = m_theme.px(8), away = m_theme.px(14);
    const QFontMetricsF metrics(m_theme.numbers(12));
    QRectF box = metrics.boundingRect(QRectF(0, 0, width(), height()), Qt::AlignLeft, m_shownReadout->text);
    box = QRectF(QPointF(0, 0), box.size() + QSizeF(2 * pad, 1.4 * pad));
    const QPointF anchor = m_shownReadout->anchor;
    box.moveTo(anchor + QPointF(away, -away - box.height()));
    if (box.right() > width() - 2) box.moveRight(anchor.x() - away);
    if (box.top() < 2) box.moveTop(anchor.y() + away);
    box.moveLeft(std::max(2.0, box.left()));
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(m_theme.line, m_theme.hairline()));
    painter.setBrush(m_theme.surface);
    painter.drawRoundedRect(box.translated(0.5, 0.5), m_theme.px(6), m_theme.px(6));
    painter.setFont(m_theme.numbers(12));
    painter.setPen(m_theme.ink);
    painter.drawText(box.adjusted(pad, 0.7 * pad, 0, 0), Qt::AlignLeft | Qt::AlignTop, m_shownReadout->text);
}

} // namespace orrery
