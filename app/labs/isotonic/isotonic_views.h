// The pictures of the isotonic lab and the links between them: a block that is pointed at in one is marked in
// all.
#pragma once

#include "app/lab/view_shelf.h"
#include "app/labs/isotonic/isotonic_side_jobs.h"

#include <QObject>
#include <QPointer>

namespace orrery::isotone {
class CalibrationMapView;
class CounterView;
class CumulativeView;
class FitView;
class GrowthView;
class ReliabilityView;
} // namespace orrery::isotone

namespace orrery {

class NumberTable;

class IsotonicViews final : public QObject {
    Q_OBJECT
  public:
    explicit IsotonicViews(QObject* parent = nullptr);

    /// Main card first.
    [[nodiscard]] std::vector<StageView> arrangement(const IsotonicKnobs& knobs) const;
    [[nodiscard]] QString subtitleOf(const QString& viewId) const;

    /// True: other cards are asked for, which have not been fed since they left the stage.
    bool showKnobs(const IsotonicKnobs& knobs);
    /// `keepGhost`: the fit before stays as a ghost, since it is of the same axes.
    void beginRun(const IsotonicRun& run, bool keepGhost);
    void showMoment(const MomentPair& moment, isotonic::IsotonicMethod method);
    void showCounters(const std::vector<isotone::CounterSeries>& series);
    void showDensity(std::shared_ptr<const isotone::DensityPicture> density);
    void showRace(const std::vector<isotonic::RaceSeries>& series);
    void showLevels(const std::vector<isotonic::ConstantSeries>& series);
    void showCalibration(std::shared_ptr<const isotone::CalibrationPicture> picture);
    void highlightMark(const QString& mark);
    void markRows(const std::vector<int>& rows);
    void setPlaying(bool playing); ///< blocks merge before one's eyes only when steps are taken by hand
    [[nodiscard]] Sight sight() const;
    [[nodiscard]] double markRadius() const;

  Q_SIGNALS:
    void rowDragged(int row, double x, double y, bool stillDragging);
    void rowAdded(double x, double y);
    void rowRemoved(int row);
    void rowChosen(int row);
    void sightChanged();
    void subtitlesChanged();

  private:
    void link();
    [[nodiscard]] bool isOnStage(const QString& id) const { return m_onStage.contains(id); }

    QPointer<isotone::FitView> m_fit;
    QPointer<isotone::CumulativeView> m_sums;
    QPointer<isotone::CounterView> m_counters;
    QPointer<isotone::ReliabilityView> m_reliability;
    QPointer<isotone::CalibrationMapView> m_maps;
    QPointer<NumberTable> m_decomposition;
    QPointer<isotone::GrowthView> m_race, m_speedup, m_levels;
    std::vector<isotonic::RaceSeries> m_raced;
    QStringList m_onStage; ///< ids; moments come to these views alone
    bool m_raceCountsOperations = false;
    bool m_racesTable = false; ///< which has no data of every size
    ViewShelf m_shelf;
};

} // namespace orrery
