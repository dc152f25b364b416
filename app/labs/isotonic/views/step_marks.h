// A step as marks: which blocks stand out, what became of them, and the numbers beside them.
#pragma once

#include "app/labs/isotonic/views/fit_moment.h"
#include "widgets/plot/plot.h"

#include <optional>
#include <utility>

namespace orrery::isotone {

/// Four digits; whole numbers without a point, so that three points weigh 3. The why panel and the labels
/// agree.
[[nodiscard]] QString figure(double value);

struct StepMarks {
    std::optional<isotonic::Block> left, right; ///< as they were compared
    std::optional<isotonic::Block> result;      ///< of pooling; none where they stay apart
    bool pending = false;                       ///< a sweep's run: it will be pooled when it ends
};
[[nodiscard]] StepMarks stepMarks(const isotonic::Move& move, const isotonic::IsotonicProblem& problem);

/// The step function as a polyline: a level a block, half-way to its neighbours.
[[nodiscard]] std::pair<std::vector<double>, std::vector<double>>
staircase(const isotonic::IsotonicProblem& problem, const Blocks& blocks);

struct ValueLabel {
    QString text;
    QPointF anchor;      ///< middle of its level
    double half = 0.0;   ///< half the level's length
    bool strong = false; ///< filled with brass
};
/// Numbers in pills beside their levels, apart from `taken` and from `lines`; one that finds no place apart
/// from the others is left out.
void drawValueLabels(QPainter& painter, const Plot& plot, const std::vector<ValueLabel>& labels,
                     const std::vector<QRectF>& taken, std::vector<QPolygonF> lines = {});

} // namespace orrery::isotone
