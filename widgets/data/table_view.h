// The rows of a data set: names and types above, row numbers as in the file at the left, brushed rows on a
// brass ground with a bar at the edge.
#pragma once

#include "widgets/data/table_model.h"

#include <QHeaderView>
#include <QTableView>

namespace orrery {

/// Name in ink, type beneath it in small.
class TableHeader final : public QHeaderView, public Themed {
    Q_OBJECT
  public:
    explicit TableHeader(QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;

  private:
    Theme m_theme = Theme::light();
};

/// Row numbers in small mono, right-aligned.
class RowNumbers final : public QHeaderView, public Themed {
    Q_OBJECT
  public:
    explicit RowNumbers(QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override;

  protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;

  private:
    Theme m_theme = Theme::light();
};

class TableView final : public QTableView, public Themed {
    Q_OBJECT
  public:
    explicit TableView(QWidget* parent = nullptr);

    void setTable(std::shared_ptr<const data::Table> table,
                  std::shared_ptr<const std::vector<std::size_t>> rows = {});
    void setTarget(const QString& name);
    [[nodiscard]] TableModel* tableModel() const { return m_model; }
    /// Table rows brushed in another view; scrolls to the first where none of them is in sight.
    void setHighlightedRows(const std::vector<int>& tableRows);
    /// A preview shows rows and lets none be selected.
    void setSelectable(bool selectable);

    void setTheme(const Theme& theme) override;

  Q_SIGNALS:
    /// Table rows, ascending; empty when the selection was given up.
    void rowsSelected(std::vector<int> tableRows);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void fitColumns();
    void announceSelection();
    [[nodiscard]] int fittingWidth(int column) const;

    Theme m_theme = Theme::light();
    TableModel* m_model;
};

} // namespace orrery
