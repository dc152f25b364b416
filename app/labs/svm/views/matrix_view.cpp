#include "app/labs/svm/views/matrix_view.h"

#include "widgets/canvas/canvas_points.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <QPaintEngine>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace orrery::svmview {

namespace {

constexpr double kMatrixShare = 0.54; ///< of the height
constexpr int kPaperCells = 48;       ///< a side, on paper
constexpr double kLeastShown = 1e-12; ///< of the largest eigenvalue

QColor mixed(const QColor& ground, const QColor& tint, double share) {
    const auto mix = [share](int a, int b) { return qRound(a + (b - a) * share); };
    return {mix(ground.red(), tint.red()), mix(ground.green(), tint.green()),
            mix(ground.blue(), tint.blue())};
}

} // namespace

MatrixView::MatrixView(QWidget* parent) : QWidget(parent), m_spectrum(new SpectrumPlot(this)) {
    m_spectrum->setAccessibleName(tr("Eigenvalues of the kernel matrix"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void MatrixView::setPicture(std::shared_ptr<const MatrixPicture> picture) {
    m_picture = std::move(picture);
    m_image = {};
    m_largest = 1e-300;
    if (m_picture)
        for (const double value : m_picture->values)
            m_largest = std::max(m_largest, std::abs(value));
    m_spectrum->setPicture(m_picture);
    update();
}

QString MatrixView::summary() const {
    if (!m_picture || m_picture->eigenvalues.empty()) return {};
    const QString least = shortNumber(m_picture->eigenvalues.back(), 2);
    QString words = m_picture->indefinite ? tr("indefinite: least eigenvalue %1").arg(least)
                                          : tr("no eigenvalue below 0");
    if (m_picture->points > static_cast<std::size_t>(m_picture->size))
        words += tr("; %1 of %2 points").arg(m_picture->size).arg(m_picture->points);
    return words;
}

void MatrixView::setTheme(const Theme& theme) {
    m_theme = theme;
    m_image = {};
    m_spectrum->setTheme(theme);
    place();
    update();
}

QSize MatrixView::minimumSizeHint() const {
    return {m_theme.px(180), m_theme.px(240)};
}

QRectF MatrixView::matrixRect() const {
    const double side = std::min<double>(kMatrixShare * height(), width() - m_theme.px(40)) - m_theme.px(10);
    return QRectF((width() - side) / 2.0, m_theme.px(6), side, side);
}

void MatrixView::place() {
    const int top = static_cast<int>(matrixRect().bottom()) + m_theme.px(14);
    m_spectrum->setGeometry(0, top, width(), std::max(10, height() - top));
}

void MatrixView::resizeEvent(QResizeEvent*) {
    place();
}

QColor MatrixView::colorOf(double value) const {
    return mixed(m_theme.surface, value < 0.0 ? m_theme.failure : m_theme.accent,
                 0.9 * std::min(1.0, std::abs(value) / m_largest));
}

void MatrixView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.fillRect(rect(), m_theme.surface);
    if (!m_picture || m_picture->size == 0) return;
    const QRectF where = matrixRect();
    const QPaintEngine::Type type = painter.paintEngine()->type();
    if (type == QPaintEngine::SVG || type == QPaintEngine::Pdf || type == QPaintEngine::Picture)
        paintCells(painter, where);
    else
        paintMatrix(painter, where);
    paintClasses(painter, where);
}

void MatrixView::paintMatrix(QPainter& painter, const QRectF& where) {
    if (m_image.isNull()) {
        m_image = QImage(m_picture->size, m_picture->size, QImage::Format_RGB32);
        for (int row = 0; row < m_picture->size; ++row)
            for (int column = 0; column < m_picture->size; ++column)
                m_image.setPixelColor(
                    column, row,
                    colorOf(m_picture->values[static_cast<std::size_t>(row) *
                                                  static_cast<std::size_t>(m_picture->size) +
                                              static_cast<std::size_t>(column)]));
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform, m_picture->size > where.width());
    painter.drawImage(where, m_image);
}

// A vector picture holds no raster: rectangles, of every k-th point where there are many.
void MatrixView::paintCells(QPainter& painter, const QRectF& where) const {
    const int cells = std::min(kPaperCells, m_picture->size);
    const double side = where.width() / cells;
    painter.setPen(Qt::NoPen);
    for (int row = 0; row < cells; ++row)
        for (int column = 0; column < cells; ++column) {
            const auto at = [&](int cell) {
                return static_cast<std::size_t>(cell) * static_cast<std::size_t>(m_picture->size) /
                       static_cast<std::size_t>(cells);
            };
            const double value =
                m_picture->values[at(row) * static_cast<std::size_t>(m_picture->size) + at(column)];
            painter.setBrush(colorOf(value));
            painter.drawRect(
                QRectF(where.left() + column * side, where.top() + row * side, side + 0.3, side + 0.3));
        }
}

// A bar in its colour beside the rows of each class.
void MatrixView::paintClasses(QPainter& painter, const QRectF& where) const {
    const double bar = m_theme.px(4), scale = where.height() / m_picture->size;
    double top = where.top();
    painter.setPen(Qt::NoPen);
    for (std::size_t k = 0; k < m_picture->classSizes.size(); ++k) {
        const double tall = m_picture->classSizes[k] * scale;
        painter.setBrush(m_theme.category(categoryOfClass(static_cast<int>(k))).color);
        painter.drawRect(QRectF(where.left() - 2 * bar, top, bar, tall));
        top += tall;
    }
}

// --- the eigenvalues ---

SpectrumPlot::SpectrumPlot(QWidget* parent) : Plot(parent) {
    new Sketch(this, [this](QPainter& painter) { paintValues(painter); });
    setHorizontal({.title = tr("rank of the eigenvalue"), .integers = true});
    setVertical({.title = tr("size"), .logarithmic = true});
    setPicture(nullptr);
}

void SpectrumPlot::setPicture(std::shared_ptr<const MatrixPicture> picture) {
    m_picture = std::move(picture);
    const bool empty = !m_picture || m_picture->eigenvalues.empty();
    setPlaceholder(empty ? tr("Computing eigenvalues…") : QString());
    if (empty) return setHome({0, 10}, {0.1, 10});
    double largest = 1e-300;
    for (const double value : m_picture->eigenvalues)
        largest = std::max(largest, std::abs(value));
    double least = largest;
    for (const double value : m_picture->eigenvalues)
        if (std::abs(value) > kLeastShown * largest) least = std::min(least, std::abs(value));
    m_least = kLeastShown * largest;
    setHome({0, static_cast<double>(m_picture->eigenvalues.size()) + 1}, {least / 2, largest * 2});
}

void SpectrumPlot::paintValues(QPainter& painter) const {
    if (!m_picture || m_picture->eigenvalues.empty()) return;
    const auto& values = m_picture->eigenvalues;
    const double r = theme().markSize() * (values.size() <= 60 ? 0.7 : 0.45);
    for (std::size_t k = 0; k < values.size(); ++k) {
        if (!(std::abs(values[k]) > m_least)) continue;
        const QPointF at = toPixel(static_cast<double>(k + 1), std::abs(values[k]));
        const bool negative = values[k] < 0.0;
        drawMark(painter, at, negative ? MarkShape::Plus : MarkShape::Disc, r * (negative ? 1.5 : 1.0),
                 negative ? theme().failure : theme().accent, theme().surface);
    }
}

} // namespace orrery::svmview
