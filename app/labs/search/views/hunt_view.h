// The hunt for a counterexample: random trees one by one, then the smallest one that fails beside the
// candidate that is tried, and all candidates of the round as a row.
#pragma once

#include "app/labs/search/search_pictures.h"
#include "widgets/graph/graph_view.h"

namespace orrery {

class HuntView final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit HuntView(QWidget* parent = nullptr);

    void showState(const SearchRun& run, const SearchRunSolver::HuntState& state, bool isAtEnd);
    [[nodiscard]] QString summary() const { return m_summary; }
    [[nodiscard]] const TokenStrip* strip() const { return m_strip; }
    [[nodiscard]] QString verdict(std::size_t side) const { return m_sides[side].verdict; }

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    struct Side {
        QString heading, verdict;
        GraphView* graph = nullptr;
        bool isShown = false;
        bool isFailing = false; ///< the case breaks the property
    };
    void place();
    void show(std::size_t side, const QString& heading, const search::TreeCase& treeCase,
              search::Operator branches);
    void showCase(const SearchRun& run, const SearchRunSolver::HuntState& state);
    void showShrinking(const SearchRun& run, const search::ShrinkState<search::TreeCase>& state,
                       bool isAtEnd);
    void paintSide(QPainter& painter, const Side& side) const;

    Theme m_theme = Theme::light();
    std::array<Side, 2> m_sides;
    TokenStrip* m_strip;
    QString m_summary;
};

/// Every case that failed, from the first to the smallest: small multiples.
class ChainView final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit ChainView(QWidget* parent = nullptr);
    void setCases(const std::vector<search::TreeCase>& cases, search::Operator branches);
    [[nodiscard]] std::size_t count() const { return m_pictures.size(); }
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Theme m_theme = Theme::light();
    std::vector<GraphPicture> m_pictures;
    std::vector<QString> m_captions;
};

} // namespace orrery
