#include "widgets/plot/decimate.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace orrery {

namespace {

void appendRun(QPolygonF& result, const QPolygonF& line, qsizetype first, qsizetype last) {
    qsizetype lowest = first, highest = first;
    for (qsizetype i = first; i <= last; ++i) {
        if (line[i].y() < line[lowest].y()) lowest = i;
        if (line[i].y() > line[highest].y()) highest = i;
    }
    std::array<qsizetype, 4> keep{first, std::min(lowest, highest), std::max(lowest, highest), last};
    for (std::size_t k = 0; k < keep.size(); ++k)
        if (k == 0 || keep[k] != keep[k - 1]) result.append(line[keep[k]]);
}

} // namespace

QPolygonF decimate(const QPolygonF& line, double columnWidth) {
    QPolygonF result;
    result.reserve(std::min<qsizetype>(line.size(), 4096));
    for (qsizetype first = 0; first < line.size();) {
        const double column = std::floor(line[first].x() / columnWidth);
        qsizetype last = first;
        while (last + 1 < line.size() && std::floor(line[last + 1].x() / columnWidth) == column)
            ++last;
        appendRun(result, line, first, last);
        first = last + 1;
    }
    return result;
}

} // namespace orrery
