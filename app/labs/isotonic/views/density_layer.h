// A cloud of many points that was counted beside the UI thread: an image of its density, and the envelope of
// y over columns of pixels.
#pragma once

#include "widgets/plot/plot_piece.h"

#include <QImage>
#include <memory>

namespace orrery::isotone {

/// What was counted, and for which view. `image` holds coverage in alpha, one colour.
struct DensityPicture {
    QCPRange x{0, 1}, y{0, 1};
    QImage counts;                            ///< Format_Alpha8
    std::vector<double> envelopeX, low, high; ///< one a column that holds a point
    std::vector<double> pointX, pointY;       ///< instead, where few rows are in sight: each of them
    bool coarse = false;                      ///< of a sample of the rows; the whole follows
};

class DensityLayer final : public PlotPiece {
    Q_OBJECT

  public:
    using PlotPiece::PlotPiece;
    /// Null: none. Stays where its data are when the view moves, until the next one comes.
    void setPicture(std::shared_ptr<const DensityPicture> picture);
    void paint(QPainter& painter) override;

  private:
    void paintImage(QPainter& painter);
    void paintBand(QPainter& painter) const;

    std::shared_ptr<const DensityPicture> m_picture;
    QImage m_tinted;
    QRgb m_tint = 0;
};

} // namespace orrery::isotone
