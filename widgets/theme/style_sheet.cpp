#include "widgets/theme/style_sheet.h"

#include "widgets/theme/contrast.h"

#include <QHash>
#include <QWidget>

namespace orrery {

namespace {

// @names are tokens; @Npx lengths follow the type.
const char* const kSheet = R"(
QToolTip { background: @ink; color: @surface; border: none; padding: @4px @6px; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox {
  background: @field; color: @ink; border: 1px solid @field; border-radius: @6px; padding: @3px @8px;
  selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus { border-color: @accent; }
QLineEdit:disabled, QComboBox:disabled { color: @inkThird; }
QPushButton { background: @surface; color: @ink; border: 1px solid @line; border-radius: @7px; padding: @5px @14px; }
QPushButton:hover { border-color: @ghost; background: @window; }
QPushButton:focus { border-color: @accent; }
QPushButton:pressed { background: @accentSoft; }
QPushButton:default { background: @accent; border-color: @accent; color: @onAccent; }
QPushButton:disabled { color: @inkThird; }
QComboBox { background: @field; color: @ink; border: 1px solid @field; border-radius: @6px; padding: @3px @10px; }
QComboBox:focus { border-color: @accent; }
QComboBox::drop-down { border: none; width: @22px; }
QComboBox::down-arrow { image: url(:/orrery/icons/drop-@kind.svg); width: @10px; height: @10px; }
QComboBox QAbstractItemView, QListView, QTreeView, QTableView {
  background: @surface; color: @ink; border: 1px solid @line; outline: none; gridline-color: @grid;
  alternate-background-color: @window;
  selection-background-color: @accentSoft; selection-color: @ink; }
QHeaderView { background: @surface; border: none; }
QHeaderView::section { background: @surface; color: @inkSecond; border: none; border-bottom: 1px solid @line;
  padding: @4px @8px; }
QTableCornerButton::section { background: @surface; border: none; }
QMenu { background: @surface; color: @ink; border: 1px solid @line; padding: @5px; }
QMenu::item { padding: @5px @22px @5px @14px; border-radius: @5px; }
QMenu::item:selected { background: @accentSoft; color: @ink; }
QMenu::item:disabled { color: @inkThird; }
QMenu::separator { height: 1px; background: @line; margin: @5px @8px; }
QMenuBar { background: @surface; color: @ink; border-bottom: 1px solid @line; }
QMenuBar::item { padding: @4px @10px; background: transparent; border-radius: @5px; }
QMenuBar::item:selected { background: @accentSoft; }
QScrollBar:vertical { background: transparent; width: @10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: @10px; margin: 0; }
QScrollBar::handle { background: @ghost; border-radius: @3px; }
QScrollBar::handle:vertical { min-height: @28px; margin: @2px; }
QScrollBar::handle:horizontal { min-width: @28px; margin: @2px; }
QScrollBar::handle:hover { background: @inkThird; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea { background: transparent; border: none; }
QTabWidget::pane { border: none; border-top: 1px solid @line; }
QTabBar::tab { background: transparent; color: @inkSecond; padding: @7px @12px; border: none;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @ink; border-bottom-color: @accent; }
QTabBar::tab:hover { color: @ink; }
QCheckBox, QRadioButton { color: @ink; spacing: @8px; background: transparent; }
QCheckBox::indicator { width: @14px; height: @14px; border: 1px solid @inkThird; border-radius: @4px; background: @surface; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(:/orrery/icons/tick-@kind.svg); }
QCheckBox:focus, QRadioButton:focus { color: @accentText; }
QProgressBar { background: @track; border: none; border-radius: @2px; height: @4px; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: @2px; }
QGroupBox { border: none; font-weight: 600; padding-top: @18px; }
QDialog, QMessageBox { background: @surface; }
QDialog QLabel { color: @ink; }
QSplitter::handle { background: @line; }
QStatusBar { background: @surface; color: @inkSecond; }
)";

QHash<QString, QString> tokensOf(const Theme& t) {
    return {{QStringLiteral("window"), t.window.name()},
            {QStringLiteral("surface"), t.surface.name()},
            {QStringLiteral("line"), t.line.name()},
            {QStringLiteral("grid"), t.grid.name()},
            {QStringLiteral("ink"), t.ink.name()},
            {QStringLiteral("inkSecond"), t.inkSecond.name()},
            {QStringLiteral("inkThird"), t.inkThird.name()},
            {QStringLiteral("accent"), t.accent.name()},
            {QStringLiteral("accentText"), readable(t.accent, t.surface).name()},
            {QStringLiteral("accentSoft"), t.accentSoft.name()},
            {QStringLiteral("ghost"), t.ghost.name()},
            {QStringLiteral("track"), t.track.name()},
            {QStringLiteral("onAccent"), t.onAccent.name()},
            {QStringLiteral("field"), t.field.name()},
            {QStringLiteral("kind"), themeName(t.kind)}};
}

} // namespace

QPalette paletteOf(const Theme& t) {
    QPalette p;
    p.setColor(QPalette::Window, t.window);
    p.setColor(QPalette::WindowText, t.ink);
    p.setColor(QPalette::Base, t.surface);
    p.setColor(QPalette::AlternateBase, t.window);
    p.setColor(QPalette::Text, t.ink);
    p.setColor(QPalette::PlaceholderText, t.inkSecond);
    p.setColor(QPalette::Button, t.surface);
    p.setColor(QPalette::ButtonText, t.ink);
    p.setColor(QPalette::ToolTipBase, t.ink);
    p.setColor(QPalette::ToolTipText, t.surface);
    p.setColor(QPalette::Highlight, t.accent);
    p.setColor(QPalette::HighlightedText, t.onAccent);
    p.setColor(QPalette::Link, t.accent);
    p.setColor(QPalette::LinkVisited, t.accent);
    p.setColor(QPalette::Mid, t.line);
    p.setColor(QPalette::Dark, t.ghost);
    p.setColor(QPalette::Light, t.surface);
    p.setColor(QPalette::Disabled, QPalette::Text, t.inkThird);
    p.setColor(QPalette::Disabled, QPalette::WindowText, t.inkThird);
    p.setColor(QPalette::Disabled, QPalette::ButtonText, t.inkThird);
    return p;
}

QString styleSheetOf(const Theme& theme) {
    const QHash<QString, QString> tokens = tokensOf(theme);
    const QString source = QString::fromLatin1(kSheet);
    QString sheet;
    for (qsizetype i = 0; i < source.size();) {
        if (source[i] != QLatin1Char('@')) {
            sheet += source[i++];
            continue;
        }
        qsizetype end = ++i;
        const bool length = source[i].isDigit();
        while (end < source.size() && (length ? source[end].isDigit() : source[end].isLetter()))
            ++end;
        const QString name = source.mid(i, end - i);
        sheet += length ? QString::number(theme.px(name.toInt())) : tokens.value(name);
        i = end;
    }
    return sheet;
}

void applyTheme(QWidget* root, const Theme& theme) {
    root->setPalette(paletteOf(theme));
    root->setFont(theme.words());
    root->setStyleSheet(styleSheetOf(theme));
    const auto give = [&theme](QWidget* widget) {
        if (auto* themed = dynamic_cast<Themed*>(widget)) themed->setTheme(theme);
    };
    give(root);
    const QList<QWidget*> widgets = root->findChildren<QWidget*>();
    for (QWidget* widget : widgets)
        give(widget);
}

} // namespace orrery
