#include "app/window/menu_behind_alt.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMenuBar>

namespace orrery {

MenuBehindAlt::MenuBehindAlt(QMenuBar* bar, QWidget* window) : QObject(window), m_bar(bar), m_window(window) {
    m_bar->hide();
    qApp->installEventFilter(this);
}

bool MenuBehindAlt::eventFilter(QObject*, QEvent* event) {
    if (!m_window->isActiveWindow()) {
        m_isTap = false;
        return false;
    }
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (event->type()) {
    case QEvent::ShortcutOverride: // before the bar's own shortcuts are looked at
    case QEvent::KeyPress:
        if (!key->isAutoRepeat()) keyDown(key->key(), key->modifiers());
        break;
    case QEvent::KeyRelease:
        if (key->key() != Qt::Key_Alt || key->isAutoRepeat()) break;
        if (std::exchange(m_isTap, false)) m_bar->setVisible(!m_bar->isVisible());
        break;
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
        m_isTap = false;
        break;
    default:
        break;
    }
    return false;
}

void MenuBehindAlt::keyDown(int key, Qt::KeyboardModifiers modifiers) {
    m_isTap = key == Qt::Key_Alt;
    if (key >= Qt::Key_A && key <= Qt::Key_Z && modifiers == Qt::AltModifier) m_bar->show();
}

} // namespace orrery
