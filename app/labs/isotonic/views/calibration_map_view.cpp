#include "app/labs/isotonic/views/calibration_map_view.h"

#include "widgets/plot/labelled_lines.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <algorithm>

namespace orrery::isotone {

CalibrationMapView::CalibrationMapView(QWidget* parent) : Plot(parent) {
    new Sketch(this, [this](QPainter& painter) {
        if (!m_picture || m_picture->sample->scale != calibration::ScoreScale::Probability) return;
        QPen pen(theme().inkThird, theme().hairline(), Qt::CustomDashLine);
        pen.setDashPattern({4, 4});
        strokeLines(painter, clippedLine(QPolygonF{toPixel(0, 0), toPixel(1, 1)}, area()), pen);
    });
    m_lines = new LabelledLines(this);
    setHorizontal({.title = tr("score")});
    setVertical({.title = tr("probability")});
    setHome({0, 1}, {-0.02, 1.02});
    setPlaceholder(tr("Fitting the calibrators…"));
}

void CalibrationMapView::setPicture(std::shared_ptr<const CalibrationPicture> picture) {
    m_picture = std::move(picture);
    // All three end in one corner: their names stand where they part.
    static constexpr double kLabelAt[] = {0.3, 0.24, 0.78};
    std::vector<LabelledLine> lines;
    for (const MapCurve& map : m_picture ? m_picture->maps : std::vector<MapCurve>()) {
        const std::string_view name = calibration::labelOf(map.method);
        lines.push_back({.name = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())),
                         .x = map.score,
                         .y = map.probability,
                         .category = categoryOf(map.method),
                         .strong = m_picture->shown == map.method,
                         .labelAt = kLabelAt[static_cast<int>(map.method)]});
    }
    setPlaceholder(lines.empty() ? tr("Fitting the calibrators…") : QString());
    if (!lines.empty()) setHome({lines.front().x.front(), lines.front().x.back()}, {-0.02, 1.02});
    m_lines->setLines(std::move(lines));
}

QString CalibrationMapView::summary() const {
    if (!m_picture || m_picture->maps.empty()) return {};
    const bool all = std::all_of(m_picture->maps.begin(), m_picture->maps.end(),
                                 [](const MapCurve& map) { return map.converged; });
    return all ? tr("fitted on all rows") : tr("a fit did not converge: the classes part");
}

} // namespace orrery::isotone
