#include "core/calibration/cross_fit.h"
#include "core/support/rng.h"

#include <algorithm>
#include <fmt/format.h>

namespace orrery::calibration {

Expected<std::vector<int>> dealStratifiedFolds(std::span<const std::uint8_t> labels, int folds,
                                               std::uint64_t seed) {
    const std::size_t most = labels.empty() ? 0 : *std::max_element(labels.begin(), labels.end());
    std::vector<std::vector<std::size_t>> rowsOf(std::max<std::size_t>(2, most + 1));
    for (std::size_t i = 0; i < labels.size(); ++i)
        rowsOf[labels[i]].push_back(i);
    std::size_t rarest = labels.size();
    for (const auto& rows : rowsOf)
        rarest = std::min(rarest, rows.size());
    if (folds < 2 || static_cast<std::size_t>(folds) > rarest)
        return fail(fmt::format("{} rows of the rare{} class cannot be dealt to {} folds", rarest,
                                rowsOf.size() > 2 ? "st" : "r", folds));
    std::vector<int> foldOf(labels.size());
    std::size_t dealt = 0; // each class goes on where the one before stopped, so that fold sizes stay even
    for (std::size_t label = 0; label < rowsOf.size(); ++label) {
        Rng rng(seed, label);
        rng.shuffle(rowsOf[label]);
        for (const std::size_t row : rowsOf[label])
            foldOf[row] = static_cast<int>(dealt++ % static_cast<std::size_t>(folds));
    }
    return foldOf;
}

} // namespace orrery::calibration
