// Everything that a hasty user can do to a session, from two threads, while a third reads what it publishes.
// Ends non-zero when a published state is not the state of the straight run.
#include "core/session/latest_job.h"
#include "core/session/session.h"
#include "tests/support/walk_solver.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

using namespace orrery;
using testing::WalkSolver;

namespace {

constexpr std::int64_t kLength = 20'000;

std::vector<double> straightPositions() {
    std::vector<double> positions{0.0};
    WalkSolver solver(kLength);
    for (std::int64_t i = 0; i < kLength; ++i) {
        (void)solver.step();
        positions.push_back(solver.state().position);
    }
    return positions;
}

Command anyCommand(Rng& rng) {
    const auto index = static_cast<std::int64_t>(rng.below(kLength + 100));
    switch (rng.below(10)) {
    case 0:
        return command::Play{};
    case 1:
        return command::Pause{};
    case 2:
        return command::TogglePlay{};
    case 3:
        return command::Step{static_cast<Grain>(rng.below(3)), static_cast<std::int64_t>(rng.below(7)) - 3};
    case 4:
        return command::Restart{};
    case 5:
        return command::RunToEnd{};
    case 6:
        return command::SetSpeed{rng.below(2) ? kUnlimitedSpeed : 5000.0};
    case 7:
        return command::SetLoop{std::pair(index, index + 50)};
    case 8:
        return command::SetLoop{std::nullopt};
    default:
        return command::Seek{index, rng.below(2) == 1};
    }
}

void pester(Session<WalkSolver>& session, std::uint64_t seed, std::chrono::steady_clock::time_point until) {
    Rng rng(seed);
    while (std::chrono::steady_clock::now() < until) {
        if (rng.below(50) == 0)
            session.reset([]() -> Expected<WalkSolver> { return WalkSolver(kLength); },
                          {.runAhead = rng.below(2) == 1, .index = 100, .play = true});
        else
            session.post(anyCommand(rng));
        std::this_thread::sleep_for(std::chrono::microseconds(rng.below(300)));
    }
}

} // namespace

int main() {
    const std::vector<double> straight = straightPositions();
    std::atomic<long> looked{0}, wrong{0};
    {
        Session<WalkSolver> session(64 << 10);
        session.setPublished([&] { looked.fetch_add(1, std::memory_order_relaxed); });
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(3);
        std::jthread reader([&](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                if (const auto snapshot = session.latestSnapshot(); snapshot && snapshot->state) {
                    const auto index = static_cast<std::size_t>(snapshot->transport.index);
                    if (snapshot->state->position != straight[index]) wrong.fetch_add(1);
                }
                std::this_thread::yield();
            }
        });
        std::jthread second([&] { pester(session, 2, until); });
        pester(session, 1, until);
        second.join();
        reader.request_stop();
        reader.join();
        session.post(command::SetSpeed{kUnlimitedSpeed});
        session.post(command::Play{}); // quits while it works
    }
    std::printf("%ld snapshots published, %ld wrong\n", looked.load(), wrong.load());
    return wrong.load() == 0 && looked.load() > 0 ? 0 : 1;
}
