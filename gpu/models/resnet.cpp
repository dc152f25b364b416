#include "gpu/models/resnet.h"

#include <array>
#include <fmt/format.h>

namespace orrery::gpu {

namespace {

/// The model under construction; `m_height` and `m_width` are of the value that was made last.
class Builder {
  public:
    Builder(std::string id, std::int64_t batch, bool folded) : m_folded(folded) {
        m_model.id = std::move(id);
        m_model.task = Task::ImageClassification;
        m_model.batch = batch;
        m_model.input = value("image", batch * kImageSize * kImageSize, kImageChannels);
        m_size = kImageSize;
    }

    void stem() {
        m_stage = "stem";
        const int x = convolution("conv1", "bn1", m_model.input, kImageSize, {kImageChannels, 64, 7, 2, 3},
                                  Activation::Relu);
        const MaxPoolShape pool{m_model.batch, 112, 112, 64, 3, 2, 1};
        m_last = value("maxpool", m_model.batch * pool.outHeight() * pool.outWidth(), 64);
        m_model.ops.push_back({"maxpool", m_stage, pool, Activation::None, x, -1, m_last, {}});
        m_size = pool.outHeight();
        m_channels = 64;
    }

    /// Stage 1 … 4 of `blocks` blocks, `width` channels inside.
    void stage(int number, int blocks, std::int64_t width) {
        m_stage = fmt::format("layer{}", number);
        for (int b = 0; b < blocks; ++b)
            block(fmt::format("{}.{}", m_stage, b), width, b == 0 && number > 1 ? 2 : 1, b == 0);
    }

    Model finish() {
        m_stage = "head";
        const int pooled = value("avgpool", m_model.batch, m_channels);
        const AveragePoolShape pool{m_model.batch, m_size, m_size, m_channels};
        m_model.ops.push_back({"avgpool", m_stage, pool, Activation::None, m_last, -1, pooled, {}});
        m_model.output = value("logits", m_model.batch, kClasses);
        const std::vector<int> weights{weight(WeightKind::Plain, {"fc.weight"}, {kClasses, m_channels}),
                                       weight(WeightKind::Plain, {"fc.bias"}, {kClasses})};
        const LinearShape linear{m_model.batch, m_channels, kClasses};
        m_model.ops.push_back({"fc", m_stage, linear, Activation::None, pooled, -1, m_model.output, weights});
        return std::move(m_model);
    }

  private:
    struct Kernel {
        std::int64_t in, out, size, stride, padding;
    };

    int value(std::string name, std::int64_t rows, std::int64_t width) {
        m_model.values.push_back({std::move(name), rows, width});
        return static_cast<int>(m_model.values.size()) - 1;
    }

    int weight(WeightKind kind, std::vector<std::string> sources, std::vector<std::int64_t> shape) {
        m_model.weights.push_back({kind, std::move(sources), std::move(shape)});
        return static_cast<int>(m_model.weights.size()) - 1;
    }

    int convolution(const std::string& name, const std::string& norm, int input, std::int64_t size, Kernel k,
                    Activation activation, int residual = -1) {
        const ConvolutionShape shape{m_model.batch, size, size, k.in, k.out, k.size, k.stride, k.padding};
        const WeightKind kind = m_folded ? WeightKind::FoldedConvolution : WeightKind::Convolution;
        std::vector<int> weights{weight(kind, {name, norm}, {k.out, k.in, k.size, k.size}),
                                 weight(WeightKind::FoldedBias, {norm}, {k.out})};
        if (!m_folded) weights.push_back(weight(WeightKind::BatchNormScale, {norm}, {k.out}));
        const int output = value(name, shape.rows(), k.out);
        m_model.ops.push_back({name, m_stage, shape, activation, input, residual, output, weights});
        return output;
    }

    void block(const std::string& name, std::int64_t width, std::int64_t stride, bool first) {
        const std::int64_t in = m_channels, out = 4 * width, size = m_size / stride;
        const int input = m_last;
        const int shortcut = first ? convolution(name + ".downsample.0", name + ".downsample.1", input,
                                                 m_size, {in, out, 1, stride, 0}, Activation::None)
                                   : input;
        const int a = convolution(name + ".conv1", name + ".bn1", input, m_size, {in, width, 1, 1, 0},
                                  Activation::Relu);
        const int b = convolution(name + ".conv2", name + ".bn2", a, m_size, {width, width, 3, stride, 1},
                                  Activation::Relu);
        m_last = convolution(name + ".conv3", name + ".bn3", b, size, {width, out, 1, 1, 0}, Activation::Relu,
                             shortcut);
        m_size = size;
        m_channels = out;
    }

    Model m_model;
    bool m_folded;
    std::string m_stage;
    int m_last = -1;
    std::int64_t m_size = 0;
    std::int64_t m_channels = 0;
};

} // namespace

Model resNet(ResNetDepth depth, std::int64_t batch, bool folded) {
    const bool deep = depth == ResNetDepth::HundredAndOne;
    const std::array<int, 4> blocks{3, 4, deep ? 23 : 6, 3};
    Builder builder(deep ? "resnet101" : "resnet50", batch, folded);
    builder.stem();
    for (int s = 0; s < 4; ++s)
        builder.stage(s + 1, blocks[s], std::int64_t{64} << s);
    return builder.finish();
}

} // namespace orrery::gpu
