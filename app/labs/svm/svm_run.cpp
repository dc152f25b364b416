#include "app/labs/svm/svm_run.h"

#include "core/svm/as_published.h"

#include <algorithm>
#include <fmt/format.h>

namespace orrery {

namespace {

constexpr std::size_t kCacheBytes = std::size_t{64} << 20;

svm::SmoOptions smoOptions(const SvmKnobs& knobs) {
    svm::SmoOptions options;
    options.tolerance = knobs.tolerance;
    options.shrinking = knobs.shrinking;
    options.cacheBytes = kCacheBytes;
    return options;
}

svm::ProblemOptions problemOptions(const SvmKnobs& knobs) {
    svm::ProblemOptions options;
    options.kind = knobs.kind;
    options.kernel = knobs.published ? svm::publishedKernel(knobs.kernel) : knobs.kernel;
    options.c = knobs.c;
    options.epsilon = knobs.epsilon;
    options.nu = knobs.nu;
    return options;
}

// Classes that have a point, by their order.
std::vector<int> classesInUse(const SvmPoints& points) {
    std::vector<bool> used(points.classes.size() + 1);
    for (const std::uint8_t label : points.canvas->label)
        used[label] = true;
    std::vector<int> classes;
    for (std::size_t k = 0; k < points.classes.size(); ++k)
        if (used[k]) classes.push_back(static_cast<int>(k));
    return classes;
}

Expected<SvmMachine> pairMachine(const SvmPoints& points, const SvmKnobs& knobs, int first, int second) {
    SvmMachine machine{first, second, nullptr, {}};
    for (std::size_t i = 0; i < points.size(); ++i)
        if (const int label = points.canvas->label[i]; label == first || label == second)
            machine.rows.push_back(static_cast<int>(i));
    const auto m = static_cast<Eigen::Index>(machine.rows.size());
    svm::PointMatrix x(m, points.x.cols());
    Eigen::VectorXd y(m);
    for (Eigen::Index i = 0; i < m; ++i) {
        const int row = machine.rows[static_cast<std::size_t>(i)];
        x.row(i) = points.x.row(row);
        y[i] = points.canvas->label[static_cast<std::size_t>(row)] == first ? 1.0 : -1.0;
    }
    svm::ProblemOptions options = problemOptions(knobs);
    if (first == 0) options.positiveWeight = knobs.classWeight;
    auto problem = svm::makeProblem(std::move(x), std::move(y), options);
    if (!problem) return tl::unexpected(problem.error());
    machine.problem = *std::move(problem);
    return machine;
}

Expected<SvmMachine> wholeMachine(const SvmPoints& points, const SvmKnobs& knobs) {
    SvmMachine machine;
    for (std::size_t i = 0; i < points.size(); ++i)
        machine.rows.push_back(static_cast<int>(i));
    auto problem = svm::makeProblem(points.x, points.y, problemOptions(knobs));
    if (!problem) return tl::unexpected(problem.error());
    machine.problem = *std::move(problem);
    return machine;
}

Expected<std::vector<SvmMachine>> machinesOf(const SvmPoints& points, const SvmKnobs& knobs) {
    std::vector<SvmMachine> machines;
    const auto add = [&](Expected<SvmMachine> machine) -> Expected<void> {
        if (!machine) return tl::unexpected(machine.error());
        machines.push_back(*std::move(machine));
        return {};
    };
    if (knobs.kind != svm::ProblemKind::Classification) {
        if (auto made = add(wholeMachine(points, knobs)); !made) return tl::unexpected(made.error());
        return machines;
    }
    const std::vector<int> classes = classesInUse(points);
    if (classes.size() < 2)
        return fail(fmt::format("Every point is of class {}: a classifier needs two classes.",
                                points.classes[classes.empty() ? 0 : static_cast<std::size_t>(classes[0])]));
    for (std::size_t a = 0; a < classes.size(); ++a)
        for (std::size_t b = a + 1; b < classes.size(); ++b)
            if (auto made = add(pairMachine(points, knobs, classes[a], classes[b])); !made)
                return tl::unexpected(made.error());
    return machines;
}

// Where each point was before an edit, −1 for a new one. An edit moves points in place, appends some, or
// takes some away, and keeps the order.
std::vector<std::int32_t> rowsBefore(const CanvasPoints& before, const CanvasPoints& after) {
    std::vector<std::int32_t> rows(after.size(), -1);
    if (after.size() >= before.size()) {
        for (std::size_t i = 0; i < before.size(); ++i)
            rows[i] = static_cast<std::int32_t>(i);
        return rows;
    }
    std::size_t from = 0;
    for (std::size_t i = 0; i < after.size() && from < before.size(); ++i, ++from) {
        while (from < before.size() && (before.x[from] != after.x[i] || before.y[from] != after.y[i]))
            ++from;
        if (from < before.size()) rows[i] = static_cast<std::int32_t>(from);
    }
    return rows;
}

// α of each machine from the same machine before the edit.
std::vector<std::vector<double>> startsOf(const SvmRun& run, const WarmStart& warm) {
    const std::vector<std::int32_t> rows = rowsBefore(*warm.run->points->canvas, *run.points->canvas);
    std::vector<std::vector<double>> starts(run.machines.size());
    for (std::size_t m = 0; m < run.machines.size(); ++m) {
        const SvmMachine& machine = run.machines[m];
        for (std::size_t old = 0; old < warm.run->machines.size(); ++old) {
            const SvmMachine& from = warm.run->machines[old];
            const std::vector<double>* alpha = alphaOf(*warm.state, old);
            if (from.first != machine.first || from.second != machine.second || !alpha) continue;
            std::vector<std::int32_t> place(warm.run->points->size(), -1); // of a point within its machine
            for (std::size_t i = 0; i < from.rows.size(); ++i)
                place[static_cast<std::size_t>(from.rows[i])] = static_cast<std::int32_t>(i);
            std::vector<std::int32_t> oldRow;
            for (const int row : machine.rows) {
                const std::int32_t before = rows[static_cast<std::size_t>(row)];
                oldRow.push_back(before < 0 ? -1 : place[static_cast<std::size_t>(before)]);
            }
            starts[m] = svm::carriedOver(*from.problem, *alpha, *machine.problem, oldRow);
        }
    }
    return starts;
}

} // namespace

// --- the solver ---

std::size_t SvmRunSolver::State::stateBytes() const {
    return sizeof(State) + smo.stateBytes() + done.size() * sizeof(done[0]);
}

bool operator==(const SvmRunSolver::State& a, const SvmRunSolver::State& b) {
    return a.machine == b.machine && a.smo == b.smo && a.done.size() == b.done.size() &&
           std::equal(a.done.begin(), a.done.end(), b.done.begin(),
                      [](const auto& x, const auto& y) { return x == y || *x == *y; });
}

SvmRunSolver::SvmRunSolver(SvmRunPointer run, const std::vector<std::vector<double>>& starts)
    : m_run(std::move(run)), m_starts(starts), m_solver(solverOf(0)) {}

svm::SmoSolver SvmRunSolver::solverOf(std::size_t machine) const {
    const std::vector<double> none;
    return svm::SmoSolver(m_run->machines[machine].problem, smoOptions(m_run->knobs),
                          machine < m_starts.size() ? m_starts[machine] : none);
}

StepResult SvmRunSolver::step() {
    const bool isLast = m_machine + 1 == m_run->machines.size();
    if (m_solver.state().status != StepStatus::Advanced && !isLast) {
        const auto& last = m_solver.state();
        m_done.push_back(std::make_shared<const Finished>(Finished{last.alpha, last.gradient}));
        m_solver = solverOf(++m_machine);
    }
    const StepResult result = m_solver.step();
    // The end of one machine is not the end of the run.
    if (result.status != StepStatus::Advanced && result.status != StepStatus::Failed &&
        m_machine + 1 < m_run->machines.size())
        return {StepStatus::Advanced, StepBoundary::Phase};
    return result;
}

void SvmRunSolver::restore(const State& state) {
    if (state.machine != m_machine) m_solver = solverOf(state.machine);
    m_machine = state.machine;
    m_done = state.done;
    m_solver.restore(state.smo);
}

const std::vector<double>* alphaOf(const SvmRunSolver::State& state, std::size_t machine) {
    if (machine < state.done.size()) return &state.done[machine]->alpha;
    return machine == state.machine ? &state.smo.alpha : nullptr;
}

svm::SvmModel modelOf(const SvmRun& run, const SvmRunSolver::State& state, std::size_t machine) {
    const bool done = machine < state.done.size();
    return svm::modelOf(*run.machines[machine].problem, *alphaOf(state, machine),
                        done ? state.done[machine]->gradient : state.smo.gradient, run.biasRule());
}

// --- making one ---

Expected<std::shared_ptr<const SvmPoints>>
SvmRunMaker::pointsOf(const std::shared_ptr<const data::Dataset>& dataset, const SvmKnobs& knobs,
                      quint64 seed) {
    Key key{dataset, knobs.pointsKey(), seed};
    {
        const std::scoped_lock lock(m_mutex);
        if (m_key == key) return m_points;
    }
    auto made = svmPointsOf(*dataset, knobs, seed);
    if (!made) return made;
    const std::scoped_lock lock(m_mutex);
    m_key = std::move(key);
    m_points = *made;
    return made;
}

Expected<SvmRunSolver> SvmRunMaker::make(const std::shared_ptr<const data::Dataset>& dataset,
                                         const SvmKnobs& knobs, quint64 seed,
                                         const std::optional<WarmStart>& warm) {
    auto points = pointsOf(dataset, knobs, seed);
    if (!points) return tl::unexpected(points.error());
    auto run = std::make_shared<SvmRun>();
    run->dataset = dataset;
    run->points = *points;
    run->knobs = knobs;
    auto machines = machinesOf(**points, knobs);
    if (!machines) return tl::unexpected(machines.error());
    run->machines = *std::move(machines);
    std::vector<std::vector<double>> starts;
    if (warm && warm->run->kind() == run->kind() && !warm->run->points->projects) {
        starts = startsOf(*run, *warm);
        run->startsWarm = true;
    }
    return SvmRunSolver(std::move(run), starts);
}

} // namespace orrery
