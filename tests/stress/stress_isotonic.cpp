// States of the isotonic solvers share chunks with their copies: a solver goes on while other threads read,
// copy and drop the states that it has handed out.
#include "core/isotonic/any_isotonic_solver.h"
#include "core/isotonic/shapes.h"

#include <atomic>
#include <cstdio>
#include <mutex>
#include <thread>

using namespace orrery;
using namespace orrery::isotonic;

namespace {

using Shared = std::shared_ptr<const AnyIsotonicSolver::State>;

struct Mailbox {
    std::mutex mutex;
    Shared latest;
    std::atomic<bool> done{false};
    std::atomic<int> wrong{0};

    Shared take() {
        const std::scoped_lock lock(mutex);
        return latest;
    }
};

void read(Mailbox& mail, const IsotonicProblem& problem) {
    while (!mail.done.load()) {
        const Shared state = mail.take();
        if (!state) continue;
        const auto copy = std::make_unique<const AnyIsotonicSolver::State>(*state);
        const auto blocks = blocksOf(problem, *copy);
        if (!(*copy == *state) || blocks != blocksOf(problem, *state)) ++mail.wrong;
    }
}

int run(IsotonicMethod method) {
    const auto problem = *makeProblemInOrder(makeShape(Shape::NoisyLine, 12'000).y);
    Mailbox mail;
    std::thread first([&] { read(mail, *problem); });
    std::thread second([&] { read(mail, *problem); });
    AnyIsotonicSolver solver(method, problem);
    for (StepStatus status = StepStatus::Advanced; status == StepStatus::Advanced;) {
        for (int i = 0; i < 300 && status == StepStatus::Advanced; ++i)
            status = solver.step().status;
        auto state = std::make_shared<const AnyIsotonicSolver::State>(solver.state());
        const std::scoped_lock lock(mail.mutex);
        mail.latest = std::move(state);
    }
    mail.done = true;
    first.join();
    second.join();
    return mail.wrong;
}

} // namespace

int main() {
    for (const IsotonicMethod method : kIsotonicMethods)
        if (const int wrong = run(method); wrong != 0) {
            std::fprintf(stderr, "stress_isotonic: %d states changed after they were handed out\n", wrong);
            return 1;
        }
    return 0;
}
