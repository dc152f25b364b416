#include "gpu/runner/ask.h"

#include "gpu/models/picture.h"
#include "gpu/runner/setup.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <numeric>

namespace orrery::gpu {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMostAnswers = 100;
constexpr std::int64_t kBucket =
    32; ///< texts are padded to a multiple, so that the next one finds its model ready

std::vector<std::string> linesOf(const fs::path& path) {
    std::ifstream stream(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<std::string> labelsBeside(const std::string& weights) {
    if (weights.empty()) return {};
    const fs::path folder = fs::path(weights).parent_path();
    for (const char* name : {"labels.txt", "imagenet_classes.txt"})
        if (auto lines = linesOf(folder / name); !lines.empty()) return lines;
    return {};
}

/// The `top` most probable, softmax over all.
std::vector<Candidate> candidates(std::span<const float> logits, std::int64_t top,
                                  const std::vector<std::string>& names) {
    std::vector<std::int64_t> order(logits.size());
    std::iota(order.begin(), order.end(), 0);
    const auto count = static_cast<std::ptrdiff_t>(std::min<std::size_t>(
        logits.size(), static_cast<std::size_t>(std::clamp<std::int64_t>(top, 1, kMostAnswers))));
    std::ranges::partial_sort(order, order.begin() + count, std::greater<>(),
                              [&](std::int64_t i) { return logits[static_cast<std::size_t>(i)]; });
    const double largest = logits[static_cast<std::size_t>(order.front())];
    double sum = 0;
    for (const float x : logits)
        sum += std::exp(x - largest);
    std::vector<Candidate> result;
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        const auto index = static_cast<std::size_t>(order[i]);
        result.push_back({order[i], index < names.size() ? names[index] : std::string(),
                          std::exp(logits[index] - largest) / sum});
    }
    return result;
}

Expected<Picture> pictureOf(const AskRequest& ask) {
    if (!ask.image.empty()) return readPicture(ask.image);
    return pictureFromBase64(ask.rgb, ask.width, ask.height);
}

Expected<WordPiece> vocabularyOf(const BenchRequest& request, const AskRequest& ask) {
    if (!ask.vocabulary.empty()) return WordPiece::open(ask.vocabulary);
    if (request.weights.empty())
        return fail("a text wants a vocabulary: give one, or weights with vocab.txt beside them");
    return WordPiece::open((fs::path(request.weights).parent_path() / "vocab.txt").string());
}

ModelInputs inputsOf(const std::vector<std::int32_t>& tokens, const SequenceBatch& sequences,
                     std::int32_t padding) {
    ModelInputs inputs;
    inputs.tokens = tokens;
    inputs.tokens.resize(static_cast<std::size_t>(sequences.longest), padding);
    inputs.types.resize(inputs.tokens.size());
    inputs.positions = positionsOf(sequences);
    return inputs;
}

} // namespace

Expected<const ModelWeights*> Asker::loaded(const Model& model, const BenchRequest& request, bool folded) {
    const std::string wanted =
        fmt::format("{}|{}|{}|{}", request.model, request.weights, request.seed, folded);
    if (m_loaded == wanted) return &m_weights;
    m_loaded.clear();
    auto weights = weightsOf(model, request);
    if (!weights) return tl::unexpected(weights.error());
    m_weights = std::move(*weights), m_loaded = wanted;
    return &m_weights;
}

Expected<Asker::Answer> Asker::forward(Device& device, const BenchRequest& request,
                                       const SequenceBatch& sequences, const ModelInputs& inputs,
                                       Progress& progress) {
    const auto variant = variantOf(request);
    if (!variant) return tl::unexpected(variant.error());
    const std::string wanted =
        fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", device.info().id, request.model, request.weights, request.seed,
                    request.variant, request.tanhGelu, sequences.longest, sequences.lengths.front());
    if (m_ready != wanted) {
        m_ready.clear(), m_engine.reset();
        auto model = modelOf(request.model, sequences, {variant->folded, true});
        if (!model) return tl::unexpected(model.error());
        const auto weights = loaded(*model, request, variant->folded);
        if (!weights) return tl::unexpected(weights.error());
        auto engine = device.prepare(*model, **weights, *variant, progress);
        if (!engine) return tl::unexpected(engine.error());
        m_model = std::move(*model), m_engine = std::move(*engine), m_ready = wanted;
    }
    if (const auto set = m_engine->setInputs(inputs); !set) return tl::unexpected(set.error());
    const auto seconds = m_engine->run(1);
    if (!seconds) return tl::unexpected(seconds.error());
    auto values = m_engine->readValue(m_model.output);
    if (!values) return tl::unexpected(values.error());
    return Answer{std::move(*values), seconds->front()};
}

Expected<ClassifyMessage> Asker::classify(Device& device, const BenchRequest& request, const AskRequest& ask,
                                          Progress& progress) {
    const auto task = taskOf(request.model);
    if (!task) return tl::unexpected(task.error());
    if (*task != Task::ImageClassification) return fail(request.model + " does not look at pictures");
    const auto picture = pictureOf(ask);
    if (!picture) return tl::unexpected(picture.error());
    ModelInputs inputs;
    inputs.pixels = normalised(*picture);
    const auto answer = forward(device, request, fullSequences(1, 1), inputs, progress);
    if (!answer) return tl::unexpected(answer.error());
    return ClassifyMessage{request.model, weightsNameOf(request), 1e6 * answer->seconds,
                           candidates(answer->values, ask.top, labelsBeside(request.weights))};
}

Expected<FillMaskMessage> Asker::fillMask(Device& device, const BenchRequest& request, const AskRequest& ask,
                                          Progress& progress) {
    const auto task = taskOf(request.model);
    if (!task) return tl::unexpected(task.error());
    if (*task != Task::TextEncoding) return fail(request.model + " does not read texts");
    const auto words = vocabularyOf(request, ask);
    if (!words) return tl::unexpected(words.error());
    const std::vector<std::int32_t> tokens = words->encode(ask.text);
    if (std::ranges::count(tokens, words->mask()) == 0) return fail("the text has no [MASK]");
    const auto count = static_cast<std::int64_t>(tokens.size());
    const auto sequences =
        sequencesOf({static_cast<std::int32_t>(count)}, (count + kBucket - 1) / kBucket * kBucket, false);
    if (!sequences) return tl::unexpected(sequences.error());
    const auto answer =
        forward(device, request, *sequences, inputsOf(tokens, *sequences, words->padding()), progress);
    if (!answer) return tl::unexpected(answer.error());
    FillMaskMessage message{request.model, weightsNameOf(request), 1e6 * answer->seconds};
    const auto vocabulary = answer->values.size() / static_cast<std::size_t>(sequences->longest);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        message.tokens.push_back(words->word(tokens[i]));
        if (tokens[i] != words->mask()) continue;
        const std::span<const float> logits(answer->values.data() + i * vocabulary, vocabulary);
        message.masks.push_back({static_cast<std::int64_t>(i), candidates(logits, ask.top, words->words())});
    }
    return message;
}

} // namespace orrery::gpu
