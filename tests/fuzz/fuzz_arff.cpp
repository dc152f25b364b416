// Any bytes as ARFF: read or refused.
#include "core/data/arff_reader.h"
#include "tests/fuzz/fuzz_target.h"

using namespace orrery;
using namespace orrery::data;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Progress progress;
    const auto table = readArff({reinterpret_cast<const char*>(data), size}, "t", progress);
    if (!table) return 0;
    for (const auto& column : (*table)->columns)
        fuzzRequire(column.rows() == (*table)->rows(), "every column has every row");
    return 0;
}

std::vector<std::string> fuzzSeeds() {
    const std::string head = "@relation r\n@attribute 'a b' real\n@attribute k {u,'v w'}\n@attribute s string\n@data\n";
    return {head + "1,u,x\n?,'v w',\"it\\'s\"\n", head + "{0 1, 1 u}\n{}\n{2 t}\n", head + "2,?,y,{3}\n% c\n"};
}
