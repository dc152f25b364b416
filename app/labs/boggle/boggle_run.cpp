#include "app/labs/boggle/boggle_run.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <algorithm>
#include <fmt/format.h>
#include <limits>

namespace orrery {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// Numbers stand in the window with thin spaces, on the command line with commas.
QString inThinSpaces(const std::string& text) {
    static const QRegularExpression comma(QStringLiteral("(?<=\\d),(?=\\d{3})"));
    return QString::fromStdString(text).replace(comma, QString(QChar(0x2009)));
}

Expected<boggle::Dictionary> shortList(int minimumLength) {
    QFile file(QStringLiteral(":/orrery/words/short.txt"));
    if (!file.open(QIODevice::ReadOnly)) return fail("the short word list is missing from the program");
    return boggle::Dictionary::fromText(file.readAll().toStdString(), {.minimumLength = minimumLength},
                                        "the short word list");
}

Expected<boggle::Board> boardOf(const BoggleKnobs& knobs, quint64 seed) {
    if (knobs.letters) return boggle::randomBoard(*knobs.letters, knobs.size, seed);
    return boggle::parseBoard(knobs.board);
}

Expected<void> withinReach(const BoggleKnobs& knobs, const boggle::Board& board) {
    if (knobs.isBest() || knobs.kind != boggle::DictionaryKind::HashSet ||
        board.size <= boggle::kLargestWithoutPruning)
        return {};
    return fail(
        fmt::format("Without pruning a search of {0} × {0} would not come to its end: 4 × 4 already has "
                    "12,029,640 paths. Take the trie or the automaton, or a smaller board.",
                    board.size));
}

boggle::BestBoardOptions bestOptions(const BoggleKnobs& knobs, int size, quint64 seed) {
    boggle::BestBoardOptions options;
    options.method =
        knobs.anneals ? boggle::BestBoardMethod::Annealing : boggle::BestBoardMethod::HillClimbing;
    options.size = size;
    options.letters = knobs.letters.value_or(boggle::LetterSource::NewDice);
    options.seed = seed;
    options.proposals = knobs.proposals;
    options.patience = knobs.patience;
    options.temperature = knobs.temperature;
    options.cooling = knobs.cooling;
    return options;
}

} // namespace

std::shared_ptr<const ParallelRecord>
ParallelRecord::make(const std::shared_ptr<const boggle::SearchProblem>& problem,
                     const boggle::ParallelOptions& options, Progress& progress) {
    auto record = std::make_shared<ParallelRecord>();
    record->options = options;
    record->result = boggle::searchParallel(problem, options, &progress);
    const auto& records = record->result.records;
    for (std::uint32_t i = 0; i < records.size(); ++i)
        record->byEnd.push_back(i);
    std::ranges::stable_sort(record->byEnd, {}, [&](std::uint32_t i) { return records[i].end; });
    return record;
}

Expected<boggle::Dictionary> wordListOf(const QString& path, int minimumLength) {
    if (path.isEmpty()) return fail("No file is named: drop one with a word a line on the window.");
    auto words = boggle::Dictionary::fromFile(path.toStdString(), {.minimumLength = minimumLength});
    if (words && words->size() == 0)
        return fail(fmt::format("{}: no word of {} letters or more is left of {} lines.",
                                QFileInfo(path).fileName().toStdString(), minimumLength,
                                words->counts().lines));
    return words;
}

// --- the maker ---

Expected<NamedLexicon> BoggleRunMaker::lexiconOf(const BoggleKnobs& knobs) {
    const std::scoped_lock lock(m_mutex);
    if (m_key == knobs.lexiconKey()) return m_lexicon;
    NamedLexicon named;
    const QString system = QString::fromUtf8(boggle::kSystemWordList.data(),
                                             static_cast<qsizetype>(boggle::kSystemWordList.size()));
    const bool missing = knobs.words == u"system" && !QFileInfo::exists(system);
    const bool isShort = knobs.words == u"short" || missing;
    auto words = isShort ? shortList(knobs.minimumLength)
                         : wordListOf(knobs.words == u"file" ? QString::fromStdString(knobs.file) : system,
                                      knobs.minimumLength);
    if (!words) return tl::unexpected(words.error());
    named.name = isShort                  ? QStringLiteral("short list")
                 : knobs.words == u"file" ? QFileInfo(QString::fromStdString(knobs.file)).fileName()
                                          : QFileInfo(QFileInfo(system).canonicalFilePath()).fileName();
    if (knobs.words == u"file" && !isShort) named.remark = inThinSpaces(words->leftOut());
    if (missing) named.remark = QStringLiteral("install the package wamerican for Debian's list");
    named.lexicon = std::make_shared<const boggle::Lexicon>(*std::move(words));
    m_lexicon = named;
    m_key = knobs.lexiconKey();
    return named;
}

Expected<BoggleRunSolver> BoggleRunMaker::make(const BoggleKnobs& knobs, quint64 seed, Progress& progress) {
    const auto board = boardOf(knobs, seed);
    if (!board) return tl::unexpected(board.error());
    if (auto reach = withinReach(knobs, *board); !reach) return tl::unexpected(reach.error());
    auto words = lexiconOf(knobs);
    if (!words) return tl::unexpected(words.error());
    auto run = std::make_shared<BoggleRun>();
    run->words = *std::move(words);
    run->kind = knobs.kind;
    run->boardName = knobs.letters ? QString::fromUtf8(boggle::labelOf(*knobs.letters).data())
                                   : QStringLiteral("typed board");
    run->problem =
        std::make_shared<const boggle::SearchProblem>(boggle::SearchProblem{*board, run->words.lexicon});
    if (knobs.isBest()) run->best = bestOptions(knobs, board->size, seed);
    if (knobs.isParallel()) {
        const int deepest = std::min(knobs.depth, board->cells());
        run->record = ParallelRecord::make(run->problem, {knobs.kind, knobs.threads, deepest, knobs.slowness},
                                           progress);
        if (run->record->result.cancelled) return fail("another run was asked for", ErrorCode::Cancelled);
    }
    return BoggleRunSolver(std::move(run));
}

// --- the solver ---

namespace {

std::variant<boggle::BoardSearch, ParallelReplay, boggle::BestBoard>
solverOf(const std::shared_ptr<const BoggleRun>& run) {
    if (run->record) return ParallelReplay(run->record);
    if (run->best) return boggle::BestBoard(run->words.lexicon, *run->best);
    return boggle::BoardSearch(run->problem, run->kind);
}

} // namespace

BoggleRunSolver::BoggleRunSolver(std::shared_ptr<const BoggleRun> run)
    : m_solver(solverOf(run)), m_run(std::move(run)) {}

StepResult BoggleRunSolver::step() {
    return std::visit([](auto& solver) { return solver.step(); }, m_solver);
}

AdvanceResult BoggleRunSolver::advance(std::int64_t limit) {
    return std::visit([limit](auto& solver) { return orrery::advance(solver, limit); }, m_solver);
}

BoggleRunSolver::State BoggleRunSolver::state() const {
    return std::visit([](const auto& solver) -> State { return solver.state(); }, m_solver);
}

void BoggleRunSolver::restore(const State& state) {
    std::visit(
        [&state](auto& solver) {
            solver.restore(std::get<typename std::decay_t<decltype(solver)>::State>(state));
        },
        m_solver);
}

std::vector<TraceColumn> BoggleRunSolver::traceColumns() {
    return {{"points", "", false},          {"words", "", false},           {"paths visited", "", false},
            {"pruned", "", false},          {"depth", "tiles", false},      {"best points", "", false},
            {"proposed points", "", false}, {"temperature", "points", true}};
}

// A column that this solver does not have holds no number, and the chart draws none.
void BoggleRunSolver::traceRow(std::span<double> row) const {
    std::ranges::fill(row, kNone);
    if (const auto* search = std::get_if<boggle::BoardSearch>(&m_solver)) {
        const auto& state = search->state();
        row[0] = state.counters.points;
        row[1] = static_cast<double>(state.found.size());
        row[2] = static_cast<double>(state.counters.paths);
        row[3] = static_cast<double>(state.counters.pruned);
        row[4] = state.depth;
    } else if (const auto* replay = std::get_if<ParallelReplay>(&m_solver)) {
        row[2] = static_cast<double>(replay->state().paths);
    } else {
        const auto& state = std::get<boggle::BestBoard>(m_solver).state();
        row[0] = state.score.points;
        row[1] = state.score.words;
        row[5] = state.bestScore.points;
        row[6] = state.last.points;
        row[7] = state.temperature;
    }
}

} // namespace orrery
