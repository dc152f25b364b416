// One run of the Boggle lab: a board and a dictionary, and the solver that the session plays: the search, the
// record of a parallel one, or the way to a best board.
#pragma once

#include "app/labs/boggle/boggle_parameters.h"
#include "app/labs/boggle/parallel_replay.h"
#include "core/boggle/best_board.h"
#include "core/boggle/board_search.h"

#include <mutex>
#include <variant>

namespace orrery {

/// A dictionary that is loaded, and what it is called.
struct NamedLexicon {
    std::shared_ptr<const boggle::Lexicon> lexicon;
    QString name;
    QString remark; ///< why it is another than was asked for; mostly empty
};

/// All that the views need besides the solver's state. Immutable.
struct BoggleRun {
    NamedLexicon words;
    std::shared_ptr<const boggle::SearchProblem> problem; ///< in the view “best”: of the first board
    boggle::DictionaryKind kind = boggle::DictionaryKind::Trie;
    std::shared_ptr<const ParallelRecord> record; ///< in the view “parallel”
    std::optional<boggle::BestBoardOptions> best; ///< in the view “best”
    QString boardName;                            ///< "New dice (1987)"

    [[nodiscard]] const boggle::Lexicon& lexicon() const { return *words.lexicon; }
};

/// The session's solver.
class BoggleRunSolver {
  public:
    using State = std::variant<boggle::BoardSearch::State, ParallelReplay::State, boggle::BestBoard::State>;

    explicit BoggleRunSolver(std::shared_ptr<const BoggleRun> run);

    [[nodiscard]] StepResult step();
    [[nodiscard]] AdvanceResult advance(std::int64_t limit);
    [[nodiscard]] State state() const;
    void restore(const State& state);
    [[nodiscard]] static std::vector<TraceColumn> traceColumns();
    void traceRow(std::span<double> row) const;
    [[nodiscard]] const std::shared_ptr<const BoggleRun>& problem() const { return m_run; }

  private:
    std::variant<boggle::BoardSearch, ParallelReplay, boggle::BestBoard> m_solver;
    std::shared_ptr<const BoggleRun> m_run;
};

/// Makes runs on the session's thread; keeps the last dictionary, so that another board costs no reading.
class BoggleRunMaker {
  public:
    /// `progress` stops a parallel search that is being measured. One sentence when there is no run.
    [[nodiscard]] Expected<BoggleRunSolver> make(const BoggleKnobs& knobs, quint64 seed, Progress& progress);

  private:
    [[nodiscard]] Expected<NamedLexicon> lexiconOf(const BoggleKnobs& knobs);

    std::mutex m_mutex;
    std::optional<decltype(BoggleKnobs().lexiconKey())> m_key;
    NamedLexicon m_lexicon;
};

/// Reads a word list; any thread. Refuses one of which no word is left.
[[nodiscard]] Expected<boggle::Dictionary> wordListOf(const QString& path, int minimumLength);

} // namespace orrery
