// The stage: one main card (the picture) and up to three more, in one of a few named arrangements.
//
// Gutters 24 px, margins 28 px. The main card takes 62 % of the width and is never narrower than the
// inspector (336 px). Below a width threshold the side cards stack below the main one, and the stage scrolls;
// in presentation one card fills it: the main one or the enlarged one.
#pragma once

#include "widgets/frame/card.h"

#include <QScrollArea>
#include <vector>

namespace orrery {

enum class Arrangement {
    MainAndSide, ///< main at left, the others stacked at its right: "main and side"
    MainOverStrip, ///< as above, the last card a strip below the main one: "main over strip"
    Columns,     ///< equal columns: "columns"
    MainOnly,    ///< the main card alone: "main only"
};

[[nodiscard]] QString arrangementName(Arrangement arrangement);
[[nodiscard]] std::optional<Arrangement> arrangementNamed(const QString& name);

class StageLayout final : public QScrollArea, public Themed {
    Q_OBJECT
  public:
    explicit StageLayout(QWidget* parent = nullptr);

    /// First the main one. Takes ownership; earlier cards are deleted.
    void setCards(const std::vector<Card*>& cards, Arrangement arrangement = Arrangement::MainAndSide);
    [[nodiscard]] const std::vector<Card*>& cards() const { return m_cards; }
    void setArrangement(Arrangement arrangement);
    [[nodiscard]] Arrangement arrangement() const { return m_arrangement; }
    /// Shares of the height among the cards at the right; equal when not given.
    void setSideShares(const std::vector<double>& shares);
    /// This card alone fills the stage; −1 goes back.
    void setEnlarged(int card);
    [[nodiscard]] int enlarged() const { return m_enlarged; }
    [[nodiscard]] bool isStacked() const { return m_stacked; }

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override { return {1200, 800}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {m_theme.px(392), m_theme.px(320)}; }

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void place();
    void placeSide(const std::vector<Card*>& side, QRect area);
    void placeStacked(QRect area);
    void placeColumns(QRect area);
    void showOnly(const std::vector<Card*>& shown);

    Theme m_theme = Theme::light();
    QWidget* m_canvas;
    std::vector<Card*> m_cards;
    std::vector<double> m_shares;
    Arrangement m_arrangement = Arrangement::MainAndSide;
    int m_enlarged = -1;
    bool m_stacked = false;
};

} // namespace orrery
