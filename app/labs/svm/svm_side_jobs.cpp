#include "app/labs/svm/svm_side_jobs.h"

namespace orrery {

namespace {

constexpr double kCoarseCell = 12.0; ///< pixels
constexpr double kFineCell = 3.0;
constexpr int kRestMilliseconds = 250;
constexpr double kMostCoarse = 8e6; ///< products of features: some ten milliseconds
constexpr double kMostFine = 4e8;

double cellWithin(const PictureRequest& request, double cell, double most) {
    const double cost = costOf(request, cell);
    return cost > most ? cell * std::sqrt(cost / most) : cell;
}

} // namespace

SvmSideJobs::SvmSideJobs(QObject* parent) : SideJobGroup(parent) {
    watch({&m_picture, &m_map, &m_matrix, &m_probability});
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMilliseconds);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        startProbability();
        startMap();
        startMatrix();
    });
    connect(&m_picture, &SideJob::busyChanged, this, [this] {
        if (!m_picture.isBusy() && m_waiting) startPicture(*std::exchange(m_waiting, std::nullopt));
    });
}

void SvmSideJobs::picture(PictureRequest request) {
    if (!m_picture.isBusy()) return startPicture(std::move(request));
    m_waiting = std::move(request);
    m_isAwaited->store(true);
}

void SvmSideJobs::map(SvmRunPointer run, quint64 seed) {
    m_map.cancel();
    m_mapWanted.emplace(std::move(run), seed);
    m_rest.start();
}

void SvmSideJobs::matrix(SvmRunPointer run) {
    m_matrix.cancel();
    m_matrixWanted = std::move(run);
    m_rest.start();
}

void SvmSideJobs::probability(SvmRunPointer run, const QString& method, quint64 seed) {
    m_probability.cancel();
    m_probabilityWanted = ProbabilityRequest{std::move(run), method, seed};
    m_rest.start();
}

void SvmSideJobs::startProbability() {
    if (!m_probabilityWanted) return;
    m_probability.submit([this, request = *std::exchange(m_probabilityWanted, std::nullopt)](
                             Progress& progress, const SideJob::Deliver& deliver) {
        auto fitted = SvmLikelihood::fitted(*request.run, request.method, request.seed, progress);
        if (fitted)
            deliver([this, run = request.run,
                     likelihood = std::make_shared<const SvmLikelihood>(*std::move(fitted))] {
                Q_EMIT probabilityFitted(run, likelihood);
            });
        else if (fitted.error().code != ErrorCode::Cancelled)
            deliver([this, said = QString::fromStdString(fitted.error().message)] { Q_EMIT failed(said); });
    });
}

void SvmSideJobs::finish() {
    m_rest.stop();
    startProbability();
    startMap();
    startMatrix();
    wait();
}

void SvmSideJobs::startMap() {
    if (!m_mapWanted) return;
    const auto [run, seed] = *std::exchange(m_mapWanted, std::nullopt);
    m_map.submit([this, run = run, seed = seed](Progress& progress, const SideJob::Deliver& deliver) {
        const auto searched = searchMap(*run, seed, progress, [&](const svm::ParameterGrid& grid) {
            auto copy = std::make_shared<const svm::ParameterGrid>(grid);
            deliver([this, run, copy] { Q_EMIT mapped(run, copy); });
        });
        if (!searched && searched.error().code != ErrorCode::Cancelled)
            deliver([this, run, said = QString::fromStdString(searched.error().message)] {
                Q_EMIT mapRefused(run, said);
            });
    });
}

void SvmSideJobs::startMatrix() {
    if (!m_matrixWanted) return;
    m_matrix.submit([this, run = std::exchange(m_matrixWanted, nullptr)](Progress& progress,
                                                                         const SideJob::Deliver& deliver) {
        for (const bool withEigenvalues : {false, true}) {
            auto picture = matrixPicture(*run, withEigenvalues, progress);
            if (!picture) return;
            deliver([this, run, picture] { Q_EMIT matrixMade(run, picture); });
        }
    });
}

void SvmSideJobs::startPicture(PictureRequest request) {
    m_isAwaited->store(false);
    m_picture.submit([this, request = std::move(request),
                      isAwaited = m_isAwaited](Progress& progress, const SideJob::Deliver& deliver) {
        const auto share = [&](double cell, bool fine, const std::function<bool()>& isStale) {
            std::shared_ptr<svmview::PlanePicture> picture = pictureOf(request, cell, isStale);
            if (!picture) return;
            picture->fine = fine;
            deliver([this, run = request.run, picture] { Q_EMIT pictured(run, picture); });
        };
        share(cellWithin(request, kCoarseCell, kMostCoarse), false, {});
        if (request.isQuick) return;
        share(cellWithin(request, kFineCell, kMostFine), true,
              [&] { return progress.isCancelled() || isAwaited->load(); });
    });
}

} // namespace orrery
