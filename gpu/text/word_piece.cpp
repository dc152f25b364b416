#include "gpu/text/word_piece.h"

#include "gpu/text/characters.h"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>

namespace orrery::gpu {

namespace {

constexpr std::size_t kLongestWord = 100; ///< characters
constexpr std::string_view kSpecial[] = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};

bool isCased(const std::filesystem::path& vocabulary) {
    std::ifstream stream(vocabulary.parent_path() / "tokenizer_config.json");
    if (!stream) return false;
    const auto json = nlohmann::json::parse(stream, nullptr, false);
    if (!json.is_object()) return false;
    const auto found = json.find("do_lower_case");
    return found != json.end() && found->is_boolean() && !found->get<bool>();
}

/// Where the next name in brackets begins, and which; npos without one.
std::pair<std::size_t, std::string_view> nextSpecial(std::string_view text) {
    std::pair<std::size_t, std::string_view> first{std::string_view::npos, {}};
    for (const std::string_view name : kSpecial)
        if (const auto at = text.find(name); at < first.first) first = {at, name};
    return first;
}

} // namespace

Expected<WordPiece> WordPiece::of(std::vector<std::string> words, bool lowerCase) {
    WordPiece result;
    result.m_words = std::move(words);
    result.m_lowerCase = lowerCase;
    for (std::size_t i = 0; i < result.m_words.size(); ++i)
        result.m_ids.emplace(result.m_words[i], static_cast<std::int32_t>(i));
    std::int32_t* const ids[] = {&result.m_padding, &result.m_unknown, &result.m_begin, &result.m_end,
                                 &result.m_mask};
    for (std::size_t i = 0; i < std::size(kSpecial); ++i)
        if ((*ids[i] = result.find(std::string(kSpecial[i]))) < 0)
            return fail(fmt::format("the vocabulary has no {}", kSpecial[i]));
    return result;
}

Expected<WordPiece> WordPiece::open(const std::string& path) {
    std::ifstream stream(path);
    if (!stream) return fail(fmt::format("{}: cannot be opened", path), ErrorCode::NotFound);
    std::vector<std::string> words;
    for (std::string line; std::getline(stream, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        words.push_back(std::move(line));
    }
    auto result = of(std::move(words), !isCased(path));
    if (!result) return fail(fmt::format("{}: {}", path, result.error().message));
    return result;
}

std::int32_t WordPiece::find(const std::string& word) const {
    const auto found = m_ids.find(word);
    return found == m_ids.end() ? -1 : found->second;
}

std::vector<std::int32_t> WordPiece::encode(std::string_view text) const {
    std::vector<std::int32_t> ids{m_begin};
    while (!text.empty()) {
        const auto [at, name] = nextSpecial(text);
        encodeText(text.substr(0, at), ids);
        if (name.empty()) break;
        ids.push_back(find(std::string(name)));
        text.remove_prefix(at + name.size());
    }
    ids.push_back(m_end);
    return ids;
}

void WordPiece::encodeText(std::string_view text, std::vector<std::int32_t>& to) const {
    std::u32string word;
    const auto flush = [&] {
        if (!word.empty()) encodeWord(word, to);
        word.clear();
    };
    std::u32string simplified;
    for (const char32_t raw : decodeUtf8(text)) {
        if (isControl(raw)) continue;
        if (isSpace(raw)) {
            flush();
            continue;
        }
        const bool alone = isIdeograph(raw);
        simplified.clear();
        if (m_lowerCase)
            appendSimplified(raw, simplified);
        else
            simplified += raw;
        for (const char32_t c : simplified) {
            const bool cut = alone || isPunctuation(c);
            if (cut) flush();
            word += c;
            if (cut) flush();
        }
    }
    flush();
}

void WordPiece::encodeWord(std::u32string_view word, std::vector<std::int32_t>& to) const {
    std::vector<std::int32_t> pieces;
    bool whole = word.size() <= kLongestWord;
    for (std::size_t begin = 0; whole && begin < word.size();) {
        std::size_t length = word.size() - begin;
        std::int32_t id = -1;
        for (; length > 0 && id < 0; --length)
            id = find((begin > 0 ? "##" : "") + encodeUtf8(word.substr(begin, length)));
        if (id < 0) {
            whole = false;
        } else {
            pieces.push_back(id);
            begin += length + 1; // the loop took one off after the match
        }
    }
    if (whole)
        to.insert(to.end(), pieces.begin(), pieces.end());
    else
        to.push_back(m_unknown);
}

} // namespace orrery::gpu
