#include "app/labs/isotonic/isotonic_views.h"

#include "app/labs/isotonic/views/counter_view.h"
#include "app/labs/isotonic/views/cumulative_view.h"
#include "app/labs/isotonic/views/fit_view.h"

namespace orrery {

namespace {
const QString kFit = QStringLiteral("fit");
const QString kSums = QStringLiteral("cumulative-sum");
const QString kCounters = QStringLiteral("counters");
} // namespace

IsotonicViews::IsotonicViews(QObject* parent)
    : QObject(parent), m_fit(new isotone::FitView), m_sums(new isotone::CumulativeView), m_counters(new isotone::CounterView) {
    m_shelf.add(kFit, tr("Points and blocks"), m_fit);
    m_shelf.add(kSums, tr("Cumulative sum"), m_sums);
    m_shelf.add(kCounters, tr("Counters"), m_counters);
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

std::vector<StageView> IsotonicViews::arrangement(const IsotonicKnobs&) const { return m_shelf.stage({kFit, kSums, kCounters}); }

QString IsotonicViews::subtitleOf(const QString& id) const {
    if (id == kFit) return m_fit->summary();
    if (id == kSums) return m_sums->summary();
    return m_counters->summary();
}

void IsotonicViews::showKnobs(const IsotonicKnobs& knobs) { m_sums->setCentred(knobs.centredSums); }

void IsotonicViews::beginRun(const IsotonicRun& run, bool keepGhost) {
    m_fit->setNames(QString::fromStdString(run.xName), QString::fromStdString(run.yName));
    m_fit->setPoints(run.points, keepGhost);
}

void IsotonicViews::showMoment(const MomentPair& moment, isotonic::IsotonicMethod method) {
    m_fit->setMoment(moment.inSight);
    m_sums->setMoment(moment.whole);
    m_counters->setNow(moment.whole.index, method);
    Q_EMIT subtitlesChanged();
}

void IsotonicViews::showCounters(const std::vector<isotone::CounterSeries>& series) {
    m_counters->setSeries(series);
    Q_EMIT subtitlesChanged();
}

void IsotonicViews::showDensity(std::shared_ptr<const isotone::DensityPicture> density) { m_fit->setDensity(std::move(density)); }

void IsotonicViews::highlightMark(const QString& mark) {
    m_fit->setHighlightedMark(mark);
    m_sums->setHighlightedMark(mark);
}

void IsotonicViews::markRows(const std::vector<int>& rows) { m_fit->setMarkedRows(rows); }
void IsotonicViews::setPlaying(bool playing) { m_fit->setAnimated(!playing); }
Sight IsotonicViews::sight() const { return {m_fit->sightX(), m_fit->sightY(), m_fit->sightPixels()}; }
double IsotonicViews::markRadius() const { return std::max(1.1, m_fit->theme().markSize() * 0.25) * m_fit->devicePixelRatioF(); }

} // namespace orrery
