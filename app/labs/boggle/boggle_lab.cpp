#include "app/labs/boggle/boggle_lab.h"

#include "app/labs/boggle/boggle_narration.h"
#include "widgets/frame/paint.h"

#include <algorithm>

namespace orrery {

namespace {

const char* const kNoTable =
    "Boggle reads no table: drop a text file with a word a line, and it becomes the dictionary.";

// Any thread.
Expected<ParameterValues> dictionaryFile(const QString& path) {
    constexpr int kShortest = 1; // the shortest word is a knob of its own
    if (auto words = wordListOf(path, kShortest); !words) return tl::unexpected(words.error());
    return ParameterValues{{"file", path.toStdString()}, {"words", std::string("file")}};
}

} // namespace

LabInfo boggleLabInfo() {
    return {.id = QStringLiteral("boggle"),
            .title = QStringLiteral("Boggle"),
            .category = QStringLiteral("Search"),
            .summary = QStringLiteral(
                "Words on a board by depth-first search, and what knowing their beginnings is worth."),
            .icon = Icon::Boggle,
            .startScene = QStringLiteral("boggle-search"),
            .make = [] { return std::make_unique<BoggleLab>(); },
            .usable = {},
            .proposeRoles = {},
            .takesNoTable = QString::fromLatin1(kNoTable),
            .valuesForFile = dictionaryFile};
}

BoggleLab::BoggleLab() : m_info(boggleLabInfo()) {
    connect(&m_views, &BoggleViews::subtitlesChanged, this, &Lab::subtitlesChanged);
    connect(&m_views, &BoggleViews::tileTyped, this, &BoggleLab::typeTile);
    connect(&m_views, &BoggleViews::stepRequested, this,
            [this](std::int64_t step) { m_runs.session()->post(command::Seek{step}); });
    connect(&m_jobs, &SideJobGroup::busyChanged, this, &Lab::busyChanged);
    connect(&m_jobs, &SideJobGroup::failed, this, &Lab::failed);
    connect(&m_jobs, &BoggleSideJobs::counted, this, [this](const auto& of, const auto& totals) {
        if (of == run()) m_views.showTotals(totals);
    });
    connect(&m_jobs, &BoggleSideJobs::measured, this, [this](const auto& of, const auto& timings) {
        if (of == run()) m_views.showTimings(timings, run()->record->options.threads);
    });
}

BoggleLab::~BoggleLab() {
    m_making->cancel();
    m_jobs.cancelAll();
}

Expected<void> BoggleLab::open(std::shared_ptr<const data::Dataset>, const ParameterValues& values,
                               quint64 seed, SessionStart start) {
    m_seed = seed;
    m_values = values;
    m_knobs = boggleKnobs(values);
    m_jobs.cancelAll();
    m_runs.start(factory(), start);
    Q_EMIT parameterSpecsChanged();
    Q_EMIT stageChanged();
    return {};
}

Expected<void> BoggleLab::setDataset(std::shared_ptr<const data::Dataset>) {
    return fail(kNoTable);
}

void BoggleLab::setParameters(const ParameterValues& values) {
    const BoggleKnobs before = m_knobs;
    m_values = values;
    m_knobs = boggleKnobs(values);
    if (m_knobs.runKey() != before.runKey()) {
        m_jobs.cancelAll(); // a measurement wants the cores for itself
        if (m_knobs.view == before.view)
            m_runs.restartInPlace(factory());
        else
            m_runs.start(factory(), {.runAhead = true, .index = 0, .play = true});
    }
    if (m_knobs.view != before.view) Q_EMIT stageChanged();
}

void BoggleLab::setSeed(quint64 seed) {
    m_seed = seed;
    if (run() && (m_knobs.letters || m_knobs.isBest())) m_runs.restartInPlace(factory());
}

QString BoggleLab::dataInWords() const {
    if (!run()) return {};
    const boggle::Lexicon& lexicon = run()->lexicon();
    const int n = run()->problem->board.size;
    QString words = tr("%1 × %1 %2 · %3 · %4 words of %5 letters and more")
                        .arg(n)
                        .arg(run()->boardName.toLower(), run()->words.name,
                             grouped(static_cast<qint64>(lexicon.words.size())))
                        .arg(lexicon.words.options().minimumLength);
    if (!run()->words.remark.isEmpty()) words += QStringLiteral(" · ") + run()->words.remark;
    return words;
}

// --- the run ---

BoggleLab::Runs::LabSession::Factory BoggleLab::factory() {
    m_making->cancel();
    m_making = std::make_shared<Progress>();
    return [maker = m_maker, knobs = m_knobs, seed = m_seed, making = m_making] {
        return maker->make(knobs, seed, *making);
    };
}

void BoggleLab::show(const std::shared_ptr<const SnapshotBase>& base) {
    const auto news = m_runs.take(base);
    if (news.refusal && news.refusal->code != ErrorCode::Cancelled) refused(*news.refusal);
    if (!news.isShown) return;
    if (news.isNewRun) beginRun();
    const auto& snapshot = *m_runs.snapshot();
    m_views.showState(*run(), *snapshot.state);
    if (run()->best) m_views.showScores(snapshot.trace, snapshot.transport.index);
    m_narration = narrateBoggle(*run(), *snapshot.state);
    Q_EMIT narrationChanged();
}

// The board that stands stays; what was asked for stands in the form, to be mended.
void BoggleLab::refused(const Error& error) {
    const QString sentence = QString::fromStdString(error.message);
    Q_EMIT failed(sentence);
    Q_EMIT valuesRefused(sentence);
}

void BoggleLab::beginRun() {
    m_views.beginRun(*run());
    if (run()->record) {
        m_views.showTimings({}, run()->record->options.threads);
        m_jobs.measureThreads(run());
    } else if (!run()->best) {
        m_jobs.count(run());
    }
    Q_EMIT dataWordsChanged();
}

// Quick hands: the run of the letter before may not have come yet.
boggle::Board BoggleLab::boardAskedFor() const {
    if (!m_knobs.letters)
        if (const auto typed = boggle::parseBoard(m_knobs.board)) return *typed;
    return run()->problem->board;
}

void BoggleLab::typeTile(int cell, QChar letter) {
    if (!run()) return;
    boggle::Board board = boardAskedFor();
    if (cell >= board.cells()) return; // of the board before
    board.tiles[static_cast<std::size_t>(cell)] =
        static_cast<std::uint8_t>(letter.toLower().unicode() - u'a');
    ParameterValues values = m_values;
    values["letters"] = std::string("typed");
    values["board"] = boggle::toText(board);
    Q_EMIT valuesEdited(values, "board");
}

QString BoggleLab::timeLabel(const TransportState& transport) const {
    const auto ofAll = [&transport](const QString& unit) {
        const QString now = grouped(transport.index);
        return transport.ended ? tr("%1 %2 of %3").arg(unit, now, grouped(transport.furthest))
                               : tr("%1 %2").arg(unit, now);
    };
    if (m_knobs.isParallel()) return ofAll(tr("task"));
    if (m_knobs.isBest()) return ofAll(tr("proposal"));
    if (!run()) return tr("step");
    const int cells = run()->problem->board.cells();
    return tr("start %1 of %2").arg(std::min<std::int64_t>(transport.roundsBefore + 1, cells)).arg(cells);
}

TraceChoice BoggleLab::trace() const {
    if (m_knobs.isParallel()) return {QStringLiteral("paths visited"), tr("Paths visited")};
    return {QStringLiteral("points"), tr("Points")};
}

void BoggleLab::waitForViews() {
    do {
        m_runs.session()->waitUntilIdle();
        if (const auto latest = m_runs.session()->latest()) show(latest);
        m_jobs.wait();
    } while (m_jobs.isBusy());
}

std::vector<KeyGroup> BoggleLab::keys() const {
    if (m_knobs.isParallel() || m_knobs.isBest()) return {};
    return {{tr("On the board (Tab or a click)"),
             {{tr("Begin to type"), {tr("Enter")}},
              {tr("A letter into the tile, on to the next"), {tr("A … Z")}},
              {tr("Another tile"), {tr("Arrows")}},
              {tr("Back one tile"), {tr("Backspace")}},
              {tr("Stop typing"), {tr("Esc")}}}},
            {tr("On the words found"),
             {{tr("Show a word’s path"), {tr("Up"), tr("Down")}}, {tr("Let go"), {tr("Esc")}}}}};
}

QString BoggleLab::resultAsCsv() const {
    if (!run() || !m_runs.snapshot() || !m_runs.snapshot()->state) return {};
    const BoggleRunSolver::State& state = *m_runs.snapshot()->state;
    QString csv;
    if (const auto* search = std::get_if<boggle::BoardSearch::State>(&state)) {
        csv = QStringLiteral("word,points,cells\n");
        for (const boggle::FoundWord& found : search->found) {
            QStringList cells;
            for (const std::uint8_t cell : search->pathOf(found))
                cells << QString::number(cell + 1);
            csv += QStringLiteral("%1,%2,%3\n")
                       .arg(QString::fromStdString(run()->lexicon().words.text(found.word)))
                       .arg(run()->lexicon().words.points(found.word))
                       .arg(cells.join(QLatin1Char(' ')));
        }
    } else if (run()->record) {
        csv = QStringLiteral("task,thread,begin_s,end_s,paths,words\n");
        for (const boggle::TaskRecord& record : run()->record->result.records)
            csv += QStringLiteral("%1,%2,%3,%4,%5,%6\n")
                       .arg(record.task + 1)
                       .arg(record.thread + 1)
                       .arg(record.begin, 0, 'g', 9)
                       .arg(record.end, 0, 'g', 9)
                       .arg(record.paths)
                       .arg(record.words);
    } else {
        const auto& best = std::get<boggle::BestBoard::State>(state);
        csv = QStringLiteral("board,points,words\n%1,%2,%3\n%4,%5,%6\n")
                  .arg(QString::fromStdString(boggle::toText(best.board)))
                  .arg(best.score.points)
                  .arg(best.score.words)
                  .arg(QString::fromStdString(boggle::toText(best.best)))
                  .arg(best.bestScore.points)
                  .arg(best.bestScore.words);
    }
    return csv;
}

} // namespace orrery
