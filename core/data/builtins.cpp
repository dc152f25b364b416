#include "core/data/builtins.h"

#include "core/data/builtin_texts.h"

#include <fmt/format.h>

namespace orrery::data {

namespace {

std::vector<BuiltinInfo> makeBuiltins() {
    return {
        {"diabetes", "Diabetes",
         "Disease progression of 442 patients a year after ten baseline measures, in their own units.",
         "Efron, Hastie, Johnstone and Tibshirani, Least angle regression, Annals of Statistics 32 (2004)", 442, 11,
         "target"},
        {"breast_cancer", "Breast cancer",
         "Malignant or benign, from thirty measures of cell nuclei in 569 fine-needle aspirates.",
         "Street, Wolberg and Mangasarian (1993), Wisconsin diagnostic data, UCI Machine Learning Repository", 569, 31,
         "diagnosis"},
        {"iris", "Iris", "Three species of iris, told apart by four lengths of 150 flowers.",
         "Fisher, The use of multiple measurements in taxonomic problems, Annals of Eugenics 7 (1936)", 150, 5,
         "species"},
        {"wine", "Wine", "Three cultivars from one region of Italy, thirteen chemical measures of 178 wines.",
         "Forina et al., PARVUS (1991), UCI Machine Learning Repository", 178, 14, "cultivar"},
        {"digits", "Digits", "1797 handwritten digits, each eight by eight grey levels from 0 to 16.",
         "Alpaydin and Kaynak, Optical recognition of handwritten digits, UCI Machine Learning Repository", 1797, 65,
         "digit"},
    };
}

} // namespace

const std::vector<BuiltinInfo>& builtins() {
    static const std::vector<BuiltinInfo> all = makeBuiltins();
    return all;
}

const BuiltinInfo* findBuiltin(std::string_view id) {
    for (const auto& info : builtins())
        if (info.id == id) return &info;
    return nullptr;
}

TableResult loadBuiltin(std::string_view id) {
    const BuiltinInfo* const info = findBuiltin(id);
    if (!info) return fail(fmt::format("no built-in data set named “{}”", id), ErrorCode::NotFound);
    auto table = readText(builtinText(id), std::string(id), {.delimiter = ',', .header = HeaderMode::Yes});
    if (!table) return table;
    auto described = std::make_shared<Table>(**table);
    described->provenance = info->provenance;
    return described;
}

} // namespace orrery::data
