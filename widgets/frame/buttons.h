// Buttons that are the face of a QAction: text, tool tip, shortcut, enabled and checked state follow it, so
// that a button, a menu entry, a key and a palette entry are one thing.
//
// They take the focus from Tab only, not from the mouse, so that Space stays the transport's. Enter presses.
#pragma once

#include "widgets/theme/icons.h"
#include "widgets/theme/theme.h"

#include <QAbstractButton>
#include <QPointer>

class QAction;

namespace orrery {

class ActionButton : public QAbstractButton, public Themed {
    Q_OBJECT
  public:
    explicit ActionButton(QAction* action = nullptr, QWidget* parent = nullptr);

    void setAction(QAction* action);
    [[nodiscard]] QAction* action() const { return m_action; }
    void setTheme(const Theme& theme) override;
    [[nodiscard]] const Theme& theme() const { return m_theme; }

  protected:
    void nextCheckState() override {} ///< the action decides
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    [[nodiscard]] QColor restingInk() const; ///< second ink, ink when hovered, third when disabled
    /// The focus came by the keyboard: only then is it drawn.
    [[nodiscard]] bool showsFocus() const { return m_keyboardFocus && hasFocus(); }
    [[nodiscard]] bool hovered() const { return m_hovered && isEnabled(); }

  private:
    void follow();

    Theme m_theme = Theme::light();
    QPointer<QAction> m_action;
    bool m_hovered = false;
    bool m_keyboardFocus = false;
};

/// An icon on a square that tints when the pointer is on it; accent when checked.
class IconButton : public ActionButton {
    Q_OBJECT
  public:
    explicit IconButton(QAction* action, QWidget* parent = nullptr, int side = 32, int iconSide = 20);
    /// Draws this instead of the action's own icon.
    void setDrawing(Icon icon);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override;
    [[nodiscard]] std::optional<Icon> drawing() const;

  private:
    int m_side;
    int m_iconSide;
    std::optional<Icon> m_drawing;
};

/// The transport's play button: a filled accent disc.
class DiscButton final : public IconButton {
    Q_OBJECT
  public:
    using IconButton::IconButton;

  protected:
    void paintEvent(QPaintEvent* event) override;
};

/// A word in a rounded outline; its key beside it when the action asks for it (property "showsKey").
class TextButton final : public ActionButton {
    Q_OBJECT
  public:
    using ActionButton::ActionButton;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    [[nodiscard]] QString keyText() const;
};

/// A word in accent: "Reset".
class LinkButton final : public ActionButton {
    Q_OBJECT
  public:
    explicit LinkButton(const QString& text, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override;
};

/// Text of an action as words: no mnemonic marks, no ellipsis.
[[nodiscard]] QString plainText(const QAction& action);

} // namespace orrery
