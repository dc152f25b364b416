#include "app/labs/lasso/lasso_run.h"

namespace orrery {

namespace {

Expected<data::Design> regressionDesign(const data::Dataset& dataset) {
    const data::Table& table = *dataset.table;
    if (table.columnCount() < 2) return fail("“" + table.name + "” has one column; a path needs a target and at least one feature.");
    auto design = data::designOf(dataset);
    if (!design) return design;
    if (!design->targetLevels.empty() && design->targetLevels.size() != 2)
        return fail("The target “" + design->targetName + "” has " + std::to_string(design->targetLevels.size()) +
                    " levels; a regression needs a number, or two levels.");
    if (design->y.size() < 2)
        return fail("“" + table.name + "” has fewer than two rows without gaps; a path needs more.");
    return design;
}

} // namespace

Expected<void> usableForLasso(const data::Dataset& dataset) {
    const auto design = regressionDesign(dataset);
    if (!design) return tl::unexpected(design.error());
    return {};
}

Expected<LassoRunMaker::Prepared> LassoRunMaker::prepare(const std::shared_ptr<const data::Dataset>& dataset,
                                                         bool standardize) {
    const std::scoped_lock lock(m_mutex);
    if (m_last.problem && m_last.dataset == dataset && m_last.standardize == standardize) return m_last;
    auto design = regressionDesign(*dataset);
    if (!design) return tl::unexpected(design.error());
    auto problem = std::visit(
        [&](auto& x) {
            return linear::makeProblem(std::move(x), std::move(design->y), standardize, std::move(design->names),
                                       design->targetName);
        },
        design->x);
    if (!problem) return tl::unexpected(problem.error());
    m_last = {dataset, standardize, *problem, std::move(design->rows), design->droppedForMissing};
    return m_last;
}

Expected<LassoRunSolver> LassoRunMaker::make(const std::shared_ptr<const data::Dataset>& dataset,
                                             const LassoRunOptions& options) {
    const auto prepared = prepare(dataset, options.standardize);
    if (!prepared) return tl::unexpected(prepared.error());
    linear::LassoOptions solver;
    solver.alpha = options.alpha;
    solver.relativeGap = options.gap;
    solver.lambdas = linear::lambdaGrid(*prepared->problem, options.alpha, options.lambdas, options.ratio);
    auto made = linear::makeLassoSolver(options.method, prepared->problem, solver);
    if (!made) return tl::unexpected(made.error());
    auto run = std::make_shared<const LassoRun>(
        LassoRun{dataset, made->context(), prepared->rows, prepared->droppedRows});
    return LassoRunSolver(*std::move(made), std::move(run));
}

} // namespace orrery
