#include "core/data/dataset.h"
#include "core/support/rng.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <tbb/parallel_for.h>
#include <unordered_map>

namespace orrery::data {

namespace {

/// One column of the design: a numeric column, an indicator of a level, or a column of the sparse block.
struct Feature {
    enum class Kind : std::uint8_t { Number, Level, Sparse } kind;
    std::size_t column; ///< dense column, or column of the sparse block
    double level = 0.0; ///< code of a categorical column, value of a numeric one
    std::string name;
};

double valueAt(const Column& column, std::size_t row) {
    if (column.isNumeric()) return column.numeric().values[row];
    const auto code = column.categorical().codes[row];
    return code < 0 ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(code);
}

// The first `count` of a Fisher-Yates shuffle, back in their order.
void keepSample(const RowSample& sample, std::vector<std::size_t>& rows) {
    Rng rng(sample.seed);
    for (std::size_t i = 0; i < sample.count; ++i)
        std::swap(rows[i], rows[i + rng.below(rows.size() - i)]);
    rows.resize(sample.count);
    std::sort(rows.begin(), rows.end());
}

class DesignMaker {
  public:
    explicit DesignMaker(const Dataset& dataset) : m_dataset(dataset), m_table(*dataset.table) {
        for (std::size_t i = 0; i < m_table.columns.size(); ++i)
            m_dense.emplace(m_table.columns[i].name, i);
        for (std::size_t i = 0; m_table.sparse && i < m_table.sparse->names.size(); ++i)
            m_sparse.emplace(m_table.sparse->names[i], i);
    }

    Expected<Design> run() {
        if (auto known = findRoles(); !known) return tl::unexpected(known.error());
        if (auto chosen = chooseRows(); !chosen) return tl::unexpected(chosen.error());
        listFeatures();
        if (m_features.empty())
            return fail(
                fmt::format("{} has no feature besides the target {}", m_table.name, m_out.targetName));
        fillTarget();
        if (m_anySparse)
            fillSparse();
        else
            fillDense();
        for (auto& feature : m_features)
            m_out.names.push_back(std::move(feature.name));
        return std::move(m_out);
    }

  private:
    Expected<void> findRoles() {
        Roles defaults = defaultRoles(m_table);
        const Roles& asked = m_dataset.roles;
        m_out.targetName = asked.target.empty() ? defaults.target : asked.target;
        const auto target = m_dense.find(m_out.targetName);
        if (target == m_dense.end()) return unknown(m_out.targetName);
        m_target = target->second;
        for (const auto& name : asked.features)
            if (!m_dense.contains(name) && !m_sparse.contains(name))
                return unknown(name);
            else if (name == m_out.targetName)
                return fail(fmt::format("{} cannot be both target and feature", name));
        if (!asked.features.empty()) {
            m_names = asked.features;
            return {};
        }
        // The target asked for may be one of the features that go without saying; the default target then
        // joins them.
        if (m_out.targetName != defaults.target) defaults.features.push_back(defaults.target);
        for (auto& name : defaults.features)
            if (name != m_out.targetName) m_names.push_back(std::move(name));
        return {};
    }

    tl::unexpected<Error> unknown(const std::string& name) const {
        return fail(fmt::format("{} has no column named “{}”", m_table.name, name), ErrorCode::NotFound);
    }

    Expected<void> chooseRows() {
        auto passing = rowsChosen(m_dataset);
        if (!passing) return tl::unexpected(passing.error());
        std::vector<std::size_t> used = {m_target};
        for (const auto& name : m_names)
            if (const auto found = m_dense.find(name); found != m_dense.end()) used.push_back(found->second);
        std::vector<char> complete(passing->size(), 1);
        for (const auto c : used) // a column at a time: they lie one after the other in memory
            for (std::size_t i = 0; i < passing->size(); ++i)
                complete[i] &= static_cast<char>(std::isfinite(valueAt(m_table.columns[c], (*passing)[i])));
        for (std::size_t i = 0; i < passing->size(); ++i)
            if (complete[i]) m_out.rows.push_back((*passing)[i]);
        m_out.droppedForMissing = passing->size() - m_out.rows.size();
        if (m_out.rows.empty())
            return fail(fmt::format("every row of {} lacks a value in a column that is used", m_table.name));
        return {};
    }

    void listFeatures() {
        for (const auto& name : m_names) {
            if (const auto sparse = m_sparse.find(name);
                sparse != m_sparse.end() && !m_dense.contains(name)) {
                m_features.push_back({Feature::Kind::Sparse, sparse->second, 0.0, name});
                m_anySparse = true;
                continue;
            }
            const std::size_t c = m_dense.at(name);
            const auto& coded = m_dataset.asCategory;
            const bool isCode = std::find(coded.begin(), coded.end(), name) != coded.end();
            if (m_table.columns[c].isNumeric() && !isCode)
                m_features.push_back({Feature::Kind::Number, c, 0.0, name});
            else
                listLevels(c);
        }
    }

    // Levels that occur in the rows used, but for the first. Codes are in order of first appearance, numbers
    // ascend.
    void listLevels(std::size_t c) {
        const Column& column = m_table.columns[c];
        std::map<double, bool> seen;
        for (const auto row : m_out.rows)
            seen.emplace(valueAt(column, row), true);
        bool isBase = true;
        for (const auto& [level, _] : seen) {
            const std::string text = column.isNumeric()
                                         ? fmt::format("{}", level)
                                         : column.categorical().levels[static_cast<std::size_t>(level)];
            if (!isBase)
                m_features.push_back(
                    {Feature::Kind::Level, c, level, fmt::format("{}={}", column.name, text)});
            isBase = false;
        }
    }

    void fillTarget() {
        const Column& column = m_table.columns[m_target];
        if (!column.isNumeric()) m_out.targetLevels = column.categorical().levels;
        m_out.y.resize(static_cast<Eigen::Index>(m_out.rows.size()));
        for (std::size_t i = 0; i < m_out.rows.size(); ++i)
            m_out.y[static_cast<Eigen::Index>(i)] = valueAt(column, m_out.rows[i]);
    }

    double featureValue(const Feature& feature, std::size_t row) const {
        const double value = valueAt(m_table.columns[feature.column], row);
        if (feature.kind == Feature::Kind::Number) return value;
        return value == feature.level ? 1.0 : 0.0;
    }

    void fillDense() {
        DenseMatrix x(m_out.y.size(), static_cast<Eigen::Index>(m_features.size()));
        tbb::parallel_for(std::size_t{0}, m_features.size(), [&](std::size_t j) {
            double* const column = x.data() + static_cast<Eigen::Index>(j) * x.rows();
            for (std::size_t i = 0; i < m_out.rows.size(); ++i)
                column[i] = featureValue(m_features[j], m_out.rows[i]);
        });
        m_out.x = std::move(x);
    }

    void fillSparse() {
        std::vector<int> newRow(m_table.rows(), -1);
        for (std::size_t i = 0; i < m_out.rows.size(); ++i)
            newRow[m_out.rows[i]] = static_cast<int>(i);
        SparseMatrix x(m_out.y.size(), static_cast<Eigen::Index>(m_features.size()));
        for (std::size_t j = 0; j < m_features.size(); ++j) {
            const auto column = static_cast<Eigen::Index>(j);
            x.startVec(column);
            if (m_features[j].kind == Feature::Kind::Sparse)
                copySparseColumn(m_features[j].column, newRow, x, column);
            else
                for (std::size_t i = 0; i < m_out.rows.size(); ++i)
                    if (const double value = featureValue(m_features[j], m_out.rows[i]); value != 0.0)
                        x.insertBack(static_cast<Eigen::Index>(i), column) = value;
        }
        x.finalize();
        m_out.x = std::move(x);
    }

    void copySparseColumn(std::size_t from, const std::vector<int>& newRow, SparseMatrix& x,
                          Eigen::Index to) const {
        for (SparseMatrix::InnerIterator it(m_table.sparse->values, static_cast<Eigen::Index>(from)); it;
             ++it)
            if (const int row = newRow[static_cast<std::size_t>(it.row())]; row >= 0)
                x.insertBack(row, to) = it.value();
    }

    const Dataset& m_dataset;
    const Table& m_table;
    std::unordered_map<std::string, std::size_t> m_dense, m_sparse; // name → index
    std::vector<std::string> m_names;                               // features asked for, by column
    std::vector<Feature> m_features;
    std::size_t m_target = 0;
    bool m_anySparse = false;
    Design m_out;
};

} // namespace

Expected<std::vector<std::size_t>> rowsChosen(const Dataset& dataset) {
    auto rows = rowsPassing(*dataset.table, dataset.rowFilter);
    if (rows && dataset.sample && dataset.sample->count < rows->size()) keepSample(*dataset.sample, *rows);
    return rows;
}

Expected<Design> designOf(const Dataset& dataset) {
    if (!dataset.table) return fail("no data has been chosen");
    return DesignMaker(dataset).run();
}

} // namespace orrery::data
