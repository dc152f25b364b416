// BERT's encoder: embeddings, then layers of attention and feed-forward, LayerNorm after each residual
// (post-LN).
//
// Devlin, Chang, Lee & Toutanova, "BERT: pre-training of deep bidirectional transformers", NAACL 2019. With
// H = hidden size and L layers, a sequence of S tokens costs L·(24·S·H² + 4·S²·H) FLOP: BERT-Large 78.92
// GFLOP at S = 128, 246.42 at S = 384; embeddings, pooler and heads are outside.
#pragma once

#include "gpu/models/model.h"

namespace orrery::gpu {

struct BertConfig {
    const char* id;
    std::int64_t layers, hidden, heads;
    std::int64_t vocabulary = 30522, positions = 512, types = 2;
    float epsilon = 1e-12f;
};

inline constexpr BertConfig kBertBase{"bert-base", 12, 768, 12};
inline constexpr BertConfig kBertLarge{"bert-large", 24, 1024, 16};

/// Fails when a sequence is longer than the positions that the model has. `maskedHead`: logits of every word
/// at every token, LayerNorm(GELU(x·Wᵀ + b))·Eᵀ + c with the word embeddings E, as the model was trained
/// with.
[[nodiscard]] Expected<Model> bert(const BertConfig& config, const SequenceBatch& sequences,
                                   bool maskedHead = false);

} // namespace orrery::gpu
