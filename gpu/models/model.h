// A model as a list of operations over numbered values and weights: what every device runs, and what the
// costs are counted from.
//
// The list is the fused form that inference wants: batch norm is folded into the convolutions, bias, residual
// and activation belong to the operation before them. A device may take it apart again, never regroup it.
#pragma once

#include "gpu/models/sequences.h"
#include "gpu/roofline/work.h"

#include <memory>
#include <string>
#include <vector>

namespace orrery::gpu {

enum class Activation : std::uint8_t { None, Relu, Gelu };

/// A tensor between operations, row-major.
struct ValueSpec {
    std::string name;
    std::int64_t rows;  ///< N·H·W of an image, tokens of a text
    std::int64_t width; ///< channels, features
    [[nodiscard]] std::int64_t elements() const { return rows * width; }
};

enum class WeightKind : std::uint8_t {
    Plain,             ///< one tensor as it is in the file
    Stacked,           ///< several tensors one below the other: W_q, W_k, W_v
    FoldedConvolution, ///< γ/√(σ² + ε) · w, OIHW → KRSC; sources: convolution, batch norm
    FoldedBias,        ///< β − μ·γ/√(σ² + ε); source: batch norm
    Convolution,       ///< w as it is, OIHW → KRSC; source: convolution
    BatchNormScale,    ///< γ/√(σ² + ε); source: batch norm
};

/// Where a weight comes from; `sources` are names in the file ("layer1.0.conv1", "fc.weight").
struct WeightSpec {
    WeightKind kind;
    std::vector<std::string> sources;
    std::vector<std::int64_t> shape; ///< as in the file, a stack's as one tensor
    [[nodiscard]] std::int64_t elements() const;
};

struct Op {
    std::string name;  ///< "layer1.0.conv2", "encoder.3.up"
    std::string stage; ///< what a picture groups by: "layer1", "encoder"
    OpShape shape;
    Activation activation = Activation::None;
    int input = -1;    ///< a value; −1: the model's tokens
    int residual = -1; ///< a value added before the activation or the norm; −1: none
    int output = -1;   ///< a value
    /// {w, b}; {w, shift, scale} of a convolution whose batch norm is not folded; {γ, β}; {word, position,
    /// type, γ, β}; none
    std::vector<int> weights;

    [[nodiscard]] bool hasBatchNorm() const {
        return weights.size() == 3 && std::holds_alternative<ConvolutionShape>(shape);
    }
};

[[nodiscard]] Work workOf(const Op& op, int elementBytes);

enum class Task : std::uint8_t { ImageClassification, TextEncoding };

struct Model {
    std::string id; ///< "resnet50", "bert-large"
    Task task;
    std::int64_t batch;      ///< images or sequences of one forward
    SequenceBatch sequences; ///< of a text model
    std::vector<ValueSpec> values;
    std::vector<WeightSpec> weights;
    std::vector<Op> ops; ///< in an order in which they can run
    int input = -1;      ///< of an image model
    int output = -1; ///< logits [N, 1000]; last hidden state [tokens, H], or logits [tokens, V] with the head
};

[[nodiscard]] Work workOf(const Model& model, int elementBytes);

/// Fails for an id that modelOf() does not know.
[[nodiscard]] Expected<Task> taskOf(const std::string& id);

/// Ids that modelOf() knows.
[[nodiscard]] const std::vector<std::string>& modelIds();

struct ModelOptions {
    bool folded = true; ///< batch norms inside their convolutions; false: y = scale·conv(x) + shift
    bool maskedHead =
        false; ///< of a text model: logits of every word at every token, instead of hidden states
};

/// `sequences` is for text models; an image model takes its batch from it alone.
[[nodiscard]] Expected<Model> modelOf(const std::string& id, const SequenceBatch& sequences,
                                      const ModelOptions& options = {});

} // namespace orrery::gpu
