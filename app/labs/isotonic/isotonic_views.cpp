#include "app/labs/isotonic/isotonic_views.h"

#include "app/labs/isotonic/isotonic_race_pictures.h"
#include "app/labs/isotonic/views/calibration_map_view.h"
#include "app/labs/isotonic/views/counter_view.h"
#include "app/labs/isotonic/views/cumulative_view.h"
#include "app/labs/isotonic/views/decomposition_view.h"
#include "app/labs/isotonic/views/fit_view.h"
#include "app/labs/isotonic/views/reliability_view.h"
#include "widgets/frame/paint.h"

namespace orrery {

namespace {
const QString kFit = QStringLiteral("fit");
const QString kSums = QStringLiteral("cumulative-sum");
const QString kCounters = QStringLiteral("counters");
const QString kReliability = QStringLiteral("reliability");
const QString kMaps = QStringLiteral("calibration-maps");
const QString kDecomposition = QStringLiteral("decomposition");
const QString kRace = QStringLiteral("race");
const QString kSpeedup = QStringLiteral("speed-up");
const QString kLevels = QStringLiteral("levels");

QStringList cardsOf(const IsotonicKnobs& knobs) {
    if (knobs.calibrates()) return {kReliability, kMaps, kDecomposition};
    if (knobs.races()) return {kRace, kSpeedup, kLevels};
    return {kFit, kSums, kCounters};
}
} // namespace

IsotonicViews::IsotonicViews(QObject* parent)
    : QObject(parent)
    , m_fit(new isotone::FitView)
    , m_sums(new isotone::CumulativeView)
    , m_counters(new isotone::CounterView)
    , m_reliability(new isotone::ReliabilityView)
    , m_maps(new isotone::CalibrationMapView)
    , m_decomposition(new NumberTable)
    , m_race(new isotone::GrowthView)
    , m_speedup(new isotone::GrowthView)
    , m_levels(new isotone::GrowthView) {
    m_shelf.add(kFit, tr("Points and blocks"), m_fit);
    m_shelf.add(kSums, tr("Cumulative sum"), m_sums);
    m_shelf.add(kCounters, tr("Counters"), m_counters);
    m_shelf.add(kReliability, tr("Reliability"), m_reliability);
    m_shelf.add(kMaps, tr("Calibration maps"), m_maps);
    m_shelf.add(kDecomposition, tr("Before and after"), m_decomposition);
    isotone::fillDecomposition(*m_decomposition, nullptr);
    m_shelf.add(kRace, tr("Race over n"), m_race);
    m_shelf.add(kSpeedup, tr("Speed-up"), m_speedup);
    m_shelf.add(kLevels, tr("The constant factor"), m_levels);
    link();
}

void IsotonicViews::link() {
    connect(m_fit, &isotone::FitView::pointHovered, m_sums, &isotone::CumulativeView::setHoveredPoint);
    connect(m_sums, &isotone::CumulativeView::pointHovered, m_fit, &isotone::FitView::setHoveredPoint);
    connect(m_fit, &isotone::FitView::rowDragged, this, &IsotonicViews::rowDragged);
    connect(m_fit, &isotone::FitView::rowAdded, this, &IsotonicViews::rowAdded);
    connect(m_fit, &isotone::FitView::rowRemoved, this, &IsotonicViews::rowRemoved);
    connect(m_fit, &isotone::FitView::rowChosen, this, &IsotonicViews::rowChosen);
    connect(m_fit, &isotone::FitView::sightChanged, this, &IsotonicViews::sightChanged);
}

std::vector<StageView> IsotonicViews::arrangement(const IsotonicKnobs& knobs) const {
    return m_shelf.stage(cardsOf(knobs));
}

QString IsotonicViews::subtitleOf(const QString& id) const {
    if (id == kFit) return m_fit->summary();
    if (id == kSums) return m_sums->summary();
    if (id == kReliability) return m_reliability->summary();
    if (id == kMaps) return m_maps->summary();
    if (id == kDecomposition)
        return QStringList{tr("every row by a map that did not see it"), tr("out of sample")}.join(kShorter);
    if (id == kRace && m_racesTable && !m_raced.empty())
        return QStringList{tr("a table has one size: raced on the perturbed log"), tr("on the perturbed log")}
            .join(kShorter);
    if (id == kRace) return m_race->picture().summary;
    if (id == kSpeedup) return m_speedup->picture().summary;
    if (id == kLevels) return m_levels->picture().summary;
    return m_counters->summary();
}

bool IsotonicViews::showKnobs(const IsotonicKnobs& knobs) {
    const QStringList before = std::exchange(m_onStage, cardsOf(knobs));
    m_racesTable = !knobs.shape;
    m_sums->setCentred(knobs.centredSums);
    const bool operations = knobs.cost == u"operations";
    if (std::exchange(m_raceCountsOperations, operations) != operations) showRace(m_raced);
    return before != m_onStage;
}

void IsotonicViews::beginRun(const IsotonicRun& run, bool keepGhost) {
    m_fit->setNames(QString::fromStdString(run.xName), QString::fromStdString(run.yName));
    m_fit->setPoints(run.points, keepGhost);
}

void IsotonicViews::showMoment(const MomentPair& moment, isotonic::IsotonicMethod method) {
    if (isOnStage(kFit)) m_fit->setMoment(moment.inSight);
    if (isOnStage(kSums)) m_sums->setMoment(moment.whole);
    if (isOnStage(kReliability)) m_reliability->setMoment(moment.whole);
    if (isOnStage(kCounters)) m_counters->setNow(moment.whole.index, method);
    Q_EMIT subtitlesChanged();
}

void IsotonicViews::showCounters(const std::vector<isotone::CounterSeries>& series) {
    m_counters->setSeries(series);
    Q_EMIT subtitlesChanged();
}

void IsotonicViews::showDensity(std::shared_ptr<const isotone::DensityPicture> density) {
    m_fit->setDensity(std::move(density));
}

void IsotonicViews::showRace(const std::vector<isotonic::RaceSeries>& series) {
    m_raced = series;
    m_race->setPicture(racePicture(series, m_raceCountsOperations));
    m_speedup->setPicture(speedupPicture(series));
    Q_EMIT subtitlesChanged();
}

void IsotonicViews::showLevels(const std::vector<isotonic::ConstantSeries>& series) {
    m_levels->setPicture(levelsPicture(series));
    Q_EMIT subtitlesChanged();
}

void IsotonicViews::showCalibration(std::shared_ptr<const isotone::CalibrationPicture> picture) {
    m_reliability->setPicture(picture);
    m_maps->setPicture(picture);
    isotone::fillDecomposition(*m_decomposition, picture.get());
    Q_EMIT subtitlesChanged();
}

void IsotonicViews::highlightMark(const QString& mark) {
    m_fit->setHighlightedMark(mark);
    m_sums->setHighlightedMark(mark);
}

void IsotonicViews::markRows(const std::vector<int>& rows) {
    m_fit->setMarkedRows(rows);
}
void IsotonicViews::setPlaying(bool playing) {
    m_fit->setAnimated(!playing);
}
Sight IsotonicViews::sight() const {
    return {m_fit->sightX(), m_fit->sightY(), m_fit->sightPixels()};
}
double IsotonicViews::markRadius() const {
    return std::max(1.1, m_fit->theme().markSize() * 0.25) * m_fit->devicePixelRatioF();
}

} // namespace orrery
