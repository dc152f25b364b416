// Any bytes as .npz and .npy: read or refused. Checksums stop most mutations of an archive, so arrays are also tried
// on their own.
#include "core/data/npy_reader.h"
#include "tests/fuzz/fuzz_target.h"

#include <fstream>
#include <iterator>

using namespace orrery;
using namespace orrery::data;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    Progress progress;
    const bool archive = bytes.substr(0, 2) == "PK";
    const auto table = archive ? readNpz(bytes, "t.npz", progress) : readNpy(bytes, "t.npy", progress);
    if (!table) return 0;
    for (const auto& column : (*table)->columns)
        fuzzRequire(column.rows() == (*table)->rows(), "every column has every row");
    return 0;
}

std::vector<std::string> fuzzSeeds() {
    std::vector<std::string> seeds;
    for (const char* name : {"stored.npz", "deflated.npz", "half.npy", "cube.npy"}) {
        std::ifstream stream(std::string(ORRERY_TEST_DATA "/readers/") + name, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    }
    return seeds;
}
