// The window's own commands as actions, each with a name and a key: one list for menus, buttons, the palette
// and the sheet of keys. The transport's are in TransportActions.
#pragma once

#include "widgets/theme/icons.h"

#include <QAction>
#include <QObject>
#include <vector>

class QUndoStack;

namespace orrery {

/// A heading of the menu bar and of the sheet of keys, with its actions.
struct ActionGroup {
    QString title;
    QList<QAction*> actions;
};

class WindowActions final : public QObject {
    Q_OBJECT
  public:
    WindowActions(QUndoStack& undoStack, QObject* parent);

    QAction *open, *columns, *paste, *save, *saveAs, *exportPicture, *exportTable, *copyPicture, *quit;
    QAction *undo, *redo, *resetParameters;
    QAction *palette, *gallery, *data, *inspector, *theme, *present, *enlarge, *back;
    QAction *nextScene, *previousScene;
    QAction *keys, *labHelp, *about;

    [[nodiscard]] const std::vector<ActionGroup>& groups() const { return m_groups; }

  private:
    QAction* add(const QString& text, const QList<QKeySequence>& shortcuts,
                 std::optional<Icon> icon = std::nullopt);

    std::vector<ActionGroup> m_groups;
};

} // namespace orrery
