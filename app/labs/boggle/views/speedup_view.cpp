#include "app/labs/boggle/views/speedup_view.h"

#include "core/boggle/parallel_search.h"
#include "widgets/frame/paint.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <QLineF>
#include <algorithm>
#include <cmath>
#include <thread>

namespace orrery::boggleview {

SpeedupView::SpeedupView(SpeedupMeasure measure, QWidget* parent)
    : Plot(parent), m_measure(measure), m_lines(new LabelledLines(this)) {
    new Sketch(
        this, [this](QPainter& painter) { paintAxisWord(painter); }, false);
    m_lines->setNamesAside(true);
    setReadout([this](QPointF pixel) { return readoutAt(pixel); });
    setTimings({}, 4);
}

// Where every pixel of height counts the titles go: the card names what is measured, and the threads are
// named at the end of their axis.
void SpeedupView::fitAxes() {
    AxisOptions threads{.title = m_isLow ? QString() : tr("threads"), .integers = true};
    constexpr int kMostNames = 32;
    if (most() <= kMostNames) { // 1, 2, 4, 8, …, and none below the names of the lines
        threads.names.resize(static_cast<std::size_t>(most()) + 1);
        for (std::size_t n = 1; n < threads.names.size(); n *= 2)
            threads.names[n] = QString::number(n);
        threads.names.back() = QString::number(threads.names.size() - 1);
    }
    setHorizontal(threads);
    const bool isSpeedUp = m_measure == SpeedupMeasure::SpeedUp;
    setVertical({.title = m_isLow ? QString() : isSpeedUp ? tr("speed-up") : tr("efficiency, %")});
}

// The names of the lines need as much of the width as they are long.
void SpeedupView::fitRanges() {
    const double names =
        textWidth(theme().words(12, QFont::DemiBold), tr("article, published")) + theme().px(64);
    const double wide = std::max<double>(2.0 * names, width() - theme().px(m_isLow ? 66 : 88));
    const double first = 0.6, last = most();
    setHome({first, first + (last - first) * wide / (wide - names)},
            {0, m_measure == SpeedupMeasure::SpeedUp ? last * 1.06 : 112.0});
}

double SpeedupView::most() const {
    return std::max(8, m_wanted);
}

void SpeedupView::resizeEvent(QResizeEvent* event) {
    Plot::resizeEvent(event);
    m_isLow = height() < theme().px(170);
    fitAxes();
    fitRanges();
}

void SpeedupView::setTheme(const Theme& theme) {
    Plot::setTheme(theme);
    fitRanges();
}

void SpeedupView::paintAxisWord(QPainter& painter) const {
    if (!m_isLow) return;
    const QFont font = theme().words(12);
    painter.setFont(font);
    painter.setPen(theme().inkSecond);
    painter.drawText(snappedText({area().right() - QFontMetricsF(font).horizontalAdvance(tr("threads")),
                                  area().bottom() + theme().px(22)},
                                 ratio()),
                     tr("threads"));
}

double SpeedupView::measure(double speedUp, double threads) const {
    return m_measure == SpeedupMeasure::SpeedUp ? speedUp : 100.0 * speedUp / threads;
}

LabelledLine SpeedupView::amdahl(double serial, double most, const QString& name, int category) const {
    LabelledLine line{.name = name, .x = {}, .y = {}, .category = category, .dashed = true};
    for (double threads = 1.0; threads <= most + 1e-9; threads += 0.25) {
        line.x.push_back(threads);
        line.y.push_back(measure(boggle::amdahlSpeedUp(serial, threads), threads));
    }
    return line;
}

void SpeedupView::setTimings(std::vector<ThreadTiming> timings, int wanted) {
    m_timings = std::move(timings);
    m_wanted = wanted;
    const double most = this->most();
    std::vector<LabelledLine> lines{
        {.name = tr("ideal"), .x = {1.0, most}, .y = {measure(1, 1), measure(most, most)}, .category = -1}};
    const double published = kPublishedOne / kPublishedEight;
    lines.push_back({.name = tr("article, published"),
                     .x = {1.0, 8.0},
                     .y = {measure(1, 1), measure(published, 8)},
                     .category = 1,
                     .dashed = true,
                     .everyPoint = true});
    if (m_timings.size() > 1) {
        const double one = m_timings.front().seconds;
        lines.push_back(amdahl(serialShare(), most, tr("Amdahl"), -1));
        LabelledLine here{
            .name = tr("measured here"), .x = {}, .y = {}, .category = 0, .everyPoint = true, .strong = true};
        for (const ThreadTiming& timing : m_timings) {
            here.x.push_back(timing.threads);
            here.y.push_back(measure(one / timing.seconds, timing.threads));
        }
        lines.push_back(std::move(here));
    }
    m_lines->setLines(std::move(lines));
    fitAxes();
    fitRanges();
}

QString SpeedupView::summary() const {
    if (m_timings.size() < 2) return tr("measuring…");
    const ThreadTiming& last = m_timings.back();
    const double speedUp = m_timings.front().seconds / last.seconds;
    if (m_measure == SpeedupMeasure::Efficiency)
        return tr("Amdahl: %1 % serial").arg(fixedNumber(100.0 * serialShare(), 0));
    return tr("%1× · %2 threads, %3 cores")
        .arg(shortNumber(speedUp))
        .arg(last.threads)
        .arg(std::thread::hardware_concurrency());
}

// The share that would explain the last point, within what a share can be.
double SpeedupView::serialShare() const {
    const ThreadTiming& last = m_timings.back();
    return std::clamp(boggle::amdahlSerialShare(m_timings.front().seconds / last.seconds, last.threads), 0.0,
                      1.0);
}

std::optional<Readout> SpeedupView::readoutAt(QPointF pixel) const {
    for (const ThreadTiming& timing : m_timings) {
        const double up = m_timings.front().seconds / timing.seconds;
        const QPointF at = toPixel(timing.threads, measure(up, timing.threads));
        if (QLineF(at, pixel).length() < theme().px(14))
            return Readout{tr("%1 threads\n%2 s\nspeed-up %3, efficiency %4 %")
                               .arg(timing.threads)
                               .arg(shortNumber(timing.seconds), shortNumber(up),
                                    fixedNumber(100 * up / timing.threads, 0)),
                           at};
    }
    const QPointF article = toPixel(8, measure(kPublishedOne / kPublishedEight, 8));
    if (QLineF(article, pixel).length() < theme().px(14))
        return Readout{tr("published, hardware not named\n41.65 s on 1 thread\n8.80 s on 8"), article};
    return std::nullopt;
}

} // namespace orrery::boggleview
