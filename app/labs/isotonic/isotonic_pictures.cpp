#include "app/labs/isotonic/isotonic_pictures.h"

#include "widgets/plot/density_image.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace orrery {

namespace {

using isotonic::Block;

constexpr std::size_t kMostSamples = 4096;
constexpr std::size_t kPollEvery = 1 << 16;
constexpr double kSingleAlpha = 0.25; ///< of a lone point

// Where blocks rise, the first of each stretch is enough; where a sweep has not come they do not, and lowest
// and highest tell the picture.
isotone::Blocks thinned(const isotone::Blocks& blocks, std::size_t most) {
    isotone::Blocks kept;
    const std::size_t stretch = (blocks.size() + most / 2 - 1) / (most / 2);
    for (std::size_t begin = 0; begin < blocks.size(); begin += stretch) {
        const auto from = blocks.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto to =
            blocks.begin() + static_cast<std::ptrdiff_t>(std::min(begin + stretch, blocks.size()));
        const auto [low, high] =
            std::minmax_element(from, to, [](const Block& a, const Block& b) { return a.value < b.value; });
        kept.push_back(std::min(low, high)[0]);
        if (low != high) kept.push_back(std::max(low, high)[0]);
    }
    return kept;
}

QCPRange rangeOf(std::size_t count, const std::function<double(std::size_t)>& value) {
    double low = INFINITY, high = -INFINITY;
    for (std::size_t i = 0; i < count; ++i) {
        const double v = value(i);
        if (std::isfinite(v)) low = std::min(low, v), high = std::max(high, v);
    }
    return low <= high ? QCPRange(low, high) : QCPRange(0, 1);
}

// The point of the problem that each row went into; rows that were left out get none (m).
std::vector<std::uint32_t> pointsOfRows(const isotonic::IsotonicProblem& problem, std::size_t rows) {
    if (problem.rowOrder.empty() && problem.rowStart.empty()) return {};
    std::vector<std::uint32_t> point(rows, static_cast<std::uint32_t>(problem.points()));
    for (std::size_t p = 0; p < problem.points(); ++p)
        for (std::size_t k = problem.firstRow(p); k < problem.firstRow(p + 1); ++k)
            point[problem.originalRow(k)] = static_cast<std::uint32_t>(p);
    return point;
}

// Thinned to a grid twice as wide.
void halve(std::vector<isotone::CounterSample>& samples) {
    for (std::size_t i = 1; 2 * i < samples.size(); ++i)
        samples[i] = samples[2 * i];
    samples.resize((samples.size() + 1) / 2);
}

template <class Solver>
isotone::CounterSeries counted(Solver solver, isotonic::IsotonicMethod method, double maxSeconds,
                               const Progress& progress) {
    isotone::CounterSeries series{method, {{0, solver.state().counters}}, false};
    const auto start = std::chrono::steady_clock::now();
    std::int64_t stride = 1, steps = 0;
    while (!series.finished) {
        for (std::int64_t left = stride;
             left > 0 && !series.finished;) { // advance() comes back at every round
            const AdvanceResult moved = advance(solver, left);
            left -= moved.steps;
            steps += moved.steps;
            series.finished = moved.last.status != StepStatus::Advanced;
        }
        series.samples.push_back({steps, solver.state().counters});
        if (series.samples.size() > kMostSamples) halve(series.samples), stride *= 2;
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        if (progress.isCancelled() || taken.count() > maxSeconds) break;
    }
    return series;
}

// Few enough rows between the left and the right edge: each of them.
bool exactInSight(const IsotonicRun& run, const Sight& sight, isotone::DensityPicture& picture) {
    const isotonic::IsotonicProblem& problem = *run.problem;
    const std::size_t first = isotone::nearestPoint(problem, sight.x.lower),
                      end = isotone::nearestPoint(problem, sight.x.upper) + std::size_t{1};
    const std::size_t from = problem.firstRow(first), to = problem.firstRow(end);
    if (to - from > isotone::kMostEditable) return false;
    for (std::size_t k = from; k < to; ++k) {
        picture.pointX.push_back(run.rowX(problem.originalRow(k)));
        picture.pointY.push_back(run.rowY(problem.originalRow(k)));
    }
    return true;
}

void countInSight(const IsotonicRun& run, const Sight& sight, std::size_t stride, double radius,
                  const Progress& progress, isotone::DensityPicture& picture) {
    const int width = std::max(1, sight.pixels.width()), height = std::max(1, sight.pixels.height());
    DensityImage density({width, height}, radius);
    std::vector<double> low(static_cast<std::size_t>(width), INFINITY),
        high(static_cast<std::size_t>(width), -INFINITY);
    const double perX = width / sight.x.size(), perY = height / sight.y.size();
    for (std::size_t row = 0; row < run.rowCount(); row += stride) {
        if (row % (kPollEvery * stride) == 0 && progress.isCancelled()) return;
        const double x = (run.rowX(row) - sight.x.lower) * perX, y = run.rowY(row);
        if (!(x >= 0.0 && x < width)) continue;
        density.add(x, (sight.y.upper - y) * perY, 0);
        const auto column = static_cast<std::size_t>(x);
        low[column] = std::min(low[column], y), high[column] = std::max(high[column], y);
    }
    std::array<QColor, 6> ink;
    ink.fill(QColor(0, 0, 0));
    picture.counts = density.image(ink, kSingleAlpha).convertToFormat(QImage::Format_Alpha8);
    for (std::size_t column = 0; column < low.size(); ++column) {
        if (!(low[column] <= high[column])) continue;
        picture.envelopeX.push_back(sight.x.lower + (static_cast<double>(column) + 0.5) / perX);
        picture.low.push_back(low[column]);
        picture.high.push_back(high[column]);
    }
}

} // namespace

isotone::BlocksPointer drawnBlocks(const isotonic::IsotonicProblem& problem,
                                   const IsotonicRunSolver::State& state, std::uint32_t first,
                                   std::uint32_t last, std::size_t most) {
    isotone::Blocks blocks;
    isotonic::forEachBlock(problem, state, first, last, [&](const Block& block) { blocks.push_back(block); });
    if (blocks.size() > most) blocks = thinned(blocks, most);
    return std::make_shared<const isotone::Blocks>(std::move(blocks));
}

std::shared_ptr<const isotone::FitPoints> fitPointsOf(const IsotonicRun& run) {
    auto points = std::make_shared<isotone::FitPoints>();
    points->total = run.rowCount();
    const auto x = [&](std::size_t row) { return run.rowX(row); };
    const auto y = [&](std::size_t row) { return run.rowY(row); };
    points->rangeX = rangeOf(points->total, x);
    points->rangeY = rangeOf(points->total, y);
    if (points->total > isotone::kManyRows) return points;
    const bool weighted = !run.problem->weights.empty() && !run.weightName.empty();
    for (std::size_t row = 0; row < points->total; ++row) {
        points->x.push_back(x(row));
        points->y.push_back(y(row));
        if (weighted) points->weight.push_back(std::max(0.0, run.rowWeight(row)));
    }
    if (weighted)
        points->largestWeight =
            std::max(1e-300, *std::max_element(points->weight.begin(), points->weight.end()));
    points->point = pointsOfRows(*run.problem, points->total);
    return points;
}

std::shared_ptr<const isotone::DensityPicture> densityOf(const IsotonicRun& run, const Sight& sight,
                                                         std::size_t stride, double radius,
                                                         const Progress& progress) {
    auto picture = std::make_shared<isotone::DensityPicture>();
    picture->x = sight.x;
    picture->y = sight.y;
    picture->coarse = stride > 1;
    if (!exactInSight(run, sight, *picture)) countInSight(run, sight, stride, radius, progress, *picture);
    return progress.isCancelled() ? nullptr : picture;
}

isotone::CounterSeries countersOf(const IsotonicRun& run, isotonic::IsotonicMethod method, double maxSeconds,
                                  const Progress& progress) {
    switch (method) {
    case isotonic::IsotonicMethod::Sweep:
        return counted(isotonic::SweepPava(run.problem), method, maxSeconds, progress);
    case isotonic::IsotonicMethod::ActiveSet:
        return counted(isotonic::ActiveSet(run.problem), method, maxSeconds, progress);
    case isotonic::IsotonicMethod::Stack:
        break;
    }
    return counted(isotonic::StackPava(run.problem), method, maxSeconds, progress);
}

} // namespace orrery
