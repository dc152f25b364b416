#include "app/labs/svm/svm_views.h"

#include "app/labs/svm/views/grid_view.h"
#include "app/labs/svm/views/lift_view.h"
#include "app/labs/svm/views/matrix_view.h"
#include "app/labs/svm/views/pair_view.h"
#include "app/labs/svm/views/plane_view.h"
#include "app/labs/svm/views/progress_view.h"

namespace orrery {

namespace {

const QString kPlane = QStringLiteral("plane");
const QString kProgress = QStringLiteral("progress");
const QString kPair = QStringLiteral("pair");
const QString kMap = QStringLiteral("map");
const QString kMatrix = QStringLiteral("kernel-matrix");
const QString kLift = QStringLiteral("lift");
using Tool = PointCanvas::Tool;

Tool toolOf(const QString& id) {
    return id == u"spray" ? Tool::Spray : id == u"erase" ? Tool::Erase : Tool::Point;
}
QString idOf(Tool tool) {
    return tool == Tool::Spray   ? QStringLiteral("spray")
           : tool == Tool::Erase ? QStringLiteral("erase")
                                 : QStringLiteral("point");
}

} // namespace

SvmViews::SvmViews(QObject* parent)
    : QObject(parent)
    , m_plane(new svmview::PlaneView)
    , m_progress(new svmview::ProgressView)
    , m_pair(new svmview::PairView)
    , m_map(new svmview::GridView)
    , m_matrix(new svmview::MatrixView)
    , m_lift(new svmview::LiftView) {
    m_shelf.add(kPlane, tr("Plane"), m_plane);
    m_shelf.add(kProgress, tr("Optimisation"), m_progress);
    m_shelf.add(kPair, tr("The pair's move"), m_pair);
    m_shelf.add(kMap, tr("C × γ"), m_map);
    m_shelf.add(kMatrix, tr("Kernel matrix"), m_matrix);
    m_shelf.add(kLift, tr("Lift of degree 2"), m_lift);
    link();
}

void SvmViews::link() {
    connect(m_plane, &PointCanvas::edited, this, &SvmViews::pointsEdited);
    connect(m_plane, &PointCanvas::refused, this, &SvmViews::editRefused);
    connect(m_plane, &PointCanvas::selectionChanged, this, &SvmViews::rowsSelected);
    connect(m_plane, &PointCanvas::toolChosen, this,
            [this](Tool tool) { Q_EMIT knobChosen(QStringLiteral("tool"), idOf(tool)); });
    connect(m_plane, &PointCanvas::brushClassChosen, this, [this](int label) {
        if (label < m_classes.size()) Q_EMIT knobChosen(QStringLiteral("brush"), m_classes[label]);
    });
    connect(m_plane, &svmview::PlaneView::sightChanged, this, &SvmViews::sightChanged);
    connect(m_map, &svmview::GridView::cellChosen, this, &SvmViews::cellChosen);
    connect(m_progress, &svmview::ProgressView::indexRequested, this, &SvmViews::indexRequested);
}

std::vector<StageView> SvmViews::arrangement(const SvmKnobs& knobs) const {
    if (knobs.view == u"stepping") return m_shelf.stage({kPlane, kPair, kProgress});
    if (knobs.view == u"kernel") return m_shelf.stage({kPlane, kMatrix, kLift});
    return m_shelf.stage({kPlane, kMap, kProgress});
}

QString SvmViews::subtitleOf(const QString& id) const {
    if (id == kPlane) return m_plane->summary();
    if (id == kProgress) return m_progress->summary();
    if (id == kPair) return m_pair->summary();
    if (id == kMap) return m_map->summary();
    if (id == kMatrix) return m_matrix->summary();
    if (id == kLift) return m_lift->summary();
    return {};
}

void SvmViews::showKnobs(const SvmKnobs& knobs) {
    m_plane->setTool(toolOf(knobs.tool));
    m_plane->setBrushClass(knobs.brush);
    m_map->setNow(knobs.c, knobs.kernel.gamma);
}

void SvmViews::beginRun(const SvmRun& run, bool edited) {
    const SvmPoints& points = *run.points;
    m_classes.clear();
    for (const std::string& name : points.classes)
        m_classes << QString::fromStdString(name);
    m_plane->setNames(QString::fromStdString(points.xName), QString::fromStdString(points.yName), m_classes);
    m_plane->setEditable(!points.projects,
                         tr("These points are seen on a plane of all features: they can be edited where two "
                            "features are chosen."));
    m_plane->setPoints(points.canvas);
    m_plane->frame(!points.standardised && !points.projects && run.kind() != svm::ProblemKind::Regression,
                   edited);
}

bool SvmViews::isMapShown() const {
    return m_map->parentWidget() != nullptr;
}
bool SvmViews::isMatrixShown() const {
    return m_matrix->parentWidget() != nullptr;
}
bool SvmViews::isLiftShown() const {
    return m_lift->parentWidget() != nullptr;
}

void SvmViews::showMap(const svmview::GridPicture& map) {
    m_map->setPicture(map);
    Q_EMIT subtitlesChanged();
}

void SvmViews::showNoMap(const QString& why) {
    m_map->setPlaceholderSentence(why);
    showMap({});
}

void SvmViews::showMatrix(std::shared_ptr<const svmview::MatrixPicture> matrix) {
    m_matrix->setPicture(std::move(matrix));
    Q_EMIT subtitlesChanged();
}

void SvmViews::showLift(std::shared_ptr<const svmview::LiftPicture> lift) {
    m_lift->setPicture(std::move(lift));
    Q_EMIT subtitlesChanged();
}

void SvmViews::showPair(const svmview::PairPicture& pair) {
    m_pair->setPicture(pair);
}

void SvmViews::showMoment(const std::shared_ptr<const Trace>& trace, std::int64_t index) {
    m_progress->setTrace(trace);
    m_progress->setNow(index);
    Q_EMIT subtitlesChanged();
}

void SvmViews::showPicture(std::shared_ptr<const svmview::PlanePicture> picture) {
    m_plane->setPicture(std::move(picture));
    Q_EMIT subtitlesChanged();
}

void SvmViews::keepGhost() {
    if (m_plane) m_plane->keepGhost();
}
void SvmViews::dropGhost() {
    m_plane->dropGhost();
}
void SvmViews::setProbability(std::function<double(double)> ofDecision) {
    m_plane->setProbability(std::move(ofDecision));
}
void SvmViews::highlightMark(const QString& mark) {
    m_plane->setHighlightedMark(mark);
    m_pair->setHighlightedMark(mark);
}
void SvmViews::selectRows(const std::vector<int>& rows) {
    m_plane->setSelection(rows);
}
bool SvmViews::isHeld() const {
    return m_plane->isHeld();
}

PlaneSight SvmViews::sight() const {
    m_plane->settleSight();
    return {m_plane->xAxis->range().lower, m_plane->xAxis->range().upper, m_plane->yAxis->range().lower,
            m_plane->yAxis->range().upper, m_plane->sightPixels()};
}

} // namespace orrery
