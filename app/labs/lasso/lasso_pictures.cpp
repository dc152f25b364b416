#include "app/labs/lasso/lasso_pictures.h"

#include <cmath>
#include <unordered_map>

namespace orrery {

namespace {

// Columns in the order in which they entered the model.
class ActiveColumns {
  public:
    void add(int knot, const linear::PathPoint& point) {
        for (std::size_t i = 0; i < point.support.size(); ++i) {
            const auto [found, isNew] = m_slot.try_emplace(point.support[i], m_columns.size());
            if (isNew) m_columns.push_back({.column = point.support[i]});
            m_columns[found->second].knots.push_back(knot);
            m_columns[found->second].values.push_back(point.values[i]);
        }
    }
    [[nodiscard]] std::vector<lasso::PathColumn> take() { return std::move(m_columns); }

  private:
    std::unordered_map<int, std::size_t> m_slot;
    std::vector<lasso::PathColumn> m_columns;
};

double l1Norm(const linear::PathPoint& point) {
    double sum = 0.0;
    for (const double value : point.values)
        sum += std::abs(value);
    return sum;
}

} // namespace

QList<QString> columnNames(const linear::RegressionProblem& problem) {
    QList<QString> names;
    names.reserve(static_cast<qsizetype>(problem.names.size()));
    for (const std::string& name : problem.names)
        names.push_back(QString::fromStdString(name));
    return names;
}

std::shared_ptr<const lasso::PathData> pathDataOf(const LassoRun& run, const linear::Path& path,
                                                  double factor, const QList<QString>& names) {
    auto picture = std::make_shared<lasso::PathData>();
    ActiveColumns active;
    for (std::size_t k = 0; k < path.size(); ++k) {
        picture->lambdas.push_back(path[k]->lambda * factor);
        picture->l1norm.push_back(l1Norm(*path[k]));
        picture->devianceRatio.push_back(path[k]->devianceRatio);
        active.add(static_cast<int>(k), *path[k]);
    }
    picture->computed = static_cast<int>(path.size());
    const double last = path.empty() ? std::numeric_limits<double>::infinity() : path.back()->lambda;
    for (const double lambda : run.lambdas())
        if (lambda < last) picture->lambdas.push_back(lambda * factor);
    picture->active = active.take();
    picture->columns = static_cast<int>(run.problem().columns());
    picture->names = names;
    return picture;
}

int nearestLambda(const std::vector<double>& lambdas, double lambda) {
    int nearest = 0;
    const auto distance = [&](std::size_t k) { return std::abs(std::log(lambdas[k]) - std::log(lambda)); };
    for (std::size_t k = 1; k < lambdas.size(); ++k)
        if (distance(k) < distance(static_cast<std::size_t>(nearest))) nearest = static_cast<int>(k);
    return nearest;
}

} // namespace orrery
