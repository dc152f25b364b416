// A menu bar that comes and goes with a tap on Alt, and stays away while Alt goes with another key or the
// mouse: Alt and the arrows are keys of the pictures. Alt and a letter open a menu as ever.
#pragma once

#include <QObject>

class QMenuBar;

namespace orrery {

class MenuBehindAlt final : public QObject {
    Q_OBJECT
  public:
    /// Hides the bar. Watches all events of the program while `window` is the active one.
    MenuBehindAlt(QMenuBar* bar, QWidget* window);

    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void keyDown(int key, Qt::KeyboardModifiers modifiers);

    QMenuBar* m_bar;
    QWidget* m_window;
    bool m_isTap = false; ///< Alt is down, and nothing else has come since
};

} // namespace orrery
