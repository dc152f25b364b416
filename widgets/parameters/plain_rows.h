// The rows of the other kinds: a switch, a choice, a text.
#pragma once

#include "widgets/parameters/parameter_row.h"

namespace orrery {

class ToggleRow final : public ParameterRow {
    Q_OBJECT
  public:
    explicit ToggleRow(const ParameterSpec& spec, QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override;
    [[nodiscard]] ToggleSwitch* toggle() const { return m_switch; }

  protected:
    void showValue() override;
    void place(const QRect& line) override;
    [[nodiscard]] int controlLeft() const override;
    void mousePressEvent(QMouseEvent* event) override;

  private:
    ToggleSwitch* m_switch;
};

class ChoiceRow final : public ParameterRow {
    Q_OBJECT
  public:
    explicit ChoiceRow(const ParameterSpec& spec, QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override;
    [[nodiscard]] SoftCombo* combo() const { return m_combo; }

  protected:
    void showValue() override;
    void place(const QRect& line) override;
    [[nodiscard]] int controlLeft() const override;

  private:
    SoftCombo* m_combo;
};

class TextRow final : public ParameterRow {
    Q_OBJECT
  public:
    explicit TextRow(const ParameterSpec& spec, QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QLineEdit* field() const { return m_field; }

  protected:
    void showValue() override;
    void place(const QRect& line) override;
    [[nodiscard]] int controlLeft() const override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void typed();

    QLineEdit* m_field;
};

} // namespace orrery
