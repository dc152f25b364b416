// Which process of how many this is: what every event carries, so that the streams of several can be merged.
#pragma once

#include <optional>
#include <string>

namespace orrery::gpu {

struct Identity {
    std::string host;
    int rank = 0;
};

/// The rank as it is told, or else as the usual launchers tell it by the environment: Slurm, Open MPI, PMIx,
/// PMI, torchrun; 0 without any.
[[nodiscard]] Identity identityHere(std::optional<int> rank = std::nullopt);

} // namespace orrery::gpu
