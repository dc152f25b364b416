#include "app/labs/isotonic/views/step_marks.h"

#include "widgets/plot/number_format.h"
#include "widgets/plot/place_label.h"
#include "widgets/plot/plot_piece.h"
#include "widgets/theme/contrast.h"

#include <algorithm>
#include <cmath>

namespace orrery::isotone {

QString figure(double value) {
    const bool whole = value == std::round(value) && std::abs(value) < 1e6;
    return whole ? fixedNumber(value, 0) : shortNumber(value, 4);
}

StepMarks stepMarks(const isotonic::Move& move, const isotonic::IsotonicProblem& problem) {
    using isotonic::MoveKind;
    switch (move.kind) {
    case MoveKind::Start:
        return {.right = move.right};
    case MoveKind::Keep:
    case MoveKind::Pool:
        return {move.left, move.right,
                move.kind == MoveKind::Pool ? std::optional(move.result) : std::nullopt};
    case MoveKind::Join:
        return {move.left, move.right, problem.withValue(move.result), true};
    case MoveKind::Write:
        return {.left = move.left, .result = move.result};
    case MoveKind::None:
    case MoveKind::Done:
        break;
    }
    return {};
}

std::pair<std::vector<double>, std::vector<double>> staircase(const isotonic::IsotonicProblem& problem,
                                                              const Blocks& blocks) {
    std::pair<std::vector<double>, std::vector<double>> line;
    auto& [x, y] = line;
    x.reserve(2 * blocks.size());
    y.reserve(2 * blocks.size());
    for (const isotonic::Block& block : blocks) {
        const BlockSpan span = spanOf(problem, block);
        const double value = problem.bounded(block.value);
        x.push_back(span.left), y.push_back(value);
        x.push_back(span.right), y.push_back(value);
    }
    return line;
}

void drawValueLabels(QPainter& painter, const Plot& plot, const std::vector<ValueLabel>& labels,
                     const std::vector<QRectF>& taken, std::vector<QPolygonF> levels) {
    const Theme& theme = plot.theme();
    for (const ValueLabel& label : labels)
        levels.push_back({label.anchor - QPointF(label.half, 0), label.anchor + QPointF(label.half, 0)});
    std::vector<QRectF> placed;
    for (const ValueLabel& label : labels) {
        const QFont font = theme.numbers(12, label.strong ? QFont::DemiBold : QFont::Normal);
        const QFontMetricsF metrics(font);
        const QSizeF size(metrics.horizontalAdvance(label.text) + theme.px(12),
                          metrics.height() + theme.px(4));
        const QRectF box =
            placeLabel(size, label.anchor, plot.area(), theme.px(6), levels, taken, false, placed);
        const auto covers = [&](const QRectF& other) { return other.intersects(box); };
        if (box.isNull() || std::any_of(placed.begin(), placed.end(), covers)) continue;
        placed.push_back(box);
        painter.setPen(label.strong ? QPen(Qt::NoPen) : QPen(theme.brass, theme.hairline()));
        painter.setBrush(label.strong ? theme.brass : theme.surface);
        painter.drawRoundedRect(box, theme.px(5), theme.px(5));
        painter.setFont(font);
        painter.setPen(label.strong ? readable(theme.onBrass, theme.brass)
                                    : readable(theme.brass, theme.surface));
        const double baseline = box.center().y() + metrics.capHeight() / 2;
        painter.drawText(snappedText({box.left() + theme.px(6), baseline}, plot.ratio()), label.text);
    }
}

} // namespace orrery::isotone
