#include "app/labs/boggle/boggle_views.h"

#include "app/labs/boggle/boggle_counters.h"
#include "app/labs/boggle/views/board_stage.h"
#include "app/labs/boggle/views/gantt_view.h"
#include "app/labs/boggle/views/score_view.h"
#include "app/labs/boggle/views/trie_view.h"
#include "app/labs/boggle/views/word_list.h"
#include "widgets/frame/paint.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/number_table.h"

namespace orrery {

namespace {

using boggleview::SpeedupMeasure;

const QString kBoard = QStringLiteral("board");
const QString kTrie = QStringLiteral("trie");
const QString kWords = QStringLiteral("words");
const QString kCounters = QStringLiteral("counters");
const QString kGantt = QStringLiteral("gantt");
const QString kCrew = QStringLiteral("crew");
const QString kSpeedup = QStringLiteral("speed-up");
const QString kEfficiency = QStringLiteral("efficiency");
const QString kHand = QStringLiteral("hand");
const QString kScore = QStringLiteral("score");
const QString kBest = QStringLiteral("best");

// Between two starts the next one, as on the time line.
int startOf(const BoggleRun& run, const boggle::BoardSearch::State& state) {
    return std::min(state.nextStart + (state.depth == 0 ? 1 : 0), run.problem->board.cells());
}

} // namespace

BoggleViews::BoggleViews(QObject* parent)
    : QObject(parent)
    , m_search(new boggleview::BoardStage(true))
    , m_crew(new boggleview::BoardStage(false))
    , m_hand(new boggleview::BoardStage(false))
    , m_best(new boggleview::BoardStage(false))
    , m_trie(new boggleview::TrieView)
    , m_words(new boggleview::WordList)
    , m_counters(new NumberTable)
    , m_gantt(new boggleview::GanttView)
    , m_speedup(new boggleview::SpeedupView(SpeedupMeasure::SpeedUp))
    , m_efficiency(new boggleview::SpeedupView(SpeedupMeasure::Efficiency))
    , m_score(new boggleview::ScoreView) {
    m_shelf.add(kBoard, tr("Board and stack"), m_search);
    m_shelf.add(kTrie, tr("Trie"), m_trie);
    m_shelf.add(kWords, tr("Words found"), m_words);
    m_shelf.add(kCounters, tr("Counters"), m_counters);
    m_shelf.add(kGantt, tr("Who did what when"), m_gantt);
    m_shelf.add(kCrew, tr("Paths now"), m_crew);
    m_shelf.add(kSpeedup, tr("Speed-up"), m_speedup);
    m_shelf.add(kEfficiency, tr("Efficiency, %"), m_efficiency);
    m_shelf.add(kHand, tr("Board in hand"), m_hand);
    m_shelf.add(kScore, tr("Score"), m_score);
    m_shelf.add(kBest, tr("Best board"), m_best);
    m_search->board()->setEditable(true);
    m_search->board()->setPair(u'Q', u'U');
    m_words->setPlaceholder(tr("No word yet"));
    connect(m_search->board(), &BoardView::tileTyped, this, &BoggleViews::tileTyped);
    connect(m_words, &boggleview::WordList::wordChosen, this, [this] { paintSearchBoard(); });
    connect(m_score, &boggleview::ScoreView::stepRequested, this, &BoggleViews::stepRequested);
    fillTotals();
}

std::vector<StageView> BoggleViews::arrangement(const BoggleKnobs& knobs) const {
    if (knobs.isParallel()) return m_shelf.stage({kGantt, kCrew, kSpeedup, kEfficiency});
    if (knobs.isBest()) return m_shelf.stage({kHand, kScore, kBest});
    return m_shelf.stage({kBoard, kTrie, kWords, kCounters});
}

QString BoggleViews::subtitleOf(const QString& id) const {
    if (id == kTrie) return m_trie->summary();
    if (id == kSpeedup) return m_speedup->summary();
    if (id == kEfficiency) return m_efficiency->summary();
    const auto found = m_subtitles.find(id);
    return found == m_subtitles.end() ? QString() : found->second;
}

void BoggleViews::beginRun(const BoggleRun& run) {
    m_kind = run.kind;
    m_totals.clear();
    fillTotals();
    m_subtitles[kCounters] = tr("so far; others at the end");
    if (!run.record) return;
    std::vector<boggleview::GanttBar> bars;
    const boggle::ParallelResult& result = run.record->result;
    for (const boggle::TaskRecord& record : result.records) {
        std::string tiles;
        for (const std::uint8_t cell : result.prefixes[record.task])
            tiles += run.problem->board.letter(cell);
        bars.push_back(
            {record.thread, record.begin, record.end,
             tr("thread %1: paths from %2\n%3, %4\n%5")
                 .arg(record.thread + 1)
                 .arg(spelt(tiles), counted(record.paths, "path", "paths"),
                      counted(record.words, "word", "words"), spokenSeconds(record.end - record.begin))});
    }
    m_gantt->setBars(std::move(bars), run.record->options.threads, result.splitSeconds);
    m_subtitles[kGantt] = tr("%1, threads busy %2 %")
                              .arg(counted(static_cast<qint64>(result.records.size()), "task", "tasks"),
                                   fixedNumber(100.0 * result.busyShare(run.record->options.threads), 0));
}

void BoggleViews::showState(const BoggleRun& run, const BoggleRunSolver::State& state) {
    if (const auto* search = std::get_if<boggle::BoardSearch::State>(&state)) showSearch(run, *search);
    if (const auto* replay = std::get_if<ParallelReplay::State>(&state)) showReplay(run, *replay);
    if (const auto* best = std::get_if<boggle::BestBoard::State>(&state)) showBest(run, *best);
    Q_EMIT subtitlesChanged();
}

void BoggleViews::showSearch(const BoggleRun& run, const boggle::BoardSearch::State& state) {
    m_moment = searchMoment(run, state);
    m_now = state.counters;
    m_trie->setPicture(m_moment.trie);
    m_words->setWords(m_moment.words, m_moment.isFresh);
    m_search->stack()->setFrames(m_moment.frames, m_moment.deepest);
    m_search->setWords(m_moment.words, m_moment.isFresh);
    m_subtitles[kBoard] = tr("start %1 of %2").arg(startOf(run, state)).arg(run.problem->board.cells());
    m_subtitles[kWords] = state.found.empty() ? QString() : tr("click: its path");
    paintSearchBoard();
    fillTotals();
}

// A chosen word lies over the path that is being tried.
void BoggleViews::paintSearchBoard() {
    BoardPicture picture = m_moment.board;
    boggleview::Headline headline = m_moment.headline;
    const int chosen = m_words->chosen();
    if (chosen >= 0 && chosen < static_cast<int>(m_moment.words.size())) {
        const boggleview::ListedWord& word = m_moment.words[static_cast<std::size_t>(chosen)];
        headline.letters = word.text.toUpper();
        headline.verdict = counted(word.points, "point", "points");
        headline.isGood = false;
        BoardTrail trail;
        trail.cells = word.cells;
        trail.role = BoardTrail::Role::Chosen;
        trail.complete = true;
        picture.trails = {trail};
        picture.blocked.clear();
        picture.open.clear();
        picture.left = -1;
    }
    m_search->setHeadline(headline);
    m_search->board()->setPicture(std::move(picture));
}

void BoggleViews::chooseWord(int word) {
    m_words->choose(word);
    paintSearchBoard();
}

void BoggleViews::showReplay(const BoggleRun& run, const ParallelReplay::State& state) {
    BoardPicture picture = boardPictureOf(run.problem->board);
    const boggle::ParallelResult& result = run.record->result;
    // Of each thread the task that it is in, or has taken by the time one has drawn breath.
    std::map<std::int32_t, const boggle::TaskRecord*> current;
    for (const boggle::TaskRecord& record : result.records) {
        if (record.end <= state.seconds) continue;
        const boggle::TaskRecord*& chosen = current[record.thread];
        if (!chosen || record.begin < chosen->begin) chosen = &record;
    }
    for (const auto& [thread, record] : current) {
        BoardTrail trail;
        trail.cells.assign(result.prefixes[record->task].begin(), result.prefixes[record->task].end());
        trail.role = BoardTrail::Role::Category;
        trail.category = thread;
        trail.numbered = false;
        picture.trails.push_back(std::move(trail));
    }
    m_crew->board()->setPicture(std::move(picture));
    m_subtitles[kCrew] =
        tr("%1 of %2 tasks")
            .arg(grouped(state.finished), grouped(static_cast<qint64>(result.records.size())));
    m_gantt->setNow(state.seconds);
}

void BoggleViews::showBest(const BoggleRun&, const boggle::BestBoard::State& state) {
    const auto points = [](std::int32_t n) { return counted(n, "point", "points"); };
    const auto words = [](std::int32_t n) { return counted(n, "word", "words"); };
    // What was proposed, whether it is taken or not: that is what was scored.
    BoardPicture picture = boardPictureOf(state.proposals > 0 ? state.proposed : state.board);
    if (state.proposals > 0 && !state.last.restarted)
        picture.ringed = state.last.cell == state.last.other
                             ? std::vector<int>{state.last.cell}
                             : std::vector<int>{state.last.cell, state.last.other};
    m_hand->board()->setPicture(std::move(picture));
    const QString verdict = state.proposals == 0   ? tr("a random board")
                            : state.last.restarted ? tr("a new start")
                            : state.last.taken     ? tr("taken")
                                               : tr("turned down, stays %1").arg(grouped(state.score.points));
    m_hand->setHeadline({points(state.proposals == 0 ? state.score.points : state.last.points), verdict,
                         state.last.improved, tr("best so far %1").arg(grouped(state.bestScore.points))});
    m_best->board()->setPicture(boardPictureOf(state.best));
    m_best->setHeadline({points(state.bestScore.points), {}, true, words(state.bestScore.words)});
    m_subtitles[kHand] = tr("ringed: what the proposal changed");
    m_subtitles[kScore] = tr("over %1 proposals").arg(grouped(state.proposals));
    m_subtitles[kBest] = QString();
}

void BoggleViews::showTotals(const std::vector<EngineTotals>& totals) {
    m_totals = totals;
    fillTotals();
}

void BoggleViews::fillTotals() {
    fillCounters(*m_counters, m_totals, m_kind, m_now, static_cast<std::int64_t>(m_moment.words.size()));
}

void BoggleViews::showTimings(const std::vector<boggleview::ThreadTiming>& timings, int wanted) {
    m_speedup->setTimings(timings, wanted);
    m_efficiency->setTimings(timings, wanted);
    Q_EMIT subtitlesChanged();
}

void BoggleViews::showScores(const std::shared_ptr<const Trace>& trace, std::int64_t now) {
    m_score->setTrace(trace);
    m_score->setNow(now);
}

void BoggleViews::highlightMark(const QString& mark) {
    m_trie->setHighlightsChildren(mark == u"children" || mark == u"open");
    m_search->board()->setHighlightsOpen(mark == u"neighbours" || mark == u"open");
}

} // namespace orrery
