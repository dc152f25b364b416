// One forward from tensors in a file to a tensor in a file, to compare with other programs.
//
// Images: "pixels" [N, 224, 224, 3], normalised. Texts: "tokens" and "types" [B, S], "lengths" [B]; what lies
// behind a length is padding. Output: "output" [N, 1000], or the last hidden state [B·S, H] ([Σ lengths, H]
// when packed).
#pragma once

#include "gpu/models/device.h"
#include "gpu/protocol/messages.h"

namespace orrery::gpu {

struct ForwardFiles {
    std::string inputs, output;
};

/// Takes model, weights, variant and `packed` of the request.
[[nodiscard]] Expected<void> forwardFromFile(Device& device, const BenchRequest& request,
                                             const ForwardFiles& files);

} // namespace orrery::gpu
