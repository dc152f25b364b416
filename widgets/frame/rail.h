// The rail at the left: the mark, one icon a lab, and at the bottom the gallery, the data and the theme.
// Arrow keys move along it, Enter opens; the name of what is under the pointer or the focus stands beside it.
#pragma once

#include "widgets/frame/buttons.h"

#include <QWidget>

class QVBoxLayout;

namespace orrery {

/// One icon of the rail: a soft tile and a 3-px bar when its action is checked.
class RailButton final : public IconButton {
    Q_OBJECT
  public:
    RailButton(QAction* action, QWidget* parent);
    [[nodiscard]] QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void showName();
};

class Rail final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit Rail(QWidget* parent = nullptr);

    void addLab(QAction* action);    ///< checkable; the checked one is the lab that is open
    void addBottom(QAction* action); ///< gallery, data, theme
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Theme m_theme = Theme::light();
    QVBoxLayout* m_layout;
    int m_labs = 0;
};

} // namespace orrery
