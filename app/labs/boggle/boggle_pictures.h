// From a run and its states to what the views draw.
#pragma once

#include "app/labs/boggle/boggle_run.h"
#include "app/labs/boggle/views/board_moment.h"

namespace orrery {

/// "T", "Qu".
[[nodiscard]] QString tileText(char letter);
/// Tiles as a reader sees them: "TRAIN", "QUEEN".
[[nodiscard]] QString spelt(std::string_view tiles);
/// "1 word", "12 words".
[[nodiscard]] QString counted(qint64 n, const char* one, const char* many);
[[nodiscard]] BoardPicture boardPictureOf(const boggle::Board& board);

/// What is to be seen of one step of the search.
struct SearchMoment {
    BoardPicture board;
    std::vector<boggleview::StackFrame> frames;
    int deepest = 8; ///< frames that there is to be room for
    boggleview::TriePicture trie;
    boggleview::Headline headline;
    std::vector<boggleview::ListedWord> words; ///< in the order of finding
    bool isFresh = false;                      ///< the last of them was found by this step
};
[[nodiscard]] SearchMoment searchMoment(const BoggleRun& run, const boggle::BoardSearch::State& state);

/// Letters of the free neighbours of the path's head that are still to be tried; bit l: letter l.
[[nodiscard]] std::uint32_t openLetters(const BoggleRun& run, const boggle::BoardSearch::State& state);
/// Letters with which a word goes on from the path's head; of the trie's root where the stack is empty.
[[nodiscard]] std::uint32_t childLetters(const BoggleRun& run, const boggle::BoardSearch::State& state);

/// What a way of keeping the dictionary costs on the whole board.
struct EngineTotals {
    boggle::DictionaryKind kind = boggle::DictionaryKind::Trie;
    bool wasRun = false;    ///< not where it would never end
    bool isPending = false; ///< it is still being run
    boggle::SearchCounters counters;
    std::int64_t words = 0;
    double seconds = 0.0;
    std::size_t bytes = 0; ///< of trie or automaton; 0: not known
};

} // namespace orrery
