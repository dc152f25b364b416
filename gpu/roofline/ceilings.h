// The roofline of a device: P = min(peak, intensity × bandwidth).
//
// Williams, Waterman & Patterson, "Roofline: an insightful visual performance model for multicore
// architectures", CACM 52(4), 2009. Ceilings are measured on the device at hand; what a data sheet promises
// stands beside them, and nothing is guessed for a card that the table does not know.
#pragma once

#include "gpu/roofline/work.h"

#include <optional>
#include <string>
#include <string_view>

namespace orrery::gpu {

struct Ceilings {
    std::string precision;    ///< "fp16" or "fp32": of the matrix ceiling, inputs; accumulation is fp32
    double matrixFlops = 0;   ///< FLOP/s, best square product of random normal matrices
    double copyBytes = 0;     ///< B/s, bytes read plus bytes written, through memory
    double readBytes = 0;     ///< B/s, reading only, through memory
    double cacheBytes = 0;    ///< B/s, reading what fits in the last cache
    double vectorFlops = 0;   ///< FLOP/s, fp32 multiply-adds outside the matrix units
    double launchSeconds = 0; ///< between two empty operations
    double clockMhz = 0;      ///< at the time; 0 when not known
    double powerW = 0;        ///< at the time; 0 when not known

    /// FLOP/B where the matrix roof meets the memory roof.
    [[nodiscard]] double ridge() const { return copyBytes > 0 ? matrixFlops / copyBytes : 0; }
};

enum class Bound { Compute, Memory };

/// Least seconds that the work can take under the ceilings: max(flops / peak, bytes / bandwidth).
[[nodiscard]] double attainableSeconds(const Work& work, const Ceilings& ceilings);
[[nodiscard]] Bound boundOf(const Work& work, const Ceilings& ceilings);

/// What the vendor prints.
struct DataSheet {
    double matrixFlops; ///< dense fp16 with fp32 accumulation
    double memoryBytes; ///< B/s
};

/// By the name that the driver gives the card; nothing for a card that the table does not know.
[[nodiscard]] std::optional<DataSheet> dataSheetOf(std::string_view deviceName);

} // namespace orrery::gpu
