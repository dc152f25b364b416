// Any bytes as the head of a safetensors file: read or refused, and what is read lies inside the file.
#include "gpu/models/safetensors.h"
#include "tests/fuzz/fuzz_target.h"

using namespace orrery::gpu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto header = parseSafetensors({reinterpret_cast<const char*>(data), size}, size);
    if (!header) return 0;
    for (const auto& [name, entry] : header->tensors) {
        fuzzRequire(entry.begin <= entry.end, "a tensor ends behind its beginning");
        fuzzRequire(header->dataBegin + entry.end <= size, "a tensor ends inside the file");
    }
    return 0;
}

std::vector<std::string> fuzzSeeds() {
    std::vector<std::string> seeds;
    for (
        const std::string& header :
        {std::string(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})"),
         std::string(
             R"({"__metadata__":{"format":"pt"},"a":{"dtype":"F16","shape":[1,2],"data_offsets":[0,4]},"b":{"dtype":"I64","shape":[],"data_offsets":[4,12]}})")}) {
        const std::uint64_t length = header.size();
        const std::string size(reinterpret_cast<const char*>(&length), sizeof length);
        seeds.push_back(size + header + std::string(header.size() > 100 ? 12 : 8, 'x'));
    }
    return seeds;
}
