// The search as a functional program states it, evaluated one call at a time:
//
//   search x Empty        = False
//   search x (Node v l r) = v == x || search x l || search x r
//
// and the slip of one operator that a property finds: the second || typed as &&. The call stack is explicit.
// One step enters a node and compares it, or returns a node's truth value to its caller. A round is a return
// from a leaf-most call to one that still waits for its other branch. Cost of a step: O(1).
#pragma once

#include "core/search/tree.h"
#include "core/solver/step.h"

#include <memory>

namespace orrery::search {

enum class Operator : std::uint8_t {
    Or,  ///< as it should be
    And, ///< the mutation: both branches must hold the value
};

/// A tree and what is looked for in it: a case of the property.
struct TreeCase {
    BinaryTree tree;
    int wanted = 0;
    friend bool operator==(const TreeCase&, const TreeCase&) = default;
};

enum class Truth : std::uint8_t { Unknown, False, True };

class RecursiveSearch {
  public:
    struct Call {
        std::int32_t node = 0;
        std::uint8_t asked = 0; ///< branches that have answered, or need not
        friend bool operator==(const Call&, const Call&) = default;
    };
    struct State {
        std::vector<Call> stack;
        std::vector<Truth> returned;       ///< of every node's call
        std::vector<std::int32_t> entered; ///< nodes in the order of comparing
        Truth answer = Truth::Unknown;     ///< of the whole
        std::int32_t lastNode = kNone;
        bool lastReturned = false; ///< the last step returned from lastNode; else it entered it

        [[nodiscard]] std::size_t stateBytes() const {
            return sizeof(State) + stack.size() * sizeof(Call) + returned.size() +
                   entered.size() * sizeof(std::int32_t);
        }
        friend bool operator==(const State&, const State&) = default;
    };

    RecursiveSearch(std::shared_ptr<const TreeCase> problem, Operator branches);

    [[nodiscard]] StepResult step();
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }
    [[nodiscard]] const std::shared_ptr<const TreeCase>& problem() const { return m_problem; }

  private:
    void enter(std::int32_t node);
    void returnFrom(Truth truth);

    std::shared_ptr<const TreeCase> m_problem;
    Operator m_operator;
    State m_state;
};

static_assert(SteppableSolver<RecursiveSearch>);

/// The property: the search says what a scan over all values says.
[[nodiscard]] bool agreesWithScan(const TreeCase& treeCase, Operator branches);
[[nodiscard]] TreeCase randomCase(Rng& rng, std::size_t size);
/// Smaller trees, and a wanted value nearer to zero.
[[nodiscard]] std::vector<TreeCase> smallerCases(const TreeCase& treeCase);

} // namespace orrery::search
