// The parallel Boggle search under the thread sanitizer: threads change no answer, a cancelled search ends,
// several searches share one dictionary.
#include "core/boggle/parallel_search.h"

#include <cstdio>
#include <thread>

using namespace orrery;
using namespace orrery::boggle;

namespace {

std::shared_ptr<const Lexicon> wordsMade() {
    std::string list; // every third string of two to four letters out of six
    constexpr char kFew[] = "aeinrt";
    int count = 0;
    for (int length = 2; length <= 4; ++length)
        for (int code = 0, all = length == 2 ? 36 : length == 3 ? 216 : 1296; code < all; ++code) {
            if (++count % 3) continue;
            for (int place = 0, rest = code; place < length; ++place, rest /= 6)
                list += kFew[rest % 6];
            list += '\n';
        }
    return std::make_shared<const Lexicon>(*Dictionary::fromText(list, {.minimumLength = 2}));
}

bool agrees(const std::shared_ptr<const SearchProblem>& problem, DictionaryKind kind, int depth) {
    const ParallelResult one = searchParallel(problem, {kind, 1, depth, 0});
    const ParallelResult many = searchParallel(problem, {kind, 4, depth, 20});
    return !one.words.empty() && one.words == many.words && one.counters == many.counters &&
           one.records.size() == many.records.size();
}

bool cancelEnds(const std::shared_ptr<const SearchProblem>& problem) {
    Progress progress;
    ParallelResult result;
    {
        std::jthread searcher([&] {
            result = searchParallel(problem, {DictionaryKind::HashSet, 4, 2, 1000}, &progress);
        });
        while (progress.fraction() <= 0.0)
            std::this_thread::yield();
        progress.cancel();
    }
    return result.cancelled && result.records.size() < result.prefixes.size();
}

} // namespace

int main() {
    const auto lexicon = wordsMade();
    const auto small =
        std::make_shared<const SearchProblem>(SearchProblem{*parseBoard("nar tie eat"), lexicon});
    const auto large =
        std::make_shared<const SearchProblem>(SearchProblem{*parseBoard("tina rent tear neat"), lexicon});
    bool right = true;
    for (const int depth : {1, 2, 3})
        for (const DictionaryKind kind : kDictionaryKinds)
            right = right && agrees(small, kind, depth);
    bool beside = false; // two searches at once over one dictionary
    std::jthread other([&] { beside = agrees(large, DictionaryKind::Dawg, 2); });
    right = agrees(large, DictionaryKind::Trie, 2) && right;
    other.join();
    right = right && beside && cancelEnds(large);
    std::puts(right ? "ok" : "threads changed an answer, or a cancelled search did not end");
    return right ? 0 : 1;
}
