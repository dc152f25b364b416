// What the isotonic lab computes beside the run, each newest-request-wins: the counters of all algorithms,
// for many points the blocks and the density of what is in sight, the calibration of scores.
#pragma once

#include "app/lab/side_job_group.h"
#include "app/labs/isotonic/isotonic_calibration.h"
#include "app/labs/isotonic/isotonic_pictures.h"
#include "core/isotonic/constants/constant_factor.h"
#include "core/isotonic/isotonic_race.h"

namespace orrery {

/// The same step for the two views, each with the blocks that it shows.
struct MomentPair {
    isotone::FitMoment inSight; ///< of the points between the edges of the fit view
    isotone::FitMoment whole;
};

/// What a moment is made of.
struct MomentRequest {
    std::shared_ptr<const IsotonicRun> run;
    std::shared_ptr<const IsotonicRunSolver::State> state;
    std::shared_ptr<const IsotonicRunSolver::State> finished; ///< null until the end is known
    std::int64_t index = 0;
    QCPRange sight{0, 1}; ///< of x
};
[[nodiscard]] MomentPair momentOf(const MomentRequest& request);

class IsotonicSideJobs final : public SideJobGroup {
    Q_OBJECT
  public:
    explicit IsotonicSideJobs(QObject* parent = nullptr);

    using RunPointer = std::shared_ptr<const IsotonicRun>;
    void count(const RunPointer& run);
    /// Points for marks, off the UI thread where there are many.
    void density(const RunPointer& run, const Sight& sight, double radius);
    /// One at a time: while one is made only the newest request waits, so that playing does not starve it.
    void moment(MomentRequest request);
    /// First the scores as they are, then with the calibrators.
    void calibrate(const CalibrationRequest& request);
    /// The algorithms over n, then one algorithm at four levels of code; one after the other, or the clocks
    /// would disturb each other.
    void race(isotonic::Shape shape, std::size_t largest, quint64 seed);

  Q_SIGNALS:
    void raced(const std::vector<orrery::isotonic::RaceSeries>& series);
    void levelsMeasured(const std::vector<orrery::isotonic::ConstantSeries>& series);
    void calibrated(std::shared_ptr<const orrery::isotone::CalibrationPicture> picture);
    void counted(const std::vector<orrery::isotone::CounterSeries>& series);
    void densityCounted(std::shared_ptr<const orrery::IsotonicRun> run,
                        std::shared_ptr<const orrery::isotone::DensityPicture> picture);
    void momentMade(std::shared_ptr<const orrery::IsotonicRun> run, const orrery::MomentPair& moment);

  private:
    void startMoment(MomentRequest request);

    SideJob m_counters, m_density, m_moment, m_calibration, m_race;
    std::optional<MomentRequest> m_waiting;
};

} // namespace orrery
