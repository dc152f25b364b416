#include "app/window/window_actions.h"

#include <QUndoStack>

namespace orrery {

QAction* WindowActions::add(const QString& text, const QList<QKeySequence>& shortcuts,
                            std::optional<Icon> icon) {
    auto* action = new QAction(text, this);
    action->setShortcuts(shortcuts);
    if (icon) action->setIcon(plainIcon(*icon));
    return action;
}

WindowActions::WindowActions(QUndoStack& undoStack, QObject* parent) : QObject(parent) {
    const auto key = [](const char* text) { return QKeySequence(QString::fromLatin1(text)); };
    open = add(tr("Open…"), {key("Ctrl+O")}, Icon::Open);
    columns = add(tr("Choose columns and rows…"), {key("Ctrl+L")});
    paste = add(tr("Paste data…"), {key("Ctrl+V")});
    save = add(tr("Save scenario"), {key("Ctrl+S")}, Icon::Save);
    saveAs = add(tr("Save scenario as…"), {key("Ctrl+Shift+S")});
    exportPicture = add(tr("Export picture…"), {key("Ctrl+E")}, Icon::Export);
    exportTable = add(tr("Export table…"), {key("Ctrl+Shift+E")});
    copyPicture = add(tr("Copy picture"), {key("Ctrl+Shift+C")});
    quit = add(tr("Quit"), {key("Ctrl+Q")});

    undo = undoStack.createUndoAction(this, tr("Undo"));
    undo->setShortcut(key("Ctrl+Z"));
    undo->setIcon(plainIcon(Icon::Undo));
    redo = undoStack.createRedoAction(this, tr("Redo"));
    redo->setShortcuts({key("Ctrl+Shift+Z"), key("Ctrl+Y")});
    redo->setIcon(plainIcon(Icon::Redo));
    resetParameters = add(tr("Reset parameters"), {key("Ctrl+R")});

    palette = add(tr("Find a lab, scene or command"), {key("Ctrl+K")}, Icon::Search);
    gallery = add(tr("Gallery"), {key("Ctrl+G")}, Icon::Gallery);
    gallery->setCheckable(true);
    data = add(tr("Data"), {key("Ctrl+D")}, Icon::Data);
    data->setCheckable(true);
    inspector = add(tr("Fold the inspector"), {key("Ctrl+I")}, Icon::Inspector);
    theme = add(tr("Next theme"), {key("Ctrl+T")}, Icon::Theme);
    present = add(tr("Present"), {key("F5")}, Icon::Present);
    enlarge = add(tr("Enlarge the next card"), {key("F6")}, Icon::Expand);
    back = add(tr("Back"), {key("Esc")});
    nextScene = add(tr("Next scene"), {key("PgDown")});
    previousScene = add(tr("Previous scene"), {key("PgUp")});

    keys = add(tr("Keys"), {key("F1"), key("?")}, Icon::Help);
    labHelp = add(tr("About this lab"), {key("Shift+F1")});
    about = add(tr("About Orrery"), {key("Ctrl+F1")});

    m_groups = {
        {tr("File"), {open, columns, paste, save, saveAs, exportPicture, exportTable, copyPicture, quit}},
        {tr("Edit"), {undo, redo, resetParameters}},
        {tr("View"), {palette, gallery, data, inspector, theme, present, enlarge, back}},
        {tr("Scenes"), {nextScene, previousScene}},
        {tr("Help"), {keys, labHelp, about}}};
}

} // namespace orrery
