// "Why this step": the sentence, the formula with this step's numbers in it, the afterword.
//
// The formula stands on a soft brass ground, its result in bold brass. A term that knows a mark of the plot
// tells when the pointer is on it. A long formula wraps between its terms.
#pragma once

#include "widgets/narration/narration.h"
#include "widgets/theme/theme.h"

#include <QWidget>

namespace orrery {

class WhyPanel final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit WhyPanel(QWidget* parent = nullptr);

    void setNarration(const Narration& narration);
    [[nodiscard]] const Narration& narration() const { return m_narration; }
    /// The whole of it as one line of plain text.
    [[nodiscard]] QString plainText() const;

    void setTheme(const Theme& theme) override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {m_theme.px(160), heightForWidth(m_theme.px(288))}; }
    /// Where a term of the formula is drawn; empty for none.
    [[nodiscard]] QRectF termRect(std::size_t term) const;

  Q_SIGNALS:
    /// The mark under the pointer; empty when there is none any more.
    void termHovered(const QString& mark);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    struct Placed {
        QPointF base; ///< left end of the baseline
        double width = 0;
        QRectF box;
    };
    struct Layout {
        QRectF sentence, formula, afterword;
        std::vector<Placed> terms; ///< one a term
        double height = 0;
    };
    [[nodiscard]] Layout arranged(double width) const;
    void arrangeFormula(Layout& layout, double width, double top) const;
    [[nodiscard]] QFont termFont(const FormulaTerm& term) const;
    [[nodiscard]] QFont subscriptFont(const FormulaTerm& term) const;
    void hover(const QString& mark);

    Theme m_theme = Theme::light();
    Narration m_narration;
    Layout m_layout;
    QString m_hovered;
};

} // namespace orrery
