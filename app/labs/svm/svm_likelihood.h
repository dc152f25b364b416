// From decisions to the probabilities of the classes: a map a machine, fitted on decisions out of sample, and
// of several machines their coupling.
#pragma once

#include "app/labs/svm/svm_run.h"
#include "core/calibration/calibrators.h"
#include "core/support/progress.h"

#include <array>

namespace orrery {

class SvmLikelihood {
  public:
    using Chances = std::array<double, kMostClasses + 1>; ///< by class; those not in use have none

    /// `method`: "platt" or "isotonic". Fails with a sentence, and with Cancelled.
    [[nodiscard]] static Expected<SvmLikelihood> fitted(const SvmRun& run, const QString& method,
                                                        quint64 seed, Progress& progress);

    /// Whether it is of machines between the same classes.
    [[nodiscard]] bool isFor(const SvmRun& run) const;
    /// Of the class of f > 0, of the only machine.
    [[nodiscard]] double ofDecision(double f) const { return calibration::probability(m_maps.front(), f); }
    /// decisions: one a machine.
    [[nodiscard]] Chances ofDecisions(std::span<const double> decisions) const;

  private:
    using Pairs = std::vector<std::pair<int, int>>;
    [[nodiscard]] static Pairs pairsOf(const SvmRun& run);

    Pairs m_pairs;              ///< of classes, as places among m_classes
    std::vector<int> m_classes; ///< in use, ascending
    std::vector<calibration::CalibrationMap> m_maps;
};
using SvmLikelihoodPointer = std::shared_ptr<const SvmLikelihood>;

} // namespace orrery
