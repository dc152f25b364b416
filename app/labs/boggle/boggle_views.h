// The pictures of the Boggle lab and the links between them: a word that is chosen in the list is shown on
// the board.
#pragma once

#include "app/lab/view_shelf.h"
#include "app/labs/boggle/boggle_pictures.h"
#include "app/labs/boggle/views/speedup_view.h"

#include <QObject>
#include <QPointer>

namespace orrery::boggleview {
class BoardStage;
class GanttView;
class ScoreView;
class TrieView;
class WordList;
} // namespace orrery::boggleview

namespace orrery {

class NumberTable;
class Trace;

class BoggleViews final : public QObject {
    Q_OBJECT
  public:
    explicit BoggleViews(QObject* parent = nullptr);

    /// Main card first.
    [[nodiscard]] std::vector<StageView> arrangement(const BoggleKnobs& knobs) const;
    [[nodiscard]] QString subtitleOf(const QString& viewId) const;

    void beginRun(const BoggleRun& run);
    void showState(const BoggleRun& run, const BoggleRunSolver::State& state);
    void showTotals(const std::vector<EngineTotals>& totals);
    void showTimings(const std::vector<boggleview::ThreadTiming>& timings, int wanted);
    void showScores(const std::shared_ptr<const Trace>& trace, std::int64_t now);
    void highlightMark(const QString& mark);
    /// −1 for none.
    void chooseWord(int word);

  Q_SIGNALS:
    void tileTyped(int cell, QChar letter);
    void stepRequested(std::int64_t step);
    void subtitlesChanged();

  private:
    void showSearch(const BoggleRun& run, const boggle::BoardSearch::State& state);
    void showReplay(const BoggleRun& run, const ParallelReplay::State& state);
    void showBest(const BoggleRun& run, const boggle::BestBoard::State& state);
    void paintSearchBoard();
    void fillTotals();

    QPointer<boggleview::BoardStage> m_search, m_crew, m_hand, m_best;
    QPointer<boggleview::TrieView> m_trie;
    QPointer<boggleview::WordList> m_words;
    QPointer<NumberTable> m_counters;
    QPointer<boggleview::GanttView> m_gantt;
    QPointer<boggleview::SpeedupView> m_speedup, m_efficiency;
    QPointer<boggleview::ScoreView> m_score;

    SearchMoment m_moment;
    std::vector<EngineTotals> m_totals;
    boggle::DictionaryKind m_kind = boggle::DictionaryKind::Trie;
    boggle::SearchCounters m_now;
    std::map<QString, QString> m_subtitles;
    ViewShelf m_shelf;
};

} // namespace orrery
