// A whole or real number: a field to type in, a slider below it over the usual range.
#pragma once

#include "widgets/parameters/parameter_row.h"

namespace orrery {

class NumberRow final : public ParameterRow {
    Q_OBJECT
  public:
    explicit NumberRow(const ParameterSpec& spec, QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QLineEdit* field() const { return m_field; }
    [[nodiscard]] SlimSlider* slider() const { return m_slider; }

  protected:
    void showValue() override;
    [[nodiscard]] bool holdsTyping() const override;
    void place(const QRect& line) override;
    [[nodiscard]] int bodyHeight() const override;
    [[nodiscard]] int controlLeft() const override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    [[nodiscard]] int fieldWidth() const;
    void takeTyped();
    void slid(int position);

    QLineEdit* m_field;
    SlimSlider* m_slider;
};

} // namespace orrery
