#include "app/labs/isotonic/isotonic_edits.h"

#include <fmt/format.h>

namespace orrery {

namespace {

constexpr std::string_view kEdited = ", edited";

// A name is a column's: both axes must have one of their own.
std::string distinct(std::string name, const std::string& taken) {
    if (name == taken) name.append("_2");
    return name;
}

} // namespace

std::optional<EditedPoints> edited(const IsotonicRun& run, const PointChange& change) {
    data::NumericColumn x, y, weight;
    const auto add = [&](double atX, double atY, double w) {
        x.values.push_back(atX);
        y.values.push_back(atY);
        weight.values.push_back(w);
    };
    for (std::size_t row = 0; row < run.rowCount(); ++row) {
        const bool here = static_cast<int>(row) == change.row;
        if (here && change.kind == PointChange::Kind::Remove) continue;
        const bool moved = here && change.kind == PointChange::Kind::Move;
        add(moved ? change.x : run.rowX(row), moved ? change.y : run.rowY(row), run.rowWeight(row));
    }
    if (change.kind == PointChange::Kind::Add) add(change.x, change.y, 1.0);
    if (y.values.empty()) return std::nullopt;

    auto table = std::make_shared<data::Table>();
    table->rowCount = y.values.size();
    table->name = run.name;
    if (!run.name.ends_with(kEdited)) table->name.append(kEdited);
    table->provenance = fmt::format("{}, points moved by hand", run.name);
    const std::string xName = distinct(run.xName, run.yName);
    table->columns = {{xName, std::move(x)}, {run.yName, std::move(y)}};
    EditedPoints edit;
    edit.choices = {
        {"data", std::string("table")}, {"x", xName}, {"y", run.yName}, {"weight", std::string(kUnweighted)}};
    if (!run.weightName.empty()) {
        table->columns.push_back({run.weightName, std::move(weight)});
        edit.choices["weight"] = run.weightName;
    }
    auto dataset = std::make_shared<data::Dataset>();
    dataset->table = std::move(table);
    dataset->roles.target = run.yName;
    edit.dataset = std::move(dataset);
    return edit;
}

} // namespace orrery
