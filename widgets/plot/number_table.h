// A card of numbers: columns with a mark and a name, rows with a label, a figure a cell and a bar below it.
#pragma once

#include "widgets/theme/theme.h"

#include <QWidget>
#include <vector>

namespace orrery {

struct FigureCell {
    QString text;        ///< empty: "–"
    double share = -1.0; ///< of the bar, 0 … 1; negative: no bar
    double reach = -1.0; ///< pale bar behind it: where it will end
    bool isBest = false; ///< set bold
};

struct FigureColumn {
    QString name;
    int category = 0;   ///< colour and shape; −1: none
    bool isNow = false; ///< in brass: the one that is being played
};

struct FigureRow {
    QString label;
    QString hint; ///< in the third ink, beside the label
    std::vector<FigureCell> cells;
    bool isLight = false; ///< a part of the row above
    bool isExtra = false; ///< left out where the card is too low for all
};

class NumberTable final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit NumberTable(QWidget* parent = nullptr);
    void setTable(std::vector<FigureColumn> columns, std::vector<FigureRow> rows);
    void setPlaceholder(const QString& sentence);
    [[nodiscard]] const std::vector<FigureRow>& rows() const { return m_rows; }
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void paintHead(QPainter& painter, double height) const;
    void paintRow(QPainter& painter, const FigureRow& row, QRectF where) const;
    void paintCell(QPainter& painter, const FigureCell& cell, const FigureColumn& column, QRectF where,
                   bool light) const;
    [[nodiscard]] double figureSize(double rowHeight) const;
    [[nodiscard]] std::vector<const FigureRow*> shownRows(double room) const;
    [[nodiscard]] double labelWidth() const;
    [[nodiscard]] QRectF cellRect(std::size_t column, const QRectF& row) const;

    Theme m_theme = Theme::light();
    std::vector<FigureColumn> m_columns;
    std::vector<FigureRow> m_rows;
    QString m_placeholder;
    double m_figureSize = 12.5; ///< of the type, while painting
};

} // namespace orrery
