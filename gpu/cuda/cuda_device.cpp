#include "gpu/cuda/cuda_device.h"

#include "gpu/cuda/cuda_ceilings.h"
#include "gpu/cuda/cuda_engine.h"
#include "gpu/cuda/nvml.h"
#include "gpu/models/variants.h"

#include <array>
#include <fmt/format.h>

namespace orrery::gpu {

namespace {

using namespace cuda;

constexpr int kOldestMajor = 7, kOldestMinor = 5; ///< the oldest that CUDA 13 compiles for

std::string softwareVersion() {
    int runtime = 0;
    cudaRuntimeGetVersion(&runtime);
    return fmt::format("CUDA {}.{}, cuDNN {}", runtime / 1000, runtime / 10 % 100, cudnnVersion());
}

CudaCard cardOf(int ordinal) {
    CudaCard card;
    card.info.id = fmt::format("cuda:{}", ordinal);
    cudaDeviceProp properties{};
    if (const auto read = checked(cudaGetDeviceProperties(&properties, ordinal), "properties"); !read) {
        card.skipped = read.error().message;
        return card;
    }
    card.info.name = properties.name;
    card.info.software = softwareVersion();
    card.info.elementBytes = 2;
    card.info.units = properties.multiProcessorCount;
    card.info.memoryBytes = properties.totalGlobalMem;
    card.info.cacheBytes = static_cast<std::uint64_t>(properties.l2CacheSize);
    if (10 * properties.major + properties.minor < 10 * kOldestMajor + kOldestMinor)
        card.skipped = fmt::format("compute capability {}.{}, where {}.{} is the oldest supported",
                                   properties.major, properties.minor, kOldestMajor, kOldestMinor);
    return card;
}

std::string busIdOf(int ordinal) {
    std::array<char, 32> id{};
    cudaDeviceGetPCIBusId(id.data(), id.size(), ordinal);
    return id.data();
}

class CudaDevice final : public Device {
  public:
    CudaDevice(std::unique_ptr<Context> context, DeviceInfo info)
        : m_context(std::move(context)), m_info(std::move(info)), m_nvml(busIdOf(m_context->ordinal())) {}

    [[nodiscard]] const DeviceInfo& info() const override { return m_info; }
    [[nodiscard]] Telemetry telemetry() override { return m_nvml.read(); }

    [[nodiscard]] Expected<Ceilings> measureCeilings(Progress& progress) override {
        if (auto entered = m_context->enter(); !entered) return tl::unexpected(entered.error());
        return cuda::measureCeilings(*m_context, m_info, progress, [&] { return telemetry(); });
    }

    [[nodiscard]] Expected<std::unique_ptr<Engine>> prepare(const Model& model, const ModelWeights& weights,
                                                            const Variant& variant,
                                                            Progress& progress) override {
        return CudaEngine::create(*m_context, m_plans, model, weights, variant, progress);
    }
    [[nodiscard]] std::vector<std::string> variants(Task task) const override {
        std::vector<std::string> names;
        for (const NamedVariant& variant : variantsOf(task))
            names.push_back(variant.name);
        return names;
    }

  private:
    std::unique_ptr<Context> m_context;
    Plans m_plans;
    DeviceInfo m_info;
    Nvml m_nvml;
};

} // namespace

std::vector<CudaCard> cudaCards() {
    int count = 0;
    const auto counted = checked(cudaGetDeviceCount(&count), "no CUDA card");
    cudaGetLastError(); // the absence of a card is no error of what comes next
    if (!counted || count == 0) {
        CudaCard none;
        none.info.id = "cuda";
        none.skipped = counted ? "no CUDA card" : counted.error().message;
        return {none};
    }
    std::vector<CudaCard> cards;
    for (int i = 0; i < count; ++i)
        cards.push_back(cardOf(i));
    return cards;
}

Expected<std::unique_ptr<Device>> openCudaDevice(int ordinal) {
    auto context = Context::create(ordinal);
    if (!context) return tl::unexpected(context.error());
    return std::make_unique<CudaDevice>(std::move(*context), cardOf(ordinal).info);
}

} // namespace orrery::gpu
