// Costs and ratios over n on log-log axes: the race, the speed-up, what the constant matters.
#pragma once

#include "widgets/plot/labelled_lines.h"
#include "widgets/plot/plot.h"

namespace orrery::isotone {

/// A stretch of the vertical axis that others have published.
struct PublishedBand {
    double low = 1.0;
    double high = 1.0;
    QString text; ///< shorter forms may follow, parted by kShorter
};

struct GrowthPicture {
    QString vertical;                ///< title of the axis
    std::vector<LabelledLine> lines; ///< x is n
    std::vector<PublishedBand> bands;
    bool ratio = false; ///< a dashed line at 1
    QString summary;
};

class GrowthView final : public Plot {
    Q_OBJECT

  public:
    explicit GrowthView(QWidget* parent = nullptr);
    void setPicture(GrowthPicture picture);
    [[nodiscard]] const GrowthPicture& picture() const { return m_picture; }

  private:
    void rescale();
    struct BandLabel {
        QString text; ///< empty: no room
        QRectF box;   ///< pixels
    };
    [[nodiscard]] QRectF bandBox(const PublishedBand& band) const; ///< pixels
    [[nodiscard]] BandLabel bandLabel(const PublishedBand& band) const;
    void paintBands(QPainter& painter) const;
    [[nodiscard]] std::optional<Readout> readoutAt(QPointF pixel) const;

    GrowthPicture m_picture;
    LabelledLines* m_lines;
};

} // namespace orrery::isotone
