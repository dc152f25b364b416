// BERT's tokens: a text is cut at blanks, punctuation and ideographs, and each word into the longest pieces
// that the vocabulary has, from the left; pieces that go on a word begin with ##.
//
// Wu et al., "Google's neural machine translation system", 2016 (WordPiece); Devlin et al., NAACL 2019 for
// the cutting. O(pieces · length of a word) look-ups a word; a word longer than 100 characters, or with a
// piece that is not in the vocabulary, is [UNK] as a whole.
#pragma once

#include "core/support/expected.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace orrery::gpu {

class WordPiece {
  public:
    /// One word a line; the number of a word is its line, from 0. Wants [PAD], [UNK], [CLS], [SEP] and
    /// [MASK]. `lowerCase`: as of the uncased models, which also drop accents.
    [[nodiscard]] static Expected<WordPiece> of(std::vector<std::string> words, bool lowerCase);
    /// vocab.txt; lower case unless tokenizer_config.json beside it says that the model is cased.
    [[nodiscard]] static Expected<WordPiece> open(const std::string& path);

    /// [CLS] text [SEP]. [MASK] and the other names in brackets stand for themselves in the text.
    [[nodiscard]] std::vector<std::int32_t> encode(std::string_view text) const;

    [[nodiscard]] const std::string& word(std::int32_t id) const {
        return m_words[static_cast<std::size_t>(id)];
    }
    [[nodiscard]] const std::vector<std::string>& words() const { return m_words; }
    [[nodiscard]] std::int32_t mask() const { return m_mask; }
    [[nodiscard]] std::int32_t padding() const { return m_padding; }

  private:
    WordPiece() = default;
    void encodeText(std::string_view text, std::vector<std::int32_t>& to) const;
    void encodeWord(std::u32string_view word, std::vector<std::int32_t>& to) const;
    [[nodiscard]] std::int32_t find(const std::string& word) const; ///< −1 when it is not there

    std::vector<std::string> m_words;
    std::unordered_map<std::string, std::int32_t> m_ids;
    bool m_lowerCase = true;
    std::int32_t m_padding = 0, m_unknown = 0, m_begin = 0, m_end = 0, m_mask = 0;
};

} // namespace orrery::gpu
