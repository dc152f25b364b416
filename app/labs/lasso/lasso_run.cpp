#include "app/labs/lasso/lasso_run.h"

#include <algorithm>

namespace orrery {

namespace {

Expected<data::Design> regressionDesign(const data::Dataset& dataset) {
    const data::Table& table = *dataset.table;
    if (table.columnCount() < 2)
        return fail("“" + table.name + "” has one column; a path needs a target and at least one feature.");
    auto design = data::designOf(dataset);
    if (!design) return design;
    if (!design->targetLevels.empty() && design->targetLevels.size() != 2)
        return fail("The target “" + design->targetName + "” has " +
                    std::to_string(design->targetLevels.size()) +
                    " levels; a regression needs a number, or two levels.");
    if (design->y.size() < 2)
        return fail("“" + table.name + "” has fewer than two rows without gaps; a path needs more.");
    return design;
}

Expected<std::shared_ptr<const linear::RegressionProblem>> problemOf(data::Design design, bool standardize) {
    return std::visit(
        [&](auto& x) {
            return linear::makeProblem(std::move(x), std::move(design.y), standardize,
                                       std::move(design.names), design.targetName);
        },
        design.x);
}

} // namespace

Expected<void> usableForLasso(const data::Dataset& dataset) {
    auto design = regressionDesign(dataset);
    if (!design) return tl::unexpected(design.error());
    const auto problem = problemOf(*std::move(design), true);
    if (!problem) return tl::unexpected(problem.error());
    return {};
}

std::optional<RoleProposal> regressionRoles(const data::Dataset& dataset) {
    const data::Table& table = *dataset.table;
    const data::Roles usual = data::defaultRoles(table);
    data::Roles roles{dataset.roles.target.empty() ? usual.target : dataset.roles.target,
                      dataset.roles.features};
    const auto at = table.find(roles.target);
    if (!at || table.columns[*at].isNumeric() || table.columns[*at].categorical().levels.size() == 2)
        return std::nullopt;
    const std::vector<std::string>& candidates = roles.features.empty() ? usual.features : roles.features;
    const auto number =
        std::find_if(table.columns.rbegin(), table.columns.rend(), [&](const data::Column& column) {
            return column.isNumeric() &&
                   std::find(candidates.begin(), candidates.end(), column.name) != candidates.end();
        });
    if (number == table.columns.rend()) return std::nullopt;
    const QString sentence = QStringLiteral("“%1” has %2 levels and the lasso predicts a number: “%3” is the "
                                            "target. Choose columns takes another.")
                                 .arg(QString::fromStdString(roles.target))
                                 .arg(table.columns[*at].categorical().levels.size())
                                 .arg(QString::fromStdString(number->name));
    std::erase(roles.features, number->name);
    roles.target = number->name;
    return RoleProposal{std::move(roles), sentence};
}

Expected<LassoRunMaker::Prepared> LassoRunMaker::prepare(const std::shared_ptr<const data::Dataset>& dataset,
                                                         bool standardize) {
    const std::scoped_lock lock(m_mutex);
    if (m_last.problem && m_last.dataset == dataset && m_last.standardize == standardize) return m_last;
    auto design = regressionDesign(*dataset);
    if (!design) return tl::unexpected(design.error());
    std::vector<std::size_t> rows = design->rows;
    const std::size_t dropped = design->droppedForMissing;
    const auto problem = problemOf(*std::move(design), standardize);
    if (!problem) return tl::unexpected(problem.error());
    m_last = {dataset, standardize, *problem, std::move(rows), dropped};
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
