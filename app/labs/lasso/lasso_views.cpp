#include "app/labs/lasso/lasso_views.h"

#include "app/labs/lasso/lasso_narration.h"
#include "app/labs/lasso/lasso_pictures.h"
#include "app/labs/lasso/views/coefficient_view.h"
#include "app/labs/lasso/views/cv_view.h"
#include "app/labs/lasso/views/geometry_view.h"
#include "app/labs/lasso/views/path_view.h"
#include "app/labs/lasso/views/race_view.h"
#include "app/labs/lasso/views/residual_view.h"
#include "app/labs/lasso/views/soft_threshold_view.h"
#include "widgets/plot/number_format.h"

#include <cmath>

namespace orrery {

namespace {

const QString kPaths = QStringLiteral("paths");
const QString kCoefficients = QStringLiteral("coefficients");
const QString kValidation = QStringLiteral("cross-validation");
const QString kResiduals = QStringLiteral("residuals");
const QString kGeometry = QStringLiteral("geometry");
const QString kThreshold = QStringLiteral("soft-threshold");
const QString kRace = QStringLiteral("race");

QStringList cardsOf(const LassoKnobs& knobs) {
    if (knobs.stage == u"coefficients") return {kPaths, kCoefficients, kResiduals};
    if (knobs.stage == u"race") return {kRace, kPaths, kCoefficients};
    if (knobs.stage != u"geometry") return {kPaths, kValidation, kResiduals};
    // Only coordinate descent thresholds one coordinate a step.
    const bool thresholds = knobs.method == linear::LassoMethod::CoordinateDescent;
    return {kGeometry, kPaths, thresholds ? kThreshold : kCoefficients};
}

lasso::PathAxis axisOf(const QString& id) {
    if (id == u"l1-norm") return lasso::PathAxis::L1Norm;
    if (id == u"deviance") return lasso::PathAxis::Deviance;
    return lasso::PathAxis::Lambda;
}

lasso::RaceCost costOf(const QString& id) {
    if (id == u"seconds") return lasso::RaceCost::Seconds;
    if (id == u"flops") return lasso::RaceCost::Flops;
    return lasso::RaceCost::Iterations;
}

lasso::BallKind ballOf(const QString& id) {
    if (id == u"l0") return lasso::BallKind::L0;
    if (id == u"l2") return lasso::BallKind::L2;
    if (id == u"lq") return lasso::BallKind::Lq;
    return lasso::BallKind::L1;
}

double normOf(Eigen::Vector2d beta, const LassoKnobs& knobs) {
    if (knobs.ball == u"l2") return beta.norm();
    const double q = knobs.ball == u"lq" ? knobs.q : 1.0;
    return std::pow(std::pow(std::abs(beta.x()), q) + std::pow(std::abs(beta.y()), q), 1.0 / q);
}

lasso::CvCurve curveOf(const linear::CrossValidation& result, double factor) {
    lasso::CvCurve curve;
    for (const double lambda : result.lambdas)
        curve.lambdas.push_back(lambda * factor);
    curve.mean = result.meanError;
    curve.standardError = result.standardError;
    curve.folds = result.foldsDone;
    if (result.foldsDone > 1) {
        curve.best = static_cast<int>(result.minimumIndex);
        curve.oneSe = static_cast<int>(result.oneStandardErrorIndex);
    }
    return curve;
}

} // namespace

LassoViews::LassoViews(QObject* parent)
    : QObject(parent)
    , m_paths(new lasso::PathView)
    , m_coefficients(new lasso::CoefficientView)
    , m_validation(new lasso::CvView)
    , m_residuals(new lasso::ResidualView)
    , m_geometry(new lasso::GeometryView)
    , m_threshold(new lasso::SoftThresholdView)
    , m_race(new lasso::RaceView) {
    m_shelf.add(kPaths, QStringLiteral("Coefficient paths"), m_paths);
    m_shelf.add(kCoefficients, QStringLiteral("Coefficients"), m_coefficients);
    m_shelf.add(kValidation, QStringLiteral("Cross-validation"), m_validation);
    m_shelf.add(kResiduals, QStringLiteral("Residuals"), m_residuals);
    m_shelf.add(kGeometry, QStringLiteral("Geometry"), m_geometry);
    m_shelf.add(kThreshold, QStringLiteral("Soft threshold"), m_threshold);
    m_shelf.add(kRace, QStringLiteral("Solver race"), m_race);
    link();
}

void LassoViews::link() {
    connect(m_paths, &lasso::PathView::lambdaDragged, this, &LassoViews::lambdaDragged);
    connect(m_validation, &lasso::CvView::lambdaDragged, this, &LassoViews::lambdaDragged);
    connect(m_paths, &lasso::PathView::coefficientHovered, m_coefficients,
            &lasso::CoefficientView::setHighlightedColumn);
    connect(m_coefficients, &lasso::CoefficientView::coefficientHovered, m_paths,
            &lasso::PathView::setHighlightedColumn);
    connect(m_paths, &lasso::PathView::coefficientClicked, this, &LassoViews::highlightColumn);
    connect(m_coefficients, &lasso::CoefficientView::coefficientClicked, this, &LassoViews::highlightColumn);
    connect(m_residuals, &lasso::ResidualView::rowsBrushed, this, &LassoViews::rowsBrushed);
}

std::vector<StageView> LassoViews::arrangement(const LassoKnobs& knobs) const {
    return m_shelf.stage(cardsOf(knobs));
}

bool LassoViews::showsResiduals() const {
    return isOnStage(kResiduals);
}

QString LassoViews::subtitleOf(const QString& id) const {
    if (id == kPaths) return m_paths->summary();
    if (id == kCoefficients)
        return QStringLiteral("at the λ line"); // how many more there are stands in the picture
    if (id == kValidation) return m_validation->summary();
    if (id == kResiduals) return m_residualSubtitle;
    if (id == kGeometry) return m_geometrySubtitle;
    if (id == kThreshold) return m_stepSubtitle;
    return m_raceSubtitle;
}

void LassoViews::showKnobs(const LassoKnobs& knobs) {
    m_knobs = knobs;
    m_onStage = cardsOf(knobs);
    m_paths->setAxis(axisOf(knobs.axis));
    m_race->setCost(costOf(knobs.cost));
}

void LassoViews::beginRun(const LassoRun& run, double factor) {
    const bool sameColumns = m_path && m_path->columns == static_cast<int>(run.problem().columns()) &&
                             m_path->names == columnNames(run.problem());
    if (!sameColumns) {
        m_focus.clear();
        m_paths->setFocusColumns({});
    }
    m_paths->setGhost(sameColumns && m_path->computed > 1 ? m_path : nullptr);
    if (m_lastValidation && sameColumns) m_validation->setGhost(curveOf(*m_lastValidation, m_lastFactor));
    m_threshold->setReach(run.lambdas().front() * run.context.options.alpha * 1.25);
    m_lastFactor = factor;
    m_raceSubtitle.clear();
    m_race->setRuns({});
}

void LassoViews::showPath(std::shared_ptr<const lasso::PathData> path) {
    constexpr std::size_t kColours = 6;
    m_path = std::move(path);
    const auto& active = m_path->active;
    if (m_focus.empty() &&
        active.size() >= std::min<std::size_t>(kColours, static_cast<std::size_t>(m_path->columns))) {
        for (std::size_t i = 0; i < std::min(kColours, active.size()); ++i)
            m_focus.push_back(active[i].column);
        m_paths->setFocusColumns(m_focus); // the first to enter; a slider must not recolour a column
    }
    m_paths->setPath(m_path);
}

void LassoViews::showFrame(const LassoRun& run, const linear::LassoFrame& frame, double shownLambda,
                           double factor) {
    m_paths->setLambda(shownLambda);
    if (isOnStage(kValidation)) m_validation->setLambda(shownLambda);
    if (isOnStage(kCoefficients)) showCoefficients(run, frame);
    if (isOnStage(kThreshold)) showThreshold(run, frame, factor);
    Q_EMIT subtitlesChanged();
}

void LassoViews::showCoefficients(const LassoRun& run, const linear::LassoFrame& frame) {
    std::vector<lasso::Coefficient> coefficients;
    for (Eigen::Index j = 0; j < frame.beta.size(); ++j) {
        const int column = static_cast<int>(j);
        if (frame.beta[j] != 0.0 || frame.beta.size() <= 12)
            coefficients.push_back(
                {column, columnName(run.problem(), column), frame.beta[j], m_paths->categoryOf(column)});
    }
    m_coefficients->setCoefficients(std::move(coefficients));
}

void LassoViews::showThreshold(const LassoRun& run, const linear::LassoFrame& frame, double factor) {
    const linear::CoordinateMove& move = frame.move;
    const bool coordinate =
        frame.method == linear::LassoMethod::CoordinateDescent && move.column >= 0 && move.denominator > 0.0;
    m_threshold->setStep({move.rho, move.threshold, move.denominator,
                          coordinate ? columnName(run.problem(), move.column) : QString(), coordinate,
                          move.newton});
    m_stepSubtitle =
        coordinate ? QStringLiteral("%1 at λ %2")
                         .arg(columnName(run.problem(), move.column), shortNumber(frame.lambda * factor))
        : move.newton ? QStringLiteral("a Newton step")
                      : QStringLiteral("one coordinate a step");
}

void LassoViews::showValidation(const linear::CrossValidation& result, double factor) {
    m_lastValidation = std::make_shared<const linear::CrossValidation>(result);
    m_lastFactor = factor;
    m_validation->setCurve(curveOf(result, factor));
    Q_EMIT subtitlesChanged();
}

void LassoViews::showResiduals(const LassoResiduals& residuals) {
    m_residuals->setResiduals(residuals.fitted, residuals.residuals);
    m_residualSubtitle = QStringLiteral("R² %1").arg(fixedNumber(residuals.r2, 2));
    Q_EMIT subtitlesChanged();
}

void LassoViews::showRace(const std::vector<linear::RaceEntry>& entries) {
    std::vector<lasso::RaceRun> runs;
    QStringList absent;
    for (const linear::RaceEntry& entry : entries) {
        const std::string_view label = linear::labelOf(entry.method);
        lasso::RaceRun run;
        run.name = QString::fromUtf8(label.data(), static_cast<qsizetype>(label.size()));
        for (const linear::RaceSample& sample : entry.samples) {
            run.iterations.push_back(static_cast<double>(sample.iteration));
            run.seconds.push_back(sample.seconds);
            run.flops.push_back(sample.flops);
            run.relativeGap.push_back(sample.relativeGap);
        }
        if (entry.samples.empty()) absent << run.name;
        runs.push_back(std::move(run));
    }
    m_race->setRuns(std::move(runs));
    m_raceSubtitle = absent.isEmpty()
                         ? QStringLiteral("the same start, β = 0, at the λ line")
                         : QStringLiteral("could not run: %1").arg(absent.join(QStringLiteral(", ")));
    Q_EMIT subtitlesChanged();
}

void LassoViews::showGeometry(const linear::LossQuadratic& loss, const LassoWalk2d* walk, std::int64_t index,
                              const linear::RegressionProblem& problem) {
    if (!walk || walk->points.empty()) return;
    lasso::PenaltyGeometry geometry;
    geometry.hessian = {loss.curvature(0, 0), loss.curvature(0, 1), loss.curvature(1, 0),
                        loss.curvature(1, 1)};
    geometry.optimum = {loss.centre.x(), loss.centre.y()};
    for (std::size_t i = 0; i < walk->points.size() && walk->index[i] <= index; ++i)
        geometry.iterates.emplace_back(walk->points[i].x(), walk->points[i].y());
    const QPointF now = geometry.iterates.back();
    geometry.solution = now;
    geometry.ball = ballOf(m_knobs.ball);
    geometry.q = m_knobs.q;
    geometry.radius = normOf({now.x(), now.y()}, m_knobs);
    geometry.names = {columnName(problem, walk->columns[0]), columnName(problem, walk->columns[1])};
    geometry.valid = true;
    m_geometry->setPenaltyGeometry(geometry);
    m_geometrySubtitle = problem.columns() == 2 ? QStringLiteral("contours of the loss meet the ball")
                                                : QStringLiteral("a slice: the other coefficients held");
    Q_EMIT subtitlesChanged();
}

void LassoViews::highlightMark(const QString& mark) {
    m_threshold->setHighlightedMark(mark);
    m_geometry->setHighlightedMark(mark);
}

void LassoViews::highlightColumn(int column) {
    m_paths->setHighlightedColumn(column);
    m_coefficients->setHighlightedColumn(column);
}

void LassoViews::brushRows(const std::vector<int>& rows) {
    m_residuals->setBrushedRows(rows);
}

} // namespace orrery
