// Level lines of a function that is known on a grid, by marching squares: in each cell the crossings of its
// edges, taken linearly, are joined; the mean of the corners decides a saddle. O(cells).
//
// Lorensen & Cline, SIGGRAPH 1987, in two dimensions.
#pragma once

#include <QPolygonF>
#include <QRectF>
#include <vector>

namespace orrery {

/// value(column, row) at the corners of equal cells; column 0 at `left`, row 0 at `bottom`.
struct ScalarGrid {
    int columns = 0, rows = 0;
    double left = 0.0, right = 1.0, bottom = 0.0, top = 1.0;
    std::vector<double> values; ///< rows × columns, a row after the other

    [[nodiscard]] bool isEmpty() const { return columns < 2 || rows < 2; }
    [[nodiscard]] double at(int column, int row) const {
        return values[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                      static_cast<std::size_t>(column)];
    }
    [[nodiscard]] double x(double column) const { return left + (right - left) * column / (columns - 1); }
    [[nodiscard]] double y(double row) const { return bottom + (top - bottom) * row / (rows - 1); }
};

/// Lines in data, each as long as it goes: closed ones end where they began. Cells with a value that is not
/// finite are left out.
[[nodiscard]] std::vector<QPolygonF> contourLines(const ScalarGrid& grid, double level);

} // namespace orrery
