// One row of the form for one parameter: label and symbol at the left, its control at the right.
#pragma once

#include "core/support/parameter.h"
#include "widgets/theme/theme.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace orrery {

class SlimSlider;
class SoftCombo;
class ToggleSwitch;

/// Paints label, symbol and unit; holds the error sentence below. The kinds derive from it.
class ParameterRow : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit ParameterRow(const ParameterSpec& spec, QWidget* parent = nullptr);

    [[nodiscard]] const ParameterSpec& spec() const { return m_spec; }
    [[nodiscard]] const ParameterValue& value() const { return m_value; }
    /// Another range, default or wording for the same parameter; the value stays.
    void setSpec(const ParameterSpec& spec);
    /// Without valueChanged(); clears an error, unless the hand is still on what is wrong.
    void setValue(const ParameterValue& value);
    [[nodiscard]] QString error() const;
    /// Below the control until the value moves: the value was taken, and what was made of it was refused.
    void refuse(const QString& sentence) { showError(sentence); }

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void valueChanged(const orrery::ParameterValue& value, bool stillDragging);
    void typed(const orrery::ParameterValue& value); ///< by hand, digit by digit; after valueChanged()

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

    /// Brings the control to value(), without signals.
    virtual void showValue() = 0;
    /// Something is being typed that is not taken yet.
    [[nodiscard]] virtual bool holdsTyping() const { return false; }
    /// Puts the control into its place; `line` is the row's first line.
    virtual void place(const QRect& line) = 0;
    [[nodiscard]] virtual int bodyHeight() const; ///< of label and control, without the error
    [[nodiscard]] virtual int controlLeft() const = 0;

    /// From the control: takes the value and tells.
    void take(const ParameterValue& value, bool stillDragging = false);
    void showError(const QString& sentence);
    void describe(QWidget* control) const; ///< accessible name, description, tool tip
    /// True where `event` asks a field with nothing left to take for Undo or Redo: those are the window's
    /// then.
    [[nodiscard]] static bool isForTheWindow(const QEvent& event, bool holdsTyping);
    [[nodiscard]] const Theme& theme() const { return m_theme; }
    [[nodiscard]] QString fieldStyle() const; ///< of a line edit, by whether there is an error

  private:
    ParameterSpec m_spec;
    ParameterValue m_value;
    Theme m_theme = Theme::light();
    QLabel* m_error;
};

[[nodiscard]] ParameterRow* makeParameterRow(const ParameterSpec& spec, QWidget* parent);

} // namespace orrery
