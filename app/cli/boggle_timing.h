// The fast solver over many boards on several threads: seconds, and instructions a board.
#pragma once

#include "core/boggle/fast_solver.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace orrery::cli {

struct BoggleTimingOptions {
    int threads = 1;
    int repeats = 1;           ///< of which the quickest counts
    std::size_t stepped = 200; ///< boards to count on where there is no hardware counter; 0: do not
    boggle::FastKernel kernel = boggle::bestFastKernel();
};

struct BoggleInstructions {
    double perBoard = 0.0;
    bool bySteps = false;         ///< else by the hardware counter, over all boards
    std::size_t boards = 0;       ///< that were counted on: the first so many
    double pathsPerBoard = 0.0;   ///< of those
    std::vector<double> ofThread; ///< by steps: per board of each thread's share
};

struct BoggleTiming {
    double seconds = 0.0;          ///< of the quickest run
    double processorSeconds = 0.0; ///< of all its threads
    std::int64_t points = 0;       ///< of all boards: the checksum
    std::int64_t words = 0;
    std::int64_t paths = 0;
    std::optional<BoggleInstructions> instructions; ///< nothing where the system permits neither way
};

/// Boards of one size.
[[nodiscard]] BoggleTiming timeBoards(std::span<const boggle::Board> boards,
                                      const std::shared_ptr<const boggle::Lexicon>& lexicon,
                                      const BoggleTimingOptions& options);

} // namespace orrery::cli
