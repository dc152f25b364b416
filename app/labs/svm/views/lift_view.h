// The space of features of the homogeneous polynomial of degree 2, in three dimensions: (x₁, x₂) goes to
// γ (x₁², √2 x₁x₂, x₂²), where the boundary is a plane. Turned by a drag, or by Alt and the arrows.
//
// (γ⟨x, z⟩)² = ⟨φ(x), φ(z)⟩, so f(x) = ⟨w, φ(x)⟩ + b with w = Σ c_i φ(x_i): the very machine that is on the
// plane beside it.
#pragma once

#include "widgets/theme/theme.h"

#include <QWidget>
#include <array>
#include <memory>
#include <vector>

namespace orrery::svmview {

using Place = std::array<double, 3>;

struct LiftPicture {
    QString missing; ///< why there is nothing to be lifted; empty: there is
    std::vector<Place> points;
    std::vector<int> labels;
    std::vector<bool> supports;
    Place normal{0, 0, 0}; ///< w
    double offset = 0.0;   ///< b
};

class LiftView final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit LiftView(QWidget* parent = nullptr);
    void setPicture(std::shared_ptr<const LiftPicture> picture);
    [[nodiscard]] const LiftPicture* picture() const { return m_picture.get(); }
    [[nodiscard]] QString summary() const;
    void turn(double aroundUp, double aroundRight); ///< degrees
    [[nodiscard]] std::pair<double, double> angles() const { return {m_yaw, m_pitch}; }
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    struct Seen {
        QPointF at;
        double depth = 0.0; ///< larger is nearer
    };
    [[nodiscard]] bool hasPoints() const { return m_picture && m_picture->missing.isEmpty(); }
    void measure();
    [[nodiscard]] double unitFor(double longest, double cosPitch, double sinPitch) const;
    [[nodiscard]] Seen seen(const Place& place) const;
    [[nodiscard]] double side(const Place& place) const; ///< f
    [[nodiscard]] QPolygonF cutPolygon() const;
    void paintFrame(QPainter& painter) const;
    void paintPlane(QPainter& painter) const;
    void paintPoints(QPainter& painter, bool behind) const;
    [[nodiscard]] bool isBehind(const Place& place) const;

    Theme m_theme = Theme::light();
    std::shared_ptr<const LiftPicture> m_picture;
    Place m_low{0, 0, 0}, m_high{1, 1, 1}; ///< the box that holds the points
    double m_yaw = 2.0, m_pitch = 18.0;
    QPointF m_last;
    bool m_focusRing = false; ///< Tab brought the focus
};

} // namespace orrery::svmview
