#include "app/labs/gpu/published.h"

#include <QObject>

namespace orrery::panel {

namespace {

using Points = std::vector<std::pair<double, double>>;

LabelledLine published(const QString& name, const Points& points, double scale = 1.0, double labelAt = 1.0) {
    LabelledLine line{.name = name, .category = -1, .dashed = true, .labelAt = labelAt};
    for (const auto& [batch, value] : points)
        line.x.push_back(batch), line.y.push_back(value * scale);
    return line;
}

constexpr double kResNet50 = 8.178e-3;      ///< TFLOP an image
constexpr double kBertLarge128 = 78.92e-3;  ///< TFLOP a sequence of 128
constexpr double kBertLarge384 = 246.42e-3; ///< of 384

} // namespace

std::vector<LabelledLine> publishedSpeeds(const std::string& model, std::int64_t sequenceLength) {
    // "Speeding up inference" charts of October 2021, read off within 2 TFLOP/s; the sequence length is not
    // stated.
    if (model == "resnet101")
        return {
            published(QObject::tr("TensorRT 8"),
                      {{1, 7}, {8, 52}, {32, 122}, {64, 133}, {128, 141}, {512, 154}}),
            published(QObject::tr("PyTorch"), {{1, 1}, {8, 6}, {32, 24}, {64, 39}, {128, 42}, {512, 45}})};
    // AITemplate's README, images a second on an A100-40GB; PyTorch is 1.12 eager.
    if (model == "resnet50")
        return {published(QObject::tr("AITemplate"),
                          {{1, 1730}, {8, 9104}, {32, 13351}, {128, 14936}, {256, 15445}}, kResNet50),
                published(QObject::tr("PyTorch"), {{1, 130}, {8, 1139}, {32, 4251}, {128, 4817}, {256, 5026}},
                          kResNet50)};
    // TensorRT's BERT demo (10.9), sequences a second on an A100-40GB.
    if (model == "bert-large" && sequenceLength == 384)
        return {published(QObject::tr("TensorRT 10"), {{1, 338}, {32, 788}, {128, 823}}, kBertLarge384)};
    if (model == "bert-large" && sequenceLength == 128)
        return {published(QObject::tr("TensorRT 10"), {{1, 649}, {32, 2494}, {128, 2629}}, kBertLarge128)};
    return {};
}

double serverLimitMs(const std::string& model) {
    if (model == "resnet50") return 15;
    if (model == "bert-large") return 130;
    return 0;
}

} // namespace orrery::panel
