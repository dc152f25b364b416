// The roofline: P = min(peak, intensity × bandwidth), both axes logarithmic.
//
// Solid are the ceilings that were measured on the device, dashed those of its data sheet; the ridge point is
// where they meet. One mark a layer: its area is its share of the time, colour and shape its kind. The star
// is the whole model, its trail the other batches. What lies above a roof is ringed and stays where it is.
// Another run beside this one is a ghost: its roof, its layers as outlines, its star; a layer that is pointed
// at is tied to where it was.
#pragma once

#include "app/labs/gpu/gpu_pictures.h"
#include "widgets/plot/plot.h"

namespace orrery::panel {

class RooflineView final : public Plot {
    Q_OBJECT

  public:
    explicit RooflineView(QWidget* parent = nullptr);
    void setPicture(RooflinePicture picture);
    [[nodiscard]] const RooflinePicture& picture() const { return m_picture; }
    void setHoveredLayer(int layer); ///< −1: none
    void setChosenLayer(int layer);
    [[nodiscard]] QString summary() const;
    /// The layer whose mark is under the pixel, the smallest of several; −1: none.
    [[nodiscard]] int layerAt(QPointF pixel) const;
    /// Where a layer's mark is drawn.
    [[nodiscard]] QPointF markOf(int layer) const;
    [[nodiscard]] double radiusOf(const LayerPoint& layer) const;

  Q_SIGNALS:
    void layerHovered(int layer);
    void layerChosen(int layer);

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void rescale();
    [[nodiscard]] double inUnit(double flopsPerS) const { return flopsPerS / m_unit; }
    void paintGround(QPainter& painter) const;
    void paintRoofs(QPainter& painter) const;
    void paintSlope(QPainter& painter, double bytesPerS, double peak, const QPen& pen) const;
    void paintRidge(QPainter& painter) const;
    void paintGhost(QPainter& painter) const;
    void paintTie(QPainter& painter, int layer) const;
    [[nodiscard]] QPointF placeOf(const LayerPoint& layer) const;
    [[nodiscard]] QPointF placeOf(const ModelPoint& point) const;
    void paintLayers(QPainter& painter) const;
    void paintLayer(QPainter& painter, const LayerPoint& layer, bool lit) const;
    void paintTrail(QPainter& painter) const;
    void paintNames(QPainter& painter) const;
    void paintAlong(QPainter& painter, double bytesPerS, const QString& words, const QColor& color,
                    std::vector<QRectF>& taken) const;
    /// Words with the place that they have.
    struct Name {
        QString words;
        QFont font;
        QRectF box; ///< null: there is no place, or nothing to say
    };
    void paintName(QPainter& painter, const Name& name, const QColor& color) const;
    void paintHalo(QPainter& painter, QPointF at, const QFont& font, const QString& words) const;
    [[nodiscard]] Name matrixName() const;
    [[nodiscard]] Name sheetName() const;
    [[nodiscard]] Name vectorName() const;
    [[nodiscard]] Name besideRoof(const QString& words, double flopsPerS) const;
    void paintStarName(QPainter& painter, const QString& words, const ModelPoint& point, const QColor& color,
                       std::vector<QRectF>& taken) const;
    void paintModelNames(QPainter& painter) const;
    [[nodiscard]] std::vector<QRectF> markBoxes() const;
    struct Legend {
        struct Entry {
            int category; ///< −1: the trail
            QString name;
            QPointF at; ///< of its mark
        };
        std::vector<Entry> entries;
        QRectF box; ///< null: there is no place for it
    };
    [[nodiscard]] Legend legend() const;
    [[nodiscard]] std::vector<Legend::Entry> legendEntries(bool brief) const;
    void placeLegend(Legend& legend, std::size_t columns, double bottom) const;
    void paintLegend(QPainter& painter) const;
    [[nodiscard]] std::optional<Readout> readoutAt(QPointF pixel) const;

    RooflinePicture m_picture;
    double m_unit = 1e12; ///< FLOP/s of 1 on the axis
    int m_hovered = -1, m_chosen = -1;
};

} // namespace orrery::panel
