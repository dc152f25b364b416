// The knobs of the Boggle lab: one list for the form, the scenario file and the help page.
#pragma once

#include "core/boggle/board.h"
#include "core/boggle/lexicon.h"
#include "core/support/parameter.h"

#include <QString>
#include <optional>
#include <tuple>

namespace orrery {

/// What the values mean, read once.
struct BoggleKnobs {
    QString view = QStringLiteral("searching");  ///< searching, parallel, best
    std::optional<boggle::LetterSource> letters; ///< none: the typed board
    int size = 4;                                ///< of a rolled board
    std::string board;                           ///< typed
    QString words = QStringLiteral("system");    ///< system, short, file
    std::string file;
    int minimumLength = 3;
    boggle::DictionaryKind kind = boggle::DictionaryKind::Trie;

    int threads = 4;
    int depth = 2;    ///< tiles of a task's path
    int slowness = 0; ///< rounds of arithmetic for every question to the dictionary

    bool anneals = true; ///< else hill climbing
    std::int64_t proposals = 20'000;
    double temperature = 20.0;
    double cooling = 0.995;
    std::int64_t patience = 2000;

    [[nodiscard]] bool isParallel() const { return view == u"parallel"; }
    [[nodiscard]] bool isBest() const { return view == u"best"; }
    [[nodiscard]] auto lexiconKey() const {
        return std::tuple(words, words == u"file" ? file : "", minimumLength);
    }
    [[nodiscard]] auto boardKey() const {
        return std::tuple(letters, letters ? size : 0, letters ? std::string() : board);
    }
    /// What the run depends on, besides the seed.
    [[nodiscard]] auto runKey() const {
        return std::tuple(view, boardKey(), lexiconKey(), isBest() ? boggle::DictionaryKind::Dawg : kind,
                          isParallel() ? std::tuple(threads, depth, slowness) : std::tuple(0, 0, 0),
                          isBest() ? std::tuple(anneals, proposals, temperature, cooling, patience)
                                   : std::tuple(false, std::int64_t{0}, 0.0, 0.0, std::int64_t{0}));
    }
};

[[nodiscard]] std::vector<ParameterSpec> boggleParameterSpecs();
[[nodiscard]] BoggleKnobs boggleKnobs(const ParameterValues& values);

} // namespace orrery
