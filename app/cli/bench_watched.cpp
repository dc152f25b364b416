#include "app/cli/bench_watched.h"

#include "app/labs/lasso/lasso_run.h"
#include "app/scenario/scenario.h"
#include "core/session/session.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <nlohmann/json.hpp>
#include <thread>

namespace orrery {

namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

constexpr int kRounds = 11;
constexpr std::int64_t kFar = std::int64_t{1} << 50; ///< steps: to the end, and no keyframes

// A step that does next to nothing, so that all that is beside it shows.
class ShortStepSolver {
  public:
    struct State {
        std::int64_t taken = 0;
        std::uint64_t value = 0x9e3779b97f4a7c15;
        friend bool operator==(const State&, const State&) = default;
    };
    static constexpr std::int64_t kSteps = 10'000'000;

    StepResult step() {
        for (int i = 0; i < 8; ++i) { // a chain of shifts: nothing to skip or to vectorise
            m_state.value ^= m_state.value << 13;
            m_state.value ^= m_state.value >> 7;
            m_state.value ^= m_state.value << 17;
        }
        return {++m_state.taken < kSteps ? StepStatus::Advanced : StepStatus::Converged, StepBoundary::None};
    }
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }
    static std::vector<TraceColumn> traceColumns() { return {{"value", "", false}}; }
    void traceRow(std::span<double> row) const { row[0] = static_cast<double>(m_state.value); }

  private:
    State m_state;
};

double processorSeconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

struct Best {
    double seconds = 1e300, processor = 1e300;

    template <class Function>
    void time(Function function) {
        const double before = processorSeconds();
        const auto start = Clock::now();
        function();
        seconds = std::min(seconds, std::chrono::duration<double>(Clock::now() - start).count());
        processor = std::min(processor, processorSeconds() - before);
    }
};

template <class Solver>
std::int64_t watch(Solver solver, Best& best) {
    auto prepared = std::make_shared<std::optional<Solver>>(std::move(solver));
    Session<Solver> session;
    std::atomic<std::int64_t> published{0};
    session.setPublished([&published] { ++published; });
    session.post(command::SetSpeed{kUnlimitedSpeed});
    session.reset([prepared]() -> Expected<Solver> { return *std::move(*prepared); });
    session.waitUntilIdle();
    best.time([&session] {
        session.post(command::Play{});
        session.waitUntilIdle();
    });
    session.setPublished({});
    return published;
}

template <class Make>
Json compare(const char* name, const Make& make) {
    using Solver = std::decay_t<decltype(make())>;
    Best plain, traced, watched;
    std::int64_t steps = 0, published = 0;
    bool moved = false;
    for (int round = 0; round < kRounds; ++round) {
        // Each alone and on a thread of its own, as a session's is, so that all find the memory alike.
        std::jthread([&] {
            Solver bare = make();
            const typename Solver::State start = bare.state();
            plain.time([&] { steps = solve(bare).steps; });
            moved = moved || bare.state() != start; // or the compiler leaves the steps out
        }).join();
        std::jthread([&] {
            Player<Solver> player(make(), Timeline<typename Solver::State>::kDefaultBudget, kFar);
            traced.time([&player] { player.moveTo(kFar); });
        }).join();
        published = watch(make(), watched);
    }
    return {{"run", name},
            {"steps", steps},
            {"step_ns", 1e9 * plain.seconds / static_cast<double>(steps)},
            {"plain_seconds", plain.seconds},
            {"traced_seconds", traced.seconds},
            {"watched_seconds", watched.seconds},
            {"ratio", watched.seconds / plain.seconds},
            {"processor_ratio", watched.processor / plain.processor},
            {"traced_processor_ratio", traced.processor / plain.processor},
            {"snapshots", published},
            {"moved", moved}};
}

Expected<std::shared_ptr<const data::Dataset>> wideData() {
    ScenarioData source{
        GeneratorSource{QStringLiteral("sparse_linear"),
                        {{"n", std::int64_t{2000}}, {"p", std::int64_t{400}}, {"k", std::int64_t{40}}},
                        5},
        {}};
    Progress progress;
    return loadData(source, progress);
}

} // namespace

Json benchWatched() {
    const auto dataset = wideData();
    if (!dataset) return {{"bench", "watched"}, {"error", dataset.error().message}};
    LassoRunMaker maker;
    const auto lasso = [&] { return *maker.make(*dataset, {.gap = 1e-9}); };
    Json runs = Json::array(
        {compare("lasso path, 2000 × 400", lasso), compare("short steps", [] { return ShortStepSolver(); })});
    return {{"bench", "watched"}, {"runs", std::move(runs)}};
}

} // namespace orrery
