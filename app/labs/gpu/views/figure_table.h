// Rows of figures: layers, devices. A mark and a name at the left, figures in mono at the right, one of them
// with a bar below it. Click a head to sort by it; a row can be pointed at and chosen, also from elsewhere.
//
// A column of figures is as wide as its widest figure, so that none is ever cut; where there is no room for
// all of them, the ones that can be spared are left out.
#pragma once

#include "widgets/theme/theme.h"

#include <QAbstractScrollArea>
#include <vector>

namespace orrery::panel {

struct FigureColumn {
    QString title;
    bool isWords = false; ///< set left in the words' face; the first column
    int spare = 0;        ///< left out where there is no room, the highest first; 0: never
};

struct FigureCell {
    QString text;
    double value = 0.0; ///< to sort by
    double bar = -1.0;  ///< share of a bar below; negative: none
};

struct FigureRow {
    int category = -1; ///< mark before the first cell; −1: none
    std::vector<FigureCell> cells;
};

class FigureTable final : public QAbstractScrollArea, public Themed {
    Q_OBJECT

  public:
    explicit FigureTable(QWidget* parent = nullptr);
    void setTable(std::vector<FigureColumn> columns, std::vector<FigureRow> rows);
    void setPlaceholder(const QString& sentence);
    /// −1: in the order of the rows.
    void sortBy(int column, bool descending);
    void setHovered(int row);
    void setChosen(int row); ///< scrolls there
    [[nodiscard]] const std::vector<FigureRow>& rows() const { return m_rows; }
    /// Row that stands at this place from above.
    [[nodiscard]] QStringList shownColumns() const; ///< their heads
    [[nodiscard]] int rowAtPlace(int place) const { return m_order[static_cast<std::size_t>(place)]; }

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void rowHovered(int row);
    void rowChosen(int row);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;

  private:
    void arrange();
    void placeColumns();
    [[nodiscard]] double naturalWidth(std::size_t column) const;
    [[nodiscard]] bool isLeftOut(std::size_t column) const { return m_widths[column] <= 0; }
    [[nodiscard]] QString headOf(std::size_t column) const;
    void paintHead(QPainter& painter) const;
    void paintRow(QPainter& painter, int row, const QRectF& where) const;
    [[nodiscard]] QRectF cellRect(std::size_t column, const QRectF& row) const;
    [[nodiscard]] int rowAt(QPointF pixel) const;
    [[nodiscard]] int columnAt(double x) const;
    [[nodiscard]] int rowHeight() const { return m_theme.px(26); }
    [[nodiscard]] int headHeight() const { return m_theme.px(28); }

    Theme m_theme = Theme::light();
    std::vector<FigureColumn> m_columns;
    std::vector<FigureRow> m_rows;
    std::vector<int> m_order;
    std::vector<double> m_lefts, m_widths; ///< of the columns; a width of 0: left out
    QString m_placeholder;
    int m_sorted = -1;
    bool m_descending = true;
    int m_hovered = -1, m_chosen = -1;
};

} // namespace orrery::panel
