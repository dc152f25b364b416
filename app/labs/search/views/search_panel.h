// One search on the screen: its tree or maze, and below it the queue or stack that makes it what it is.
#pragma once

#include "app/labs/search/search_pictures.h"
#include "widgets/graph/graph_view.h"

#include <QWidget>

namespace orrery {

class SearchPanel final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit SearchPanel(QWidget* parent = nullptr);

    /// `heading` stands above it; empty: none.
    void showState(std::shared_ptr<const SearchRun> run, const SearchState& state,
                   search::SearchMethod method, const QString& heading, bool animate);
    void setMarked(int node);                                ///< pointed at elsewhere; −1: none
    void setLegendShown(bool shown) { m_hasLegend = shown; } ///< from the next state on
    [[nodiscard]] GraphView* graph() const { return m_graph; }
    [[nodiscard]] GridView* grid() const { return m_grid; }
    [[nodiscard]] TokenStrip* strip() const { return m_strip; }

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void nodeHovered(int node); ///< −1: none
    void nodeClicked(int node, Qt::KeyboardModifiers modifiers);
    void addRequested(int node);
    void removeRequested(int node);
    void wallsDrawn(const std::vector<int>& cells, bool isWall);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void link();
    void place();
    void openMenu(int node, QPoint globalPosition);
    [[nodiscard]] bool isMaze() const { return m_run && m_run->knobs.isMaze; }

    Theme m_theme = Theme::light();
    std::shared_ptr<const SearchRun> m_run;
    SearchState m_state;
    QString m_heading;
    bool m_hasLegend = true;
    std::vector<std::uint32_t> m_waiting; ///< nodes of the strip's tokens
    GraphView* m_graph;
    GridView* m_grid;
    TokenStrip* m_strip;
};

} // namespace orrery
