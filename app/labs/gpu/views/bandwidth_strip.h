// Layers without matrix flops have no place on a roofline: pooling, LayerNorm, embeddings. They stand here on
// one axis, by the bytes that they move a second, against the memory roof.
#pragma once

#include "app/labs/gpu/gpu_pictures.h"
#include "widgets/plot/plot.h"

namespace orrery::panel {

class BandwidthStrip final : public Plot {
    Q_OBJECT

  public:
    explicit BandwidthStrip(QWidget* parent = nullptr);
    void setPicture(const RooflinePicture& picture);
    void setHoveredLayer(int layer);
    void setChosenLayer(int layer);
    [[nodiscard]] bool isEmpty() const { return m_layers.empty(); }
    [[nodiscard]] int layerAt(QPointF pixel) const; ///< index in the model; −1: none
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override { return minimumSizeHint(); }

  Q_SIGNALS:
    void layerHovered(int layer);
    void layerChosen(int layer);

  private:
    void paintRoof(QPainter& painter) const;
    void paintLayers(QPainter& painter) const;
    [[nodiscard]] QPointF markOf(std::size_t i) const;
    [[nodiscard]] double radiusOf(const LayerPoint& layer) const;

    struct Placed {
        int index; ///< in the model
        LayerPoint layer;
    };
    std::vector<Placed> m_layers;
    double m_copy = 0, m_unit = 1e9;
    int m_hovered = -1, m_chosen = -1;
};

} // namespace orrery::panel
