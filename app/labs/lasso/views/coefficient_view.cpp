#include "app/labs/lasso/views/coefficient_view.h"

#include "widgets/plot/number_format.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <algorithm>
#include <cmath>

namespace orrery::lasso {

namespace {

constexpr std::size_t kMostRows = 40;
constexpr double kRowHeight = 1.25; ///< of a line of axis type

bool larger(const Coefficient& a, const Coefficient& b) {
    return std::abs(a.value) > std::abs(b.value);
}

} // namespace

CoefficientView::CoefficientView(QWidget* parent) : Plot(parent) {
    setGrid(false);
    new Sketch(
        this, [this](QPainter& painter) { paintRows(painter); }, false);
    connect(this, &Plot::clicked, this, [this](QPointF pixel) {
        if (const int row = rowAt(pixel); row >= 0)
            Q_EMIT coefficientClicked(m_shown[static_cast<std::size_t>(row)].column);
    });
    connect(this, &Plot::hovered, this, [this](QPointF pixel) {
        const int row = rowAt(pixel), column = row < 0 ? -1 : m_shown[static_cast<std::size_t>(row)].column;
        if (std::exchange(m_hovered, column) != column) Q_EMIT coefficientHovered(column);
    });
}

void CoefficientView::setCoefficients(std::vector<Coefficient> coefficients) {
    m_all = std::move(coefficients);
    setPlaceholder(m_all.empty() ? tr("All coefficients are zero") : QString());
    schedule();
}

void CoefficientView::setOrder(CoefficientOrder order) {
    m_order = order;
    schedule();
}

void CoefficientView::setHighlightedColumn(int column) {
    m_highlighted = column;
    schedule();
}

// How many rows fit depends on the height: chosen at each layout.
void CoefficientView::arrange() {
    const double line = QFontMetricsF(theme().axis()).height();
    const double room = viewport().height() - 4.5 * line;
    const auto fit = static_cast<std::size_t>(std::max(1.0, room / (line * kRowHeight)));
    // The sentence about the rest takes a row of its own.
    const std::size_t most = std::clamp<std::size_t>(m_all.size() > fit ? fit - 1 : fit, 1, kMostRows);
    const bool rest = m_all.size() > most;
    m_shown = m_all;
    std::stable_sort(m_shown.begin(), m_shown.end(), larger);
    m_shown.resize(std::min(most, m_shown.size()));
    if (m_order == CoefficientOrder::Column)
        std::stable_sort(m_shown.begin(), m_shown.end(),
                         [](auto& a, auto& b) { return a.column < b.column; });
    std::vector<QString> names;
    double low = 0.0, high = 0.0;
    for (const Coefficient& c : m_shown) {
        names.push_back(c.name);
        low = std::min(low, c.value), high = std::max(high, c.value);
    }
    const double pad = high > low ? 0.06 * (high - low) : 1.0;
    setVertical({.reversed = true, .names = names});
    // With nothing to read off, no numbers and no zero line through the sentence.
    if (m_shown.empty())
        setHorizontal({.title = tr("coefficient β (standardised units)"), .labels = false});
    else
        setHorizontal({.title = tr("coefficient β (standardised units)"), .reference = 0.0});
    setHome({low - pad, high + pad},
            {-0.6, std::max(0.6, static_cast<double>(m_shown.size()) - (rest ? -0.6 : 0.4))});
}

QString CoefficientView::rest() const {
    if (m_shown.empty() || m_shown.size() >= m_all.size()) return {};
    double smallest = std::abs(m_shown.front().value);
    for (const Coefficient& c : m_shown)
        smallest = std::min(smallest, std::abs(c.value));
    return tr("and %1 more, none above %2")
        .arg(fixedNumber(static_cast<double>(m_all.size() - m_shown.size()), 0), shortNumber(smallest));
}

void CoefficientView::paintRows(QPainter& painter) const {
    const double zero = toX(0.0);
    for (std::size_t row = 0; row < m_shown.size(); ++row) {
        const Coefficient& c = m_shown[row];
        const bool lit = c.column == m_highlighted;
        const CategoryStyle& style = theme().category(std::max(0, c.category));
        const QColor color = c.category >= 0 ? style.color : lit ? theme().ink : theme().inkThird;
        const double y = snapped(toY(static_cast<double>(row)), theme().focusWidth(), ratio());
        painter.setPen(
            QPen(color, lit ? theme().focusWidth() * 1.3 : theme().focusWidth(), Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(QPointF(zero, y), QPointF(toX(c.value), y));
        drawMark(painter, {toX(c.value), y}, c.category >= 0 ? style.shape : MarkShape::Disc,
                 theme().markSize(), color, theme().surface);
    }
    if (rest().isEmpty()) return;
    const QFontMetricsF metrics(theme().axis());
    painter.setFont(theme().axis());
    const QPointF at(area().right() - metrics.horizontalAdvance(rest()),
                     area().bottom() - metrics.descent() - 3);
    painter.fillRect(metrics.boundingRect(rest()).translated(at).adjusted(-4, 0, 4, 0), theme().surface);
    painter.setPen(theme().inkSecond);
    painter.drawText(at, rest());
}

int CoefficientView::rowAt(QPointF pixel) const {
    const int row = static_cast<int>(std::lround(fromY(pixel.y())));
    return pixel.y() >= area().top() && row >= 0 && row < static_cast<int>(m_shown.size()) ? row : -1;
}

} // namespace orrery::lasso
