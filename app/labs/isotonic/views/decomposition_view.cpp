#include "app/labs/isotonic/views/decomposition_view.h"

#include "widgets/plot/number_format.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace orrery::isotone {

namespace {

using calibration::CalibrationMetrics;

struct Figure {
    const char* label;
    const char* hint;
    double (*of)(const CalibrationMetrics&);
    int better; ///< −1: less, 1: more, 0: neither
    bool isPart;
};

const std::array kFigures{
    Figure{"Brier score", "", [](const CalibrationMetrics& m) { return m.brier.brier; }, -1, false},
    Figure{"miscalibration", "", [](const CalibrationMetrics& m) { return m.brier.miscalibration; }, -1,
           true},
    Figure{"− discrimination", "", [](const CalibrationMetrics& m) { return m.brier.discrimination; }, 1,
           true},
    Figure{"+ uncertainty", "", [](const CalibrationMetrics& m) { return m.brier.uncertainty; }, 0, true},
    Figure{"Log loss", "", [](const CalibrationMetrics& m) { return m.logLoss; }, -1, false},
    Figure{"ECE", "", [](const CalibrationMetrics& m) { return m.expectedErrorEqualCount; }, -1, false},
    Figure{"AUC", "", [](const CalibrationMetrics& m) { return m.auc; }, 1, false},
};

// Columns that have figures; the scores as they are have none where they are no probabilities.
std::vector<const CalibrationMetrics*> columnsOf(const CalibrationPicture& picture) {
    std::vector<const CalibrationMetrics*> columns{picture.comparison->before ? &*picture.comparison->before
                                                                              : nullptr};
    for (const calibration::CrossFitted& fitted : picture.comparison->after)
        columns.push_back(&fitted.metrics);
    return columns;
}

FigureRow rowOf(const Figure& figure, const std::vector<const CalibrationMetrics*>& columns) {
    FigureRow row{NumberTable::tr(figure.label), NumberTable::tr(figure.hint), {}, figure.isPart};
    double best = -INFINITY;
    for (const CalibrationMetrics* metrics : columns)
        if (metrics) best = std::max(best, figure.better * figure.of(*metrics));
    for (const CalibrationMetrics* metrics : columns) {
        if (!metrics) {
            row.cells.push_back({});
            continue;
        }
        const double value = figure.of(*metrics);
        row.cells.push_back(
            {.text = fixedNumber(value, 4), .isBest = figure.better != 0 && figure.better * value >= best});
    }
    return row;
}

} // namespace

void fillDecomposition(NumberTable& table, const CalibrationPicture* picture) {
    table.setPlaceholder(NumberTable::tr("Cross-fitting the calibrators…"));
    if (!picture || !picture->comparison) return table.setTable({}, {});
    std::vector<FigureColumn> columns{{NumberTable::tr("Before"), 0, !picture->shown}};
    for (const calibration::CrossFitted& fitted : picture->comparison->after) {
        const std::string_view name = calibration::labelOf(fitted.method);
        columns.push_back({QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())),
                           categoryOf(fitted.method), picture->shown == fitted.method});
    }
    const auto metrics = columnsOf(*picture);
    std::vector<FigureRow> rows;
    for (const Figure& figure : kFigures)
        rows.push_back(rowOf(figure, metrics));
    table.setTable(std::move(columns), std::move(rows));
}

} // namespace orrery::isotone
