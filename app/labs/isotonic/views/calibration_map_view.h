// The maps from score to probability of the calibrators, together, over the diagonal that changes nothing.
#pragma once

#include "app/labs/isotonic/views/calibration_picture.h"
#include "widgets/plot/plot.h"

namespace orrery {
class LabelledLines;
} // namespace orrery

namespace orrery::isotone {

class CalibrationMapView final : public Plot {
    Q_OBJECT

  public:
    explicit CalibrationMapView(QWidget* parent = nullptr);
    void setPicture(std::shared_ptr<const CalibrationPicture> picture);
    [[nodiscard]] QString summary() const;

  private:
    std::shared_ptr<const CalibrationPicture> m_picture;
    LabelledLines* m_lines;
};

} // namespace orrery::isotone
