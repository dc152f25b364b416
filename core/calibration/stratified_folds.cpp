#include "core/calibration/cross_fit.h"
#include "core/support/rng.h"

#include <algorithm>
#include <fmt/format.h>

namespace orrery::calibration {

Expected<std::vector<int>> dealStratifiedFolds(std::span<const std::uint8_t> labels, int folds,
                                               std::uint64_t seed) {
    std::vector<std::size_t> rowsOf[2];
    for (std::size_t i = 0; i < labels.size(); ++i)
        rowsOf[labels[i]].push_back(i);
    const std::size_t rarer = std::min(rowsOf[0].size(), rowsOf[1].size());
    if (folds < 2 || static_cast<std::size_t>(folds) > rarer)
        return fail(fmt::format("{} rows of the rarer class cannot be dealt to {} folds", rarer, folds));
    std::vector<int> foldOf(labels.size());
    std::size_t dealt =
        0; // the second class goes on where the first one stopped, so that fold sizes stay even
    for (std::uint64_t label = 0; label < 2; ++label) {
        Rng rng(seed, label);
        rng.shuffle(rowsOf[label]);
        for (const std::size_t row : rowsOf[label])
            foldOf[row] = static_cast<int>(dealt++ % static_cast<std::size_t>(folds));
    }
    return foldOf;
}

} // namespace orrery::calibration
