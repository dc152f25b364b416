// The race over n and the four levels of code, as pictures.
#pragma once

#include "app/labs/isotonic/views/growth_view.h"
#include "core/isotonic/constants/constant_factor.h"
#include "core/isotonic/isotonic_race.h"

namespace orrery {

/// Seconds or operations of each algorithm.
[[nodiscard]] isotone::GrowthPicture racePicture(const std::vector<isotonic::RaceSeries>& series,
                                                 bool operations);
/// How many times faster than the active set, with the article's table beside it.
[[nodiscard]] isotone::GrowthPicture speedupPicture(const std::vector<isotonic::RaceSeries>& series);
/// One algorithm at four levels: seconds over those of plain unchecked code, with what was published of
/// languages.
[[nodiscard]] isotone::GrowthPicture levelsPicture(const std::vector<isotonic::ConstantSeries>& series);

/// Powers of ten from `first` to `largest`, and that itself.
[[nodiscard]] std::vector<std::size_t> raceSizes(std::size_t first, std::size_t largest);

} // namespace orrery
