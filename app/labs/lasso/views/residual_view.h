// Residuals over fitted values. Drag to brush rows (Shift: a free loop; Ctrl: pan).
#pragma once

#include "widgets/plot/plot.h"

#include <vector>

namespace orrery {
class RasterScatter;
} // namespace orrery

namespace orrery::lasso {

class ResidualView final : public Plot {
    Q_OBJECT

  public:
    explicit ResidualView(QWidget* parent = nullptr);
    /// One entry a row of the data set. Brushed rows stay brushed.
    void setResiduals(std::vector<double> fitted, std::vector<double> residuals);
    void setBrushedRows(const std::vector<int>& rows);

  Q_SIGNALS:
    void rowsBrushed(const std::vector<int>& rows); ///< by hand, here; ascending
    void rowHovered(int row);                       ///< −1: none

  private:
    [[nodiscard]] std::optional<Readout> readoutAt(QPointF pixel) const;

    std::vector<double> m_fitted, m_residuals;
    RasterScatter* m_scatter;
    int m_hovered = -1;
};

} // namespace orrery::lasso
