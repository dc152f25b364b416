// What the SVM lab exports, read back.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace orrery::testing {

/// A point as the exported table has it.
struct SvmRow {
    double x, y, share, slack;
    QString label;
};
inline std::vector<SvmRow> svmRowsOf(const QString& csv) {
    std::vector<SvmRow> rows;
    for (const QString& line : csv.trimmed().split(u'\n').mid(1)) {
        const QStringList cell = line.split(u',');
        rows.push_back(
            {cell[0].toDouble(), cell[1].toDouble(), cell[3].toDouble(), cell[4].toDouble(), cell[2]});
    }
    return rows;
}

} // namespace orrery::testing
