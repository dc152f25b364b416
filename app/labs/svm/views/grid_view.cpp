#include "app/labs/svm/views/grid_view.h"

#include "widgets/plot/number_format.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <QKeyEvent>
#include <algorithm>
#include <cmath>

namespace orrery::svmview {

namespace {

constexpr double kStrongest = 0.78; ///< of the hue

QColor mixed(const QColor& ground, const QColor& tint, double share) {
    const auto mix = [share](int a, int b) { return qRound(a + (b - a) * share); };
    return {mix(ground.red(), tint.red()), mix(ground.green(), tint.green()),
            mix(ground.blue(), tint.blue())};
}

// Ratio of two neighbours on a logarithmic axis.
double stepOf(const std::vector<double>& values) {
    return values.size() < 2 ? 10.0 : values[1] / values[0];
}

std::size_t nearest(const std::vector<double>& values, double value) {
    std::size_t best = 0;
    for (std::size_t k = 0; k < values.size(); ++k)
        if (std::abs(std::log(values[k] / value)) < std::abs(std::log(values[best] / value))) best = k;
    return best;
}

} // namespace

GridView::GridView(QWidget* parent) : Plot(parent) {
    setGrid(false);
    new Sketch(this, [this](QPainter& painter) { paintCells(painter); });
    new Sketch(
        this, [this](QPainter& painter) { paintNow(painter); }, true, Sketch::Level::Overlay);
    setReadout([this](QPointF pixel) { return readoutAt(pixel); });
    connect(this, &Plot::clicked, this, [this](QPointF pixel) {
        if (const auto cell = cellAt(pixel)) choose(cell->first, cell->second);
    });
    setPicture({});
}

void GridView::setPlaceholderSentence(const QString& sentence) {
    m_nothing = sentence;
    if (m_picture.values.empty()) setPlaceholder(sentence);
}

void GridView::setPicture(GridPicture picture) {
    m_picture = std::move(picture);
    const bool empty = m_picture.values.empty();
    setPlaceholder(empty ? m_nothing : QString());
    setHorizontal({.title = tr("cost C"), .logarithmic = true, .labels = !empty});
    setVertical({.title = m_picture.usesGamma ? tr("width γ") : QString(),
                 .logarithmic = true,
                 .labels = !empty && m_picture.usesGamma});
    if (empty) return setHome({0.1, 10}, {0.1, 10});
    const auto range = [](const std::vector<double>& values) {
        const double half = std::sqrt(stepOf(values));
        return QCPRange(values.front() / half, values.back() * half);
    };
    setHome(range(m_picture.cs), range(m_picture.gammas));
}

void GridView::setNow(double c, double gamma) {
    m_c = c;
    m_gamma = gamma;
    update();
}

double GridView::valueAt(std::size_t c, std::size_t gamma) const {
    return m_picture.values[gamma * m_picture.cs.size() + c];
}

QString GridView::textOf(double value, int decimals) const {
    return m_picture.isPercent ? fixedNumber(100.0 * value, decimals) : shortNumber(value, 2);
}

QString GridView::summary() const {
    if (!m_picture.best) return {};
    const auto [c, gamma] = *m_picture.best;
    const double value = valueAt(c, gamma);
    const QString at =
        m_picture.usesGamma
            ? tr("C %1, γ %2").arg(shortNumber(m_picture.cs[c], 2), shortNumber(m_picture.gammas[gamma], 2))
            : tr("C %1").arg(shortNumber(m_picture.cs[c], 2));
    if (!m_picture.lowIsGood) return tr("least error at %1").arg(at);
    return m_picture.isPercent ? tr("best %1 % at %2").arg(textOf(value, 1), at)
                               : tr("best %1 at %2").arg(textOf(value, 1), at);
}

QRectF GridView::cellRect(std::size_t c, std::size_t gamma) const {
    const double halfC = std::sqrt(stepOf(m_picture.cs)), halfG = std::sqrt(stepOf(m_picture.gammas));
    return {toPixel(m_picture.cs[c] / halfC, m_picture.gammas[gamma] * halfG),
            toPixel(m_picture.cs[c] * halfC, m_picture.gammas[gamma] / halfG)};
}

std::optional<std::pair<std::size_t, std::size_t>> GridView::cellAt(QPointF pixel) const {
    if (m_picture.values.empty() || !area().contains(pixel)) return std::nullopt;
    return std::pair(nearest(m_picture.cs, fromX(pixel.x())), nearest(m_picture.gammas, fromY(pixel.y())));
}

void GridView::choose(std::size_t c, std::size_t gamma) {
    Q_EMIT cellChosen(m_picture.cs[c], m_picture.usesGamma ? m_picture.gammas[gamma] : m_gamma);
}

void GridView::keyPressEvent(QKeyEvent* event) {
    const bool enters = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enters && m_picture.best) return choose(m_picture.best->first, m_picture.best->second);
    Plot::keyPressEvent(event);
}

void GridView::paintCells(QPainter& painter) const {
    double low = INFINITY, high = -INFINITY;
    for (const double value : m_picture.values)
        if (std::isfinite(value)) low = std::min(low, value), high = std::max(high, value);
    const QFont font = theme().numbers(11);
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    for (std::size_t gamma = 0; gamma < m_picture.gammas.size(); ++gamma)
        for (std::size_t c = 0; c < m_picture.cs.size() && !m_picture.values.empty(); ++c) {
            const double value = valueAt(c, gamma);
            const QRectF box = cellRect(c, gamma).adjusted(0.5, 0.5, -0.5, -0.5).intersected(area());
            if (!std::isfinite(value) || box.isEmpty()) continue;
            const double share = high > low ? (value - low) / (high - low) : 0.0;
            const double depth = kStrongest * (m_picture.lowIsGood ? 1.0 - share : share);
            const QColor fill = mixed(theme().surface, theme().accent, depth);
            painter.fillRect(box, fill);
            const QString text = textOf(value, 0);
            if (metrics.horizontalAdvance(text) + 4 > box.width() || metrics.height() > box.height())
                continue;
            painter.setPen(depth > 0.5 ? theme().onAccent : theme().ink);
            painter.drawText(box, Qt::AlignCenter, text);
        }
    if (!m_picture.best) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().ink, theme().contextWidth()));
    painter.drawRect(cellRect(m_picture.best->first, m_picture.best->second).adjusted(1.5, 1.5, -1.5, -1.5));
}

void GridView::paintNow(QPainter& painter) const {
    if (m_picture.values.empty()) return;
    const QPointF at = m_picture.usesGamma ? toPixel(m_c, m_gamma) : QPointF(toX(m_c), area().center().y());
    if (!area().contains(at)) return;
    drawMark(painter, at, MarkShape::Disc, theme().markSize() * 1.1, theme().brass, theme().surface);
}

std::optional<Readout> GridView::readoutAt(QPointF pixel) const {
    const auto cell = cellAt(pixel);
    if (!cell) return std::nullopt;
    const double value = valueAt(cell->first, cell->second);
    QString text = tr("C %1").arg(shortNumber(m_picture.cs[cell->first], 2));
    if (m_picture.usesGamma) text += tr("\nγ %1").arg(shortNumber(m_picture.gammas[cell->second], 2));
    text += u'\n' + m_picture.quantity + u' ' +
            (!std::isfinite(value) ? tr("not yet")
             : m_picture.isPercent ? textOf(value, 1) + QStringLiteral(" %")
                                   : textOf(value, 1));
    return Readout{text, cellRect(cell->first, cell->second).center()};
}

} // namespace orrery::svmview
