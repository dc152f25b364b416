// The kernel matrix, points ordered by class, and its eigenvalues below it, largest first. A kernel that is
// no inner product shows here: negative eigenvalues are crosses in the colour of failure.
#pragma once

#include "widgets/plot/plot.h"

#include <QImage>
#include <QWidget>
#include <memory>

namespace orrery::svmview {

struct MatrixPicture {
    int size = 0;
    std::vector<double> values;      ///< size × size
    std::vector<int> classSizes;     ///< of the classes in their order
    std::vector<double> eigenvalues; ///< descending; empty: not computed yet
    bool indefinite = false;
    std::size_t points = 0; ///< of the run; more than `size` where it is a sample
};

class SpectrumPlot;

class MatrixView final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit MatrixView(QWidget* parent = nullptr);
    void setPicture(std::shared_ptr<const MatrixPicture> picture);
    [[nodiscard]] const MatrixPicture* picture() const { return m_picture.get(); }
    [[nodiscard]] QString summary() const;
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void place();
    [[nodiscard]] QRectF matrixRect() const;
    [[nodiscard]] QColor colorOf(double value) const;
    void paintMatrix(QPainter& painter, const QRectF& where);
    void paintCells(QPainter& painter, const QRectF& where) const;
    void paintClasses(QPainter& painter, const QRectF& where) const;

    Theme m_theme = Theme::light();
    std::shared_ptr<const MatrixPicture> m_picture;
    QImage m_image;
    double m_largest = 1.0;
    SpectrumPlot* m_spectrum;
};

/// The eigenvalues in size over their rank.
class SpectrumPlot final : public Plot {
    Q_OBJECT

  public:
    explicit SpectrumPlot(QWidget* parent = nullptr);
    void setPicture(std::shared_ptr<const MatrixPicture> picture);

  private:
    void paintValues(QPainter& painter) const;
    std::shared_ptr<const MatrixPicture> m_picture;
    double m_least = 1e-12; ///< that is drawn, of the largest
};

} // namespace orrery::svmview
