#include "core/svm/libsvm_model.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace orrery::svm {

using Eigen::Index;

namespace {

constexpr int kMostClasses = 256;
/// A file whose numbers of features go beyond this many times its bytes is refused: each takes a place.
constexpr std::size_t kMostFeaturesPerByte = 64;
constexpr std::size_t kAlwaysFeatures = std::size_t{1} << 20;

/// The file as it stands, before it is taken apart into machines.
struct ModelText {
    std::string type;
    Kernel kernel;
    std::string kernelName;
    int classes = 0;
    long vectors = -1;
    std::vector<double> rho, labels, probA, probB, counts;
    std::vector<double> coefficients; ///< (classes − 1) a vector
    struct Entry {
        std::int32_t row, column;
        double value;
    };
    std::vector<Entry> entries;
    std::int32_t columns = 0;
    std::int32_t rows = 0;
};

std::string_view nextWord(std::string_view& line) {
    const std::size_t begin = line.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) return line = {};
    const std::size_t end = std::min(line.find_first_of(" \t\r", begin), line.size());
    const std::string_view word = line.substr(begin, end - begin);
    line.remove_prefix(end);
    return word;
}

template <class Number>
bool parse(std::string_view word, Number& value) {
    if (word.starts_with('+')) word.remove_prefix(1);
    const auto result = std::from_chars(word.data(), word.data() + word.size(), value);
    if (result.ec != std::errc() || result.ptr != word.data() + word.size()) return false;
    if constexpr (std::is_floating_point_v<Number>) return std::isfinite(value);
    return true;
}

class Reader {
  public:
    Reader(std::string_view text, const std::string& name)
        : m_rest(text), m_bytes(text.size()), m_name(name) {}

    Expected<ModelText> run() {
        std::string_view line;
        bool atVectors = false;
        while (!atVectors && nextLine(line)) {
            const std::string_view key = nextWord(line);
            if (key == "SV")
                atVectors = true;
            else if (!key.empty() && !readHeader(key, line))
                return broken(fmt::format("“{}” cannot be read", std::string(key)));
        }
        if (!atVectors) return broken("there is no line “SV”");
        if (auto sound = checkHeader(); !sound) return tl::unexpected(sound.error());
        while (nextLine(line))
            if (std::string_view rest = line; !nextWord(rest).empty() && !readVector(line))
                return broken("this is not a support vector");
        if (m_model.rows != m_model.vectors)
            return broken(
                fmt::format("{} support vectors are announced, {} follow", m_model.vectors, m_model.rows));
        if (static_cast<std::size_t>(m_model.columns) >
            std::max(kAlwaysFeatures, m_bytes * kMostFeaturesPerByte))
            return broken("the support vectors are too sparse: a feature's number is too large");
        return std::move(m_model);
    }

  private:
    tl::unexpected<Error> broken(const std::string& what) const {
        return fail(fmt::format("{}, line {}: {}", m_name, m_line, what));
    }

    bool nextLine(std::string_view& line) {
        if (m_rest.empty()) return false;
        const std::size_t end = std::min(m_rest.find('\n'), m_rest.size());
        line = m_rest.substr(0, end);
        m_rest.remove_prefix(std::min(end + 1, m_rest.size()));
        ++m_line;
        return true;
    }

    static bool readNumbers(std::string_view line, std::vector<double>& values) {
        values.clear();
        for (std::string_view word = nextWord(line); !word.empty(); word = nextWord(line))
            if (!parse(word, values.emplace_back())) return false;
        return !values.empty();
    }

    bool readHeader(std::string_view key, std::string_view line) {
        if (key == "rho") return readNumbers(line, m_model.rho);
        if (key == "label") return readNumbers(line, m_model.labels);
        if (key == "probA") return readNumbers(line, m_model.probA);
        if (key == "probB") return readNumbers(line, m_model.probB);
        if (key == "nr_sv") return readNumbers(line, m_model.counts);
        const std::string_view word = nextWord(line);
        if (key == "svm_type") return !(m_model.type = word).empty();
        if (key == "kernel_type") return !(m_model.kernelName = word).empty();
        if (key == "degree") return parse(word, m_model.kernel.degree);
        if (key == "gamma") return parse(word, m_model.kernel.gamma);
        if (key == "coef0") return parse(word, m_model.kernel.coef0);
        if (key == "nr_class") return parse(word, m_model.classes);
        if (key == "total_sv") return parse(word, m_model.vectors);
        return key == "prob_density_marks"; // of later versions' one_class; not used here
    }

    Expected<void> checkHeader() {
        ModelText& model = m_model;
        if (model.type != "c_svc" && model.type != "nu_svc" && model.type != "epsilon_svr" &&
            model.type != "nu_svr" && model.type != "one_class")
            return broken(fmt::format("svm_type “{}” is not known", model.type));
        const auto kind =
            model.kernelName == "polynomial" ? KernelKind::Polynomial : kernelKindFromId(model.kernelName);
        if (!kind) return broken(fmt::format("kernel_type “{}” cannot be used here", model.kernelName));
        model.kernel.kind = *kind;
        if (auto sound = checkKernel(model.kernel); !sound) return broken(sound.error().message);
        if (model.vectors < 0) return broken("total_sv is missing");
        const bool classifies = model.type.ends_with("svc");
        if (!classifies) model.classes = 2;
        if (model.classes < 2 || model.classes > kMostClasses)
            return broken(
                fmt::format("nr_class {}: from 2 to {} classes can be read", model.classes, kMostClasses));
        const auto pairs =
            static_cast<std::size_t>(model.classes) * static_cast<std::size_t>(model.classes - 1) / 2;
        if (model.rho.size() != pairs)
            return broken(fmt::format("{} values of rho are needed, not {}", pairs, model.rho.size()));
        return classifies ? checkClasses(pairs) : Expected<void>();
    }

    Expected<void> checkClasses(std::size_t pairs) const {
        const ModelText& model = m_model;
        const auto classes = static_cast<std::size_t>(model.classes);
        if (model.labels.size() != classes || model.counts.size() != classes)
            return broken(fmt::format("label and nr_sv need {} values each", classes));
        double sum = 0.0;
        for (const double count : model.counts) {
            if (count < 0.0 || count != std::floor(count)) return broken("nr_sv holds counts");
            sum += count;
        }
        if (sum != static_cast<double>(model.vectors)) return broken("nr_sv does not add up to total_sv");
        const bool has = !model.probA.empty() || !model.probB.empty();
        if (has && (model.probA.size() != pairs || model.probB.size() != pairs))
            return broken(fmt::format("probA and probB need {} values each", pairs));
        return {};
    }

    bool readVector(std::string_view line) {
        for (int k = 1; k < m_model.classes; ++k)
            if (!parse(nextWord(line), m_model.coefficients.emplace_back())) return false;
        std::int32_t last = 0;
        for (std::string_view word = nextWord(line); !word.empty(); word = nextWord(line)) {
            const std::size_t colon = word.find(':');
            ModelText::Entry entry{m_model.rows, 0, 0.0};
            if (colon == std::string_view::npos || !parse(word.substr(0, colon), entry.column) ||
                !parse(word.substr(colon + 1), entry.value) || entry.column <= last)
                return false;
            last = entry.column--;
            m_model.entries.push_back(entry);
        }
        m_model.columns = std::max(m_model.columns, last);
        return ++m_model.rows <= m_model.vectors;
    }

    std::string_view m_rest;
    std::size_t m_bytes;
    const std::string& m_name;
    long m_line = 0;
    ModelText m_model;
};

bool isSparse(const ModelText& text) {
    return static_cast<double>(text.entries.size()) <
           kSparseBelow * static_cast<double>(text.rows) * static_cast<double>(text.columns);
}

/// Entries stand by row, and within a row by column.
SparseRows vectorsOf(const ModelText& text) {
    SparseRows vectors(text.rows, std::max(text.columns, 1));
    vectors.reserve(static_cast<Index>(text.entries.size()));
    auto entry = text.entries.begin();
    for (std::int32_t row = 0; row < text.rows; ++row) {
        vectors.startVec(row);
        for (; entry != text.entries.end() && entry->row == row; ++entry)
            vectors.insertBack(row, entry->column) = entry->value;
    }
    vectors.finalize();
    return vectors;
}

void setVectors(SvmModel& model, const SparseRows& vectors, bool sparse) {
    if (sparse && vectors.rows() > 0)
        model.sparseVectors = vectors;
    else
        model.vectors = Eigen::MatrixXd(vectors);
}

SvmModel singleOf(const ModelText& text) {
    SvmModel model;
    model.kind = text.type == "one_class" ? ProblemKind::OneClass : ProblemKind::Regression;
    model.kernel = text.kernel;
    setVectors(model, vectorsOf(text), isSparse(text));
    model.coefficients = Eigen::Map<const Eigen::VectorXd>(text.coefficients.data(), text.rows);
    model.bias = -text.rho[0];
    return model;
}

/// The vectors of both classes of a pair whose coefficient in it is not 0.
void fillPair(PairModel& pair, const ModelText& text, const SparseRows& vectors,
              const std::vector<Index>& starts) {
    const auto width = static_cast<std::size_t>(text.classes - 1);
    std::vector<double> coefficients;
    const auto take = [&](std::int32_t own, std::int32_t place) {
        for (Index row = starts[static_cast<std::size_t>(own)];
             row < starts[static_cast<std::size_t>(own) + 1]; ++row) {
            const double value =
                text.coefficients[static_cast<std::size_t>(row) * width + static_cast<std::size_t>(place)];
            if (value == 0.0) continue;
            coefficients.push_back(value);
            pair.model.rows.push_back(static_cast<std::int32_t>(row));
        }
    };
    take(pair.first, pair.second - 1);
    take(pair.second, pair.first);
    pair.model.kernel = text.kernel;
    setVectors(pair.model,
               selectedRows(vectors, std::vector<Index>(pair.model.rows.begin(), pair.model.rows.end())),
               isSparse(text));
    pair.model.coefficients =
        Eigen::Map<const Eigen::VectorXd>(coefficients.data(), static_cast<Index>(coefficients.size()));
    pair.supportVectors = static_cast<std::int32_t>(coefficients.size());
}

MulticlassModel classesOfText(const ModelText& text) {
    const SparseRows vectors = vectorsOf(text);
    MulticlassModel model;
    model.labels = text.labels;
    model.kernel = text.kernel;
    model.dimensions = vectors.cols();
    std::vector<Index> starts = {0};
    for (const double count : text.counts)
        starts.push_back(starts.back() + static_cast<Index>(count));
    for (std::int32_t a = 0; a < text.classes; ++a)
        for (std::int32_t b = a + 1; b < text.classes; ++b) {
            PairModel pair;
            pair.first = a;
            pair.second = b;
            const std::size_t k = model.pairs.size();
            fillPair(pair, text, vectors, starts);
            pair.model.bias = -text.rho[k];
            if (!text.probA.empty()) pair.sigmoid = {text.probA[k], text.probB[k]};
            model.pairs.push_back(std::move(pair));
        }
    return model;
}

} // namespace

Expected<AnyModel> readLibsvmModel(std::string_view text, const std::string& name) {
    const auto read = Reader(text, name).run();
    if (!read) return tl::unexpected(read.error());
    if (read->type.ends_with("svc")) return classesOfText(*read);
    return singleOf(*read);
}

} // namespace orrery::svm
