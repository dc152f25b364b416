#include "core/calibration/score_density.h"

#include "core/calibration/reliability.h"

#include <cassert>

namespace orrery::calibration {

ScoreDensity scoreDensity(const RankedSample& sample, int bins) {
    assert(bins >= 1);
    const auto size = static_cast<std::size_t>(bins);
    ScoreDensity density{equalWidthEdges(sample, bins), std::vector<double>(size), std::vector<double>(size)};
    std::size_t bin = 0;
    for (std::size_t i = 0; i < sample.distinct(); ++i) {
        while (bin + 1 < size && sample.score[i] >= density.edges[bin + 1])
            ++bin;
        density.events[bin] += sample.events[i];
        density.others[bin] += sample.weight[i] - sample.events[i];
    }
    return density;
}

} // namespace orrery::calibration
