// The form's drawn controls: a switch and a soft combo box. Both ignore the wheel unless focused.
#pragma once

#include "widgets/theme/theme.h"

#include <QAbstractButton>
#include <QComboBox>

namespace orrery {

class ToggleSwitch final : public QAbstractButton, public Themed {
    Q_OBJECT
  public:
    explicit ToggleSwitch(QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override { return {m_theme.px(36), m_theme.px(20)}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    Theme m_theme = Theme::light();
};

class SoftCombo final : public QComboBox, public Themed {
    Q_OBJECT
  public:
    explicit SoftCombo(QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {m_theme.px(80), m_theme.px(26)}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool event(QEvent* event) override;

  private:
    Theme m_theme = Theme::light();
};

} // namespace orrery
