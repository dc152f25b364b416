// The pictures of the search lab and the links between them.
#pragma once

#include "app/lab/view_shelf.h"
#include "app/labs/search/search_pictures.h"

#include <QObject>
#include <QPointer>

namespace orrery {

class BesideView;
class ChainView;
class HuntView;
class PropertyCode;
class SearchPanel;

class SearchViews final : public QObject {
    Q_OBJECT
  public:
    explicit SearchViews(QObject* parent = nullptr);

    /// Main card first.
    [[nodiscard]] std::vector<StageView> arrangement(const SearchKnobs& knobs) const;
    [[nodiscard]] QString subtitleOf(const QString& viewId) const;
    void showState(const std::shared_ptr<const SearchRun>& run, const SearchRunSolver::State& state,
                   const TransportState& transport);
    void highlightMark(const QString& mark);

  Q_SIGNALS:
    void nodeClicked(int node, Qt::KeyboardModifiers modifiers);
    void addRequested(int node);
    void removeRequested(int node);
    void wallsDrawn(const std::vector<int>& cells, bool isWall);
    void operatorToggled();

  private:
    void link(SearchPanel* panel);
    void showSearches(const std::shared_ptr<const SearchRun>& run, const SearchesState& states,
                      std::int64_t index, bool animate);
    void showHunt(const SearchRun& run, const SearchRunSolver::HuntState& state, bool isAtEnd);

    QPointer<SearchPanel> m_search;
    QPointer<BesideView> m_beside;
    QPointer<TokenStrip> m_order;
    QPointer<NumberTable> m_counters;
    QPointer<HuntView> m_hunt;
    QPointer<ChainView> m_chain;
    QPointer<PropertyCode> m_code;
    QString m_structureWords, m_orderWords, m_chainWords, m_codeWords;
    int m_taken = -1; ///< node of this step
    ViewShelf m_shelf;
};

} // namespace orrery
