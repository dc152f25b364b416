#include "core/calibration/scoring_method.h"

#include "core/calibration/binary_target.h"

namespace orrery::calibration {

using Eigen::Index;

namespace {

data::SparseMatrix selectRows(const data::SparseMatrix& from, const std::vector<Index>& rows) {
    std::vector<int> newRow(static_cast<std::size_t>(from.rows()), -1);
    for (std::size_t i = 0; i < rows.size(); ++i)
        newRow[static_cast<std::size_t>(rows[i])] = static_cast<int>(i);
    std::vector<Eigen::Triplet<double>> entries;
    for (Index j = 0; j < from.cols(); ++j)
        for (data::SparseMatrix::InnerIterator it(from, j); it; ++it)
            if (const int row = newRow[static_cast<std::size_t>(it.row())]; row >= 0)
                entries.emplace_back(row, static_cast<int>(j), it.value());
    data::SparseMatrix selected(static_cast<Index>(rows.size()), from.cols());
    selected.setFromTriplets(entries.begin(), entries.end());
    return selected;
}

} // namespace

Expected<BinaryDesign> binaryDesignOf(const data::Dataset& dataset, const std::string& event) {
    auto design = data::designOf(dataset);
    if (!design) return tl::unexpected(design.error());
    auto target = binaryTarget({design->y.data(), static_cast<std::size_t>(design->y.size())},
                               design->targetLevels, design->targetName, event);
    if (!target) return tl::unexpected(target.error());
    return BinaryDesign{std::move(design->x),         std::move(target->labels),
                        std::move(design->names),     std::move(design->targetName),
                        std::move(target->eventName), std::move(target->otherName)};
}

BinaryDesign selectRows(const BinaryDesign& design, const std::vector<Index>& rows) {
    BinaryDesign selected;
    selected.names = design.names;
    selected.targetName = design.targetName;
    selected.eventName = design.eventName;
    selected.otherName = design.otherName;
    for (const Index row : rows)
        selected.labels.push_back(design.labels[static_cast<std::size_t>(row)]);
    if (const auto* dense = std::get_if<data::DenseMatrix>(&design.x))
        selected.x = data::DenseMatrix((*dense)(rows, Eigen::all));
    else
        selected.x = selectRows(std::get<data::SparseMatrix>(design.x), rows);
    return selected;
}

} // namespace orrery::calibration
