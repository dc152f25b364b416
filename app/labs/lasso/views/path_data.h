// A regularisation path as the views read it: plain data, no session.
#pragma once

#include <QList>
#include <QString>
#include <vector>

namespace orrery::lasso {

/// One coefficient that was ever non-zero, at the knots where it is; elsewhere it is 0.
struct PathColumn {
    int column = -1;            ///< index into the columns of X
    std::vector<int> knots;     ///< ascending indices into PathData::lambdas
    std::vector<double> values; ///< β at those knots
};

struct PathData {
    std::vector<double> lambdas;       ///< decreasing: the whole grid, computed or not
    int computed = 0;                  ///< the first so many knots have results
    std::vector<double> l1norm;        ///< ‖β‖₁, one a computed knot
    std::vector<double> devianceRatio; ///< share of deviance explained, one a computed knot
    std::vector<PathColumn> active;    ///< in the order in which they entered
    int columns = 0;                   ///< p, the never active included
    QList<QString> names;              ///< p names, or none: "x12"; shared between the pictures of a run

    [[nodiscard]] QString name(int column) const {
        return column < names.size() ? names[column] : QStringLiteral("x%1").arg(column + 1);
    }
};

enum class PathAxis { Lambda, L1Norm, Deviance };

} // namespace orrery::lasso
