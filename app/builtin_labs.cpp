#include "app/builtin_labs.h"

#include "app/labs/boggle/boggle_lab.h"
#include "app/labs/gpu/gpu_lab.h"
#include "app/labs/isotonic/isotonic_lab.h"
#include "app/labs/lasso/lasso_lab.h"
#include "app/labs/search/search_lab.h"
#include "app/labs/svm/svm_lab.h"

#include <algorithm>

namespace orrery {

const std::vector<LabInfo>& builtinLabs() {
    static const std::vector<LabInfo> labs{lassoLabInfo(),  isotonicLabInfo(), svmLabInfo(),
                                           boggleLabInfo(), searchLabInfo(),   gpuLabInfo()};
    return labs;
}

const LabInfo* findLab(const QString& id) {
    const auto& labs = builtinLabs();
    const auto found =
        std::find_if(labs.begin(), labs.end(), [&](const LabInfo& info) { return info.id == id; });
    return found == labs.end() ? nullptr : &*found;
}

} // namespace orrery
