#include "app/labs/svm/svm_points.h"

#include "core/data/cell_text.h"
#include "core/support/rng.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace orrery {

namespace {

constexpr std::size_t kMostFeatures = 1000;

using Rows = std::vector<std::size_t>;

std::vector<double> distinctNumbers(const data::NumericColumn& column) {
    std::vector<double> values;
    for (const double value : column.values) {
        if (std::isnan(value) || std::find(values.begin(), values.end(), value) != values.end()) continue;
        values.push_back(value);
        if (values.size() > kMostClasses) break;
    }
    std::sort(values.begin(), values.end());
    return values;
}

const data::Column* targetColumn(const data::Dataset& dataset) {
    const auto found = dataset.table->find(svmTarget(dataset));
    return found ? &dataset.table->columns[*found] : nullptr;
}

// What regression predicts: the target, or where that holds classes the vertical column.
const data::Column* predictedColumn(const data::Dataset& dataset, const SvmKnobs& knobs) {
    const data::Column* target = targetColumn(dataset);
    if (!target || target->isNumeric() || knobs.y == knobs.x) return target;
    const auto found = dataset.table->find(knobs.y);
    return found && dataset.table->columns[*found].isNumeric() ? &dataset.table->columns[*found] : target;
}

// Index into the sorted names; −1: missing.
std::vector<int> labelsOf(const data::Column& column, const std::vector<std::string>& names) {
    std::vector<int> labels(column.rows(), -1);
    const auto place = [&](const std::string& name) {
        const auto found = std::find(names.begin(), names.end(), name);
        return found == names.end() ? -1 : static_cast<int>(found - names.begin());
    };
    if (!column.isNumeric()) {
        std::vector<int> ofLevel;
        for (const std::string& level : column.categorical().levels)
            ofLevel.push_back(place(level));
        for (std::size_t row = 0; row < labels.size(); ++row)
            if (const auto code = column.categorical().codes[row]; code >= 0)
                labels[row] = ofLevel[static_cast<std::size_t>(code)];
        return labels;
    }
    const std::vector<double> values = distinctNumbers(column.numeric());
    for (std::size_t row = 0; row < labels.size(); ++row) {
        const auto found = std::find(values.begin(), values.end(), column.numeric().values[row]);
        if (found != values.end()) labels[row] = static_cast<int>(found - values.begin());
    }
    return labels;
}

std::vector<const data::Column*> featuresOf(const data::Dataset& dataset, const SvmKnobs& knobs) {
    std::vector<const data::Column*> columns;
    const std::string target = svmTarget(dataset);
    const auto add = [&](const std::string& name) {
        const auto found = dataset.table->find(name);
        if (found && dataset.table->columns[*found].isNumeric())
            columns.push_back(&dataset.table->columns[*found]);
    };
    if (!knobs.projects) {
        add(knobs.x);
        if (knobs.kind != svm::ProblemKind::Regression && knobs.y != knobs.x) add(knobs.y);
        return columns;
    }
    for (const data::Column& column : dataset.table->columns)
        if (column.isNumeric() && column.name != target &&
            (dataset.roles.features.empty() ||
             std::find(dataset.roles.features.begin(), dataset.roles.features.end(), column.name) !=
                 dataset.roles.features.end()))
            columns.push_back(&column);
    return columns;
}

// n of them, evenly likely, in their order: each row takes the place that is left for it.
Rows sampled(const Rows& rows, std::size_t most, quint64 seed) {
    if (rows.size() <= most) return rows;
    Rows kept;
    Rng rng(seed, 7);
    for (std::size_t i = 0; i < rows.size() && kept.size() < most; ++i)
        if (rng.below(rows.size() - i) < most - kept.size()) kept.push_back(rows[i]);
    return kept;
}

struct Scale {
    double mean = 0.0, deviation = 1.0;
};

Scale scaleOf(const Eigen::VectorXd& values, bool standardise) {
    if (!standardise || values.size() == 0) return {};
    Scale scale;
    scale.mean = values.mean();
    const double variance = (values.array() - scale.mean).square().mean();
    if (variance > 0.0 && std::isfinite(variance)) scale.deviation = std::sqrt(variance);
    return scale;
}

// The plane through two features, the others not there.
void mapFeatures(SvmPoints& points, const std::vector<Scale>& scales) {
    const Eigen::Index d = points.x.cols();
    points.map = {Eigen::VectorXd::Zero(d), Eigen::VectorXd::Zero(d), Eigen::VectorXd::Zero(d)};
    for (Eigen::Index k = 0; k < d; ++k) {
        const Scale& scale = scales[static_cast<std::size_t>(k)];
        points.map.origin[k] = -scale.mean / scale.deviation;
        (k == 0 ? points.map.u : points.map.v)[k] = 1.0 / scale.deviation;
    }
}

// The plane of the first two principal components, through the mean of the points.
void mapComponents(SvmPoints& points, CanvasPoints& canvas) {
    const Eigen::VectorXd mean = points.x.colwise().mean();
    const Eigen::MatrixXd centred = points.x.rowwise() - mean.transpose();
    const Eigen::MatrixXd covariance = centred.transpose() * centred;
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(covariance);
    const Eigen::Index d = covariance.cols();
    const auto direction = [&](Eigen::Index k) {
        Eigen::VectorXd v = solver.eigenvectors().col(d - 1 - k);
        Eigen::Index largest = 0;
        v.cwiseAbs().maxCoeff(&largest);
        if (v[largest] < 0.0) v = -v; // a sign that does not hang on the library
        return v;
    };
    points.map = {mean, direction(0), direction(1)};
    const double total = std::max(solver.eigenvalues().sum(), 1e-300);
    points.planeVariance = (solver.eigenvalues()[d - 1] + solver.eigenvalues()[d - 2]) / total;
    const Eigen::VectorXd a = centred * points.map.u, b = centred * points.map.v;
    canvas.x.assign(a.data(), a.data() + a.size());
    canvas.y.assign(b.data(), b.data() + b.size());
    points.xName = "first principal component";
    points.yName = "second principal component";
}

Expected<void> checkClasses(const data::Dataset& dataset, const data::Column& column) {
    if (classNamesOf(&dataset).size() <= kMostClasses) return {};
    return fail(
        fmt::format("Column “{}” has more than {} different values: choose regression, or a column of "
                    "classes as the target.",
                    column.name, kMostClasses));
}

// Rows with every value that is used; infinite counts as missing.
Rows completeRows(const Rows& rows, const std::vector<const data::Column*>& columns,
                  const std::vector<int>& labels, const data::Column* target) {
    Rows complete;
    for (const std::size_t row : rows) {
        bool whole = labels.empty() || labels[row] >= 0;
        for (const data::Column* column : columns)
            whole = whole && std::isfinite(column->numeric().values[row]);
        if (target && whole) whole = std::isfinite(target->numeric().values[row]);
        if (whole) complete.push_back(row);
    }
    return complete;
}

// One sentence on columns that make no plane.
Expected<void> checkColumns(const data::Dataset& dataset, const SvmKnobs& knobs, const data::Column* target,
                            std::size_t features) {
    const std::string& name = dataset.table->name;
    const bool regresses = knobs.kind == svm::ProblemKind::Regression;
    if (!target && knobs.kind != svm::ProblemKind::OneClass)
        return fail(fmt::format("“{}” has no target column.", name));
    if (knobs.kind == svm::ProblemKind::Classification)
        if (auto checked = checkClasses(dataset, *target); !checked) return checked;
    if (regresses && !target->isNumeric())
        return fail(fmt::format(
            "Column “{}” holds classes; regression needs two different columns of numbers.", target->name));
    if (regresses && features < 1) return fail(fmt::format("“{}” has no numeric feature.", name));
    if (!regresses && features < 2)
        return fail(fmt::format("“{}”: the plane needs two different numeric features.", name));
    if (features > kMostFeatures)
        return fail(fmt::format("“{}” has {} features; a plane through more than {} is not drawn.", name,
                                features, kMostFeatures));
    return {};
}

// Rows that are whole, or a sample of them.
Expected<void> chooseRows(SvmPoints& points, const data::Dataset& dataset, const SvmKnobs& knobs,
                          const std::vector<const data::Column*>& columns, const std::vector<int>& labels,
                          quint64 seed) {
    const auto rows = data::rowsChosen(dataset);
    if (!rows) return tl::unexpected(rows.error());
    const bool classifies = knobs.kind == svm::ProblemKind::Classification;
    const Rows complete =
        completeRows(*rows, columns, classifies ? labels : std::vector<int>(),
                     knobs.kind == svm::ProblemKind::Regression ? predictedColumn(dataset, knobs) : nullptr);
    points.rowsInAll = rows->size();
    points.rowsWithGaps = rows->size() - complete.size();
    points.tableRows = sampled(complete, knobs.most, seed);
    if (!points.tableRows.empty()) return {};
    return fail(fmt::format("No row of “{}” has a value in every column that is used.", points.name));
}

// n × d, in the scale that was asked for; the plane keeps the scale of the data.
std::vector<Scale> takeFeatures(SvmPoints& points, const std::vector<const data::Column*>& columns,
                                CanvasPoints& canvas) {
    const auto n = static_cast<Eigen::Index>(points.tableRows.size());
    std::vector<Scale> scales;
    points.x.resize(n, static_cast<Eigen::Index>(columns.size()));
    for (std::size_t k = 0; k < columns.size(); ++k) {
        Eigen::VectorXd raw(n);
        for (Eigen::Index i = 0; i < n; ++i)
            raw[i] = columns[k]->numeric().values[points.tableRows[static_cast<std::size_t>(i)]];
        scales.push_back(scaleOf(raw, points.standardised));
        points.x.col(static_cast<Eigen::Index>(k)) =
            (raw.array() - scales.back().mean) / scales.back().deviation;
        if (k < 2) (k == 0 ? canvas.x : canvas.y).assign(raw.data(), raw.data() + n);
    }
    return scales;
}

void takeTarget(SvmPoints& points, const data::Column& target, CanvasPoints& canvas) {
    canvas.y.clear();
    for (const std::size_t row : points.tableRows)
        canvas.y.push_back(target.numeric().values[row]);
    const Eigen::Map<const Eigen::VectorXd> y(canvas.y.data(), static_cast<Eigen::Index>(canvas.y.size()));
    const Scale scale = scaleOf(y, points.standardised);
    points.targetMean = scale.mean;
    points.targetScale = scale.deviation;
    points.y = (y.array() - scale.mean) / scale.deviation;
}

// No boundary can part what stands at one place.
std::size_t opposedPoints(const CanvasPoints& canvas) {
    std::vector<std::size_t> order(canvas.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto place = [&](std::size_t i) { return std::pair(canvas.x[i], canvas.y[i]); };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return place(a) < place(b); });
    std::size_t opposed = 0;
    for (std::size_t from = 0, to = 0; from < order.size(); from = to) {
        bool mixed = false;
        for (to = from; to < order.size() && place(order[to]) == place(order[from]); ++to)
            mixed = mixed || canvas.label[order[to]] != canvas.label[order[from]];
        if (mixed) opposed += to - from;
    }
    return opposed;
}

} // namespace

Expected<void> usableForSvm(const data::Dataset& dataset) {
    const data::Table& table = *dataset.table;
    if (table.rows() == 0) return fail(fmt::format("“{}” has no row; a machine needs points.", table.name));
    const std::string target = svmTarget(dataset);
    for (const data::Column& column : table.columns)
        if (column.isNumeric() && column.name != target && column.missingCount() < column.rows()) return {};
    return fail(fmt::format("“{}” has no numeric feature beside its target “{}”.", table.name, target));
}

std::vector<std::string> classNamesOf(const data::Dataset* dataset) {
    std::vector<std::string> names;
    const data::Column* column = dataset && dataset->table ? targetColumn(*dataset) : nullptr;
    if (column && !column->isNumeric()) {
        names = column->categorical().levels;
        std::sort(names.begin(), names.end());
        if (names.size() > kMostClasses + 1) names.resize(kMostClasses + 1);
    } else if (column) {
        for (const double value : distinctNumbers(column->numeric()))
            names.push_back(fmt::format("{:g}", value));
    }
    if (names.empty()) names.emplace_back("A");
    return names;
}

bool hasClasses(const data::Dataset& dataset) {
    const data::Column* column = targetColumn(dataset);
    return column && (!column->isNumeric() || classNamesOf(&dataset).size() <= kMostClasses);
}

std::optional<RoleProposal> classRoles(const data::Dataset& dataset) {
    if (hasClasses(dataset) || !dataset.roles.target.empty()) return std::nullopt;
    const std::vector<data::Column>& columns = dataset.table->columns;
    const auto last = std::find_if(columns.rbegin(), columns.rend(), [](const data::Column& column) {
        if (column.isNumeric()) return false;
        const std::size_t levels = column.categorical().levels.size();
        return levels >= 2 && levels <= kMostClasses;
    });
    if (last == columns.rend()) return std::nullopt;
    data::Roles roles{last->name, dataset.roles.features};
    std::erase(roles.features, last->name);
    return RoleProposal{std::move(roles),
                        QStringLiteral("“%1” holds classes, which this lab parts: it is the target. Choose "
                                       "columns takes another.")
                            .arg(QString::fromStdString(last->name))};
}

Expected<std::shared_ptr<const SvmPoints>> svmPointsOf(const data::Dataset& dataset, const SvmKnobs& knobs,
                                                       quint64 seed) {
    const bool regresses = knobs.kind == svm::ProblemKind::Regression;
    const data::Column* target = targetColumn(dataset);
    const auto columns = featuresOf(dataset, knobs);
    const data::Column* predicted = regresses ? predictedColumn(dataset, knobs) : target;
    if (auto checked = checkColumns(dataset, knobs, predicted, columns.size()); !checked)
        return tl::unexpected(checked.error());
    auto points = std::make_shared<SvmPoints>();
    points->name = dataset.table->name;
    points->classes = classNamesOf(&dataset);
    points->targetName = target ? target->name : std::string();
    points->projects = knobs.projects;
    points->standardised = knobs.standardise;
    const bool isClasses = target && (!regresses || target != predicted);
    const bool labelled = isClasses && points->classes.size() <= kMostClasses;
    const std::vector<int> labels = labelled ? labelsOf(*target, points->classes) : std::vector<int>();
    if (auto chosen = chooseRows(*points, dataset, knobs, columns, labels, seed); !chosen)
        return tl::unexpected(chosen.error());

    CanvasPoints canvas;
    for (const std::size_t row : points->tableRows)
        canvas.label.push_back(static_cast<std::uint8_t>(labels.empty() ? 0 : std::max(0, labels[row])));
    const std::vector<Scale> scales = takeFeatures(*points, columns, canvas);
    if (knobs.projects) {
        mapComponents(*points, canvas);
    } else {
        mapFeatures(*points, scales);
        points->xName = columns[0]->name;
        points->yName = regresses ? predicted->name : columns[1]->name;
    }
    if (regresses) takeTarget(*points, *predicted, canvas);
    if (knobs.kind == svm::ProblemKind::Classification) points->opposed = opposedPoints(canvas);
    points->canvas = std::make_shared<const CanvasPoints>(std::move(canvas));
    return std::shared_ptr<const SvmPoints>(std::move(points));
}

std::shared_ptr<const data::Dataset> editedDataset(const SvmPoints& from, const CanvasPoints& points,
                                                   bool classes) {
    constexpr std::string_view kEdited = ", edited";
    auto table = std::make_shared<data::Table>();
    table->rowCount = points.size();
    table->name = from.name;
    if (!from.name.ends_with(kEdited)) table->name.append(kEdited);
    table->provenance = from.isSample() ? fmt::format("{} of {} rows of {}, points edited by hand",
                                                      from.size(), from.rowsInAll, from.name)
                                        : fmt::format("{}, points edited by hand", from.name);
    const std::string yName = from.yName == from.xName ? from.yName + "_2" : from.yName;
    table->columns.push_back({from.xName, data::NumericColumn{points.x}});
    table->columns.push_back({yName, data::NumericColumn{points.y}});
    auto dataset = std::make_shared<data::Dataset>();
    dataset->roles.target = yName;
    if (classes) {
        data::CategoricalColumn column;
        column.levels = from.classes;
        for (const std::uint8_t label : points.label)
            column.codes.push_back(label);
        const std::string name = from.targetName.empty() ? std::string("class") : from.targetName;
        table->columns.push_back({name, std::move(column)});
        dataset->roles.target = name;
    }
    dataset->table = std::move(table);
    return dataset;
}

} // namespace orrery
