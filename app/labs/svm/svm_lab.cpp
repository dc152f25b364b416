#include "app/labs/svm/svm_lab.h"

#include "app/lab/row_links.h"
#include "app/labs/svm/svm_narration.h"
#include "widgets/plot/number_format.h"

namespace orrery {

namespace {

QString count(std::size_t n) {
    return fixedNumber(static_cast<double>(n), 0);
}
QString named(const std::string& text) {
    return QString::fromStdString(text);
}

} // namespace

LabInfo svmLabInfo() {
    return {.id = QStringLiteral("svm"),
            .title = QStringLiteral("Support vector machine"),
            .category = QStringLiteral("Margins"),
            .summary = QStringLiteral("Drag a point and the margin follows: the widest street between two "
                                      "classes, two multipliers at a time."),
            .icon = Icon::Svm,
            .startScene = QStringLiteral("svm-rings"),
            .make = [] { return std::make_unique<SvmLab>(); },
            .usable = usableForSvm,
            .proposeRoles = classRoles};
}

SvmLab::SvmLab() : m_info(svmLabInfo()) {
    linkViews();
    linkJobs();
}

SvmLab::~SvmLab() {
    m_jobs.cancelAll();
}

void SvmLab::linkViews() {
    connect(&m_views, &SvmViews::subtitlesChanged, this, &Lab::subtitlesChanged);
    connect(&m_views, &SvmViews::sightChanged, this, &SvmLab::showNow);
    connect(&m_views, &SvmViews::editRefused, this, &Lab::failed);
    connect(&m_views, &SvmViews::pointsEdited, this,
            [this](const auto& points, bool still) { edit(*points, still); });
    connect(&m_views, &SvmViews::rowsSelected, this, [this](const std::vector<int>& rows) {
        if (run()) Q_EMIT rowsHighlighted(toTableRows(run()->points->tableRows, rows));
    });
    connect(&m_views, &SvmViews::indexRequested, this,
            [this](qint64 index) { m_runs.session()->post(command::Seek{index}); });
    connect(&m_views, &SvmViews::cellChosen, this, [this](double c, double gamma) {
        ParameterValues values = m_values;
        values["c"] = c;
        values["gamma"] = gamma;
        Q_EMIT valuesEdited(values, "c");
    });
    connect(&m_views, &SvmViews::knobChosen, this, &SvmLab::chooseKnob);
}

void SvmLab::linkJobs() {
    connect(&m_jobs, &SideJobGroup::busyChanged, this, &Lab::busyChanged);
    connect(&m_jobs, &SideJobGroup::failed, this, &Lab::failed);
    connect(&m_jobs, &SvmSideJobs::pictured, this, [this](const auto& of, const auto& picture) {
        if (of != run()) return;
        m_views.showPicture(picture);
        tellShown(of->dataset);
    });
    connect(&m_jobs, &SvmSideJobs::mapped, this, [this](const auto& of, const auto& grid) {
        if (!m_mapOf || std::get<0>(*m_mapOf) != of->dataset) return;
        m_map = grid;
        showMap();
    });
    connect(&m_jobs, &SvmSideJobs::mapRefused, this, [this](const auto& of, const QString& why) {
        if (m_mapOf && std::get<0>(*m_mapOf) == of->dataset) m_views.showNoMap(why);
    });
    connect(&m_jobs, &SvmSideJobs::probabilityFitted, this, [this](const auto& of, const auto& likelihood) {
        if (of == run() && m_knobs.surface != u"decision") setLikelihood(likelihood);
    });
    connect(&m_jobs, &SvmSideJobs::matrixMade, this, [this](const auto& of, const auto& picture) {
        if (of == m_matrixOf) m_views.showMatrix(picture);
    });
}

// --- data and parameters ---

Expected<void> SvmLab::open(std::shared_ptr<const data::Dataset> dataset, const ParameterValues& values,
                            quint64 seed, SessionStart start) {
    if (auto usable = usableForSvm(*dataset); !usable) return usable;
    m_dataset = std::move(dataset);
    m_seed = seed;
    m_values = values;
    m_knobs = svmKnobs(values, m_dataset.get());
    m_isEdited = false;
    if (!m_edits.empty()) tellShown(m_edits.back()); // they will not be
    m_views.dropGhost();
    m_views.showKnobs(m_knobs);
    m_runs.start(factory(), start);
    Q_EMIT parameterSpecsChanged();
    Q_EMIT stageChanged();
    return {};
}

// Columns of other data mean nothing here, and a target of numbers is no target of classes.
Expected<void> SvmLab::setDataset(std::shared_ptr<const data::Dataset> dataset) {
    if (auto usable = usableForSvm(*dataset); !usable) return usable;
    m_dataset = std::move(dataset);
    for (const char* id : {"x", "y", "brush"})
        m_values.erase(id);
    const auto setProblem = [this](svm::ProblemKind kind) { m_values["problem"] = std::string(idOf(kind)); };
    if (m_knobs.kind == svm::ProblemKind::Classification && !hasClasses(*m_dataset))
        setProblem(svm::ProblemKind::Regression);
    else if (m_knobs.kind == svm::ProblemKind::Regression && hasClasses(*m_dataset))
        setProblem(svm::ProblemKind::Classification);
    m_knobs = svmKnobs(m_values, m_dataset.get());
    m_isEdited = false;
    if (!m_edits.empty()) tellShown(m_edits.back()); // they will not be
    m_views.dropGhost();
    m_runs.start(factory(), {.runAhead = true, .share = 1.0});
    Q_EMIT parameterSpecsChanged();
    Q_EMIT parametersChanged();
    return {};
}

void SvmLab::editData(std::shared_ptr<const data::Dataset> dataset, const ParameterValues& values) {
    m_dataset = std::move(dataset);
    m_values = values;
    const QString before = m_knobs.view;
    m_knobs = svmKnobs(values, m_dataset.get());
    m_isEdited = true;
    m_edits.push_back(m_dataset);
    m_views.showKnobs(m_knobs);
    restart();
    if (m_knobs.view != before) Q_EMIT stageChanged();
}

std::vector<ParameterSpec> SvmLab::parameterSpecs() const {
    return svmParameterSpecs(m_dataset.get());
}

std::vector<ParameterSpec> SvmLab::parameterSpecsFor(const data::Dataset& dataset) const {
    return svmParameterSpecs(&dataset);
}

void SvmLab::setParameters(const ParameterValues& values) {
    const SvmKnobs before = m_knobs;
    m_values = values;
    m_knobs = svmKnobs(values, m_dataset.get());
    m_views.showKnobs(m_knobs);
    if (m_knobs.runKey() != before.runKey()) {
        if (m_knobs.pointsKey() == before.pointsKey())
            m_views.keepGhost();
        else
            m_views.dropGhost();
        m_isEdited = m_isEdited && m_knobs.pointsKey() == before.pointsKey();
        m_runs.restartInPlace(factory());
    }
    if (m_knobs.map != before.map) showMap();
    if (m_knobs.surface != before.surface) requestProbability();
    if (m_knobs.view == before.view) return;
    Q_EMIT stageChanged();
    requestMap();
    requestMatrix();
    showNow();
}

void SvmLab::setSeed(quint64 seed) {
    m_seed = seed;
    requestMap();
    if (run() && run()->points->isSample()) m_runs.restartInPlace(factory());
}

void SvmLab::chooseKnob(const QString& id, const QString& value) {
    m_values[id.toStdString()] = value.toStdString();
    m_knobs = svmKnobs(m_values, m_dataset.get());
    Q_EMIT parametersChanged();
}

QString SvmLab::dataInWords() const {
    if (!run()) return m_dataset ? named(m_dataset->table->name) : QString();
    const SvmPoints& points = *run()->points;
    QString words = named(points.name) + QStringLiteral(" · ");
    words += points.isSample()
                 ? tr("%1 of %2 rows, drawn at random").arg(count(points.size()), count(points.rowsInAll))
                 : tr("%1 rows").arg(count(points.size()));
    if (points.projects)
        words += tr(" · %1 features, seen on the plane of two components (%2 % of the variance)")
                     .arg(count(static_cast<std::size_t>(points.x.cols())),
                          fixedNumber(100.0 * points.planeVariance, 0));
    else
        words += tr(" · %1 over %2").arg(named(points.yName), named(points.xName));
    if (run()->kind() == svm::ProblemKind::Classification)
        words += run()->hasPairs()
                     ? tr(" · %1 machines, one a pair of classes").arg(run()->machines.size())
                     : tr(" · %1 against %2")
                           .arg(named(points.classes[static_cast<std::size_t>(run()->machines[0].first)]),
                                named(points.classes[static_cast<std::size_t>(run()->machines[0].second)]));
    if (points.standardised) words += tr(" · standardised");
    if (points.rowsWithGaps > 0) words += tr(" · %1 rows with gaps left out").arg(count(points.rowsWithGaps));
    return words;
}

// --- the run ---

SvmLab::Runs::LabSession::Factory SvmLab::factory(std::optional<WarmStart> warm) const {
    return [maker = m_maker, dataset = m_dataset, knobs = m_knobs, seed = m_seed, warm = std::move(warm)] {
        return maker->make(dataset, knobs, seed, warm);
    };
}

// From the finished fit that is known; while another is being computed it is the one before.
std::optional<WarmStart> SvmLab::warmStart() const {
    const auto& snapshot = m_runs.snapshot();
    if (!m_knobs.warmStart || !snapshot || !snapshot->transport.atEnd()) return std::nullopt;
    return WarmStart{run(), snapshot->state};
}

// At the end the next fit goes on from this one, to its own end; on the way it begins anew, at the same
// place.
void SvmLab::restart() {
    const auto warm = warmStart();
    if (warm)
        m_runs.start(factory(warm), {.runAhead = true, .share = 1.0});
    else
        m_runs.restartInPlace(factory());
}

// The snapshot of a run that has only begun to be computed ahead is no news: the next one is.
void SvmLab::show(const std::shared_ptr<const SnapshotBase>& base) {
    if (base->transport.seeking && base->transport.index == 0 && !base->error) return;
    const auto news = m_runs.take(base);
    if (news.refusal) refused(*news.refusal);
    if (!news.isShown) return;
    if (news.isNewRun) beginRun();
    m_views.showPair(pairOf(*run(), *m_runs.snapshot()->state));
    m_views.showMoment(m_runs.snapshot()->trace, m_runs.snapshot()->transport.index);
    showNow();
    m_narration = narrateSvm(*run(), *m_runs.snapshot()->state);
    Q_EMIT narrationChanged();
}

// The run before stays, and with it its data and its columns. Points that the hand took away are not brought
// back: the next edit may make them a problem again.
void SvmLab::refused(const Error& error) {
    tellShown(m_dataset); // what follows from the edit is the sentence
    if (run() && m_dataset != run()->dataset && !m_isEdited) {
        m_dataset = run()->dataset;
        m_values = m_shownValues;
        m_knobs = svmKnobs(m_values, m_dataset.get());
        Q_EMIT parameterSpecsChanged();
        Q_EMIT parametersChanged();
    }
    Q_EMIT failed(QString::fromStdString(error.message));
}

void SvmLab::beginRun() {
    m_shownValues = m_values;
    // A newer edit is already on the canvas: the points of this run are of before it.
    if (run()->dataset == m_dataset) m_views.beginRun(*run(), m_isEdited);
    requestMap();
    requestMatrix();
    requestProbability();
    Q_EMIT dataWordsChanged();
}

// Another C or γ is another place on the same map.
void SvmLab::requestMap() {
    if (!run() || !m_views.isMapShown() || m_knobs.view != u"fitting") return;
    MapKey key{run()->dataset, run()->knobs.mapKey(), m_seed};
    if (m_mapOf == key) return;
    m_mapOf = std::move(key);
    m_map.reset();
    const QString missing = mapMissing(*run());
    m_views.showNoMap(missing.isEmpty() ? tr("Cross-validating…") : missing);
    if (missing.isEmpty()) m_jobs.map(run(), m_seed);
}

void SvmLab::requestMatrix() {
    if (!run() || !m_views.isMatrixShown() || m_knobs.view != u"kernel" || m_matrixOf == run()) return;
    m_matrixOf = run();
    m_jobs.matrix(run());
}

// The map of the run before stays until the next one comes.
void SvmLab::requestProbability() {
    if (m_knobs.surface == u"decision" || !run() || run()->kind() != svm::ProblemKind::Classification)
        return setLikelihood(nullptr);
    m_jobs.probability(run(), m_knobs.surface, m_seed);
}

// Of two classes the tint of a decision is known at once; of several the plane is asked again.
void SvmLab::setLikelihood(const SvmLikelihoodPointer& likelihood) {
    if (likelihood == std::exchange(m_likelihood, likelihood)) return;
    if (run() && !run()->hasPairs() && likelihood)
        m_views.setProbability([likelihood](double f) { return likelihood->ofDecision(f); });
    else
        m_views.setProbability({});
    if (run() && run()->hasPairs()) showNow();
}

void SvmLab::showMap() {
    if (m_map) m_views.showMap(mapPicture(*m_map, m_knobs));
}

// An edit that a newer one overtook is shown with it.
void SvmLab::tellShown(const std::shared_ptr<const data::Dataset>& dataset) {
    const auto found = std::find(m_edits.begin(), m_edits.end(), dataset);
    if (found == m_edits.end()) return;
    const auto shown = found - m_edits.begin() + 1;
    m_edits.erase(m_edits.begin(), found + 1);
    for (std::ptrdiff_t i = 0; i < shown; ++i)
        Q_EMIT editShown();
}

void SvmLab::showNow() {
    if (!run() || !m_runs.snapshot()) return;
    const auto& snapshot = *m_runs.snapshot();
    if (m_views.isLiftShown() && m_knobs.view == u"kernel")
        m_views.showLift(liftPicture(*run(), *snapshot.state));
    m_jobs.picture({run(), snapshot.state, snapshot.transport.index, snapshot.transport.atEnd(),
                    m_views.sight(), m_isDragging, m_likelihood});
}

QString SvmLab::timeLabel(const TransportState& transport) const {
    const auto step = count(static_cast<std::size_t>(transport.index));
    if (!transport.ended) return tr("pair %1").arg(step);
    return tr("pair %1 of %2").arg(step, count(static_cast<std::size_t>(transport.furthest)));
}

void SvmLab::waitForViews() {
    m_runs.session()->waitUntilIdle();
    if (const auto snapshot = m_runs.session()->latestSnapshot()) show(snapshot);
    requestMap();
    requestMatrix();
    m_jobs.finish();
}

// --- points by hand ---

void SvmLab::edit(const CanvasPoints& points, bool stillDragging) {
    if (!run() || !m_dataset) return;
    if (!std::exchange(m_isDragging, stillDragging)) m_views.keepGhost();
    const SvmPoints& before = *run()->points;
    const bool classes = !before.targetName.empty() && before.targetName != before.yName;
    const auto dataset = editedDataset(before, points, classes);
    ParameterValues values = m_values;
    values["x"] = dataset->table->columns[0].name;
    if (points.size() > m_knobs.most) // a sample and what was added: no point may be drawn out of them again
        values["most"] = static_cast<std::int64_t>(points.size());
    if (classes || run()->kind() != svm::ProblemKind::Regression)
        values["y"] = dataset->table->columns[1].name;
    Q_EMIT dataEdited(dataset, values, stillDragging);
    Q_EMIT parametersChanged();
}

void SvmLab::highlightRows(const std::vector<int>& tableRows) {
    if (run()) m_views.selectRows(fromTableRows(run()->points->tableRows, tableRows));
}

QString SvmLab::resultAsCsv() const {
    if (!run() || !m_runs.snapshot() || !m_runs.snapshot()->state) return {};
    const SvmPoints& points = *run()->points;
    const auto picture = pictureOf({run(), m_runs.snapshot()->state, 0, true, {0, 1, 0, 1, {20, 20}}}, 20.0);
    const auto number = [](double value) { return QString::number(value, 'g', 17); };
    QString csv = QStringLiteral("x,y,class,alpha_share,slack\n");
    for (std::size_t i = 0; i < points.size(); ++i)
        csv += QStringList{number(points.canvas->x[i]), number(points.canvas->y[i]),
                           named(points.classes[points.canvas->label[i]]), number(picture->points[i].share),
                           number(picture->points[i].slack)}
                   .join(u',') +
               u'\n';
    return csv;
}

} // namespace orrery
