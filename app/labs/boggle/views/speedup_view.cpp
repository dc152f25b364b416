#include "app/labs/boggle/views/speedup_view.h"

#include "core/boggle/parallel_search.h"
#include "widgets/plot/number_format.h"

#include <QLineF>
#include <algorithm>
#include <cmath>
#include <thread>

namespace orrery::boggleview {

SpeedupView::SpeedupView(SpeedupMeasure measure, QWidget* parent)
    : Plot(parent), m_measure(measure), m_lines(new LabelledLines(this)) {
    const bool isSpeedUp = measure == SpeedupMeasure::SpeedUp;
    setHorizontal({.title = tr("threads"), .integers = true});
    setVertical({.title = isSpeedUp ? tr("speed-up") : tr("efficiency, %")});
    setReadout([this](QPointF pixel) { return readoutAt(pixel); });
    setTimings({}, 4);
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
    const double most = std::max(8, wanted);
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
    const bool isSpeedUp = m_measure == SpeedupMeasure::SpeedUp;
    constexpr double kRoomForNames = 1.65; // beyond the ends of the lines
    setHome({0.6, most * kRoomForNames}, {0, isSpeedUp ? most * 1.06 : 112.0});
}

QString SpeedupView::summary() const {
    if (m_timings.size() < 2) return tr("measuring…");
    const ThreadTiming& last = m_timings.back();
    const double speedUp = m_timings.front().seconds / last.seconds;
    if (m_measure == SpeedupMeasure::Efficiency)
        return tr("Amdahl’s line: %1 % serial").arg(fixedNumber(100.0 * serialShare(), 0));
    return tr("%1× on %2 threads of %3 cores")
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
