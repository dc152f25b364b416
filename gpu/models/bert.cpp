#include "gpu/models/bert.h"

#include <fmt/format.h>

namespace orrery::gpu {

namespace {

class Builder {
  public:
    Builder(const BertConfig& config, const SequenceBatch& sequences) : m_config(config) {
        m_model.id = config.id;
        m_model.task = Task::TextEncoding;
        m_model.batch = sequences.batch();
        m_model.sequences = sequences;
    }

    void embeddings() {
        const BertConfig& c = m_config;
        std::vector<int> weights{plain("embeddings.word_embeddings.weight", {c.vocabulary, c.hidden}),
                                 plain("embeddings.position_embeddings.weight", {c.positions, c.hidden}),
                                 plain("embeddings.token_type_embeddings.weight", {c.types, c.hidden})};
        append(weights, norm("embeddings.LayerNorm"));
        const EmbeddingShape shape{rows(), c.hidden, c.vocabulary, c.positions, c.types, c.epsilon};
        m_last = value("embeddings", c.hidden);
        m_model.ops.push_back({"embeddings", "embeddings", shape, Activation::None, -1, -1, m_last, weights});
    }

    void layer(std::int64_t number) {
        const std::string in = fmt::format("encoder.layer.{}.", number);
        m_prefix = fmt::format("encoder.{}.", number);
        const std::int64_t h = m_config.hidden;
        const int input = m_last;
        const int qkv = linear("qkv", input, h, queryKeyValue(in + "attention.self."));
        const int context = attention(qkv);
        const int mixed = linear("projection", context, h, dense(in + "attention.output.dense", h, h));
        const int middle = layerNorm("norm1", mixed, input, norm(in + "attention.output.LayerNorm"));
        const int up = linear("up", middle, h, dense(in + "intermediate.dense", 4 * h, h), Activation::Gelu);
        const int down = linear("down", up, 4 * h, dense(in + "output.dense", h, 4 * h));
        m_last = layerNorm("norm2", down, middle, norm(in + "output.LayerNorm"));
    }

    void maskedHead() {
        const std::string in = "cls.predictions.";
        m_prefix = "head.", m_stage = "head";
        const std::int64_t h = m_config.hidden;
        const int changed =
            linear("transform", m_last, h, dense(in + "transform.dense", h, h), Activation::Gelu);
        const int normed = layerNorm("norm", changed, -1, norm(in + "transform.LayerNorm"));
        const int words = m_model.ops.front().weights[0]; // the embeddings, read the other way round
        m_last = linear("words", normed, h, {words, plain(in + "bias", {m_config.vocabulary})});
    }

    Model finish() {
        m_model.output = m_last;
        return std::move(m_model);
    }

  private:
    [[nodiscard]] std::int64_t rows() const { return m_model.sequences.rows(); }

    static void append(std::vector<int>& to, const std::vector<int>& more) {
        to.insert(to.end(), more.begin(), more.end());
    }

    int value(std::string name, std::int64_t width) {
        m_model.values.push_back({std::move(name), rows(), width});
        return static_cast<int>(m_model.values.size()) - 1;
    }

    int weight(WeightKind kind, std::vector<std::string> sources, std::vector<std::int64_t> shape) {
        m_model.weights.push_back({kind, std::move(sources), std::move(shape)});
        return static_cast<int>(m_model.weights.size()) - 1;
    }

    int plain(const std::string& name, std::vector<std::int64_t> shape) {
        return weight(WeightKind::Plain, {name}, std::move(shape));
    }

    std::vector<int> norm(const std::string& name) {
        return {plain(name + ".weight", {m_config.hidden}), plain(name + ".bias", {m_config.hidden})};
    }

    std::vector<int> dense(const std::string& name, std::int64_t out, std::int64_t in) {
        return {plain(name + ".weight", {out, in}), plain(name + ".bias", {out})};
    }

    std::vector<int> queryKeyValue(const std::string& in) {
        const std::int64_t h = m_config.hidden;
        return {
            weight(WeightKind::Stacked, {in + "query.weight", in + "key.weight", in + "value.weight"},
                   {3 * h, h}),
            weight(WeightKind::Stacked, {in + "query.bias", in + "key.bias", in + "value.bias"}, {3 * h})};
    }

    int linear(const char* name, int input, std::int64_t in, const std::vector<int>& weights,
               Activation activation = Activation::None) {
        const std::int64_t out = m_model.weights[weights[0]].shape[0];
        const int output = value(m_prefix + name, out);
        m_model.ops.push_back(
            {m_prefix + name, m_stage, LinearShape{rows(), in, out}, activation, input, -1, output, weights});
        return output;
    }

    int attention(int qkv) {
        const std::int64_t h = m_config.hidden;
        const int output = value(m_prefix + "attention", h);
        const AttentionShape shape{rows(), m_config.heads, h / m_config.heads, m_model.sequences.pairs()};
        m_model.ops.push_back(
            {m_prefix + "attention", "encoder", shape, Activation::None, qkv, -1, output, {}});
        return output;
    }

    int layerNorm(const char* name, int input, int residual, const std::vector<int>& weights) {
        const int output = value(m_prefix + name, m_config.hidden);
        const LayerNormShape shape{rows(), m_config.hidden, m_config.epsilon};
        m_model.ops.push_back(
            {m_prefix + name, m_stage, shape, Activation::None, input, residual, output, weights});
        return output;
    }

    BertConfig m_config;
    Model m_model;
    std::string m_prefix, m_stage = "encoder";
    int m_last = -1;
};

} // namespace

Expected<Model> bert(const BertConfig& config, const SequenceBatch& sequences, bool maskedHead) {
    if (sequences.longest < 1 || sequences.longest > config.positions)
        return fail(fmt::format("{} takes 1 to {} tokens a sequence, not {}", config.id, config.positions,
                                sequences.longest));
    Builder builder(config, sequences);
    builder.embeddings();
    for (std::int64_t l = 0; l < config.layers; ++l)
        builder.layer(l);
    if (maskedHead) builder.maskedHead();
    return builder.finish();
}

} // namespace orrery::gpu
