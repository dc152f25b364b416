// The reliability diagram, what happened against what was forecast, over the density of the scores.
//
// With CORP bins the curve is the isotonic fit of the outcome on the score, and it grows with the time line
// as its blocks are pooled.
#pragma once

#include "app/labs/isotonic/views/calibration_picture.h"
#include "app/labs/isotonic/views/fit_moment.h"
#include "widgets/plot/plot.h"

namespace orrery::isotone {

class ReliabilityPlot final : public Plot {
    Q_OBJECT

  public:
    explicit ReliabilityPlot(QWidget* parent = nullptr);
    void setPicture(std::shared_ptr<const CalibrationPicture> picture);
    void setMoment(const FitMoment& moment);

  private:
    void paintBand(QPainter& painter) const;
    void paintDiagram(QPainter& painter) const;
    void paintBlocks(QPainter& painter) const;
    void paintBins(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;
    [[nodiscard]] bool growsWithTime() const;
    [[nodiscard]] std::vector<QPolygonF> curveOf(const calibration::ReliabilityDiagram& diagram) const;
    [[nodiscard]] int category() const;
    [[nodiscard]] double radiusOf(const calibration::ReliabilityBin& bin) const;
    [[nodiscard]] std::optional<Readout> readoutAt(QPointF pixel) const;

    std::shared_ptr<const CalibrationPicture> m_picture;
    FitMoment m_moment;
};

/// How many rows have which score: events up, others down.
class ScoreDensityPlot final : public Plot {
    Q_OBJECT

  public:
    explicit ScoreDensityPlot(QWidget* parent = nullptr);
    void setPicture(std::shared_ptr<const CalibrationPicture> picture);
    [[nodiscard]] QSize minimumSizeHint() const override;

  private:
    void paintBars(QPainter& painter) const;
    [[nodiscard]] double scaled(double weight) const;
    std::shared_ptr<const CalibrationPicture> m_picture;
};

/// Both, one above the other, on one axis of scores.
class ReliabilityView final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit ReliabilityView(QWidget* parent = nullptr);
    void setPicture(std::shared_ptr<const CalibrationPicture> picture);
    void setMoment(const FitMoment& moment) { m_reliability->setMoment(moment); }
    [[nodiscard]] QString summary() const;
    void setTheme(const Theme& theme) override;
    [[nodiscard]] ReliabilityPlot* reliability() const { return m_reliability; }

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void place();
    ReliabilityPlot* m_reliability;
    ScoreDensityPlot* m_density;
    std::shared_ptr<const CalibrationPicture> m_picture;
};

} // namespace orrery::isotone
