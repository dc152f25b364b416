#include "app/labs/svm/svm_likelihood.h"

#include "core/svm/multiclass.h"
#include "core/svm/probability.h"

#include <algorithm>

namespace orrery {

Expected<SvmLikelihood> SvmLikelihood::fitted(const SvmRun& run, const QString& method, quint64 seed,
                                              Progress& progress) {
    SvmLikelihood likelihood;
    likelihood.m_pairs = pairsOf(run);
    for (const auto& [first, second] : likelihood.m_pairs)
        for (const int label : {first, second})
            likelihood.m_classes.push_back(label);
    std::sort(likelihood.m_classes.begin(), likelihood.m_classes.end());
    likelihood.m_classes.erase(std::unique(likelihood.m_classes.begin(), likelihood.m_classes.end()),
                               likelihood.m_classes.end());
    svm::ProbabilityOptions options;
    options.seed = seed;
    for (const SvmMachine& machine : run.machines) {
        auto fit = svm::fitProbabilities(*machine.problem, options, progress);
        if (!fit) return tl::unexpected(fit.error());
        likelihood.m_maps.push_back(method == u"isotonic" ? fit->isotonic : fit->platt);
    }
    return likelihood;
}

SvmLikelihood::Pairs SvmLikelihood::pairsOf(const SvmRun& run) {
    Pairs pairs;
    for (const SvmMachine& machine : run.machines)
        pairs.emplace_back(machine.first, machine.second);
    return pairs;
}

bool SvmLikelihood::isFor(const SvmRun& run) const {
    return m_pairs == pairsOf(run);
}

SvmLikelihood::Chances SvmLikelihood::ofDecisions(std::span<const double> decisions) const {
    const auto placeOf = [this](int label) {
        return std::lower_bound(m_classes.begin(), m_classes.end(), label) - m_classes.begin();
    };
    const auto k = static_cast<Eigen::Index>(m_classes.size());
    Eigen::MatrixXd between = Eigen::MatrixXd::Zero(k, k);
    for (std::size_t m = 0; m < m_pairs.size(); ++m) {
        const auto a = placeOf(m_pairs[m].first), b = placeOf(m_pairs[m].second);
        between(a, b) = calibration::probability(m_maps[m], decisions[m]);
        between(b, a) = 1.0 - between(a, b);
    }
    const Eigen::VectorXd coupled = svm::coupledProbabilities(between);
    Chances chances{};
    for (Eigen::Index c = 0; c < k; ++c)
        chances[static_cast<std::size_t>(m_classes[static_cast<std::size_t>(c)])] = coupled[c];
    return chances;
}

} // namespace orrery
