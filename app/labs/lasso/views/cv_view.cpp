#include "app/labs/lasso/views/cv_view.h"

#include "widgets/plot/curve.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/place_label.h"
#include "widgets/plot/playhead.h"
#include "widgets/plot/sketch.h"

#include <algorithm>
#include <cmath>

namespace orrery::lasso {

namespace {

std::vector<double> log10Of(const std::vector<double>& lambdas) {
    std::vector<double> logs;
    for (const double lambda : lambdas)
        logs.push_back(std::log10(lambda));
    return logs;
}

std::vector<double> shifted(const CvCurve& curve, double sign) {
    std::vector<double> values = curve.mean;
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] += sign * curve.standardError[i];
    return values;
}

} // namespace

CvView::CvView(QWidget* parent)
    : Plot(parent)
    , m_band(new Band(this))
    , m_ghost(new Curve(this))
    , m_mean(new Curve(this, [](const Theme& t) { return solidPen(t.accent, t.contextWidth() * 1.25); }))
    , m_playhead(new Playhead(this)) {
    m_ghost->setGhost(true);
    new Sketch(
        this, [this](QPainter& painter) { paintMarks(painter); }, false, Sketch::Level::Overlay);
    setHorizontal({.title = tr("log₁₀ λ"), .reversed = true});
    setVertical({.title = tr("CV error"), .abbreviate = true});
    setPlaceholder(tr("Not cross-validated yet"));
    setReadout([this](QPointF pixel) -> std::optional<Readout> {
        if (m_log.empty()) return std::nullopt;
        const std::size_t at = nearestTo(fromX(pixel.x()));
        return Readout{tr("λ %1\n%2 ± %3")
                           .arg(shortNumber(m_curve.lambdas[at]), shortNumber(m_curve.mean[at], 4),
                                shortNumber(m_curve.standardError[at])),
                       toPixel(m_log[at], m_curve.mean[at])};
    });
    connect(m_playhead, &Playhead::moved, this,
            [this](double x) { Q_EMIT lambdaDragged(std::pow(10.0, x)); });
    connect(m_playhead, &Playhead::stepped, this, [this](int by) {
        const auto at = static_cast<std::ptrdiff_t>(nearestTo(m_playhead->position().value_or(0.0))) + by;
        if (at >= 0 && at < std::ssize(m_log))
            Q_EMIT lambdaDragged(m_curve.lambdas[static_cast<std::size_t>(at)]);
    });
}

void CvView::setCurve(const CvCurve& curve) {
    m_curve = curve;
    m_log = log10Of(curve.lambdas);
    const std::vector<double> lower = shifted(curve, -1), upper = shifted(curve, 1);
    m_band->setData(m_log, lower, upper);
    m_mean->setData(m_log, curve.mean);
    setPlaceholder(m_log.empty() ? tr("Not cross-validated yet") : QString());
    if (m_log.empty()) return;
    const double low = *std::min_element(lower.begin(), lower.end()),
                 high = *std::max_element(upper.begin(), upper.end());
    // A target that does not vary: every error is the rounding of one number.
    const bool flat = !(high - low > 1e-9 * std::abs(high)) || high < 1e-20;
    const double pad = flat ? std::max(0.5 * std::abs(high), high < 1e-20 ? 1.0 : 0.0) : (high - low) * 0.05;
    setHome({std::min(m_log.back(), m_log.front() - 1e-6), m_log.front()}, {low - pad, high + pad});
}

std::size_t CvView::nearestTo(double logLambda) const {
    const auto closer = [logLambda](double a, double b) {
        return std::abs(a - logLambda) < std::abs(b - logLambda);
    };
    return static_cast<std::size_t>(std::min_element(m_log.begin(), m_log.end(), closer) - m_log.begin());
}

void CvView::setGhost(const CvCurve& curve) {
    m_ghost->setData(log10Of(curve.lambdas), curve.mean);
}

void CvView::setLambda(double lambda) {
    m_playhead->setPosition(lambda > 0.0 ? std::optional(std::log10(lambda)) : std::nullopt);
}

QString CvView::summary() const {
    return m_curve.folds > 0 ? tr("%1 folds, ±1 SE").arg(m_curve.folds) : tr("±1 SE");
}

std::vector<CvView::Label> CvView::labels() const {
    std::vector<Label> result;
    const auto add = [&](int index, const QString& text, MarkShape shape) {
        if (index < 0 || index >= static_cast<int>(m_log.size())) return;
        const auto at = static_cast<std::size_t>(index);
        result.push_back({text.arg(shortNumber(m_curve.lambdas[at])), {m_log[at], m_curve.mean[at]}, shape});
    };
    add(m_curve.best, tr("best λ %1"), MarkShape::Disc);
    if (m_curve.oneSe != m_curve.best) add(m_curve.oneSe, tr("one SE λ %1"), MarkShape::Diamond);
    return result;
}

std::vector<QRectF> CvView::labelBoxes() const {
    const std::vector<QPolygonF> mean = pixelLines(*this, m_log, m_curve.mean);
    std::vector<QPolygonF> lines = mean;
    for (const double sign : {-1.0, 1.0})
        for (QPolygonF& line : pixelLines(*this, m_log, shifted(m_curve, sign)))
            lines.push_back(std::move(line));
    if (const auto now = m_playhead->position())
        lines.push_back(QPolygonF{{toX(*now), area().top()}, {toX(*now), area().bottom()}});
    const QFontMetricsF metrics(theme().words(12));
    std::vector<QRectF> boxes, marks;
    for (const Label& label : labels()) {
        const QPointF at = toPixel(label.anchor.x(), label.anchor.y());
        const double r = theme().markSize() * 1.4;
        marks.push_back(QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r));
    }
    for (const Label& label : labels()) {
        std::vector<QRectF> taken = boxes;
        taken.insert(taken.end(), marks.begin(), marks.end());
        const QSizeF size(metrics.horizontalAdvance(label.text) + 4, metrics.height());
        const QPointF at = toPixel(label.anchor.x(), label.anchor.y());
        QRectF box = placeLabel(size, at, area(), theme().px(7), lines, taken);
        // Too crowded for band and playhead as well: keep off the curve at least.
        if (std::any_of(mean.begin(), mean.end(), [&](const QPolygonF& line) { return meets(line, box); }))
            box = placeLabel(size, at, area(), theme().px(7), mean, taken);
        boxes.push_back(box);
    }
    return boxes;
}

void CvView::paintMarks(QPainter& painter) const {
    const std::vector<QRectF> boxes = labelBoxes();
    const std::vector<Label> all = labels();
    const QFontMetricsF metrics(theme().words(12));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const QPointF at = toPixel(all[i].anchor.x(), all[i].anchor.y());
        if (!area().adjusted(-1, -1, 1, 1).contains(at)) continue;
        drawMark(painter, at, all[i].shape, theme().markSize(), theme().accent, theme().surface);
        drawMark(painter, at, all[i].shape, theme().markSize() * 0.5, theme().surface, theme().accent);
        if (boxes[i].isNull()) continue;
        drawLeader(painter, at, boxes[i], theme().markSize() * 1.6, theme().px(18),
                   QPen(theme().inkThird, theme().hairline()));
        painter.setFont(theme().words(12));
        painter.setPen(theme().inkSecond);
        painter.drawText(snappedText({boxes[i].left() + 2, boxes[i].top() + metrics.ascent()}, ratio()),
                         all[i].text);
    }
}

} // namespace orrery::lasso
