#include "app/labs/isotonic/isotonic_side_jobs.h"

#include "app/labs/isotonic/isotonic_race_pictures.h"
#include "core/support/thread_priority.h"

namespace orrery {

namespace {

constexpr double kMostCountSeconds = 2.0; ///< an algorithm that needs longer is shown as far as it came
constexpr double kMostRaceSeconds = 2.0;  ///< of one algorithm at one n
constexpr std::size_t kCoarseRows = 200'000;
constexpr std::size_t kMostBlocks = 6000;

} // namespace

MomentPair momentOf(const MomentRequest& request) {
    const isotonic::IsotonicProblem& problem = *request.run->problem;
    const isotonic::SolverState& common = isotonic::commonOf(*request.state);
    const auto last = static_cast<std::uint32_t>(problem.points() - 1);
    isotone::FitMoment moment;
    moment.problem = request.run->problem;
    moment.sums = request.run->sums;
    moment.move = common.status == StepStatus::Advanced ? common.move : isotonic::Move{};
    moment.blockCount = isotonic::blockCount(*request.state);
    moment.taken = isotonic::pointsTaken(problem, *request.state);
    moment.index = request.index;
    const auto blocks = [&](isotone::FitMoment part, std::uint32_t from, std::uint32_t to) {
        const std::size_t most = problem.points() <= kDirectPoints ? problem.points() : kMostBlocks;
        part.now = drawnBlocks(problem, *request.state, from, to, most);
        if (request.finished == request.state)
            part.finished = part.now;
        else if (request.finished)
            part.finished = drawnBlocks(problem, *request.finished, from, to, most);
        return part;
    };
    MomentPair pair;
    pair.whole = blocks(moment, 0, last);
    pair.inSight = pair.whole;
    if (problem.points() <= kDirectPoints) return pair;
    const std::uint32_t from = isotone::nearestPoint(problem, request.sight.lower),
                        to = isotone::nearestPoint(problem, request.sight.upper);
    if (from > 0 || to < last) pair.inSight = blocks(moment, from, to);
    return pair;
}

IsotonicSideJobs::IsotonicSideJobs(QObject* parent) : SideJobGroup(parent) {
    watch({&m_counters, &m_density, &m_moment, &m_calibration, &m_race});
    connect(&m_moment, &SideJob::busyChanged, this, [this] {
        if (!m_moment.isBusy() && m_waiting) startMoment(*std::exchange(m_waiting, std::nullopt));
    });
}

void IsotonicSideJobs::count(const RunPointer& run) {
    m_counters.submit([this, run](Progress& progress, const SideJob::Deliver& deliver) {
        yieldToOthers();
        std::vector<isotone::CounterSeries> series;
        for (const isotonic::IsotonicMethod method : isotonic::kIsotonicMethods) {
            if (progress.isCancelled()) return;
            const bool hopeless = method == isotonic::IsotonicMethod::ActiveSet &&
                                  run->problem->points() > kMostActiveSetPoints;
            series.push_back(hopeless ? isotone::CounterSeries{method, {{}}, false}
                                      : countersOf(*run, method, kMostCountSeconds, progress));
            deliver([this, series] { Q_EMIT counted(series); });
        }
    });
}

void IsotonicSideJobs::density(const RunPointer& run, const Sight& sight, double radius) {
    m_density.submit([this, run, sight, radius](Progress& progress, const SideJob::Deliver& deliver) {
        for (const std::size_t stride :
             {std::max<std::size_t>(1, run->rowCount() / kCoarseRows), std::size_t{1}}) {
            auto picture = densityOf(*run, sight, stride, radius, progress);
            if (!picture) return;
            deliver([this, run, picture] { Q_EMIT densityCounted(run, picture); });
            if (stride == 1 || !picture->pointX.empty()) return;
        }
    });
}

void IsotonicSideJobs::calibrate(const CalibrationRequest& request) {
    m_calibration.submit([this, request](Progress& progress, const SideJob::Deliver& deliver) {
        const auto refuse = [&](const Error& error) {
            if (error.code == ErrorCode::Cancelled) return;
            deliver([this, sentence = QString::fromStdString(error.message)] { Q_EMIT failed(sentence); });
        };
        const auto share = [&](const isotone::CalibrationPicture& picture) {
            auto copy = std::make_shared<const isotone::CalibrationPicture>(picture);
            deliver([this, copy] { Q_EMIT calibrated(copy); });
        };
        auto picture = pictureOfScores(request, progress);
        if (!picture) return refuse(picture.error());
        if (!request.comparison) share(*picture);
        if (const auto added = addCalibrators(request, *picture, progress); !added)
            return refuse(added.error());
        share(*picture);
    });
}

void IsotonicSideJobs::race(isotonic::Shape shape, std::size_t largest, quint64 seed) {
    m_race.submit([this, shape, largest, seed](Progress& progress, const SideJob::Deliver& deliver) {
        isotonic::RaceOptions options;
        options.shape = shape;
        options.seed = seed;
        options.sizes = raceSizes(10, largest);
        options.maxSeconds = kMostRaceSeconds;
        const auto raced =
            isotonic::runRace(options, progress, [&](const std::vector<isotonic::RaceSeries>& series) {
                deliver([this, series] { Q_EMIT this->raced(series); });
            });
        if (!raced) return; // cancelled
        isotonic::ConstantOptions levels;
        levels.shape = shape;
        levels.seed = seed;
        // Quadratically many sweeps at the slowest level would take minutes.
        const std::size_t most = shape == isotonic::Shape::Pathological ? 3000 : 300'000;
        levels.sizes = raceSizes(100, std::min(largest, most));
        (void)isotonic::compareLevels(levels, progress,
                                      [&](const std::vector<isotonic::ConstantSeries>& series) {
                                          deliver([this, series] { Q_EMIT levelsMeasured(series); });
                                      });
    });
}

void IsotonicSideJobs::moment(MomentRequest request) {
    if (m_moment.isBusy())
        m_waiting = std::move(request);
    else
        startMoment(std::move(request));
}

void IsotonicSideJobs::startMoment(MomentRequest request) {
    m_moment.submit([this, request = std::move(request)](Progress&, const SideJob::Deliver& deliver) {
        auto pair = std::make_shared<const MomentPair>(momentOf(request));
        deliver([this, run = request.run, pair] { Q_EMIT momentMade(run, *pair); });
    });
}

} // namespace orrery
