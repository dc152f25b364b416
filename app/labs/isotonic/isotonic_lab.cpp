#include "app/labs/isotonic/isotonic_lab.h"

#include "app/lab/row_links.h"
#include "app/labs/isotonic/isotonic_narration.h"
#include "app/labs/isotonic/isotonic_table.h"
#include "core/isotonic/isotonic_fit.h"
#include "widgets/plot/number_format.h"

#include <algorithm>

namespace orrery {

namespace {

QString count(std::size_t n) {
    return fixedNumber(static_cast<double>(n), 0);
}

QString rowsInWords(std::size_t n) {
    return counted(static_cast<double>(n), QObject::tr("row"), QObject::tr("rows"));
}

} // namespace

LabInfo isotonicLabInfo() {
    return {.id = QStringLiteral("isotonic"),
            .title = QStringLiteral("Isotonic regression"),
            .category = QStringLiteral("Monotone fits"),
            .summary = QStringLiteral(
                "How neighbours that fall are pooled until the fit only rises, and what that is good for."),
            .icon = Icon::Isotonic,
            .startScene = QStringLiteral("isotonic-merging"),
            .make = [] { return std::make_unique<IsotonicLab>(); },
            .usable = usableForIsotonic};
}

IsotonicLab::IsotonicLab() : m_info(isotonicLabInfo()) {
    linkViews();
    linkJobs();
}

IsotonicLab::~IsotonicLab() {
    m_jobs.cancelAll();
}

void IsotonicLab::linkViews() {
    using Kind = PointChange::Kind;
    connect(&m_views, &IsotonicViews::subtitlesChanged, this, &Lab::subtitlesChanged);
    connect(&m_views, &IsotonicViews::sightChanged, this, [this] {
        requestDensity();
        if (run() && run()->problem->points() > kDirectPoints) showNow();
    });
    connect(&m_views, &IsotonicViews::rowDragged, this, [this](int row, double x, double y, bool still) {
        change({Kind::Move, row, x, y}, still);
    });
    connect(&m_views, &IsotonicViews::rowAdded, this, [this](double x, double y) {
        change({Kind::Add, -1, x, y}, false);
    });
    connect(&m_views, &IsotonicViews::rowRemoved, this, [this](int row) {
        change({Kind::Remove, row, 0.0, 0.0}, false);
    });
    connect(&m_views, &IsotonicViews::rowChosen, this, [this](int row) {
        if (run() && !run()->rows->tableRows.empty())
            Q_EMIT rowsHighlighted(toTableRows(run()->rows->tableRows, {row}));
    });
}

void IsotonicLab::linkJobs() {
    connect(&m_jobs, &SideJobGroup::busyChanged, this, &Lab::busyChanged);
    connect(&m_jobs, &SideJobGroup::failed, this, &Lab::failed);
    connect(&m_jobs, &IsotonicSideJobs::counted, &m_views, &IsotonicViews::showCounters);
    connect(&m_jobs, &IsotonicSideJobs::raced, &m_views, &IsotonicViews::showRace);
    connect(&m_jobs, &IsotonicSideJobs::levelsMeasured, &m_views, &IsotonicViews::showLevels);
    connect(&m_jobs, &IsotonicSideJobs::densityCounted, this, [this](const auto& of, const auto& picture) {
        if (of == run()) m_views.showDensity(picture);
    });
    connect(&m_jobs, &IsotonicSideJobs::calibrated, this, [this](const auto& picture) {
        if (!run() || picture->sample != run()->sample) return;
        m_calibration = picture;
        m_views.showCalibration(picture);
    });
    connect(&m_jobs, &IsotonicSideJobs::momentMade, this, [this](const auto& of, const MomentPair& moment) {
        if (of == run()) m_views.showMoment(moment, m_knobs.method);
    });
}

// --- data and parameters ---

Expected<void> IsotonicLab::open(std::shared_ptr<const data::Dataset> dataset, const ParameterValues& values,
                                 quint64 seed, SessionStart start) {
    if (auto usable = usableForIsotonic(*dataset); !usable) return usable;
    m_dataset = std::move(dataset);
    m_seed = seed;
    m_values = values;
    m_knobs = isotonicKnobs(values, m_dataset.get());
    m_views.showKnobs(m_knobs);
    m_runs.start(factory(), start);
    requestRace();
    Q_EMIT parameterSpecsChanged();
    Q_EMIT stageChanged();
    return {};
}

// Columns of other data mean nothing here; its usual ones are taken.
Expected<void> IsotonicLab::setDataset(std::shared_ptr<const data::Dataset> dataset) {
    if (auto usable = usableForIsotonic(*dataset); !usable) return usable;
    m_dataset = std::move(dataset);
    for (const char* id : {"x", "y", "weight", "score", "label"})
        m_values.erase(id);
    if (!m_knobs.calibrates()) m_values["data"] = std::string("table");
    m_knobs = isotonicKnobs(m_values, m_dataset.get());
    m_views.showKnobs(m_knobs);
    m_runs.start(factory(), {.runAhead = true, .index = 0, .play = true});
    Q_EMIT parameterSpecsChanged();
    Q_EMIT parametersChanged();
    return {};
}

void IsotonicLab::editData(std::shared_ptr<const data::Dataset> dataset, const ParameterValues& values) {
    m_dataset = std::move(dataset);
    m_edits.push_back(m_dataset);
    m_values = values;
    m_knobs = isotonicKnobs(values, m_dataset.get());
    const bool otherCards = m_views.showKnobs(m_knobs);
    m_runs.restartInPlace(factory());
    if (otherCards) Q_EMIT stageChanged();
}

std::vector<ParameterSpec> IsotonicLab::parameterSpecs() const {
    return isotonicParameterSpecs(m_dataset.get());
}

std::vector<ParameterSpec> IsotonicLab::parameterSpecsFor(const data::Dataset& dataset) const {
    return isotonicParameterSpecs(&dataset);
}

void IsotonicLab::setParameters(const ParameterValues& values) {
    const IsotonicKnobs before = m_knobs;
    m_values = values;
    m_knobs = isotonicKnobs(values, m_dataset.get());
    const bool otherCards = m_views.showKnobs(m_knobs);
    if (m_knobs.runKey() != before.runKey()) m_runs.restartInPlace(factory());
    if (m_knobs.view != before.view) Q_EMIT stageChanged();
    if (otherCards) showNow();
    requestRace();
    if (m_knobs.reliabilityKey() != before.reliabilityKey()) requestCalibration();
}

void IsotonicLab::setSeed(quint64 seed) {
    m_seed = seed;
    requestRace();
    if (run() && (m_knobs.shape || m_knobs.calibrates())) m_runs.restartInPlace(factory());
}

QString IsotonicLab::dataInWords() const {
    if (!run()) return m_dataset ? QString::fromStdString(m_dataset->table->name) : QString();
    if (run()->sample) return scoresInWords();
    const isotonic::IsotonicProblem& problem = *run()->problem;
    QString words = QString::fromStdString(run()->name);
    const std::size_t used = run()->rowCount() - problem.missingRows;
    words += QStringLiteral(" · ") + (run()->rows->tableRows.empty()
                                          ? counted(static_cast<double>(used), tr("point"), tr("points"))
                                          : rowsInWords(used));
    if (!run()->rows->tableRows.empty())
        words += QStringLiteral(" · %1 over %2")
                     .arg(QString::fromStdString(run()->yName), QString::fromStdString(run()->xName));
    if (!run()->weightName.empty())
        words += tr(" · weighted by %1").arg(QString::fromStdString(run()->weightName));
    if (!problem.increasing) words += tr(" · decreasing");
    if (problem.points() + problem.missingRows + problem.weightlessRows < problem.inputRows)
        words += tr(" · %1 different %2").arg(count(problem.points()), QString::fromStdString(run()->xName));
    if (problem.missingRows > 0)
        words += tr(" · %1 with gaps left out").arg(rowsInWords(problem.missingRows));
    if (problem.weightlessRows > 0)
        words += tr(" · %1 of weight 0 left out").arg(rowsInWords(problem.weightlessRows));
    return words;
}

QString IsotonicLab::scoresInWords() const {
    const calibration::ScoredSample& sample = *run()->sample;
    const auto events = static_cast<double>(std::count(sample.labels.begin(), sample.labels.end(), 1));
    QString words = QStringLiteral("%1 · %2 rows · %3 % %4")
                        .arg(QString::fromStdString(sample.name), count(sample.rows()),
                             fixedNumber(100.0 * events / static_cast<double>(sample.rows()), 0),
                             QString::fromStdString(sample.eventName));
    if (!m_knobs.scoresFromColumns) words += tr(" · scored out of sample, %1 folds").arg(m_knobs.folds);
    return words;
}

// --- the run ---

// The run before it, if it is still being prepared, is wanted no more.
IsotonicLab::Runs::LabSession::Factory IsotonicLab::factory() {
    if (m_preparation) m_preparation->progress->cancel();
    const bool scores = m_knobs.calibrates() && !m_knobs.scoresFromColumns;
    m_preparation = {scores ? tr("Scoring out of sample…") : tr("Preparing the points…"),
                     std::make_shared<Progress>()};
    Q_EMIT preparationChanged();
    return [maker = m_maker, dataset = m_dataset, knobs = m_knobs, seed = m_seed,
            of = m_preparation->progress] { return maker->make(dataset, knobs, seed, *of); };
}

void IsotonicLab::prepared() {
    if (!m_preparation) return;
    m_preparation.reset();
    Q_EMIT preparationChanged();
}

void IsotonicLab::show(const std::shared_ptr<const SnapshotBase>& base) {
    const auto news = m_runs.take(base);
    if (news.refusal || news.isNewRun) prepared();
    if (news.refusal) refused(*news.refusal);
    if (!news.isShown) return;
    if (news.isNewRun) beginRun();
    m_views.setPlaying(m_runs.snapshot()->transport.playing);
    showNow();
    m_narration = narrateIsotonic(*run(), *m_runs.snapshot()->state);
    Q_EMIT narrationChanged();
    if (!m_runs.snapshot()->transport.seeking) tellShown();
}

// An edit that a newer one has overtaken is shown with it.
void IsotonicLab::tellShown() {
    const auto found = std::find(m_edits.begin(), m_edits.end(), run()->dataset);
    if (found == m_edits.end()) return;
    const auto count = found - m_edits.begin() + 1;
    m_edits.erase(m_edits.begin(), found + 1);
    for (std::ptrdiff_t i = 0; i < count; ++i)
        Q_EMIT editShown();
}

// The run before stays, and with it its data and its columns; so does what it showed, where the new one was
// stopped by hand.
void IsotonicLab::refused(const Error& error) {
    const bool stopped = error.code == ErrorCode::Cancelled;
    if (run() && (stopped || m_dataset != run()->dataset)) {
        m_dataset = run()->dataset;
        m_values = m_shownValues;
        m_knobs = isotonicKnobs(m_values, m_dataset.get());
        const bool otherCards = m_views.showKnobs(m_knobs);
        Q_EMIT parameterSpecsChanged();
        Q_EMIT parametersChanged();
        if (otherCards) {
            Q_EMIT stageChanged();
            showNow();
        }
    }
    if (!stopped) Q_EMIT failed(QString::fromStdString(error.message));
}

void IsotonicLab::beginRun() {
    m_shownValues = m_values;
    const std::pair axes{run()->xName, run()->yName};
    m_views.beginRun(*run(), m_axes == axes);
    m_axes = axes;
    m_jobs.count(run());
    requestDensity();
    requestCalibration();
    Q_EMIT dataWordsChanged();
}

void IsotonicLab::requestDensity() {
    if (run() && run()->rowCount() > isotone::kManyRows)
        m_jobs.density(run(), m_views.sight(), m_views.markRadius());
}

// Only a shape has data of every size.
void IsotonicLab::requestRace() {
    if (!m_knobs.races()) return;
    const std::tuple wanted{m_knobs.shape.value_or(isotonic::Shape::PerturbedLog), m_knobs.largest, m_seed};
    if (m_raced == wanted) return;
    m_raced = wanted;
    m_views.showRace({});
    m_views.showLevels({});
    m_jobs.race(std::get<0>(wanted), std::get<1>(wanted), m_seed);
}

// Bins and bands are drawn anew over the same comparison.
void IsotonicLab::requestCalibration() {
    if (!run() || !run()->sample) return;
    CalibrationRequest request{run()->sample, m_knobs, m_seed, nullptr};
    if (m_calibration && m_calibration->sample == run()->sample && m_comparedFolds == m_knobs.folds)
        request.comparison = m_calibration->comparison;
    m_comparedFolds = m_knobs.folds;
    m_jobs.calibrate(request);
}

// Few points are drawn at once; the blocks of many are looked through beside the UI thread.
void IsotonicLab::showNow() {
    if (!run() || !m_runs.snapshot()) return;
    const auto& snapshot = *m_runs.snapshot();
    MomentRequest request{run(), snapshot.state, nullptr, snapshot.transport.index, m_views.sight().x};
    if (snapshot.transport.ended && snapshot.furthest)
        request.finished =
            snapshot.transport.index == snapshot.transport.furthest ? snapshot.state : snapshot.furthest;
    if (run()->problem->points() <= kDirectPoints)
        m_views.showMoment(momentOf(request), m_knobs.method);
    else
        m_jobs.moment(std::move(request));
}

QString IsotonicLab::timeLabel(const TransportState& transport) const {
    if (!run()) return tr("step");
    if (run()->method == isotonic::IsotonicMethod::Sweep)
        return tr("sweep %1")
            .arg(count(static_cast<std::size_t>(transport.roundsBefore + (transport.atEnd() ? 0 : 1))));
    if (!transport.ended) return tr("step %1").arg(count(static_cast<std::size_t>(transport.index)));
    return tr("step %1 of %2")
        .arg(count(static_cast<std::size_t>(transport.index)),
             count(static_cast<std::size_t>(transport.furthest)));
}

void IsotonicLab::waitForViews() {
    m_runs.session()->waitUntilIdle();
    if (const auto snapshot = m_runs.session()->latestSnapshot()) show(snapshot);
    m_jobs.wait();
}

// --- points by hand ---

void IsotonicLab::change(const PointChange& change, bool stillDragging) {
    if (!run() || m_knobs.calibrates()) return;
    const auto points = edited(*run(), change);
    if (!points) {
        Q_EMIT failed(tr("The last point stays: a fit needs at least one."));
        return;
    }
    ParameterValues values = m_values;
    for (const auto& [id, value] : points->choices)
        values[id] = value;
    Q_EMIT dataEdited(points->dataset, values, stillDragging);
    Q_EMIT parametersChanged();
}

void IsotonicLab::highlightRows(const std::vector<int>& tableRows) {
    if (run()) m_views.markRows(fromTableRows(run()->rows->tableRows, tableRows));
}

TableWriter IsotonicLab::resultWriter() const {
    if (!run() || !m_runs.snapshot() || !m_runs.snapshot()->state) return Lab::resultWriter();
    return fitWriter(run()->problem, m_runs.snapshot()->state);
}

QString IsotonicLab::resultAsCsv() const {
    if (!run() || !m_runs.snapshot() || !m_runs.snapshot()->state) return {};
    QByteArray csv;
    Progress progress;
    (void)resultWriter()(
        [&csv](const QByteArray& piece) {
            csv += piece;
            return true;
        },
        progress);
    return QString::fromUtf8(csv);
}

} // namespace orrery
