// The architecture of a model as a strip: one block a layer in the order of the model, its width its share of
// the time, its colour its kind. Stages are named below where there is room.
#pragma once

#include "app/labs/gpu/gpu_pictures.h"
#include "widgets/theme/theme.h"

#include <QWidget>

namespace orrery::panel {

class LayerStrip final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit LayerStrip(QWidget* parent = nullptr);
    void setLayers(std::vector<LayerPoint> layers);
    void setHoveredLayer(int layer);
    void setChosenLayer(int layer);
    [[nodiscard]] int layerAt(QPointF pixel) const; ///< −1: none
    [[nodiscard]] QRectF blockOf(int layer) const;
    [[nodiscard]] QString summary() const;

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void layerHovered(int layer);
    void layerChosen(int layer);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void paintStages(QPainter& painter) const;
    [[nodiscard]] QRectF blocks() const;

    Theme m_theme = Theme::light();
    std::vector<LayerPoint> m_layers;
    std::vector<double> m_ends; ///< running sum of the shares
    int m_hovered = -1, m_chosen = -1;
};

} // namespace orrery::panel
