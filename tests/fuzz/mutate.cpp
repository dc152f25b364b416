// fuzz_x [SECONDS] [SEED]: what once broke the target (corpus/), then mutations of its seeds until the time
// is over. fuzz_x --seeds FOLDER writes the seeds as files, for libFuzzer. A crash leaves the input in
// fuzz_x.crash beside where it was started, and its seed on standard error: the same seed makes the same
// inputs.
#include "core/support/rng.h"
#include "tests/fuzz/fuzz_target.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

using orrery::Rng;

namespace {

std::string g_input; // for the crash handler alone: it has no other way to see what is being run
std::string g_crashFile;
std::uint64_t g_seed = 0;

// Not strictly safe in a signal handler; the program is lost anyway, and the input is worth the try.
void onCrash(int signal) {
    std::fprintf(stderr, "signal %d with seed %llu; input of %zu bytes in %s\n", signal,
                 static_cast<unsigned long long>(g_seed), g_input.size(), g_crashFile.c_str());
    if (std::FILE* const file = std::fopen(g_crashFile.c_str(), "wb")) {
        std::fwrite(g_input.data(), 1, g_input.size(), file);
        std::fclose(file);
    }
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void mutateOnce(std::string& text, const std::vector<std::string>& seeds, Rng& rng) {
    static constexpr std::string_view kSpecial[] = {"\"",
                                                    "\"\"",
                                                    "\n",
                                                    "\r\n",
                                                    ",",
                                                    "\t",
                                                    " ",
                                                    "#",
                                                    "NA",
                                                    "?",
                                                    "1e308",
                                                    "-",
                                                    "{",
                                                    "}",
                                                    "'",
                                                    ":",
                                                    "0",
                                                    "99999999999999999999",
                                                    "@data\n",
                                                    "\xff\xff\xff\xff",
                                                    std::string_view("\0", 1),
                                                    "(",
                                                    ")",
                                                    ";"};
    const std::size_t at = rng.below(text.size() + 1);
    switch (rng.below(7)) {
    case 0: // one byte
        if (at < text.size()) text[at] = static_cast<char>(rng.nextU32());
        break;
    case 1: // one bit
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << rng.below(8)));
        break;
    case 2:
        text.insert(at, kSpecial[rng.below(std::size(kSpecial))]);
        break;
    case 3:
        text.erase(at, 1 + rng.below(16));
        break;
    case 4: // a piece of oneself
        text.insert(at, text.substr(rng.below(text.size() + 1), rng.below(64)));
        break;
    case 5: { // the rest of another
        const std::string& other = seeds[rng.below(seeds.size())];
        text = text.substr(0, at) + other.substr(rng.below(other.size() + 1));
        break;
    }
    default:
        text.resize(at);
        break;
    }
}

void run(const std::string& text) {
    g_input = text;
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

/// The inputs that were found to break the target, and no longer do.
std::vector<std::string> oldCrashes() {
    std::vector<std::string> texts;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(ORRERY_FUZZ_CORPUS, none)) {
        std::ifstream stream(entry.path(), std::ios::binary);
        texts.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    }
    return texts;
}

int writeSeeds(const std::filesystem::path& folder) {
    int count = 0;
    for (const auto& seed : fuzzSeeds())
        std::ofstream(folder / ("seed" + std::to_string(count++)), std::ios::binary) << seed;
    return count > 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--seeds") return writeSeeds(argv[2]);
    const double seconds = argc > 1 ? std::atof(argv[1]) : 2.0;
    g_seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : std::random_device{}();
    g_crashFile = std::string(argv[0]) + ".crash";
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS})
        std::signal(signal, onCrash);
    const auto seeds = fuzzSeeds();
    for (const auto& text : oldCrashes())
        run(text);
    for (const auto& seed : seeds)
        run(seed);
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    std::size_t runs = 0;
    for (; std::chrono::steady_clock::now() < end; ++runs) {
        Rng rng(g_seed, runs); // each input on its own, so that one can be made again without those before it
        std::string text = seeds[rng.below(seeds.size())];
        for (std::uint64_t i = 0, n = 1 + rng.below(8); i < n; ++i)
            mutateOnce(text, seeds, rng);
        if (text.size() > 20'000) text.resize(20'000);
        run(text);
    }
    std::printf("%zu inputs with seed %llu\n", runs, static_cast<unsigned long long>(g_seed));
    return runs > 0 ? 0 : 1;
}
