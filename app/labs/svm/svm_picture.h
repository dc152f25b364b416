// From a run and a moment of it to what the plane shows. Any thread; O((grid + n) · support vectors · d).
#pragma once

#include "app/labs/svm/svm_likelihood.h"
#include "app/labs/svm/views/pair_view.h"
#include "app/labs/svm/views/plane_picture.h"
#include "core/support/progress.h"

#include <QSize>
#include <functional>

namespace orrery {

/// The part of the plane that is in sight, and its size on the screen.
struct PlaneSight {
    double left = 0.0, right = 1.0, bottom = 0.0, top = 1.0;
    QSize pixels{800, 600};
    friend bool operator==(const PlaneSight&, const PlaneSight&) = default;
};

struct PictureRequest {
    SvmRunPointer run;
    std::shared_ptr<const SvmRunSolver::State> state;
    std::int64_t index = 0;
    bool atEnd = false;
    PlaneSight sight;
    bool isQuick = false; ///< the hand is moving: no fine picture after the coarse one
    SvmLikelihoodPointer
        likelihood; ///< several classes: the likeliest is shown; null: the one with most votes
};

/// `cell`: pixels between two places where the surface is asked for. Null where `isStale` said so on the way.
[[nodiscard]] std::shared_ptr<svmview::PlanePicture> pictureOf(const PictureRequest& request, double cell,
                                                               const std::function<bool()>& isStale = {});
/// The last pair and its move; O(1).
[[nodiscard]] svmview::PairPicture pairOf(const SvmRun& run, const SvmRunSolver::State& state);
/// Work of a picture, in kernel values: beyond some of it the fine one is made coarser.
[[nodiscard]] double costOf(const PictureRequest& request, double cell);

} // namespace orrery
