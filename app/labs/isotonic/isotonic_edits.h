// Points changed by hand, as a new table: the order, the value and the weight of every row of the run.
#pragma once

#include "app/labs/isotonic/isotonic_run.h"

namespace orrery {

struct PointChange {
    enum class Kind { Move, Add, Remove } kind = Kind::Move;
    int row = -1;            ///< of the run; Add: not used
    double x = 0.0, y = 0.0; ///< Move, Add
};

struct EditedPoints {
    std::shared_ptr<const data::Dataset> dataset;
    ParameterValues choices; ///< columns to read from it
};

/// Null where nothing would be left.
[[nodiscard]] std::optional<EditedPoints> edited(const IsotonicRun& run, const PointChange& change);

} // namespace orrery
