#include "widgets/plot/contour_lines.h"

#include <array>
#include <cmath>
#include <cstdint>

namespace orrery {

namespace {

/// An edge between two corners, by number: 2 (row · columns + column), + 0 to the right of that corner, + 1
/// above it. The line crosses it once, and at most two cells share it.
using Edge = std::int64_t;

class Tracer {
  public:
    Tracer(const ScalarGrid& grid, double level)
        : m_grid(grid), m_level(level), m_links(grid.values.size() * 2, {-1, -1}) {}

    std::vector<QPolygonF> lines() {
        for (int row = 0; row + 1 < m_grid.rows; ++row)
            for (int column = 0; column + 1 < m_grid.columns; ++column)
                cell(column, row);
        std::vector<QPolygonF> lines;
        // Ends first: what is left then is closed.
        for (const bool ends : {true, false})
            for (std::size_t edge = 0; edge < m_links.size(); ++edge)
                if (m_links[edge][0] >= 0 && (!ends || m_links[edge][1] < 0))
                    lines.push_back(trace(static_cast<Edge>(edge)));
        return lines;
    }

  private:
    [[nodiscard]] Edge edgeAt(int column, int row, bool up) const {
        return 2 * (static_cast<Edge>(row) * m_grid.columns + column) + (up ? 1 : 0);
    }

    void link(Edge a, Edge b) {
        for (const auto& [from, to] : {std::pair(a, b), std::pair(b, a)}) {
            auto& links = m_links[static_cast<std::size_t>(from)];
            (links[0] < 0 ? links[0] : links[1]) = to;
        }
    }

    void cell(int column, int row) {
        const std::array<double, 4> v{m_grid.at(column, row), m_grid.at(column + 1, row),
                                      m_grid.at(column + 1, row + 1), m_grid.at(column, row + 1)};
        int above = 0;
        double sum = 0.0;
        for (std::size_t k = 0; k < 4; ++k) {
            if (!std::isfinite(v[k])) return;
            above |= (v[k] > m_level ? 1 : 0) << k;
            sum += v[k];
        }
        const Edge bottom = edgeAt(column, row, false), right = edgeAt(column + 1, row, true),
                   top = edgeAt(column, row + 1, false), left = edgeAt(column, row, true);
        if (above == 5 || above == 10) {
            // A saddle: the corners that are like the middle are joined.
            const bool joins = (sum / 4 > m_level) == (above == 5);
            link(bottom, joins ? right : left);
            return link(top, joins ? left : right);
        }
        std::array<Edge, 2> crossed{-1, -1};
        const auto differs = [&](int a, int b) { return ((above >> a) & 1) != ((above >> b) & 1); };
        for (const auto& [edge, a, b] : {std::tuple(bottom, 0, 1), std::tuple(right, 1, 2),
                                         std::tuple(top, 3, 2), std::tuple(left, 0, 3)})
            if (differs(a, b)) (crossed[0] < 0 ? crossed[0] : crossed[1]) = edge;
        if (crossed[1] >= 0) link(crossed[0], crossed[1]);
    }

    [[nodiscard]] QPointF place(Edge edge) const {
        const bool up = edge % 2 == 1;
        const int column = static_cast<int>(edge / 2 % m_grid.columns),
                  row = static_cast<int>(edge / 2 / m_grid.columns);
        const double a = m_grid.at(column, row),
                     b = up ? m_grid.at(column, row + 1) : m_grid.at(column + 1, row);
        const double t = (m_level - a) / (b - a);
        return {m_grid.x(column + (up ? 0.0 : t)), m_grid.y(row + (up ? t : 0.0))};
    }

    QPolygonF trace(Edge start) {
        QPolygonF line;
        Edge edge = start;
        while (edge >= 0) {
            line.append(place(edge));
            auto& links = m_links[static_cast<std::size_t>(edge)];
            const Edge next = links[0] >= 0 ? links[0] : links[1];
            if (next < 0) break;
            (links[0] >= 0 ? links[0] : links[1]) = -1;
            auto& back = m_links[static_cast<std::size_t>(next)];
            (back[0] == edge ? back[0] : back[1]) = -1;
            edge = next;
            if (edge == start) {
                line.append(line.first());
                break;
            }
        }
        return line;
    }

    const ScalarGrid& m_grid;
    double m_level;
    std::vector<std::array<Edge, 2>> m_links; ///< of each edge, where its line goes on
};

} // namespace

std::vector<QPolygonF> contourLines(const ScalarGrid& grid, double level) {
    if (grid.isEmpty()) return {};
    return Tracer(grid, level).lines();
}

} // namespace orrery
