// Any bytes as a formula and as a filter: parsed or refused, and what was parsed can be evaluated.
#include "core/data/expression.h"
#include "tests/fuzz/fuzz_target.h"

using namespace orrery;
using namespace orrery::data;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::vector<ExpressionSymbol> symbols = {{"x", false}, {"sex", true}};
    const double numbers[] = {0.5, 0.0};
    const std::string_view texts[] = {"", "F"};
    const ExpressionScope scope{.numbers = numbers, .texts = texts};
    if (const auto formula = Expression::parse(text, symbols, ExpressionType::Number)) (void)formula->number(scope);
    if (const auto filter = Expression::parse(text, symbols, ExpressionType::Boolean)) (void)filter->isTrue(scope);
    return 0;
}

std::vector<std::string> fuzzSeeds() {
    return {"sin(2*x) - 0.3^x", "x > 40 and sex == \"F\" or not missing(sex)", "min(x, max(1e3, -pi)) <= abs(--x)",
            "((((x))))", "`x` != 2 && sex = 'M' || true"};
}
