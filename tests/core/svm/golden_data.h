// LIBSVM's own results, from tests/data/svm; make_golden.py there makes them.
#pragma once

#include "core/data/readers.h"
#include "core/svm/multiclass.h"

#include <QFile>
#include <QString>
#include <QStringList>
#include <map>

namespace orrery::svm::testing {

inline QString goldenPath(const QString& name) {
    return QStringLiteral(ORRERY_TEST_DATA "/svm/") + name;
}

inline QByteArray goldenFile(const QString& name) {
    QFile file(goldenPath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct Labelled {
    PointMatrix x;
    std::vector<double> labels;
};

inline Labelled goldenPoints(const QString& name) {
    Progress progress;
    const auto table = data::readFile(goldenPath(name + QStringLiteral(".svm")).toStdString(), {}, progress);
    Labelled points;
    points.x = Eigen::MatrixXd((*table)->sparse->values);
    points.labels = (*table)->columns[0].numeric().values;
    return points;
}

/// One machine: a line of golden.csv.
struct Golden {
    QString name, data, options;
    double tolerance = 0.0;
    std::size_t pair = 0;
    double iterations = 0.0, objective = 0.0, exactObjective = 0.0, rho = 0.0, vectors = 0.0, bounded = 0.0;

    /// What svm-train was given after `flag`.
    [[nodiscard]] double given(const char* flag, double otherwise) const {
        const QStringList words = options.split(' ');
        const auto at = words.indexOf(QLatin1String(flag));
        return at < 0 ? otherwise : words[at + 1].toDouble();
    }
    [[nodiscard]] ProblemKind kind() const {
        return given("-s", 0) == 0   ? ProblemKind::Classification
               : given("-s", 0) == 2 ? ProblemKind::OneClass
                                     : ProblemKind::Regression;
    }
    [[nodiscard]] Kernel kernel() const {
        constexpr std::array kinds = {KernelKind::Linear, KernelKind::Polynomial, KernelKind::Rbf,
                                      KernelKind::Sigmoid};
        return {kinds[static_cast<std::size_t>(given("-t", 2))], given("-g", 1), given("-r", 0),
                static_cast<int>(given("-d", 3))};
    }
};

inline std::vector<Golden> goldenMachines() {
    std::vector<Golden> machines;
    const QStringList lines =
        QString::fromUtf8(goldenFile(QStringLiteral("golden.csv"))).split('\n', Qt::SkipEmptyParts);
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const QStringList cells = lines[i].split(',');
        Golden golden{cells[0], cells[1], cells[2], cells[3].toDouble(), cells[4].toULong()};
        golden.iterations = cells[5].toDouble();
        golden.objective = cells[6].toDouble();
        golden.exactObjective = cells[7].isEmpty() ? golden.objective : cells[7].toDouble();
        golden.rho = cells[8].toDouble();
        golden.vectors = cells[9].toDouble();
        golden.bounded = cells[10].toDouble();
        machines.push_back(golden);
    }
    return machines;
}

} // namespace orrery::svm::testing
