// The pictures of the LASSO lab and the links between them: a column or a row that is marked in one is marked
// in all.
#pragma once

#include "app/lab/view_shelf.h"
#include "app/labs/lasso/lasso_parameters.h"
#include "app/labs/lasso/lasso_side_jobs.h"
#include "app/labs/lasso/views/path_data.h"

#include <QObject>
#include <QPointer>
#include <memory>

namespace orrery::lasso {
class CoefficientView;
class CvView;
class GeometryView;
class PathView;
class RaceView;
class ResidualView;
class SoftThresholdView;
} // namespace orrery::lasso

namespace orrery {

class LassoViews final : public QObject {
    Q_OBJECT
  public:
    explicit LassoViews(QObject* parent = nullptr);

    /// Main card first.
    [[nodiscard]] std::vector<StageView> arrangement(const LassoKnobs& knobs) const;
    [[nodiscard]] QString subtitleOf(const QString& viewId) const;

    void showKnobs(const LassoKnobs& knobs);
    [[nodiscard]] bool showsResiduals() const;               ///< a card of the stage does
    void beginRun(const LassoRun& run, double lambdaFactor); ///< the old path and curve become ghosts
    void showPath(std::shared_ptr<const lasso::PathData> path);
    void showFrame(const LassoRun& run, const linear::LassoFrame& frame, double shownLambda,
                   double lambdaFactor);
    void showValidation(const linear::CrossValidation& result, double lambdaFactor);
    void showResiduals(const LassoResiduals& residuals);
    void showRace(const std::vector<linear::RaceEntry>& entries);
    void showGeometry(const linear::LossQuadratic& loss, const LassoWalk2d* walk, std::int64_t index,
                      const linear::RegressionProblem& problem);
    void highlightMark(const QString& mark);
    void highlightColumn(int column);
    void brushRows(const std::vector<int>& rows);
    [[nodiscard]] const lasso::PathData* path() const { return m_path.get(); }

  Q_SIGNALS:
    void lambdaDragged(double shownLambda);
    void rowsBrushed(const std::vector<int>& rows);
    void subtitlesChanged();

  private:
    void link();
    void showCoefficients(const LassoRun& run, const linear::LassoFrame& frame);
    void showThreshold(const LassoRun& run, const linear::LassoFrame& frame, double lambdaFactor);
    [[nodiscard]] bool isOnStage(const QString& id) const { return m_onStage.contains(id); }

    std::shared_ptr<const lasso::PathData> m_path;
    LassoKnobs m_knobs;
    QStringList m_onStage; ///< ids; what a step brings comes to these views alone
    QString m_geometrySubtitle, m_residualSubtitle, m_stepSubtitle, m_raceSubtitle;
    QPointer<lasso::PathView> m_paths;
    QPointer<lasso::CoefficientView> m_coefficients;
    QPointer<lasso::CvView> m_validation;
    QPointer<lasso::ResidualView> m_residuals;
    QPointer<lasso::GeometryView> m_geometry;
    QPointer<lasso::SoftThresholdView> m_threshold;
    QPointer<lasso::RaceView> m_race;
    ViewShelf m_shelf;
    std::vector<int> m_focus; ///< columns that have a colour, for as long as the columns are these
    std::shared_ptr<const linear::CrossValidation> m_lastValidation;
    double m_lastFactor = 1.0;
};

} // namespace orrery
