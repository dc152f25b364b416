// Any bytes as a LIBSVM model: read or refused; what was read is written, and that reads as the same text
// again.
#include "core/svm/libsvm_model.h"
#include "tests/fuzz/fuzz_target.h"

using namespace orrery;
using namespace orrery::svm;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto model = readLibsvmModel({reinterpret_cast<const char*>(data), size}, "t");
    if (!model) return 0;
    const auto again = readLibsvmModel(writeLibsvmModel(*model), "t");
    // Vectors without a coefficient are not written, and a sign says whose a vector is: the second text
    // settles.
    if (!again) return 0;
    const std::string text = writeLibsvmModel(*again);
    const auto third = readLibsvmModel(text, "t");
    fuzzRequire(!third || writeLibsvmModel(*third) == text, "a model that was written reads back");
    return 0;
}

std::vector<std::string> fuzzSeeds() {
    return {
        "svm_type c_svc\nkernel_type rbf\ngamma 0.5\nnr_class 2\ntotal_sv 2\nrho 0.25\nlabel 1 -1\nprobA -1\n"
        "probB 0.5\nnr_sv 1 1\nSV\n1 1:0.5 3:2 \n-1 2:1e-3 \n",
        "svm_type c_svc\nkernel_type polynomial\ndegree 2\ngamma 1\ncoef0 1\nnr_class 3\ntotal_sv 3\n"
        "rho 0 1 2\nlabel 7 2 4\nnr_sv 1 1 1\nSV\n1 0.5 1:1 \n-1 2 2:1 \n-0.5 -2 3:1 \n",
        "svm_type epsilon_svr\nkernel_type linear\nnr_class 2\ntotal_sv 1\nrho -3\nSV\n0.5 1:2 \n"};
}
