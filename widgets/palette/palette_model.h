// The rows of the palette, best match first, and how one is drawn.
#pragma once

#include "widgets/palette/command_palette.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace orrery {

struct PaletteRow {
    const PaletteEntry* entry = nullptr;
    FuzzyMatch match; ///< in the title
};

class PaletteModel final : public QAbstractListModel {
    Q_OBJECT
  public:
    using QAbstractListModel::QAbstractListModel;

    /// `entries` stay where they are while they are shown.
    void show(const std::vector<PaletteEntry>& entries, const QString& query);
    [[nodiscard]] const PaletteRow& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

  private:
    std::vector<PaletteRow> m_rows;
};

class PaletteDelegate final : public QStyledItemDelegate {
    Q_OBJECT
  public:
    PaletteDelegate(PaletteModel* model, QObject* parent) : QStyledItemDelegate(parent), m_model(model) {}

    void setTheme(const Theme& theme) { m_theme = theme; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {m_theme.px(300), m_theme.px(38)};
    }

  private:
    /// The title with its matched letters in bold accent; returns the x after it.
    double paintTitle(QPainter& painter, const PaletteRow& row, const QRectF& box) const;

    PaletteModel* m_model;
    Theme m_theme = Theme::light();
};

} // namespace orrery
