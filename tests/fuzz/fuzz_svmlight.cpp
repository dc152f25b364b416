// Any bytes as SVMlight text: read or refused, the same in one piece and in small ones.
#include "core/data/svmlight_reader.h"
#include "core/data/text_source.h"
#include "tests/fuzz/fuzz_target.h"

using namespace orrery;
using namespace orrery::data;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto source = TextSource::copyOf({reinterpret_cast<const char*>(data), size});
    Progress progress;
    const auto whole = readSvmlight(source.text(), "t", {.chunkBytes = std::size_t{1} << 30}, progress);
    const auto cut = readSvmlight(source.text(), "t", {.chunkBytes = 1 + size / 5}, progress);
    fuzzRequire(whole.has_value() == cut.has_value(), "chunks do not decide whether a text is sound");
    if (!whole) return 0;
    const auto &a = (*whole)->sparse->values, &b = (*cut)->sparse->values;
    fuzzRequire((*whole)->rows() == (*cut)->rows() && a.cols() == b.cols() && a.nonZeros() == b.nonZeros(),
                "chunks do not change the table");
    return 0;
}

std::vector<std::string> fuzzSeeds() {
    return {"+1 1:0.5 3:2 # c\n-1 qid:4 2:1e-3\n", "0 0:1\n1 5:-7\n2\n", "1 7:1 9:2 11:3\r\n# x\n\n3 1:nan\n"};
}
