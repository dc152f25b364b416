// The map of C × γ: out-of-sample error or the number of support vectors, cell by cell as they are computed.
// The best cell is ringed, the machine that is shown stands in brass. A click takes a cell's C and γ, Return
// those of the best.
#pragma once

#include "widgets/plot/plot.h"

namespace orrery::svmview {

struct GridPicture {
    std::vector<double> cs, gammas; ///< ascending, equally far apart in the logarithm
    std::vector<double> values;     ///< at gamma · cs.size() + c; NaN: not computed yet
    std::optional<std::pair<std::size_t, std::size_t>> best; ///< cell of c and γ with the least error
    bool isPercent = true;
    bool lowIsGood = true;
    bool usesGamma = true; ///< false: one row
    QString quantity;      ///< "error out of sample"
};

class GridView final : public Plot {
    Q_OBJECT

  public:
    explicit GridView(QWidget* parent = nullptr);
    void setPicture(GridPicture picture);
    void setNow(double c, double gamma);
    void setPlaceholderSentence(const QString& sentence);
    [[nodiscard]] const GridPicture& picture() const { return m_picture; }
    [[nodiscard]] QString summary() const;

  Q_SIGNALS:
    void cellChosen(double c, double gamma);

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void paintCells(QPainter& painter) const;
    void paintNow(QPainter& painter) const;
    void choose(std::size_t c, std::size_t gamma);
    [[nodiscard]] QRectF cellRect(std::size_t c, std::size_t gamma) const;
    [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> cellAt(QPointF pixel) const;
    [[nodiscard]] double valueAt(std::size_t c, std::size_t gamma) const;
    [[nodiscard]] QString textOf(double value, int decimals) const;
    [[nodiscard]] std::optional<Readout> readoutAt(QPointF pixel) const;

    GridPicture m_picture;
    QString m_nothing;
    double m_c = 1.0, m_gamma = 1.0;
};

} // namespace orrery::svmview
