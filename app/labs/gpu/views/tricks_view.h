// What each trick gives: throughput of every variant at one batch, as steps of a waterfall. Measured, not
// modelled.
#pragma once

#include "app/labs/gpu/gpu_pictures.h"
#include "widgets/plot/plot.h"

namespace orrery::panel {

class TricksView final : public Plot {
    Q_OBJECT

  public:
    explicit TricksView(QWidget* parent = nullptr);
    void setPicture(TricksPicture picture);
    void setNothing(const QString& sentence); ///< while there is nothing to draw
    [[nodiscard]] const TricksPicture& picture() const { return m_picture; }

  private:
    void paintBars(QPainter& painter) const;

    TricksPicture m_picture;
    QString m_nothing;
};

} // namespace orrery::panel
