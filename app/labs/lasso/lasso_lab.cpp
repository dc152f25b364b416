#include "app/labs/lasso/lasso_lab.h"

#include "app/lab/row_links.h"
#include "app/labs/lasso/lasso_narration.h"
#include "app/labs/lasso/lasso_pictures.h"
#include "core/linear/lasso_result.h"
#include "widgets/plot/number_format.h"

#include <algorithm>

namespace orrery {

namespace {
constexpr std::size_t kManyCurves = 80;
constexpr qint64 kPathMilliseconds = 400; ///< between two drawings of a path that still grows
} // namespace

LabInfo lassoLabInfo() {
    return {.id = QStringLiteral("lasso"),
            .title = QStringLiteral("LASSO path"),
            .category = QStringLiteral("Linear models"),
            .summary = QStringLiteral("How coefficients enter a linear model as the penalty falls."),
            .icon = Icon::Lasso,
            .startScene = QStringLiteral("lasso-diabetes"),
            .make = [] { return std::make_unique<LassoLab>(); },
            .usable = usableForLasso,
            .proposeRoles = regressionRoles};
}

LassoLab::LassoLab() : m_info(lassoLabInfo()) {
    linkJobs();
    connect(&m_views, &LassoViews::lambdaDragged, this, &LassoLab::seekToLambda);
    connect(&m_views, &LassoViews::subtitlesChanged, this, &Lab::subtitlesChanged);
    connect(&m_views, &LassoViews::rowsBrushed, this, [this](const std::vector<int>& rows) {
        if (run()) Q_EMIT rowsHighlighted(toTableRows(run()->rows, rows));
    });
}

LassoLab::~LassoLab() {
    m_jobs.cancelAll();
}

void LassoLab::linkJobs() {
    connect(&m_jobs, &LassoSideJobs::busyChanged, this, &Lab::busyChanged);
    connect(&m_jobs, &LassoSideJobs::failed, this, &Lab::failed);
    connect(&m_jobs, &LassoSideJobs::validated, this,
            [this](const auto& result) { m_views.showValidation(*result, factor()); });
    connect(&m_jobs, &LassoSideJobs::residualsComputed, this,
            [this](const auto& r) { m_views.showResiduals(*r); });
    connect(&m_jobs, &LassoSideJobs::raced, this,
            [this](const auto& entries) { m_views.showRace(*entries); });
    connect(&m_jobs, &LassoSideJobs::sliced, this, [this](const linear::LossQuadratic& loss) {
        m_loss = loss;
        updateGeometry();
    });
    connect(&m_jobs, &LassoSideJobs::walked, this, [this](const auto& walk) {
        m_walk = walk;
        updateGeometry();
    });
}

// --- data and parameters ---

Expected<void> LassoLab::check(const data::Dataset& dataset) const {
    const std::string& name = dataset.table->name;
    if (dataset.table->rows() < 2) return fail("“" + name + "” has fewer than two rows; a path needs more.");
    if (dataset.table->columnCount() < 2)
        return fail("“" + name + "” has one column; a path needs a target and at least one feature.");
    return {};
}

Expected<void> LassoLab::open(std::shared_ptr<const data::Dataset> dataset, const ParameterValues& values,
                              quint64 seed, SessionStart start) {
    if (auto usable = check(*dataset); !usable) return usable;
    m_dataset = std::move(dataset);
    m_seed = seed;
    m_values = values;
    m_knobs = lassoKnobs(values);
    m_views.showKnobs(m_knobs);
    m_runs.start(factory(), start);
    Q_EMIT stageChanged();
    return {};
}

Expected<void> LassoLab::setDataset(std::shared_ptr<const data::Dataset> dataset) {
    if (auto usable = check(*dataset); !usable) return usable;
    m_dataset = std::move(dataset);
    m_values.erase("lambda"); // a λ of other data means nothing here
    m_runs.start(factory(), {.runAhead = true, .index = 0, .play = true});
    return {};
}

QString LassoLab::dataInWords() const {
    if (!m_dataset) return {};
    if (!run()) return QString::fromStdString(m_dataset->table->name);
    const QString name = QString::fromStdString(run()->dataset->table->name);
    const linear::RegressionProblem& problem = run()->problem();
    QString words =
        QStringLiteral("%1 · %2 × %3 · %4")
            .arg(name)
            .arg(problem.rows())
            .arg(problem.columns())
            .arg(problem.standardized ? QStringLiteral("standardised") : QStringLiteral("as given, centred"));
    if (run()->droppedRows > 0)
        words += QStringLiteral(" · %1 with gaps left out")
                     .arg(counted(static_cast<double>(run()->droppedRows), tr("row"), tr("rows")));
    return words;
}

std::vector<ParameterSpec> LassoLab::parameterSpecs() const {
    return lassoParameterSpecs(m_lambdaRange);
}

void LassoLab::setParameters(const ParameterValues& values) {
    const LassoKnobs before = m_knobs;
    m_values = values;
    m_knobs = lassoKnobs(values);
    m_views.showKnobs(m_knobs);
    if (m_knobs.runKey() != before.runKey()) {
        m_runs.restartInPlace(factory());
    } else if (run() && m_knobs.folds != before.folds) {
        m_jobs.validate(run(), m_knobs.folds, m_seed);
    }
    if (m_knobs.scale != before.scale && run()) beginRun();
    const bool otherCards =
        m_knobs.stage != before.stage || (m_knobs.stage == u"geometry" && m_knobs.method != before.method);
    if (otherCards) {
        Q_EMIT stageChanged();
        startWalk();
        if (run() && m_runs.snapshot()) showNow(*m_runs.snapshot()); // cards that have not been fed so far
        updateRace();
    }
    if (m_knobs.lambda != before.lambda && m_knobs.runKey() == before.runKey()) seekToLambda(m_knobs.lambda);
    updateGeometry();
}

void LassoLab::setSeed(quint64 seed) {
    m_seed = seed;
    if (run()) m_jobs.validate(run(), m_knobs.folds, m_seed);
}

LassoRunOptions LassoLab::runOptions() const {
    // λmax grows as 1/α: the path ends where the lasso's would, so that a ridge has something to show.
    const double ratio = m_knobs.ratio * std::max(m_knobs.alpha, 1e-3);
    return {m_knobs.method, m_knobs.alpha, m_knobs.standardize, m_knobs.lambdas, ratio, m_knobs.gap};
}

// --- the run ---

LassoLab::LassoSession::Factory LassoLab::factory() const {
    return [maker = m_maker, dataset = m_dataset, options = runOptions()] {
        return maker->make(dataset, options);
    };
}

void LassoLab::show(const std::shared_ptr<const SnapshotBase>& base) {
    const auto news = m_runs.take(base);
    if (news.refusal) refused(*news.refusal);
    if (!news.isShown) return;
    if (news.isNewRun) beginRun();
    showFurthest(*m_runs.snapshot());
    showNow(*m_runs.snapshot());
}

// The run before stays, and with it its data.
void LassoLab::refused(const Error& error) {
    if (run()) m_dataset = run()->dataset;
    Q_EMIT failed(QString::fromStdString(error.message));
}

void LassoLab::beginRun() {
    m_pathPoints = 0;
    m_pathShown.invalidate();
    m_furthest.reset();
    m_walk.reset();
    m_loss.reset();
    m_racedLambda = 0.0;
    const std::vector<double>& lambdas = run()->lambdas();
    m_lambdaRange = {lambdas.back() * factor(), lambdas.front() * factor()};
    m_views.beginRun(*run(), factor());
    m_views.showPath(pathDataOf(*run(), {}, factor(), columnNames(run()->problem())));
    m_jobs.validate(run(), m_knobs.folds, m_seed);
    Q_EMIT parameterSpecsChanged();
    Q_EMIT dataWordsChanged();
}

// The path as far as it has been computed, beyond the shown step as well.
void LassoLab::showFurthest(const LassoSession::Snapshot& snapshot) {
    if (!snapshot.furthest || (snapshot.furthest == m_furthest && snapshot.transport.ended == m_ended))
        return;
    // Hundreds of curves are dear to draw anew with each λ that is added to them.
    const bool wide = m_views.path() && m_views.path()->active.size() > kManyCurves;
    if (wide && !snapshot.transport.ended && m_pathShown.isValid() &&
        m_pathShown.elapsed() < kPathMilliseconds)
        return;
    m_furthest = snapshot.furthest;
    m_ended = snapshot.transport.ended;
    const linear::LassoFrame furthest = linear::frameOf(run()->context, *snapshot.furthest);
    const linear::Path path = linear::mergePaths(furthest.path, furthest.knots);
    if (path.size() == m_pathPoints) return;
    m_pathPoints = path.size();
    m_pathShown.start();
    m_views.showPath(pathDataOf(*run(), path, factor(), m_views.path()->names));
    if (snapshot.transport.ended) startWalk();
}

void LassoLab::showNow(const LassoSession::Snapshot& snapshot) {
    m_frame = linear::frameOf(run()->context, *snapshot.state);
    const double lambda = lambdaAt(snapshot, m_frame);
    m_views.showFrame(*run(), m_frame, lambda * factor(), factor());
    if (m_views.showsResiduals()) m_jobs.computeResiduals(run(), m_frame.beta);
    m_narration = narrateLasso(*run(), m_frame, factor());
    followLambda(lambda * factor());
    updateGeometry();
    updateRace();
    Q_EMIT narrationChanged();
}

// At the very step that closes a λ the line stands on that λ; afterwards on the one that is being solved.
double LassoLab::lambdaAt(const LassoSession::Snapshot& snapshot, const linear::LassoFrame& frame) const {
    if (frame.method == linear::LassoMethod::Lars) return frame.lambda;
    const auto& phases = snapshot.marks->phases;
    const bool justClosed = std::binary_search(phases.begin(), phases.end(), snapshot.transport.index);
    const auto closed = static_cast<std::size_t>(snapshot.transport.phasesBefore);
    const std::size_t at = justClosed && closed > 0 ? closed - 1 : closed;
    return run()->lambdas()[std::min(at, run()->lambdas().size() - 1)];
}

// Four digits are what the field shows, and more than the grid has.
void LassoLab::followLambda(double shownLambda) {
    m_knobs.lambda = QString::number(shownLambda, 'g', 4).toDouble();
    m_values["lambda"] = m_knobs.lambda;
    Q_EMIT parametersChanged();
}

// The step at which the nearest λ of the grid was solved.
void LassoLab::seekToLambda(double shownLambda) {
    if (!run() || !m_runs.snapshot() || !(shownLambda > 0.0)) return;
    const auto wanted =
        static_cast<std::size_t>(nearestLambda(run()->lambdas(), m_knobs.solvedLambda(shownLambda)));
    const auto& phases = m_runs.snapshot()->marks->phases;
    if (wanted < phases.size()) m_runs.session()->post(command::Seek{phases[wanted]});
}

// The path is computed on a grid of λ.
QString LassoLab::remarkOn(const std::string& id, const ParameterValue& typed) const {
    const double* wanted = std::get_if<double>(&typed);
    if (id != "lambda" || !wanted || !run() || !(*wanted > 0.0)) return {};
    const std::vector<double>& lambdas = run()->lambdas();
    const double nearest =
        lambdas[static_cast<std::size_t>(nearestLambda(lambdas, m_knobs.solvedLambda(*wanted)))] * factor();
    if (std::abs(nearest - *wanted) <= 1e-3 * *wanted) return {};
    return QStringLiteral(
               "λ %1 is not on the grid; the line stands on the nearest, %2. A finer grid comes closer.")
        .arg(shortNumber(*wanted, 4), shortNumber(nearest, 4));
}

QString LassoLab::timeLabel(const TransportState& transport) const {
    if (!run()) return QStringLiteral("λ");
    const auto total = static_cast<std::int64_t>(run()->lambdas().size());
    const std::int64_t now = std::min(transport.phasesBefore + (transport.atEnd() ? 0 : 1), total);
    return QStringLiteral("λ %1 of %2").arg(std::max<std::int64_t>(now, 1)).arg(total);
}

TraceChoice LassoLab::trace() const {
    return {QStringLiteral("relative duality gap"), QStringLiteral("Duality gap")};
}

// --- beside the run ---

void LassoLab::startWalk() {
    if (!run() || m_knobs.stage != u"geometry" || run()->problem().columns() < 2) return;
    std::array<int, 2> columns{0, 1};
    if (run()->problem().columns() > 2 && m_views.path() && m_views.path()->active.size() > 1)
        columns = {m_views.path()->active[0].column, m_views.path()->active[1].column};
    m_jobs.walk(run(), columns);
    m_jobs.slice(run(), columns,
                 m_frame.beta.size() ? m_frame.beta : Eigen::VectorXd::Zero(run()->problem().columns()));
}

void LassoLab::updateGeometry() {
    if (m_knobs.stage == u"geometry" && m_loss && m_walk && run() && m_runs.snapshot())
        m_views.showGeometry(*m_loss, m_walk.get(), m_runs.snapshot()->transport.index, run()->problem());
}

// A race at the λ of the line, once it stands still.
void LassoLab::updateRace() {
    if (m_knobs.stage != u"race" || !run() || !m_runs.snapshot() || m_runs.snapshot()->transport.playing)
        return;
    const double lambda = m_knobs.solvedLambda(m_knobs.lambda);
    if (!(lambda > 0.0) || lambda == m_racedLambda) return;
    m_racedLambda = lambda;
    m_jobs.race(run(), lambda);
}

void LassoLab::waitForViews() {
    m_runs.session()->waitUntilIdle();
    if (const auto snapshot = m_runs.session()->latestSnapshot()) show(snapshot);
    m_jobs.wait();
}

void LassoLab::highlightRows(const std::vector<int>& tableRows) {
    if (run()) m_views.brushRows(fromTableRows(run()->rows, tableRows));
}

QString LassoLab::resultAsCsv() const {
    const lasso::PathData* path = m_views.path();
    if (!path) return {};
    QString csv = QStringLiteral("lambda,l1_norm,deviance_ratio,column,coefficient_standardised\n");
    for (const lasso::PathColumn& column : path->active)
        for (std::size_t i = 0; i < column.knots.size(); ++i) {
            const auto k = static_cast<std::size_t>(column.knots[i]);
            csv += QStringLiteral("%1,%2,%3,\"%4\",%5\n")
                       .arg(path->lambdas[k], 0, 'g', 17)
                       .arg(path->l1norm[k], 0, 'g', 17)
                       .arg(path->devianceRatio[k], 0, 'g', 17)
                       .arg(path->name(column.column))
                       .arg(column.values[i], 0, 'g', 17);
        }
    return csv;
}

} // namespace orrery
