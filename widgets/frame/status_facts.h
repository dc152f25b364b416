// Small facts, label above value, the value in mono so that nothing jitters. A fact may be pressed.
#pragma once

#include "widgets/theme/theme.h"

#include <QAbstractButton>
#include <QWidget>

class QHBoxLayout;

namespace orrery {

/// One fact: label above value.
class FactLabel final : public QAbstractButton, public Themed {
    Q_OBJECT
  public:
    explicit FactLabel(const QString& label, QWidget* parent = nullptr);
    /// True when the label has become wider and is to be placed anew.
    bool setValue(const QString& value);
    [[nodiscard]] QString value() const { return m_value; }
    /// Keeps room for this text, so that its neighbours stand still.
    void setWidest(const QString& widest);
    void setPressable(bool pressable);

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    Theme m_theme = Theme::light();
    QString m_value;
    QString m_widest;
    bool m_pressable = false;
};

struct Fact {
    QString id;
    QString label;
    QString value;
    QString widest; ///< empty: as wide as the value has ever been
};

/// A row of facts that a lab or a device gives.
class StatusFacts final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit StatusFacts(QWidget* parent = nullptr);

    void setFacts(const std::vector<Fact>& facts);
    void setValue(const QString& id, const QString& value);
    void setTheme(const Theme& theme) override;

  private:
    Theme m_theme = Theme::light();
    QHBoxLayout* m_layout;
    std::vector<std::pair<QString, FactLabel*>> m_labels;
};

} // namespace orrery
