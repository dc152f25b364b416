// The command palette (Ctrl+K): everything that can be done or opened, found by a few letters of its name.
//
// An overlay in the upper middle of its parent, not a window. Up and Down choose, Enter does it, Esc or a
// press elsewhere closes. The entries are asked for anew at each opening.
#pragma once

#include "widgets/palette/fuzzy.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/theme.h"

#include <QKeySequence>
#include <QPointer>
#include <QWidget>
#include <functional>
#include <vector>

class QAction;
class QLineEdit;
class QListView;

namespace orrery {

struct PaletteEntry {
    QString title;
    QString detail;   ///< muted, after the title
    QString keys;     ///< as the user reads them: "Ctrl+K"
    QString category; ///< "Lab", "Scene", "Command": at the right, and matched with less weight
    std::optional<Icon> icon;
    std::function<void()> run;
};

/// An entry for an action; run triggers it.
[[nodiscard]] PaletteEntry paletteEntry(QAction* action, const QString& category = {});

class PaletteModel;

class CommandPalette final : public QWidget, public Themed {
    Q_OBJECT
  public:
    using Provider = std::function<std::vector<PaletteEntry>()>;

    explicit CommandPalette(QWidget* parent);

    void addProvider(Provider provider);
    void open(const QString& query = {});
    void dismiss();
    [[nodiscard]] QLineEdit* field() const { return m_field; }
    [[nodiscard]] int shownCount() const;
    [[nodiscard]] QString titleAt(int row) const;
    [[nodiscard]] int currentRow() const;

    void setTheme(const Theme& theme) override;

  Q_SIGNALS:
    void dismissed();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void filter();
    void place();
    void move(int rows);
    void runCurrent();
    [[nodiscard]] QRect panel() const;

    Theme m_theme = Theme::light();
    std::vector<Provider> m_providers;
    std::vector<PaletteEntry> m_entries;
    PaletteModel* m_model;
    QLineEdit* m_field;
    QListView* m_list;
    QPointer<QWidget> m_cameFrom; ///< had the focus before
};

} // namespace orrery
