#include "core/calibration/roc.h"

#include <limits>

namespace orrery::calibration {

std::vector<RocPoint> rocCurve(const RankedSample& sample) {
    std::vector<RocPoint> curve = {{std::numeric_limits<double>::infinity(), 0.0, 0.0}};
    const double others = sample.totalWeight - sample.totalEvents;
    double x = 0.0, y = 0.0;                   // Σ w of non-events and of events so far
    double lastEvents = 0.0, lastOthers = 0.0; // of the score before
    for (std::size_t i = sample.distinct(); i-- > 0;) {
        const double events = sample.events[i], rest = sample.weight[i] - events;
        x += rest;
        y += events;
        const bool goesOn = curve.size() > 1 && events * lastOthers == rest * lastEvents;
        if (goesOn) curve.pop_back();
        curve.push_back({sample.score[i], x / others, y / sample.totalEvents});
        lastEvents = events;
        lastOthers = rest;
    }
    curve.back().falsePositiveRate = curve.back().truePositiveRate = 1.0; // but for rounding of the weights
    return curve;
}

double areaUnderRoc(const RankedSample& sample) {
    double othersBelow = 0.0, pairs = 0.0;
    for (std::size_t i = 0; i < sample.distinct(); ++i) {
        const double others = sample.weight[i] - sample.events[i];
        pairs += sample.events[i] * (othersBelow + 0.5 * others);
        othersBelow += others;
    }
    return pairs / (sample.totalEvents * (sample.totalWeight - sample.totalEvents));
}

} // namespace orrery::calibration
