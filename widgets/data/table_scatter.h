// A tiny picture of a table: two numbers against each other by class where there is a class, else the target
// over the first feature.
#pragma once

#include "core/data/table.h"
#include "widgets/theme/theme.h"

#include <QPolygonF>
#include <QWidget>
#include <memory>

namespace orrery {

/// What is drawn: worked out where the table is made, not while painting.
struct ScatterPicture {
    QPolygonF points;
    std::vector<int> classes; ///< a point each; empty without a class
    QStringList levels;
    QString xName, yName;
};

/// At most `most` rows, evenly spread over the table. Empty where there are not two columns to show.
[[nodiscard]] ScatterPicture scatterOf(const data::Table& table, const QString& target,
                                       std::size_t most = 1500);

class TableScatter final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit TableScatter(QWidget* parent = nullptr);
    void setPicture(ScatterPicture picture);
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override { return {m_theme.px(420), m_theme.px(360)}; }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void paintAxes(QPainter& painter, const QRectF& area) const;
    void paintPoints(QPainter& painter, const QRectF& area) const;
    void paintKey(QPainter& painter, const QRectF& area) const;
    [[nodiscard]] bool isPlane() const { return !m_picture.classes.empty(); }

    Theme m_theme = Theme::light();
    ScatterPicture m_picture;
    QRectF m_extent;
};

} // namespace orrery
