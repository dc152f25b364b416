// What an import will give, worked out on a worker thread after each change of the choices, and said in
// words.
#pragma once

#include "core/data/dataset.h"
#include "core/session/latest_job.h"

#include <QObject>
#include <QTimer>
#include <functional>

namespace orrery {

struct ImportOutcome {
    std::size_t passing = 0;  ///< rows that pass the filter
    std::size_t rows = 0;     ///< rows in the end
    std::size_t features = 0; ///< columns of the design: a category gives several
    std::size_t dropped = 0;  ///< for missing values
    QString target;
    std::size_t targetLevels = 0; ///< 0 for a number
    QString filterProblem; ///< one sentence with the position in the filter; the rest is then of no use
    QString problem;       ///< one sentence: nothing can be made from these choices

    [[nodiscard]] bool isSound() const { return filterProblem.isEmpty() && problem.isEmpty(); }
};

/// May take long.
[[nodiscard]] ImportOutcome outcomeOf(const data::Dataset& dataset,
                                      const std::function<Expected<void>(const data::Dataset&)>& usable = {});

/// "442 rows × 10 features, 3 rows dropped for missing values, target progression, scaling: standardised (a
/// parameter of the lab)".
[[nodiscard]] QString outcomeText(const ImportOutcome& outcome, const data::Dataset& dataset);

class OutcomeWatch final : public QObject {
    Q_OBJECT
  public:
    explicit OutcomeWatch(QObject* parent = nullptr);
    void setUsable(std::function<Expected<void>(const data::Dataset&)> usable) {
        m_usable = std::move(usable);
    }
    /// Replaces what is still being worked out.
    void setDataset(const data::Dataset& dataset);
    void clear();
    /// Nothing newer is on its way.
    [[nodiscard]] bool isSettled() const { return m_settled; }

  Q_SIGNALS:
    void worked(const orrery::ImportOutcome& outcome);

  private:
    void start();

    data::Dataset m_dataset;
    std::function<Expected<void>(const data::Dataset&)> m_usable;
    QTimer m_pause; ///< typing does not start a job a key
    int m_generation = 0;
    bool m_settled = true;
    LatestJob m_job; ///< last: its thread has ended before the rest goes
};

} // namespace orrery
