#include "app/labs/isotonic/isotonic_run.h"

#include "app/labs/isotonic/isotonic_pictures.h"
#include "core/calibration/logistic_regression.h"

#include <fmt/format.h>
#include <oneapi/tbb/info.h>

namespace orrery {

namespace {

// Missing values stay: the problem leaves those rows out, and row numbers stay those of the table.
Expected<std::vector<double>> columnOf(const data::Table& table, const std::string& name,
                                       const std::vector<std::size_t>& rows) {
    const auto found = table.find(name);
    if (!found) return fail(fmt::format("“{}” has no column named “{}”; choose another.", table.name, name));
    const data::Column& column = table.columns[*found];
    if (!column.isNumeric()) return fail(fmt::format("Column “{}” holds words; a fit needs numbers.", name));
    std::vector<double> values;
    values.reserve(rows.size());
    for (const std::size_t row : rows)
        values.push_back(column.numeric().values[row]);
    return values;
}

} // namespace

Expected<void> usableForIsotonic(const data::Dataset& dataset) {
    const data::Table& table = *dataset.table;
    if (table.rows() == 0) return fail(fmt::format("“{}” has no row; a fit needs at least one.", table.name));
    for (const data::Column& column : table.columns)
        if (column.isNumeric() && column.missingCount() < column.rows()) return {};
    return fail(fmt::format("“{}” has no numeric column; a fit needs one.", table.name));
}

Expected<IsotonicRunMaker::Points> IsotonicRunMaker::shapePoints(const IsotonicKnobs& knobs, quint64 seed) {
    Points points{.name = std::string(isotonic::labelOf(*knobs.shape)), .xName{'x'}, .yName{'y'}};
    isotonic::ShapeData shape = isotonic::makeShape(*knobs.shape, knobs.n, seed);
    points.x = std::move(shape.x);
    points.y = std::move(shape.y);
    return points;
}

Expected<IsotonicRunMaker::Points> IsotonicRunMaker::columnPoints(const data::Dataset& dataset,
                                                                  const IsotonicKnobs& knobs) {
    const data::Table& table = *dataset.table;
    Points points{.name = table.name, .xName = knobs.isAtRowNumber() ? "row" : knobs.x, .yName = knobs.y};
    auto rows = data::rowsChosen(dataset);
    if (!rows) return tl::unexpected(rows.error());
    points.tableRows = *std::move(rows);
    auto y = columnOf(table, knobs.y, points.tableRows);
    if (!y) return tl::unexpected(y.error());
    points.y = *std::move(y);
    if (knobs.isAtRowNumber()) {
        for (const std::size_t row : points.tableRows)
            points.x.push_back(static_cast<double>(row + 1));
    } else {
        auto x = columnOf(table, knobs.x, points.tableRows);
        if (!x) return tl::unexpected(x.error());
        points.x = *std::move(x);
    }
    if (knobs.isWeighted()) {
        auto weight = columnOf(table, knobs.weight, points.tableRows);
        if (!weight) return tl::unexpected(weight.error());
        points.weight = *std::move(weight);
        points.weightName = knobs.weight;
    }
    return points;
}

Expected<calibration::SamplePtr> scoredSampleOf(const data::Dataset& dataset, const IsotonicKnobs& knobs,
                                                quint64 seed, Progress& progress) {
    if (knobs.scoresFromColumns)
        return calibration::sampleFromTable(
            *dataset.table, {.score = knobs.score, .label = knobs.label, .weight = {}, .event = {}});
    auto design = calibration::binaryDesignOf(dataset);
    if (!design) return tl::unexpected(design.error());
    const calibration::LogisticScoring method;
    calibration::CrossScoreOptions options;
    options.folds = knobs.folds;
    options.seed = seed;
    options.threads = std::max(1, oneapi::tbb::info::default_concurrency());
    return calibration::crossFittedScores(method, *design, options, progress);
}

Expected<IsotonicRunMaker::Points> IsotonicRunMaker::scorePoints(const data::Dataset& dataset,
                                                                 const IsotonicKnobs& knobs, quint64 seed,
                                                                 Progress& progress) {
    auto sample = scoredSampleOf(dataset, knobs, seed, progress);
    if (!sample) return tl::unexpected(sample.error());
    Points points{.name = (*sample)->name, .xName = "score", .yName = "outcome", .sample = *sample};
    points.x = (*sample)->scores;
    points.y.assign((*sample)->labels.begin(), (*sample)->labels.end());
    points.weight = (*sample)->weights;
    return points;
}

Expected<IsotonicRunMaker::PointsPointer>
IsotonicRunMaker::pointsOf(const std::shared_ptr<const data::Dataset>& dataset, const IsotonicKnobs& knobs,
                           quint64 seed, Progress& progress) {
    Key key{dataset, knobs.pointsKey(), seed};
    {
        const std::scoped_lock lock(m_mutex);
        if (m_key == key) return m_points;
    }
    auto made = knobs.calibrates() ? scorePoints(*dataset, knobs, seed, progress)
                : knobs.shape      ? shapePoints(knobs, seed)
                                   : columnPoints(*dataset, knobs);
    if (!made) return tl::unexpected(made.error());
    auto points = std::make_shared<const Points>(*std::move(made));
    const std::scoped_lock lock(m_mutex);
    m_key = std::move(key);
    m_points = points;
    return points;
}

Expected<std::shared_ptr<const isotonic::IsotonicProblem>>
IsotonicRunMaker::problemOf(const Points& points, const IsotonicKnobs& knobs) {
    isotonic::ProblemOptions options;
    options.threads = std::max(1, oneapi::tbb::info::default_concurrency());
    if (!knobs.calibrates()) {
        options.direction = knobs.direction;
        options.loss = knobs.loss;
        if (knobs.bounded) options.yMin = knobs.yMin, options.yMax = knobs.yMax;
    }
    return isotonic::makeProblem(points.x, points.y, points.weight, options);
}

Expected<IsotonicRunSolver> IsotonicRunMaker::make(const std::shared_ptr<const data::Dataset>& dataset,
                                                   const IsotonicKnobs& knobs, quint64 seed,
                                                   Progress& progress) {
    const auto points = pointsOf(dataset, knobs, seed, progress);
    if (!points) return tl::unexpected(points.error());
    const Points& p = **points;
    const auto problem = problemOf(p, knobs);
    if (!problem) return tl::unexpected(problem.error());
    const std::size_t m = (*problem)->points();
    if (knobs.method == isotonic::IsotonicMethod::ActiveSet && m > kMostActiveSetPoints)
        return fail(fmt::format("The active set is quadratic and would not come to its end on {} points; "
                                "above {} take one of the PAVAs.",
                                m, kMostActiveSetPoints));
    auto run = std::make_shared<IsotonicRun>();
    run->dataset = dataset;
    run->name = p.name, run->xName = p.xName, run->yName = p.yName, run->weightName = p.weightName;
    run->problem = *problem;
    run->sums = std::make_shared<const isotone::CumulativeSums>(*problem);
    run->sample = p.sample;
    run->method = knobs.method;
    auto rows = std::make_shared<IsotonicRows>();
    // Rows in order without ties are the points: one copy is enough.
    if (!(*problem)->rowOrder.empty() || !(*problem)->rowStart.empty() || m != p.y.size())
        rows->x = p.x, rows->y = p.y, rows->weight = p.weight;
    rows->tableRows = p.tableRows;
    run->rows = std::move(rows);
    run->points = fitPointsOf(*run);
    return IsotonicRunSolver(std::move(run));
}

} // namespace orrery
