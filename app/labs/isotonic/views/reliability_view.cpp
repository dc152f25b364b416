#include "app/labs/isotonic/views/reliability_view.h"

#include "app/labs/isotonic/views/step_marks.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <algorithm>
#include <cmath>

namespace orrery::isotone {

namespace {

constexpr double kDensityShare = 0.22; ///< of the height
constexpr double kLeastBars = 38;      ///< high
const double kPad = 0.03;

QCPRange axisOf(const CalibrationPicture& picture) {
    const double pad = kPad * (picture.largest - picture.least);
    return {picture.least - pad, picture.largest + pad};
}

} // namespace

// --- the diagram ---

ReliabilityPlot::ReliabilityPlot(QWidget* parent) : Plot(parent) {
    new Sketch(this, [this](QPainter& painter) {
        paintBand(painter);
        paintDiagram(painter);
    });
    new Sketch(
        this, [this](QPainter& painter) { paintLegend(painter); }, false, Sketch::Level::Overlay);
    setHorizontal({.labels = false});
    setVertical({.title = tr("observed frequency")});
    setHome({-kPad, 1 + kPad}, {-kPad, 1 + kPad});
    setPlaceholder(tr("No scores yet"));
    setReadout([this](QPointF pixel) { return readoutAt(pixel); });
}

void ReliabilityPlot::setPicture(std::shared_ptr<const CalibrationPicture> picture) {
    m_picture = std::move(picture);
    setPlaceholder(m_picture ? QString() : tr("No scores yet"));
    if (m_picture) setHome(axisOf(*m_picture), {-kPad, 1 + kPad});
    schedule();
}

void ReliabilityPlot::setMoment(const FitMoment& moment) {
    m_moment = moment;
    schedule();
}

int ReliabilityPlot::category() const {
    return m_picture->shown ? categoryOf(*m_picture->shown) : 0;
}

// The blocks of the run are the CORP bins of the scores as they are.
bool ReliabilityPlot::growsWithTime() const {
    return m_picture->diagram.binning == calibration::Binning::Corp && !m_picture->shown && m_moment.problem;
}

void ReliabilityPlot::paintBand(QPainter& painter) const {
    if (!m_picture) return;
    // A perfect forecast of probabilities lies on the diagonal; other scores have none.
    if (m_picture->sample->scale == calibration::ScoreScale::Probability || m_picture->shown) {
        QPen pen(theme().inkThird, theme().hairline(), Qt::CustomDashLine);
        pen.setDashPattern({4, 4});
        strokeLines(painter, clippedLine(QPolygonF{toPixel(0, 0), toPixel(1, 1)}, area()), pen);
    }
    if (!m_picture->band) return;
    const calibration::ReliabilityBand& band = *m_picture->band;
    QPolygonF outline, back;
    for (std::size_t i = 0; i < band.score.size(); ++i) {
        outline << toPixel(band.score[i], std::clamp(band.upper[i], 0.0, 1.0));
        back << toPixel(band.score[i], std::clamp(band.lower[i], 0.0, 1.0));
    }
    std::reverse(back.begin(), back.end());
    QColor fill = theme().accent;
    fill.setAlphaF(0.15f);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(QPolygonF(outline + back).intersected(QPolygonF(area())));
}

// For CORP the ends of the blocks, linear between them; else the bins' means.
std::vector<QPolygonF> ReliabilityPlot::curveOf(const calibration::ReliabilityDiagram& diagram) const {
    std::vector<double> x, y;
    for (const calibration::ReliabilityBin& bin : diagram.bins) {
        if (diagram.binning == calibration::Binning::Corp) {
            x.push_back(bin.lower), y.push_back(bin.observed);
            x.push_back(bin.upper), y.push_back(bin.observed);
        } else {
            x.push_back(bin.meanScore), y.push_back(bin.observed);
        }
    }
    return pixelLines(*this, x, y);
}

void ReliabilityPlot::paintDiagram(QPainter& painter) const {
    if (!m_picture) return;
    if (m_picture->before)
        strokeLines(painter, curveOf(*m_picture->before), solidPen(theme().ghost, theme().contextWidth()));
    const auto curve = curveOf(m_picture->diagram);
    if (growsWithTime()) {
        strokeLines(painter, curve, dottedPen(theme().ghost, theme().contextWidth()));
        return paintBlocks(painter);
    }
    const bool corp = m_picture->diagram.binning == calibration::Binning::Corp;
    strokeLines(painter, curve,
                solidPen(theme().category(category()).color,
                         corp ? theme().focusWidth() : theme().contextWidth() * 1.25));
    paintBins(painter);
}

// The isotonic fit at this step: each block from its least to its largest score.
void ReliabilityPlot::paintBlocks(QPainter& painter) const {
    const isotonic::IsotonicProblem& problem = *m_moment.problem;
    std::vector<double> x, y;
    for (const isotonic::Block& block : *m_moment.now) {
        x.push_back(problem.x[block.first]), y.push_back(block.value);
        x.push_back(problem.x[block.last]), y.push_back(block.value);
    }
    const bool finished = m_moment.finished == m_moment.now;
    strokeLines(
        painter, pixelLines(*this, x, y),
        solidPen(theme().category(0).color, finished ? theme().focusWidth() : theme().contextWidth() * 1.25));
    if (finished) return paintBins(painter);
    const StepMarks marks = stepMarks(m_moment.move, problem);
    for (const auto* block : {&marks.left, &marks.right, &marks.result}) {
        if (!*block) continue;
        const QPointF from = toPixel(problem.x[(*block)->first], (*block)->value),
                      to = toPixel(problem.x[(*block)->last], (*block)->value);
        strokeLines(painter, clippedLine(QPolygonF{from, to}, area()),
                    solidPen(theme().brass, theme().focusWidth()));
        drawMark(painter, from, MarkShape::Disc, theme().markSize() * 0.7, theme().brass, theme().surface);
        drawMark(painter, to, MarkShape::Disc, theme().markSize() * 0.7, theme().brass, theme().surface);
    }
}

// The area of a mark follows the rows in its bin.
double ReliabilityPlot::radiusOf(const calibration::ReliabilityBin& bin) const {
    double most = 1e-300;
    for (const calibration::ReliabilityBin& other : m_picture->diagram.bins)
        most = std::max(most, other.weight);
    return theme().markSize() * (0.55 + 1.1 * std::sqrt(bin.weight / most));
}

void ReliabilityPlot::paintBins(QPainter& painter) const {
    const CategoryStyle& style = theme().category(category());
    for (const calibration::ReliabilityBin& bin : m_picture->diagram.bins) {
        const QPointF at = toPixel(bin.meanScore, bin.observed);
        if (area().adjusted(-9, -9, 9, 9).contains(at))
            drawMark(painter, at, style.shape, radiusOf(bin), style.color, theme().surface);
    }
}

// What is which, in the corner that a rising curve leaves free.
void ReliabilityPlot::paintLegend(QPainter& painter) const {
    if (!m_picture) return;
    struct Line {
        QString text;
        QColor color;
        Qt::PenStyle style;
        double width;
    };
    std::vector<Line> lines;
    const QString name =
        m_picture->shown
            ? QString::fromUtf8(calibration::labelOf(*m_picture->shown).data(),
                                static_cast<qsizetype>(calibration::labelOf(*m_picture->shown).size()))
            : tr("as scored");
    lines.push_back({name, theme().category(category()).color, Qt::SolidLine, theme().focusWidth()});
    if (m_picture->before)
        lines.push_back({tr("as scored"), theme().ghost, Qt::SolidLine, theme().contextWidth()});
    if (growsWithTime() && m_moment.finished != m_moment.now)
        lines.push_back({tr("where it will end"), theme().ghost, Qt::DotLine, theme().contextWidth()});
    if (m_picture->band) {
        QColor fill = theme().accent;
        fill.setAlphaF(0.25f);
        const bool consistency = m_picture->band->kind == calibration::BandKind::Consistency;
        lines.push_back({consistency ? tr("90 % if it were calibrated") : tr("90 % of resampled curves"),
                         fill, Qt::SolidLine, theme().px(9) * 1.0});
    }
    const QFontMetricsF metrics(theme().words(12));
    double widest = 0.0;
    for (const Line& line : lines)
        widest = std::max(widest, metrics.horizontalAdvance(line.text));
    const double step = metrics.height() * 1.3, sample = theme().px(22);
    // Above the line of the frequency 0.
    double y = std::min(area().bottom() - theme().px(4), toY(0.0) - theme().px(7)) -
               step * static_cast<double>(lines.size());
    const double left = area().right() - widest - sample - theme().px(16);
    painter.setFont(theme().words(12));
    for (const Line& line : lines) {
        y += step;
        QPen pen(line.color, line.width, line.style, Qt::FlatCap);
        painter.setPen(pen);
        painter.drawLine(QPointF(left, y - metrics.capHeight() / 2),
                         QPointF(left + sample, y - metrics.capHeight() / 2));
        painter.setPen(theme().inkSecond);
        painter.drawText(snappedText({left + sample + theme().px(8), y}, ratio()), line.text);
    }
}

std::optional<Readout> ReliabilityPlot::readoutAt(QPointF pixel) const {
    if (!m_picture) return std::nullopt;
    const calibration::ReliabilityBin* nearest = nullptr;
    double closest = 1e9;
    for (const calibration::ReliabilityBin& bin : m_picture->diagram.bins) {
        const double away = QLineF(pixel, toPixel(bin.meanScore, bin.observed)).length();
        if (away < closest) closest = away, nearest = &bin;
    }
    if (!nearest || closest > theme().px(16)) return std::nullopt;
    return Readout{tr("scores %1–%2\n%3 rows\nmean score %4\nobserved %5")
                       .arg(shortNumber(nearest->lower), shortNumber(nearest->upper),
                            fixedNumber(static_cast<double>(nearest->count), 0),
                            fixedNumber(nearest->meanScore, 3), fixedNumber(nearest->observed, 3)),
                   toPixel(nearest->meanScore, nearest->observed)};
}

// --- the density ---

ScoreDensityPlot::ScoreDensityPlot(QWidget* parent) : Plot(parent) {
    new Sketch(this, [this](QPainter& painter) { paintBars(painter); });
    setGrid(false);
    setHorizontal({.title = tr("score")});
    setVertical({.labels = false, .reference = 0.0});
    setHome({-kPad, 1 + kPad}, {-1, 1});
}

QSize ScoreDensityPlot::minimumSizeHint() const {
    return {theme().px(180), theme().px(70)};
}

// The square root lets thin parts be seen beside thick ones.
double ScoreDensityPlot::scaled(double weight) const {
    return std::sqrt(weight);
}

void ScoreDensityPlot::setPicture(std::shared_ptr<const CalibrationPicture> picture) {
    m_picture = std::move(picture);
    if (!m_picture) return schedule();
    double up = 1e-9, down = 1e-9;
    for (std::size_t i = 0; i < m_picture->density.events.size(); ++i) {
        up = std::max(up, scaled(m_picture->density.events[i]));
        down = std::max(down, scaled(m_picture->density.others[i]));
    }
    const QString name = m_picture->shown ? tr("calibrated score") : tr("score");
    setHorizontal({.title = tr("%1; rows: %2 up, %3 down")
                                .arg(name, QString::fromStdString(m_picture->sample->eventName),
                                     QString::fromStdString(m_picture->sample->otherName))});
    setHome(axisOf(*m_picture), {-1.08 * down, 1.08 * up});
    schedule();
}

void ScoreDensityPlot::paintBars(QPainter& painter) const {
    if (!m_picture) return;
    const calibration::ScoreDensity& density = m_picture->density;
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < density.events.size(); ++i) {
        const double left = toX(density.edges[i]) + 0.5, right = toX(density.edges[i + 1]) - 0.5;
        const auto bar = [&](double height, const QColor& color) {
            if (height == 0.0) return;
            QRectF box(QPointF(left, toY(height)), QPointF(right, toY(0.0)));
            box = box.normalized().intersected(area());
            if (box.height() < 1.0) box.setHeight(1.0);
            painter.setBrush(color);
            painter.drawRect(box);
        };
        bar(scaled(density.events[i]), theme().category(0).color);
        bar(-scaled(density.others[i]), theme().category(1).color);
    }
}

// --- both ---

ReliabilityView::ReliabilityView(QWidget* parent)
    : QWidget(parent), m_reliability(new ReliabilityPlot(this)), m_density(new ScoreDensityPlot(this)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_reliability->setAccessibleName(tr("Reliability diagram"));
    m_density->setAccessibleName(tr("Density of scores"));
    setMinimumSize(200, 220);
}

void ReliabilityView::setPicture(std::shared_ptr<const CalibrationPicture> picture) {
    m_picture = picture;
    m_reliability->setPicture(picture);
    m_density->setPicture(std::move(picture));
    place();
}

QString ReliabilityView::summary() const {
    if (!m_picture) return {};
    const QString bins = m_picture->diagram.binning == calibration::Binning::Corp ? tr("%1 CORP bins")
                         : m_picture->diagram.binning == calibration::Binning::EqualWidth
                             ? tr("%1 bins of equal width")
                             : tr("%1 bins of equal count");
    return bins.arg(m_picture->diagram.bins.size());
}

// The plots first: their sizes and margins are those of the theme.
void ReliabilityView::setTheme(const Theme& theme) {
    m_reliability->setTheme(theme);
    m_density->setTheme(theme);
    place();
}

void ReliabilityView::resizeEvent(QResizeEvent*) {
    place();
}

// One axis of scores: the same room at the left.
void ReliabilityView::place() {
    // Bars under which the axis, whose room follows the type, still finds its place.
    m_density->prepare();
    const int axis = m_density->naturalMargins().bottom() + m_density->naturalMargins().top();
    const int bars = m_density->theme().px(kLeastBars);
    const int below = std::max(axis + bars, static_cast<int>(height() * kDensityShare));
    m_reliability->setGeometry(0, 0, width(), height() - below);
    m_density->setGeometry(0, height() - below, width(), below);
    m_reliability->prepare();
    m_density->setMinimumMargins(
        {m_reliability->naturalMargins().left(), 0, m_reliability->naturalMargins().right(), 0});
}

} // namespace orrery::isotone
