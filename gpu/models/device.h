// What runs a model. A device is asked before it is used; what it lacks is an Error with its reason.
#pragma once

#include "core/support/progress.h"
#include "gpu/models/synthetic.h"
#include "gpu/models/weights.h"
#include "gpu/roofline/ceilings.h"

#include <functional>
#include <memory>

namespace orrery::gpu {

struct DeviceInfo {
    std::string id;       ///< "cpu", "cuda:0"
    std::string name;     ///< as the driver or the processor says
    std::string software; ///< "CUDA 13.0, cuDNN 9.19.0"; empty for the cpu
    int elementBytes = 4; ///< of an activation: 2 for fp16
    int units = 0;        ///< multiprocessors, threads
    std::uint64_t memoryBytes = 0;
    std::uint64_t cacheBytes = 0; ///< last level; 0 when not known
};

/// Sensors; 0 where there is none.
struct Telemetry {
    double clockMhz = 0, powerW = 0, temperatureC = 0;
    double energyJ = 0;   ///< a counter: differences mean something
    std::string throttle; ///< reasons in the driver's words, empty for none
};

enum class Gelu : std::uint8_t { Erf, Tanh };

/// How the same list of operations is carried out.
struct Variant {
    bool channelsLast = true;   ///< images NHWC; false: NCHW
    bool folded = true;         ///< batch norms inside the convolutions: belongs to the model
    bool fusedAttention = true; ///< false: products, softmax and products through memory
    bool fused = true;          ///< false: bias, residual and activation are a pass each
    bool graph = true;          ///< false: operations are launched one by one
    Gelu gelu = Gelu::Erf;
};

/// A kernel of one forward as it ran.
struct KernelSpan {
    int op = -1; ///< the operation that it belongs to; −1 when that could not be told
    std::string kernel;
    double begin = 0, end = 0; ///< s from the start of the first
};

/// A model made ready on a device.
class Engine {
  public:
    virtual ~Engine() = default;
    [[nodiscard]] virtual Expected<void> setInputs(const ModelInputs& inputs) = 0;
    /// Seconds of each of `times` forwards, back to back, as the device's own clock tells them.
    [[nodiscard]] virtual Expected<std::vector<double>> run(int times) = 0;
    /// Median seconds of each operation alone, its tensors not left in a cache by the run before where the
    /// device can help it; about `secondsEach` spent on each.
    [[nodiscard]] virtual Expected<std::vector<double>> timeOps(double secondsEach, Progress& progress) = 0;
    /// The kernels of one forward in the order of their starts, as the device's own clock tells them.
    [[nodiscard]] virtual Expected<std::vector<KernelSpan>> timeline() = 0;
    /// How each operation is carried out, in the device's words.
    [[nodiscard]] virtual std::vector<std::string> methods() const = 0;

    // For checks, one operation at a time.
    [[nodiscard]] virtual Expected<void> runOp(int op) = 0;
    [[nodiscard]] virtual Expected<std::vector<float>> readValue(int value) = 0;
    [[nodiscard]] virtual Expected<void> writeValue(int value, std::span<const float> elements) = 0;
};

class Device {
  public:
    virtual ~Device() = default;
    [[nodiscard]] virtual const DeviceInfo& info() const = 0;
    [[nodiscard]] virtual Telemetry telemetry() = 0;
    /// Names of the variants that differ on this device, from the plainest to the fastest.
    [[nodiscard]] virtual std::vector<std::string> variants(Task task) const = 0;
    [[nodiscard]] virtual Expected<Ceilings> measureCeilings(Progress& progress) = 0;
    /// The engine keeps what it needs of `model`; the device must outlive it.
    [[nodiscard]] virtual Expected<std::unique_ptr<Engine>>
    prepare(const Model& model, const ModelWeights& weights, const Variant& variant, Progress& progress) = 0;
};

} // namespace orrery::gpu
