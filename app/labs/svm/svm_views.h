// The pictures of the SVM lab and the links between them.
#pragma once

#include "app/lab/view_shelf.h"
#include "app/labs/svm/svm_side_jobs.h"
#include "widgets/canvas/canvas_points.h"

#include <QObject>
#include <QPointer>

namespace orrery {
class Trace; // not included: the moc of Qt 6.4 cannot read <concepts>
} // namespace orrery

namespace orrery::svmview {
class GridView;
class LiftView;
class MatrixView;
class PairView;
class PlaneView;
struct PairPicture;
class ProgressView;
} // namespace orrery::svmview

namespace orrery {

class SvmViews final : public QObject {
    Q_OBJECT
  public:
    explicit SvmViews(QObject* parent = nullptr);

    /// Main card first.
    [[nodiscard]] std::vector<StageView> arrangement(const SvmKnobs& knobs) const;
    [[nodiscard]] QString subtitleOf(const QString& viewId) const;

    void showKnobs(const SvmKnobs& knobs);
    /// `edited`: the points came from the hand, so that the sight stays where it is.
    void beginRun(const SvmRun& run, bool edited);
    /// The map and the matrix are computed only for eyes.
    [[nodiscard]] bool isMapShown() const;
    [[nodiscard]] bool isMatrixShown() const;
    [[nodiscard]] bool isLiftShown() const;
    void showMap(const svmview::GridPicture& map);
    void showNoMap(const QString& why);
    void showMatrix(std::shared_ptr<const svmview::MatrixPicture> matrix);
    void showLift(std::shared_ptr<const svmview::LiftPicture> lift);
    void showPair(const svmview::PairPicture& pair);
    void showMoment(const std::shared_ptr<const Trace>& trace, std::int64_t index);
    void showPicture(std::shared_ptr<const svmview::PlanePicture> picture);
    void keepGhost(); ///< of the boundary that is shown, unless a drag keeps an older one
    void dropGhost();
    void setProbability(std::function<double(double)> ofDecision);
    void highlightMark(const QString& mark);
    void selectRows(const std::vector<int>& rows);
    [[nodiscard]] PlaneSight sight() const;
    [[nodiscard]] bool isHeld() const;

  Q_SIGNALS:
    void pointsEdited(std::shared_ptr<const orrery::CanvasPoints> points, bool stillDragging);
    void editRefused(const QString& sentence);
    void rowsSelected(const std::vector<int>& rows);
    void sightChanged();
    void cellChosen(double c, double gamma); ///< of the map
    void subtitlesChanged();
    void indexRequested(qint64 index);
    void knobChosen(const QString& id, const QString& value); ///< by a key on the plane

  private:
    void link();

    QPointer<svmview::PlaneView> m_plane;
    QPointer<svmview::ProgressView> m_progress;
    QPointer<svmview::PairView> m_pair;
    QPointer<svmview::GridView> m_map;
    QPointer<svmview::MatrixView> m_matrix;
    QPointer<svmview::LiftView> m_lift;
    QStringList m_classes;
    ViewShelf m_shelf;
};

} // namespace orrery
