// The program under test and the property, as a functional language states them; the operator that the
// mutation changes is a switch.
#pragma once

#include "core/search/recursive_search.h"
#include "widgets/theme/theme.h"

#include <QWidget>

namespace orrery {

class PropertyCode final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit PropertyCode(QWidget* parent = nullptr);
    void setOperator(search::Operator branches);
    [[nodiscard]] QRectF operatorRect() const { return m_switch; }

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void operatorToggled();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void place();
    [[nodiscard]] QFont font() const;

    Theme m_theme = Theme::light();
    search::Operator m_branches = search::Operator::Or;
    double m_size = 13.0; ///< pixels of the type, so that the longest line fits
    QRectF m_switch;
};

} // namespace orrery
