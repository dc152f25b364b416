// The columns in the import preview, one line each: used or not, name, type, missing values, least, mean and
// greatest value or the levels, a tiny histogram.
//
// Space uses or leaves out, T makes it the target, C reads numbers as codes; so do clicks on the box, the
// word beside the name and the type.
#pragma once

#include "widgets/data/column_model.h"
#include "widgets/theme/theme.h"

#include <QListView>

class QSortFilterProxyModel;

namespace orrery {

class ColumnList final : public QListView, public Themed {
    Q_OBJECT
  public:
    explicit ColumnList(ColumnModel* model, QWidget* parent = nullptr);

    /// Shows only the names that hold this text.
    void setSearch(const QString& text);
    [[nodiscard]] int shownCount() const;
    /// Model row under the keyboard, -1 for none.
    [[nodiscard]] int currentRow() const;

    /// What a click at this point of the viewport would change.
    enum class Part { None, Use, Target, Type };
    [[nodiscard]] Part partAt(const QPoint& point) const;

    void setTheme(const Theme& theme) override;

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool viewportEvent(QEvent* event) override;

  private:
    void change(int row, Part part);
    [[nodiscard]] int modelRow(const QModelIndex& shown) const;

    Theme m_theme = Theme::light();
    ColumnModel* m_columns;
    QSortFilterProxyModel* m_shown;
    QWidget* m_heading;
};

} // namespace orrery
