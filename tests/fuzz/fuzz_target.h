// What a fuzz target gives: a function that must return for any bytes, and examples to start from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

/// Sound inputs; libFuzzer takes its own from a folder instead.
std::vector<std::string> fuzzSeeds();

/// Ends the program where a property of the target does not hold.
inline void fuzzRequire(bool holds, const char* property) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", property);
    std::abort();
}
