// Paints one line of the column list, and says where its parts are. For column_list.cpp.
#pragma once

#include "widgets/data/column_model.h"
#include "widgets/theme/theme.h"

#include <QStyledItemDelegate>

namespace orrery {

/// The parts of a line of the given rectangle, from left to right. The heading uses the same ones.
struct ColumnLine {
    QRectF box, name, target, type, missing, minimum, mean, maximum, histogram;
    [[nodiscard]] QRectF values() const { return minimum.united(maximum); }
    [[nodiscard]] static ColumnLine of(const QRectF& line, const Theme& theme);
};

class ColumnDelegate final : public QStyledItemDelegate {
  public:
    ColumnDelegate(const ColumnModel* columns, QObject* parent)
        : QStyledItemDelegate(parent), m_columns(columns) {}
    void setTheme(const Theme& theme) { m_theme = theme; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

  private:
    void paintBox(QPainter& painter, const QRectF& where, bool used) const;
    void paintName(QPainter& painter, const ColumnLine& line, int row, bool hovered) const;
    void paintType(QPainter& painter, const QRectF& where, int row) const;
    void paintValues(QPainter& painter, const ColumnLine& line, int row) const;
    void paintHistogram(QPainter& painter, const QRectF& where, int row) const;

    const ColumnModel* m_columns;
    Theme m_theme = Theme::light();
};

/// The model row behind an index of the list's filtered view.
[[nodiscard]] int columnRow(const QModelIndex& shown);

} // namespace orrery
