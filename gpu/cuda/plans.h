// Tuned ways of doing an operation, kept by shape for as long as the device is open: choosing is the slow
// part.
#pragma once

#include "gpu/cuda/cudnn_graphs.h"
#include "gpu/cuda/gemm.h"
#include "gpu/cuda/hopper_gemm.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace orrery::gpu::cuda {

/// The few dozen shapes of a model: a list is enough.
template <class Shape, class Plan>
class PlanCache {
  public:
    [[nodiscard]] std::shared_ptr<Plan> find(const Shape& shape) const {
        const auto found = std::ranges::find(m_plans, shape, &std::pair<Shape, std::shared_ptr<Plan>>::first);
        return found == m_plans.end() ? nullptr : found->second;
    }
    void keep(const Shape& shape, std::shared_ptr<Plan> plan) {
        m_plans.emplace_back(shape, std::move(plan));
    }

  private:
    std::vector<std::pair<Shape, std::shared_ptr<Plan>>> m_plans;
};

struct Plans {
    PlanCache<GemmShape, Gemm> gemms;
    PlanCache<GemmShape, HopperGemm> hopperGemms;
    PlanCache<ConvolutionGraphShape, CudnnGraph> convolutions;
    PlanCache<LinearShape, CudnnGraph> gelus;
    PlanCache<AttentionGraphShape, CudnnGraph> attentions;
};

} // namespace orrery::gpu::cuda
