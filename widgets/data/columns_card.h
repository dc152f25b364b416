// The import dialog's card of columns: target, search, all or none, the list.
#pragma once

#include "widgets/data/column_list.h"
#include "widgets/data/pieces.h"

namespace orrery {

class SoftCombo;
class LinkButton;

class ColumnsPanel final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit ColumnsPanel(QWidget* parent = nullptr);
    [[nodiscard]] ColumnModel* columns() const { return m_columns; }
    [[nodiscard]] ColumnList* list() const { return m_list; }
    /// "10 of 10 features used"
    [[nodiscard]] QString summary() const;
    /// After the columns have been replaced.
    void refill();
    void setTheme(const Theme& theme) override;

  private:
    void follow();

    ColumnModel* m_columns;
    SoftCombo* m_target;
    EntryField* m_search;
    LinkButton* m_all;
    LinkButton* m_none;
    ColumnList* m_list;
};

} // namespace orrery
