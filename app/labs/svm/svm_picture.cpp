#include "app/labs/svm/svm_picture.h"

#include "core/svm/multiclass.h"

#include <algorithm>
#include <cmath>

namespace orrery {

namespace {

using svmview::PlaneKind;
using svmview::PlanePicture;
using svmview::PlanePoint;
using svmview::VectorKind;

constexpr int kLeastCells = 12;
constexpr int kCurvePoints = 400;
constexpr int kSmoothings = 10;
constexpr int kSlice = 8; ///< rows of the grid

PlaneKind kindOf(const SvmRun& run) {
    switch (run.kind()) {
    case svm::ProblemKind::Regression:
        return PlaneKind::Regression;
    case svm::ProblemKind::OneClass:
        return PlaneKind::OneClass;
    case svm::ProblemKind::Classification:
        break;
    }
    return run.hasPairs() ? PlaneKind::Pairs : PlaneKind::Classes;
}

QSize gridSize(const PlaneSight& sight, double cell) {
    const auto cells = [cell](int pixels) {
        return std::max(kLeastCells, static_cast<int>(std::lround(pixels / cell))) + 1;
    };
    return {cells(sight.pixels.width()), cells(sight.pixels.height())};
}

ScalarGrid emptyGrid(const PlaneSight& sight, double cell) {
    const QSize size = gridSize(sight, cell);
    ScalarGrid grid{size.width(), size.height(), sight.left, sight.right, sight.bottom, sight.top, {}};
    grid.values.resize(static_cast<std::size_t>(size.width()) * static_cast<std::size_t>(size.height()));
    return grid;
}

// q × d: the features at every place of some rows of a grid.
svm::PointMatrix placesOf(const ScalarGrid& grid, int firstRow, int lastRow, const PlaneMap& map) {
    svm::PointMatrix places(static_cast<Eigen::Index>(lastRow - firstRow) * grid.columns, map.origin.size());
    Eigen::Index at = 0;
    for (int row = firstRow; row < lastRow; ++row)
        for (int column = 0; column < grid.columns; ++column)
            places.row(at++) = (map.origin + grid.x(column) * map.u + grid.y(row) * map.v).transpose();
    return places;
}

/// The models of the machines that have begun, with their places.
struct Models {
    std::vector<svm::SvmModel> models;
    std::vector<std::size_t> machines;
};

Models modelsOf(const PictureRequest& request) {
    Models models;
    for (std::size_t m = 0; m < request.run->machines.size(); ++m) {
        if (!alphaOf(*request.state, m)) continue;
        models.models.push_back(modelOf(*request.run, *request.state, m));
        models.machines.push_back(m);
    }
    return models;
}

// Index of the class with most votes; of equal ones the first. Machines to come have no vote.
double voteOf(const SvmRun& run, const Models& models, const std::vector<Eigen::VectorXd>& decisions,
              Eigen::Index at) {
    std::array<int, kMostClasses + 1> votes{};
    for (std::size_t k = 0; k < models.models.size(); ++k) {
        const SvmMachine& machine = run.machines[models.machines[k]];
        ++votes[static_cast<std::size_t>(decisions[k][at] > 0.0 ? machine.first : machine.second)];
    }
    return static_cast<double>(std::max_element(votes.begin(), votes.end()) - votes.begin());
}

std::vector<Eigen::VectorXd> decisionsOf(const Models& models, const svm::PointMatrix& places) {
    std::vector<Eigen::VectorXd> decisions;
    for (const svm::SvmModel& model : models.models)
        decisions.push_back(model.decisions(places));
    return decisions;
}

// Votes are whole: their lines go in steps of a cell, which are worn away.
void smoothen(QPolygonF& line) {
    const qsizetype n = line.size();
    if (n < 4) return;
    const bool closed = line.isClosed();
    for (int pass = 0; pass < kSmoothings; ++pass) {
        const QPolygonF from = line;
        for (qsizetype i = 1; i + 1 < n; ++i)
            line[i] = 0.25 * from[i - 1] + 0.5 * from[i] + 0.25 * from[i + 1];
        if (closed) line[0] = line[n - 1] = 0.25 * from[n - 2] + 0.5 * from[0] + 0.25 * from[1];
    }
}

// Lines between the regions of the classes: where each one ends.
std::vector<QPolygonF> regionLines(const ScalarGrid& regions, std::size_t classes) {
    std::vector<QPolygonF> lines;
    ScalarGrid one = regions;
    // The last class ends where the others do.
    for (std::size_t k = 0; k + 1 < classes; ++k) {
        std::transform(regions.values.begin(), regions.values.end(), one.values.begin(),
                       [k](double label) { return label == static_cast<double>(k) ? 1.0 : 0.0; });
        for (QPolygonF& line : contourLines(one, 0.5)) {
            smoothen(line);
            lines.push_back(std::move(line));
        }
    }
    return lines;
}

bool showsLikelihood(const PictureRequest& request, const Models& models) {
    return request.likelihood && request.likelihood->isFor(*request.run) &&
           models.models.size() == request.run->machines.size();
}

SvmLikelihood::Chances chancesAt(const PictureRequest& request, const std::vector<Eigen::VectorXd>& decisions,
                                 Eigen::Index at) {
    std::vector<double> each;
    for (const Eigen::VectorXd& f : decisions)
        each.push_back(f[at]);
    return request.likelihood->ofDecisions(each);
}

// In slices, between which a newer request is listened for. False: there is one.
bool fillSurface(PlanePicture& picture, ScalarGrid& grid, const PictureRequest& request, const Models& models,
                 const std::function<bool()>& isStale) {
    const bool votes = picture.kind == PlaneKind::Pairs, likely = votes && showsLikelihood(request, models);
    for (int row = 0; row < grid.rows; row += kSlice) {
        if (isStale && isStale()) return false;
        const int last = std::min(row + kSlice, grid.rows);
        const auto decisions = decisionsOf(models, placesOf(grid, row, last, request.run->points->map));
        double* to = grid.values.data() + static_cast<std::ptrdiff_t>(row) * grid.columns;
        for (Eigen::Index at = 0; at < decisions[0].size(); ++at) {
            if (likely) {
                const auto chances = chancesAt(request, decisions, at);
                const auto most = std::max_element(chances.begin(), chances.end());
                to[at] = static_cast<double>(most - chances.begin());
                picture.certainty.push_back(*most);
            } else {
                to[at] = votes ? voteOf(*request.run, models, decisions, at) : decisions[0][at];
            }
        }
    }
    return true;
}

bool addSurface(PlanePicture& picture, const PictureRequest& request, const Models& models, double cell,
                const std::function<bool()>& isStale) {
    if (models.models.empty()) return true;
    ScalarGrid grid = emptyGrid(request.sight, cell);
    const bool votes = picture.kind == PlaneKind::Pairs;
    if (!fillSurface(picture, grid, request, models, isStale)) return false;
    if (votes) {
        picture.boundary = regionLines(grid, request.run->points->classes.size());
    } else {
        picture.boundary = contourLines(grid, 0.0);
        if (picture.kind == PlaneKind::Classes) {
            picture.upper = contourLines(grid, 1.0);
            picture.lower = contourLines(grid, -1.0);
        }
    }
    picture.surface = std::move(grid);
    return true;
}

void addCurve(PlanePicture& picture, const PictureRequest& request, const Models& models) {
    if (models.models.empty()) return;
    const SvmPoints& points = *request.run->points;
    ScalarGrid line{kCurvePoints, 1, request.sight.left, request.sight.right, 0.0, 1.0, {}};
    line.values.resize(kCurvePoints);
    svm::PointMatrix places(kCurvePoints, 1);
    const auto x = [&](int i) {
        return request.sight.left + (request.sight.right - request.sight.left) * i / (kCurvePoints - 1);
    };
    for (int i = 0; i < kCurvePoints; ++i)
        places(i, 0) = points.map.origin[0] + x(i) * points.map.u[0];
    const Eigen::VectorXd f = models.models[0].decisions(places);
    const double tube = request.run->knobs.epsilon * points.targetScale;
    QPolygonF curve, above, below;
    for (int i = 0; i < kCurvePoints; ++i) {
        const double y = points.targetMean + points.targetScale * f[i];
        curve.append({x(i), y});
        above.append({x(i), y + tube});
        below.append({x(i), y - tube});
    }
    picture.boundary = {curve};
    picture.upper = {above};
    picture.lower = {below};
}

// ξ and the side of a point that one machine gives f, its i-th.
void takeSlack(PlanePicture& picture, PlanePoint& point, const svm::SvmProblem& problem, Eigen::Index i,
               double f) {
    switch (problem.kind) {
    case svm::ProblemKind::Classification: {
        const double margin = problem.y[i] * f;
        point.slack = std::max(point.slack, 1.0 - margin);
        point.towards = problem.y[i] > 0 ? 1 : -1;
        point.decision = f;
        if (picture.kind == PlaneKind::Classes) picture.wrong += margin <= 0.0 ? 1 : 0;
        return;
    }
    case svm::ProblemKind::Regression: {
        const double off = problem.y[i] - f;
        point.slack = std::max(0.0, std::abs(off) - problem.epsilon);
        point.towards = off > 0 ? -1 : 1;
        return;
    }
    case svm::ProblemKind::OneClass:
        point.slack = std::max(0.0, -f);
        picture.wrong += f < 0.0 ? 1 : 0;
        return;
    }
}

void takeShare(PlanePoint& point, double share) {
    if (share <= point.share) return;
    point.share = share;
    point.kind = share >= 1.0 ? VectorKind::Bounded : VectorKind::Free;
}

// α, ξ and side of every point, over the machines that it belongs to.
void addPoints(PlanePicture& picture, const PictureRequest& request, const Models& models) {
    const SvmRun& run = *request.run;
    const CanvasPoints& canvas = *run.points->canvas;
    picture.points.resize(canvas.size());
    for (std::size_t i = 0; i < canvas.size(); ++i)
        picture.points[i].x = canvas.x[i], picture.points[i].y = canvas.y[i];
    for (std::size_t k = 0; k < models.models.size(); ++k) {
        const SvmMachine& machine = run.machines[models.machines[k]];
        const svm::SvmProblem& problem = *machine.problem;
        const std::vector<double>& alpha = *alphaOf(*request.state, models.machines[k]);
        const Eigen::VectorXd f = models.models[k].decisions(problem.x);
        const auto pointAt = [&](Eigen::Index i) -> PlanePoint& {
            return picture.points[static_cast<std::size_t>(machine.rows[static_cast<std::size_t>(i)])];
        };
        for (Eigen::Index v = 0; v < problem.variables(); ++v)
            takeShare(pointAt(problem.pointOf(v)), alpha[static_cast<std::size_t>(v)] / problem.upperOf(v));
        for (Eigen::Index i = 0; i < problem.points(); ++i)
            takeSlack(picture, pointAt(i), problem, i, f[i]);
    }
    for (const PlanePoint& point : picture.points) {
        picture.free += point.kind == VectorKind::Free ? 1 : 0;
        picture.bounded += point.kind == VectorKind::Bounded ? 1 : 0;
    }
    picture.supportVectors = picture.free + picture.bounded;
}

void countWrongPairs(PlanePicture& picture, const PictureRequest& request, const Models& models) {
    const auto decisions = decisionsOf(models, request.run->points->x);
    const bool likely = showsLikelihood(request, models);
    for (std::size_t i = 0; i < picture.points.size(); ++i) {
        const auto at = static_cast<Eigen::Index>(i);
        double found = 0.0;
        if (likely) {
            const auto chances = chancesAt(request, decisions, at);
            found = static_cast<double>(std::max_element(chances.begin(), chances.end()) - chances.begin());
            picture.chances.emplace_back(chances.begin(), chances.end());
        } else {
            found = voteOf(*request.run, models, decisions, at);
        }
        picture.wrong += found != request.run->points->canvas->label[i] ? 1 : 0;
    }
}

void addPair(PlanePicture& picture, const PictureRequest& request) {
    const svm::PairMove& move = request.state->smo.move;
    const SvmMachine& machine = request.run->machines[request.state->machine];
    const auto rowOf = [&](std::int32_t variable) {
        return variable < 0 ? -1 : machine.rows[static_cast<std::size_t>(machine.problem->pointOf(variable))];
    };
    picture.pairFirst = rowOf(move.first);
    picture.pairSecond = rowOf(move.second);
}

void addSlope(PlanePicture& picture, const SvmRun& run, const svm::SvmModel& model) {
    picture.straight = run.knobs.kernel.kind == svm::KernelKind::Linear;
    if (!picture.straight || model.size() == 0) return;
    const Eigen::VectorXd w = model.vectors.transpose() * model.coefficients;
    picture.slopeX = w.dot(run.points->map.u);
    picture.slopeY = w.dot(run.points->map.v);
}

} // namespace

svmview::PairPicture pairOf(const SvmRun& run, const SvmRunSolver::State& state) {
    const svm::PairMove& move = state.smo.move;
    svmview::PairPicture pair;
    if (move.first < 0 || move.second < 0) return pair;
    const SvmMachine& machine = run.machines[state.machine];
    const svm::SvmProblem& problem = *machine.problem;
    const auto number = [&](std::int32_t variable) {
        return QString::number(machine.rows[static_cast<std::size_t>(problem.pointOf(variable))] + 1);
    };
    pair.valid = true;
    pair.first = number(move.first);
    pair.second = number(move.second);
    pair.upperFirst = problem.upperOf(move.first);
    pair.upperSecond = problem.upperOf(move.second);
    pair.slope = problem.signOf(move.first) * problem.signOf(move.second) > 0 ? -1 : 1;
    pair.before = {move.firstBefore, move.secondBefore};
    pair.after = {move.firstAfter, move.secondAfter};
    pair.free = {move.freeFirst, move.secondBefore + pair.slope * (move.freeFirst - move.firstBefore)};
    pair.clipped = move.clipped;
    return pair;
}

double costOf(const PictureRequest& request, double cell) {
    const QSize size = gridSize(request.sight, cell);
    double vectors = 0.0;
    for (std::size_t m = 0; m < request.run->machines.size(); ++m)
        if (const auto* alpha = alphaOf(*request.state, m))
            vectors += static_cast<double>(
                std::count_if(alpha->begin(), alpha->end(), [](double a) { return a > 0.0; }));
    return static_cast<double>(size.width()) * size.height() * vectors *
           static_cast<double>(request.run->points->x.cols() + 4);
}

std::shared_ptr<PlanePicture> pictureOf(const PictureRequest& request, double cell,
                                        const std::function<bool()>& isStale) {
    auto picture = std::make_shared<PlanePicture>();
    const SvmRun& run = *request.run;
    picture->kind = kindOf(run);
    picture->index = request.index;
    picture->atEnd = request.atEnd;
    if (!run.machines.empty())
        picture->positive = run.machines[0].first, picture->negative = run.machines[0].second;
    const Models models = modelsOf(request);
    if (picture->kind == PlaneKind::Regression)
        addCurve(*picture, request, models);
    else if (!addSurface(*picture, request, models, cell, isStale))
        return nullptr;
    addPoints(*picture, request, models);
    addPair(*picture, request);
    if (picture->kind == PlaneKind::Pairs) countWrongPairs(*picture, request, models);
    if (picture->kind == PlaneKind::Classes) addSlope(*picture, run, models.models[0]);
    if (!models.models.empty()) picture->bias = models.models[0].bias;
    return picture;
}

} // namespace orrery
