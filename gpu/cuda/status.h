// Status codes of CUDA, cuBLASLt and cuDNN as Expected. Nothing below throws, nothing is left unread.
#pragma once

#include "core/support/expected.h"

#include <cublasLt.h>
#include <cuda_runtime.h>

namespace orrery::gpu::cuda {

/// `what`: the call, for the sentence.
[[nodiscard]] inline Expected<void> checked(cudaError_t status, const char* what) {
    if (status == cudaSuccess) return {};
    return fail(std::string(what) + ": " + cudaGetErrorString(status), ErrorCode::Unsupported);
}

[[nodiscard]] inline Expected<void> checked(cublasStatus_t status, const char* what) {
    if (status == CUBLAS_STATUS_SUCCESS) return {};
    return fail(std::string(what) + ": " + cublasLtGetStatusString(status), ErrorCode::Unsupported);
}

/// The first error of several calls; later ones are made all the same.
[[nodiscard]] inline Expected<void> firstError(std::initializer_list<Expected<void>> results) {
    for (const Expected<void>& result : results)
        if (!result) return result;
    return {};
}

} // namespace orrery::gpu::cuda
