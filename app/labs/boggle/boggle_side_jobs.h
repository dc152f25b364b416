// What the Boggle lab computes beside the run: the whole board by all three kinds of dictionary, and a
// parallel search on more and more threads. Newest request wins.
#pragma once

#include "app/lab/side_job_group.h"
#include "app/labs/boggle/boggle_pictures.h"
#include "app/labs/boggle/views/speedup_view.h"

namespace orrery {

class BoggleSideJobs final : public SideJobGroup {
    Q_OBJECT
  public:
    explicit BoggleSideJobs(QObject* parent = nullptr);

    using RunPointer = std::shared_ptr<const BoggleRun>;
    /// Trie and automaton at once, the hash set when its millions of paths have been walked.
    void count(const RunPointer& run);
    /// 1, 2, 4, 8, … threads up to those of the run, one after the other.
    void measureThreads(const RunPointer& run);

  Q_SIGNALS:
    void counted(std::shared_ptr<const orrery::BoggleRun> run,
                 const std::vector<orrery::EngineTotals>& totals);
    void measured(std::shared_ptr<const orrery::BoggleRun> run,
                  const std::vector<orrery::boggleview::ThreadTiming>& timings);

  private:
    SideJob m_counters, m_threads;
};

} // namespace orrery
