// The coefficients at the line: a lollipop a row, named. What does not fit is said in one sentence.
#pragma once

#include "widgets/plot/plot.h"

namespace orrery::lasso {

struct Coefficient {
    int column = -1;
    QString name;
    double value = 0.0;
    int category = -1; ///< −1: context
};

enum class CoefficientOrder { Size, Column };

class CoefficientView final : public Plot {
    Q_OBJECT

  public:
    explicit CoefficientView(QWidget* parent = nullptr);
    /// The non-zero ones (or all of a small problem).
    void setCoefficients(std::vector<Coefficient> coefficients);
    void setOrder(CoefficientOrder order);
    void setHighlightedColumn(int column);
    /// "and 17 smaller, none above 0.31"; empty when all are shown.
    [[nodiscard]] QString rest() const;

  Q_SIGNALS:
    void coefficientHovered(int column); ///< −1: none
    void coefficientClicked(int column);

  protected:
    void arrange() override;

  private:
    void sort();
    void paintRows(QPainter& painter) const;
    [[nodiscard]] int rowAt(QPointF pixel) const;

    std::vector<Coefficient> m_all;   ///< as given
    std::vector<Coefficient> m_shown; ///< top row first
    CoefficientOrder m_order = CoefficientOrder::Size;
    int m_highlighted = -1, m_hovered = -1;
};

} // namespace orrery::lasso
