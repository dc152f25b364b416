// The speed, on a slider in decades from 1 to 10⁶ steps a second, as a typed value, or as fast as it goes.
#pragma once

#include "widgets/parameters/slim_slider.h"
#include "widgets/theme/theme.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace orrery {

class SpeedPopup final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit SpeedPopup(QWidget* parent);

    void setSpeed(double stepsPerSecond);
    void openAbove(QWidget* widget);
    void setTheme(const Theme& theme) override;
    [[nodiscard]] SlimSlider* slider() const { return m_slider; }
    [[nodiscard]] QLineEdit* field() const { return m_field; }
    [[nodiscard]] QCheckBox* unlimited() const { return m_unlimited; }

  Q_SIGNALS:
    void speedChosen(double stepsPerSecond);

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void choose(double speed);
    void typed();
    void restyle(bool valid);

    Theme m_theme = Theme::light();
    double m_speed = 30;
    QLabel* m_title;
    QLineEdit* m_field;
    SlimSlider* m_slider;
    QCheckBox* m_unlimited;
};

} // namespace orrery
