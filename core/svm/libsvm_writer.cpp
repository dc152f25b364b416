#include "core/svm/libsvm_model.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace orrery::svm {

using Eigen::Index;

namespace {

/// 17 digits: reads back bit for bit, by LIBSVM as well.
std::string number(double value) {
    return fmt::format("{:.17g}", value);
}

std::string_view kernelName(KernelKind kind) {
    return kind == KernelKind::Polynomial ? "polynomial" : idOf(kind);
}

void writeKernel(std::string& out, const Kernel& kernel) {
    out += fmt::format("kernel_type {}\n", kernelName(kernel.kind));
    if (kernel.usesDegree()) out += fmt::format("degree {}\n", kernel.degree);
    if (kernel.usesGamma()) out += fmt::format("gamma {}\n", number(kernel.gamma));
    if (kernel.usesCoef0()) out += fmt::format("coef0 {}\n", number(kernel.coef0));
}

/// Zeros are not written; indices count from 1.
void writeVector(std::string& out, const SvmModel& model, Index row) {
    const auto write = [&](Index feature, double value) {
        if (value != 0.0) out += fmt::format("{}:{} ", feature + 1, number(value));
    };
    if (model.isSparse())
        for (SparseRows::InnerIterator at(model.sparseVectors, row); at; ++at)
            write(at.col(), at.value());
    else
        for (Index k = 0; k < model.vectors.cols(); ++k)
            write(k, model.vectors(row, k));
    out += '\n';
}

std::string writeSingle(const SvmModel& model) {
    std::string out =
        model.kind == ProblemKind::Regression ? "svm_type epsilon_svr\n" : "svm_type one_class\n";
    writeKernel(out, model.kernel);
    out += fmt::format("nr_class 2\ntotal_sv {}\nrho {}\nSV\n", model.size(), number(-model.bias));
    for (Index i = 0; i < model.size(); ++i) {
        out += number(model.coefficients[i]) + ' ';
        writeVector(out, model, i);
    }
    return out;
}

/// A support vector of several pairs, with its coefficient against each other class.
struct SharedVector {
    const SvmModel* from = nullptr;
    Index row = 0;
    std::vector<double> coefficients; ///< k − 1
};

/// By class, and within a class by the index of the point.
using SharedVectors = std::vector<std::map<std::int32_t, SharedVector>>;

// The coefficient of a vector of class a against class b stands in place b − 1 for b > a, in place b
// otherwise.
void addPair(SharedVectors& shared, const PairModel& pair) {
    const SvmModel& model = pair.model;
    for (Index i = 0; i < model.size(); ++i) {
        const bool isFirst = model.coefficients[i] > 0.0;
        const std::int32_t own = isFirst ? pair.first : pair.second;
        const std::int32_t place = isFirst ? pair.second - 1 : pair.first;
        const std::int32_t point =
            model.rows.empty() ? static_cast<std::int32_t>(i) : model.rows[static_cast<std::size_t>(i)];
        SharedVector& vector = shared[static_cast<std::size_t>(own)][point];
        if (vector.coefficients.empty()) vector = {&model, i, std::vector<double>(shared.size() - 1, 0.0)};
        vector.coefficients[static_cast<std::size_t>(place)] = model.coefficients[i];
    }
}

template <class Value>
void writeLine(std::string& out, std::string_view key, const std::vector<PairModel>& pairs,
               const Value& valueOf) {
    out += key;
    for (const PairModel& pair : pairs)
        out += ' ' + number(valueOf(pair));
    out += '\n';
}

std::string writeClasses(const MulticlassModel& model) {
    SharedVectors shared(model.labels.size());
    for (const PairModel& pair : model.pairs)
        addPair(shared, pair);
    std::size_t total = 0;
    std::string labels, counts;
    for (std::size_t k = 0; k < shared.size(); ++k) {
        labels += ' ' + fmt::format("{}", model.labels[k]);
        counts += ' ' + std::to_string(shared[k].size());
        total += shared[k].size();
    }
    std::string out = "svm_type c_svc\n";
    writeKernel(out, model.kernel);
    out += fmt::format("nr_class {}\ntotal_sv {}\n", shared.size(), total);
    writeLine(out, "rho", model.pairs, [](const PairModel& pair) { return -pair.model.bias; });
    out += "label" + labels + '\n';
    if (model.hasProbabilities()) {
        writeLine(out, "probA", model.pairs, [](const PairModel& pair) { return (*pair.sigmoid)[0]; });
        writeLine(out, "probB", model.pairs, [](const PairModel& pair) { return (*pair.sigmoid)[1]; });
    }
    out += "nr_sv" + counts + "\nSV\n";
    for (const auto& ofClass : shared)
        for (const auto& [point, vector] : ofClass) {
            for (const double coefficient : vector.coefficients)
                out += number(coefficient) + ' ';
            writeVector(out, *vector.from, vector.row);
        }
    return out;
}

} // namespace

std::string writeLibsvmModel(const AnyModel& model) {
    if (const auto* single = std::get_if<SvmModel>(&model)) return writeSingle(*single);
    return writeClasses(std::get<MulticlassModel>(model));
}

MulticlassModel asMulticlass(const SvmModel& model) {
    MulticlassModel result;
    result.labels = {1.0, -1.0};
    result.kernel = model.kernel;
    result.dimensions = model.dimensions();
    PairModel pair;
    pair.model = model;
    pair.supportVectors = static_cast<std::int32_t>(model.size());
    result.pairs.push_back(std::move(pair));
    return result;
}

} // namespace orrery::svm
