// Layers without matrix flops have no place on a roofline: pooling, LayerNorm, embeddings. They stand here on
// one axis, by the bytes that they move a second, against the memory roof. Where there is little room the
// strip is brief: no figures at its axis, its title beside the name of the roof.
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
    void setBrief(bool brief);
    [[nodiscard]] bool isBrief() const { return m_brief; }
    [[nodiscard]] int heightOf(bool brief) const { return theme().px(brief ? 30 : 92); }
    [[nodiscard]] bool isEmpty() const { return m_layers.empty(); }
    [[nodiscard]] int layerAt(QPointF pixel) const; ///< index in the model; −1: none
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override { return minimumSizeHint(); }

  Q_SIGNALS:
    void layerHovered(int layer);
    void layerChosen(int layer);

  protected:
    void arrange() override;

  private:
    void nameAxis();
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString roofName() const;
    [[nodiscard]] QRectF nameBox() const;  ///< of the roof's name
    [[nodiscard]] QRectF titleBox() const; ///< where the strip is brief; else null
    void paintRoof(QPainter& painter) const;
    void paintLayers(QPainter& painter) const;
    void paintKinds(QPainter& painter) const;
    [[nodiscard]] QPointF markOf(std::size_t i) const;
    [[nodiscard]] double radiusOf(const LayerPoint& layer) const;

    struct Placed {
        int index; ///< in the model
        LayerPoint layer;
    };
    std::vector<Placed> m_layers;
    double m_copy = 0, m_most = 0, m_unit = 1e9;
    bool m_brief = false;
    int m_hovered = -1, m_chosen = -1;
};

} // namespace orrery::panel
