#include "gpu/runner/identity.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

namespace orrery::gpu {

namespace {

constexpr std::array kRanks{"SLURM_PROCID", "OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "RANK"};

int rankOfEnvironment() {
    for (const char* variable : kRanks) {
        const char* const value = std::getenv(variable);
        int rank = 0;
        if (value && std::from_chars(value, value + std::strlen(value), rank).ec == std::errc()) return rank;
    }
    return 0;
}

} // namespace

Identity identityHere(std::optional<int> rank) {
    std::array<char, 256> name{};
    gethostname(name.data(), name.size() - 1);
    return {name.data(), rank ? *rank : rankOfEnvironment()};
}

} // namespace orrery::gpu
