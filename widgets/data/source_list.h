// Where data come from, as one list: built-in sets, generators, recent files.
#pragma once

#include "widgets/theme/theme.h"

#include <QListView>
#include <QStandardItemModel>

namespace orrery {

class SourceList final : public QListView, public Themed {
    Q_OBJECT
  public:
    enum class Kind { Heading, Builtin, Generator, Recent };
    enum Role { KindRole = Qt::UserRole, IdRole, SentenceRole, SizeRole };

    explicit SourceList(QWidget* parent = nullptr);

    /// Files that are gone are greyed; Delete takes a file off the list.
    void setRecentFiles(const QStringList& paths);
    /// Shown as what is open; an empty id for none.
    void setCurrentSource(Kind kind, const QString& id);
    [[nodiscard]] int indexOf(Kind kind, const QString& id) const;

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {m_theme.px(220), m_theme.px(160)}; }

  Q_SIGNALS:
    void chosen(orrery::SourceList::Kind kind, const QString& id);
    void recentRemoved(const QString& path);

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    QStandardItem* addHeading(const QString& text);
    void add(Kind kind, const QString& id, const QString& title, const QString& sentence, const QString& size,
             const QString& toolTip);
    void choose(const QModelIndex& index);

    Theme m_theme = Theme::light();
    QStandardItemModel* m_model;
    int m_recentHeading = 0;
};

} // namespace orrery
