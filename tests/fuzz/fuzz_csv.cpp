// Any bytes as delimited text: read or refused, the same in one piece and in small ones; what was read is written
// and read back the same.
#include "core/data/csv_reader.h"
#include "core/data/text_source.h"
#include "tests/core/data/table_text.h"
#include "tests/fuzz/fuzz_target.h"

using namespace orrery;
using namespace orrery::data;

namespace {

TableResult read(std::string_view text, std::size_t chunkBytes) {
    const auto source = TextSource::copyOf(text);
    Progress progress;
    return readCsv(source.text(), "t", {.chunkBytes = chunkBytes}, progress);
}

void checkRoundTrip(const Table& table) {
    const auto source = TextSource::copyOf(toCsv(table));
    Progress progress;
    const auto again = readCsv(source.text(), "t", {.delimiter = ',', .header = HeaderMode::Yes}, progress);
    fuzzRequire(again.has_value(), "a table that was written reads back");
    fuzzRequire((*again)->rows() == table.rows() && (*again)->columns.size() == table.columns.size(), "with its shape");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto whole = read(text, std::size_t{1} << 30);
    const auto cut = read(text, 1 + size / 7);
    fuzzRequire(whole.has_value() == cut.has_value(), "chunks do not decide whether a text is sound");
    if (!whole) {
        fuzzRequire(whole.error().message == cut.error().message, "chunks do not change the complaint");
        return 0;
    }
    fuzzRequire(sameTable(**whole, **cut), "chunks do not change the table");
    checkRoundTrip(**whole);
    return 0;
}

std::vector<std::string> fuzzSeeds() {
    return {"a,b,c\n1,2,x\n3.5,NA,\"y, \"\"z\"\"\nw\"\n-1e-5,,x\n", "1 2 3\n 4  5 6\n", "# note \"\na;b\r\n1;2\r\n\r\n3;4",
            "x\ty\n\"\"\t5\" pipe\n\t\n", "a|b\n1|2\n", "\xef\xbb\xbfq,r\n0.12573022109339941,1e300\n"};
}
