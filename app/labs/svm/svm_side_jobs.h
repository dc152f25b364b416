// What the SVM lab computes beside the run: the picture of the plane, coarse then fine; the C × γ map; the
// kernel matrix.
#pragma once

#include "app/lab/side_job_group.h"
#include "app/labs/svm/svm_kernel_pictures.h"
#include "app/labs/svm/svm_picture.h"

#include <QTimer>
#include <atomic>

namespace orrery {

class SvmSideJobs final : public SideJobGroup {
    Q_OBJECT
  public:
    explicit SvmSideJobs(QObject* parent = nullptr);

    /// One at a time: while one is made only the newest request waits, so that neither playing nor dragging
    /// starves it.
    void picture(PictureRequest request);
    /// Both wait until the hand rests: an edit has the processor to itself.
    void map(SvmRunPointer run, quint64 seed);
    void matrix(SvmRunPointer run);
    void probability(SvmRunPointer run, const QString& method, quint64 seed);
    /// What waits for the hand is begun now, and everything is waited for.
    void finish();

  Q_SIGNALS:
    void pictured(orrery::SvmRunPointer run, std::shared_ptr<const orrery::svmview::PlanePicture> picture);

    void mapped(orrery::SvmRunPointer run, std::shared_ptr<const orrery::svm::ParameterGrid> grid);
    void matrixMade(orrery::SvmRunPointer run, std::shared_ptr<const orrery::svmview::MatrixPicture> picture);

    void mapRefused(orrery::SvmRunPointer run, const QString& why);
    void probabilityFitted(orrery::SvmRunPointer run, orrery::SvmLikelihoodPointer likelihood);

  private:
    struct ProbabilityRequest {
        SvmRunPointer run;
        QString method;
        quint64 seed = 1;
    };
    void startProbability();
    void startMap();
    void startMatrix();
    void startPicture(PictureRequest request);

    SideJob m_picture, m_map, m_matrix, m_probability;
    std::optional<ProbabilityRequest> m_probabilityWanted;
    QTimer m_rest;
    std::optional<std::pair<SvmRunPointer, quint64>> m_mapWanted;
    SvmRunPointer m_matrixWanted;
    std::optional<PictureRequest> m_waiting;
    std::shared_ptr<std::atomic<bool>> m_isAwaited = std::make_shared<std::atomic<bool>>(false);
};

} // namespace orrery
