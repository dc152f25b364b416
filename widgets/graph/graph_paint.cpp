#include "widgets/graph/graph_paint.h"

#include "widgets/frame/paint.h"
#include "widgets/plot/strokes.h"
#include "widgets/theme/contrast.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

namespace orrery {

namespace {

constexpr int kVisited = 0, kFrontier = 4, kFound = 2, kTarget = 3; ///< categories of the theme
constexpr double kSmallestText = 6.5;                               ///< before scaling; smaller is left out
constexpr double kMostBetween = 84.0;                               ///< columns
constexpr double kMostLevel = 116.0;

QString words(const char* text) {
    return QCoreApplication::translate("orrery::Graph", text);
}

/// Text on a tint must be read.
StateInk tinted(const QColor& hue, double share, double width, const Theme& theme) {
    const QColor fill = mixed(theme.surface, hue, share);
    return {fill, hue, readable(theme.ink, fill), width};
}

} // namespace

GraphPicture pictureOf(const TreeLayout& layout, std::span<const int> parent) {
    GraphPicture picture;
    for (std::size_t i = 0; i < parent.size(); ++i) {
        picture.nodes.push_back({QPointF(layout.x[i], layout.level[i]), {}, {}});
        if (parent[i] >= 0) picture.edges.push_back({parent[i], static_cast<int>(i)});
    }
    return picture;
}

QString nameOf(NodeState state) {
    switch (state) {
    case NodeState::Unseen:
        return words("not seen");
    case NodeState::Frontier:
        return words("waiting");
    case NodeState::Visited:
        return words("visited");
    case NodeState::Current:
        return words("this step");
    case NodeState::Found:
        return words("the way to it");
    case NodeState::Rejected:
        break;
    }
    return words("cut off");
}

StateInk inkOf(NodeState state, const Theme& theme) {
    const double thin = theme.contextWidth(), thick = std::max(2.0, theme.contextWidth() * 1.3);
    switch (state) {
    case NodeState::Unseen:
        return {theme.surface, readable(theme.ghost, theme.surface, 1.6), theme.inkSecond, thin};
    case NodeState::Frontier:
        return tinted(theme.category(kFrontier).color, 0.22, thick, theme);
    case NodeState::Visited:
        return tinted(theme.category(kVisited).color, 0.26, thin, theme);
    case NodeState::Current:
        return {theme.brass, theme.brass, theme.onBrass, thick};
    case NodeState::Found:
        return tinted(theme.category(kFound).color, 0.30, thick, theme);
    case NodeState::Rejected:
        break;
    }
    return {theme.surface, theme.inkThird, theme.inkSecond, thin};
}

void drawNodeShape(QPainter& painter, QPointF centre, double radius, NodeState state, const Theme& theme) {
    const StateInk ink = inkOf(state, theme);
    const double width = std::min(ink.width, radius * 0.4);
    painter.setPen(QPen(ink.line, width));
    painter.setBrush(ink.fill);
    if (state == NodeState::Frontier) {
        const double half = radius * 0.9;
        painter.drawRoundedRect(QRectF(centre.x() - half, centre.y() - half, 2 * half, 2 * half), half * 0.35,
                                half * 0.35);
        return;
    }
    if (state == NodeState::Current || state == NodeState::Found) {
        const double ring = radius + width * 1.7;
        painter.setBrush(theme.surface);
        painter.drawEllipse(centre, ring, ring);
        painter.setBrush(ink.fill);
    }
    painter.drawEllipse(centre, radius, radius);
    if (state != NodeState::Rejected) return;
    // A small cross beside it: one over the label would make another number of it.
    const QPointF at = centre + QPointF(radius, radius) * 0.74;
    const double reach = std::max(radius * 0.26, 1.5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.surface);
    painter.drawEllipse(at, reach * 1.5, reach * 1.5);
    painter.setPen(QPen(readable(theme.inkSecond, theme.surface), std::max(width, reach * 0.5), Qt::SolidLine,
                        Qt::RoundCap));
    painter.drawLine(at - QPointF(reach, reach) * 0.8, at + QPointF(reach, reach) * 0.8);
    painter.drawLine(at + QPointF(-reach, reach) * 0.8, at + QPointF(reach, -reach) * 0.8);
}

void drawFitted(QPainter& painter, const QRectF& box, const QString& text, const QColor& color,
                const Theme& theme, double largest) {
    if (text.isEmpty()) return;
    QFont font = theme.numbers(12, QFont::DemiBold);
    const double least = kSmallestText * theme.scale;
    double size = std::min(largest * theme.scale, box.height() * 0.78);
    font.setPixelSize(std::max(1, static_cast<int>(size)));
    const double wide = textWidth(font, text);
    if (wide > box.width()) size *= box.width() / wide;
    if (size < least) return;
    font.setPixelSize(static_cast<int>(size));
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(box.adjusted(-2, -2, 2, 2), Qt::AlignCenter | Qt::TextSingleLine, text);
}

void drawTarget(QPainter& painter, QPointF centre, double radius, const Theme& theme) {
    drawMark(painter, centre, MarkShape::Diamond, radius, theme.category(kTarget).color, theme.surface);
}

void drawNode(QPainter& painter, const GraphNode& node, QPointF centre, double radius, const Theme& theme) {
    drawNodeShape(painter, centre, radius, node.state, theme);
    const double half = radius * (node.state == NodeState::Frontier ? 0.82 : 0.78);
    drawFitted(painter, QRectF(centre.x() - half, centre.y() - half, 2 * half, 2 * half), node.label,
               inkOf(node.state, theme).text, theme, 15.0);
    if (node.isTarget)
        drawTarget(painter, centre + QPointF(radius, -radius) * 0.86,
                   std::clamp(radius * 0.42, 3.0, 9.0 * theme.scale), theme);
    if (node.note.isEmpty() || radius < 5.0 * theme.scale) return;
    QFont font = theme.numbers(10);
    font.setPixelSize(
        std::max(1, static_cast<int>(std::clamp(radius * 0.7, 8.0 * theme.scale, 12.0 * theme.scale))));
    const double wide = textWidth(font, node.note), high = QFontMetricsF(font).height();
    const QRectF box(centre.x() - radius * 0.95 - wide, centre.y() - radius * 0.9 - high * 0.6, wide, high);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(box.adjusted(-1, high * 0.12, 1, -high * 0.12), 3, 3);
    painter.setFont(font);
    painter.setPen(theme.inkSecond);
    painter.drawText(box.adjusted(-2, 0, 2, 0), Qt::AlignCenter | Qt::TextSingleLine, node.note);
}

void drawEdge(QPainter& painter, QPointF from, QPointF to, EdgeState state, const Theme& theme) {
    QPen pen(readable(theme.ghost, theme.surface, 1.5), theme.contextWidth(), Qt::SolidLine, Qt::RoundCap);
    if (state == EdgeState::Taken)
        pen = QPen(mixed(theme.surface, theme.category(kVisited).color, 0.75), theme.contextWidth() * 1.2,
                   Qt::SolidLine, Qt::RoundCap);
    if (state == EdgeState::Path)
        pen = QPen(theme.category(kFound).color, theme.focusWidth() * 1.4, Qt::SolidLine, Qt::RoundCap);
    painter.setPen(pen);
    painter.drawLine(from, to);
}

bool hasRoomForLabels(double radius, const Theme& theme) {
    return radius >= 7.5 * theme.scale;
}

GraphFit fitOf(const GraphPicture& picture, const QRectF& room, double largestRadius, const Theme& theme,
               double zoom) {
    GraphFit fit;
    if (picture.nodes.empty()) return fit;
    double left = picture.nodes.front().at.x(), right = left, top = picture.nodes.front().at.y(),
           bottom = top;
    for (const GraphNode& node : picture.nodes) {
        left = std::min(left, node.at.x()), right = std::max(right, node.at.x());
        top = std::min(top, node.at.y()), bottom = std::max(bottom, node.at.y());
    }
    // A node at the edge reaches over it by its radius, hence the units beyond the span.
    const double widest = theme.px(kMostBetween), tallest = theme.px(kMostLevel);
    const double wide = right - left + 0.9, high = bottom - top + 0.85;
    const double column = std::min(widest, room.width() / wide),
                 level = std::min(tallest, room.height() / high);
    fit.nearest = std::max(widest / column, tallest / level);
    fit.column = std::min(widest, column * zoom);
    fit.level = std::min(tallest, level * zoom);
    fit.size = {wide * fit.column, high * fit.level};
    fit.centre = room.center();
    fit.radius = std::max(1.5, std::min({theme.scale * largestRadius, fit.column * 0.41, fit.level * 0.38}));
    fit.originY = room.center().y() - (top + bottom) / 2 * fit.level;
    for (const GraphNode& node : picture.nodes)
        fit.pixels.emplace_back(room.center().x() + (node.at.x() - (left + right) / 2) * fit.column,
                                fit.originY + node.at.y() * fit.level);
    return fit;
}

void drawGraph(QPainter& painter, const GraphPicture& picture, const QRectF& room, double largestRadius,
               const Theme& theme) {
    const GraphFit fit = fitOf(picture, room, largestRadius, theme);
    for (const GraphEdge& edge : picture.edges) {
        const auto from = static_cast<std::size_t>(edge.from), to = static_cast<std::size_t>(edge.to);
        if (!picture.nodes[from].isHidden && !picture.nodes[to].isHidden)
            drawEdge(painter, fit.pixels[from], fit.pixels[to], edge.state, theme);
    }
    for (std::size_t i = 0; i < picture.nodes.size(); ++i)
        if (!picture.nodes[i].isHidden) drawNode(painter, picture.nodes[i], fit.pixels[i], fit.radius, theme);
}

double legendHeight(const Theme& theme) {
    return theme.px(26);
}

double drawLegend(QPainter& painter, const QRectF& where, const std::vector<NodeState>& states,
                  const QString& target, const Theme& theme) {
    const QFont font = theme.words(12);
    const double radius = theme.px(6), gap = theme.px(16), height = legendHeight(theme);
    double left = where.left() + radius + theme.px(4);
    const double middle = where.top() + height / 2;
    const auto entry = [&](const QString& name, const auto& draw) {
        const double wide = textWidth(font, name);
        if (left + radius + theme.px(6) + wide > where.right()) return;
        draw(QPointF(left, middle));
        const QRectF text(left + radius + theme.px(6), where.top(), wide + 4, height);
        drawElided(painter, text, Qt::AlignLeft | Qt::AlignVCenter, font, theme.inkSecond, name);
        left = text.left() + wide + gap + radius;
    };
    for (const NodeState state : states)
        entry(nameOf(state), [&](QPointF at) { drawNodeShape(painter, at, radius * 0.85, state, theme); });
    if (!target.isEmpty()) entry(target, [&](QPointF at) { drawTarget(painter, at, radius * 0.8, theme); });
    return height;
}

} // namespace orrery
