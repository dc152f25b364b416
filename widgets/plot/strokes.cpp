#include "widgets/plot/strokes.h"

#include "widgets/plot/decimate.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace orrery {

namespace {

/// Liang–Barsky: the part of a segment inside a box.
std::optional<QLineF> clippedSegment(const QLineF& line, const QRectF& box) {
    double from = 0.0, to = 1.0;
    const auto cut = [&](double step, double room) {
        if (step == 0.0) return room >= 0.0;
        const double t = room / step;
        if (step < 0.0)
            from = std::max(from, t);
        else
            to = std::min(to, t);
        return from <= to;
    };
    const bool inside = cut(-line.dx(), line.x1() - box.left()) && cut(line.dx(), box.right() - line.x1()) &&
                        cut(-line.dy(), line.y1() - box.top()) && cut(line.dy(), box.bottom() - line.y1());
    if (!inside) return std::nullopt;
    return QLineF(line.pointAt(from), line.pointAt(to));
}

QPolygonF plusOutline(double a, double b) {
    return {{-a, -b}, {a, -b}, {a, -a}, {b, -a},  {b, a},   {a, a},  {a, b},
            {-a, b},  {-a, a}, {-b, a}, {-b, -a}, {-a, -a}, {-a, -b}};
}

QPainterPath markPath(MarkShape shape, double r) {
    QPainterPath path;
    switch (shape) {
    case MarkShape::Disc:
    case MarkShape::Circle:
        path.addEllipse(QPointF(0, 0), r, r);
        break;
    case MarkShape::Triangle:
        path.addPolygon(QPolygonF{{0, -1.2 * r}, {1.1 * r, 0.8 * r}, {-1.1 * r, 0.8 * r}, {0, -1.2 * r}});
        break;
    case MarkShape::Square:
        path.addRect(-0.9 * r, -0.9 * r, 1.8 * r, 1.8 * r);
        break;
    case MarkShape::Diamond:
        path.addPolygon(
            QPolygonF{{0, -1.25 * r}, {1.25 * r, 0}, {0, 1.25 * r}, {-1.25 * r, 0}, {0, -1.25 * r}});
        break;
    case MarkShape::Plus:
        path.addPolygon(plusOutline(0.4 * r, 1.2 * r));
        break;
    }
    return path;
}

} // namespace

std::vector<QPolygonF> clippedLine(const QPolygonF& line, const QRectF& box) {
    std::vector<QPolygonF> parts;
    if (box.contains(line.boundingRect()) || line.size() < 2) {
        if (!line.isEmpty()) parts.push_back(line);
        return parts;
    }
    for (qsizetype i = 1; i < line.size(); ++i) {
        const auto segment = clippedSegment({line[i - 1], line[i]}, box);
        if (!segment) continue;
        if (parts.empty() || parts.back().last() != segment->p1()) parts.push_back(QPolygonF{segment->p1()});
        parts.back().append(segment->p2());
    }
    return parts;
}

std::vector<QPolygonF> pixelLines(const Plot& plot, std::span<const double> x, std::span<const double> y) {
    std::vector<QPolygonF> lines;
    const double grace = plot.paintsVectors() ? 0.0 : plot.theme().focusWidth();
    const QRectF box = plot.area().adjusted(-grace, -grace, grace, grace);
    QPolygonF run;
    const auto finish = [&] {
        if (run.isEmpty()) return;
        for (QPolygonF& part : clippedLine(decimate(run, 1.0 / plot.ratio()), box))
            lines.push_back(std::move(part));
        run.clear();
    };
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
        const QPointF point = plot.toPixel(x[i], y[i]);
        if (std::isfinite(point.x()) && std::isfinite(point.y()))
            run.append(point);
        else
            finish();
    }
    finish();
    return lines;
}

SplitLine splitAt(const QPolygonF& line, double pixelX) {
    SplitLine split;
    const auto after = std::find_if(line.begin(), line.end(), [&](QPointF p) { return p.x() > pixelX; });
    split.left = QPolygonF(QList<QPointF>(line.begin(), after));
    split.right = QPolygonF(QList<QPointF>(after, line.end()));
    if (split.left.isEmpty() || split.right.isEmpty()) return split;
    const QPointF a = split.left.last(), b = split.right.first();
    const double t = b.x() > a.x() ? (pixelX - a.x()) / (b.x() - a.x()) : 0.0;
    split.left.append(a + t * (b - a));
    split.right.prepend(a + t * (b - a));
    return split;
}

QPen solidPen(const QColor& color, double width) {
    return QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
}

QPen dottedPen(const QColor& color, double width) {
    QPen pen(color, width, Qt::CustomDashLine, Qt::RoundCap, Qt::RoundJoin);
    pen.setDashPattern({0.01, 2.6});
    return pen;
}

void strokeLines(QPainter& painter, const std::vector<QPolygonF>& lines, const QPen& pen) {
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    for (const QPolygonF& line : lines)
        painter.drawPolyline(line);
}

void drawMark(QPainter& painter, QPointF centre, MarkShape shape, double radius, const QColor& color,
              const QColor& surface) {
    if (shape == MarkShape::Circle) {
        drawMark(painter, centre, MarkShape::Disc, radius, color, surface);
        painter.setBrush(surface);
        painter.setPen(Qt::NoPen);
        painter.drawEllipse(centre, radius * 0.5, radius * 0.5);
        return;
    }
    const QPainterPath path = markPath(shape, radius).translated(centre);
    painter.setBrush(surface);
    painter.setPen(QPen(surface, radius * 0.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
    painter.setBrush(color);
    painter.setPen(Qt::NoPen);
    painter.drawPath(path);
}

void drawOpenMark(QPainter& painter, QPointF centre, MarkShape shape, double radius, const QPen& pen) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(pen);
    painter.drawPath(markPath(shape, radius).translated(centre));
}

} // namespace orrery
