// A slider as a thin accent line with a ring to hold. Ignores the wheel unless it has the focus; its keys do
// not reach the window's shortcuts while it has it.
#pragma once

#include "widgets/theme/theme.h"

#include <QAbstractSlider>

namespace orrery {

class SlimSlider final : public QAbstractSlider, public Themed {
    Q_OBJECT
  public:
    static constexpr int kPositions = 1000;

    explicit SlimSlider(QWidget* parent = nullptr);

    /// Without moved().
    void setPosition(int position);
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override { return {m_theme.px(160), m_theme.px(22)}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {m_theme.px(60), m_theme.px(22)}; }

  Q_SIGNALS:
    /// By hand, key or wheel; isSliderDown() while the mouse holds it.
    void moved(int position);
    /// The mouse let go.
    void settled(int position);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool event(QEvent* event) override;

  private:
    [[nodiscard]] double knobX() const;
    [[nodiscard]] int positionAt(double x) const;

    Theme m_theme = Theme::light();
    bool m_quiet = false;
};

} // namespace orrery
