#include "app/labs/svm/views/lift_view.h"

#include "widgets/canvas/canvas_points.h"
#include "widgets/frame/paint.h"
#include "widgets/plot/strokes.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace orrery::svmview {

namespace {

constexpr double kDegreesAPixel = 0.5;
constexpr double kDegreesAPress = 8.0;
constexpr double kYaw = 2.0, kPitch = 18.0;
constexpr double kMargin = 26.0; ///< pixels, for the names of the axes
constexpr double kRoom = 0.06;   ///< around the points, of the box

constexpr std::array<std::pair<int, int>, 12> kEdges{
    {{0, 1}, {1, 3}, {3, 2}, {2, 0}, {4, 5}, {5, 7}, {7, 6}, {6, 4}, {0, 4}, {1, 5}, {3, 7}, {2, 6}}};

double radians(double degrees) {
    return degrees * std::numbers::pi / 180.0;
}

Place corner(const Place& low, const Place& high, int k) {
    return {k & 1 ? high[0] : low[0], k & 2 ? high[1] : low[1], k & 4 ? high[2] : low[2]};
}

} // namespace

LiftView::LiftView(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::OpenHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void LiftView::setPicture(std::shared_ptr<const LiftPicture> picture) {
    m_picture = std::move(picture);
    measure();
    update();
}

void LiftView::measure() {
    if (!hasPoints() || m_picture->points.empty()) return;
    m_low = m_high = m_picture->points.front();
    for (const Place& point : m_picture->points)
        for (std::size_t k = 0; k < 3; ++k)
            m_low[k] = std::min(m_low[k], point[k]), m_high[k] = std::max(m_high[k], point[k]);
    double longest = 1e-12;
    for (std::size_t k = 0; k < 3; ++k)
        longest = std::max(longest, m_high[k] - m_low[k]);
    for (std::size_t k = 0; k < 3; ++k)
        m_low[k] -= kRoom * longest, m_high[k] += kRoom * longest;
}

QString LiftView::summary() const {
    return hasPoints() ? tr("the boundary, a plane") : QString();
}

void LiftView::turn(double aroundUp, double aroundRight) {
    m_yaw = std::remainder(m_yaw + aroundUp, 360.0);
    m_pitch = std::clamp(m_pitch + aroundRight, -90.0, 90.0);
    update();
}

void LiftView::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

QSize LiftView::minimumSizeHint() const {
    return {m_theme.px(180), m_theme.px(160)};
}

// Pixels of half the longest side of the box, so that it fits however it is turned around the vertical.
double LiftView::unitFor(double longest, double cosPitch, double sinPitch) const {
    const auto half = [&](std::size_t k) { return (m_high[k] - m_low[k]) / longest; };
    const double wide = std::hypot(half(0), half(1)), tall = half(2) * cosPitch + wide * sinPitch;
    const double margin = m_theme.px(kMargin);
    return std::max(10.0, std::min((width() / 2.0 - margin) / wide, (height() / 2.0 - margin) / tall));
}

// The third feature points up; the camera looks from far away: parallel lines stay parallel.
LiftView::Seen LiftView::seen(const Place& place) const {
    double longest = 1e-12;
    for (std::size_t k = 0; k < 3; ++k)
        longest = std::max(longest, m_high[k] - m_low[k]);
    Place p;
    for (std::size_t k = 0; k < 3; ++k)
        p[k] = 2.0 * (place[k] - 0.5 * (m_low[k] + m_high[k])) / longest;
    const double yaw = radians(m_yaw), pitch = radians(m_pitch);
    const double right = p[0] * std::cos(yaw) - p[1] * std::sin(yaw),
                 away = p[0] * std::sin(yaw) + p[1] * std::cos(yaw);
    const double up = p[2] * std::cos(pitch) + away * std::sin(pitch),
                 near = p[2] * std::sin(pitch) - away * std::cos(pitch);
    const double unit = unitFor(longest, std::cos(pitch), std::abs(std::sin(pitch)));
    return {QPointF(width() / 2.0 + unit * right, height() / 2.0 - unit * up), near};
}

double LiftView::side(const Place& place) const {
    double f = m_picture->offset;
    for (std::size_t k = 0; k < 3; ++k)
        f += m_picture->normal[k] * place[k];
    return f;
}

// Where the plane cuts the box: the crossings of its edges, in order around their middle.
QPolygonF LiftView::cutPolygon() const {
    std::vector<QPointF> crossings;
    for (const auto& [a, b] : kEdges) {
        const Place from = corner(m_low, m_high, a), to = corner(m_low, m_high, b);
        const double fa = side(from), fb = side(to);
        if ((fa > 0.0) == (fb > 0.0)) continue;
        const double t = fa / (fa - fb);
        Place at;
        for (std::size_t k = 0; k < 3; ++k)
            at[k] = from[k] + t * (to[k] - from[k]);
        crossings.push_back(seen(at).at);
    }
    QPointF middle;
    for (const QPointF& at : crossings)
        middle += at / static_cast<double>(crossings.size());
    std::sort(crossings.begin(), crossings.end(), [middle](QPointF a, QPointF b) {
        return std::atan2(a.y() - middle.y(), a.x() - middle.x()) <
               std::atan2(b.y() - middle.y(), b.x() - middle.x());
    });
    return QPolygonF(QList<QPointF>(crossings.begin(), crossings.end()));
}

// On the other side of the plane than the camera.
bool LiftView::isBehind(const Place& place) const {
    const double yaw = radians(m_yaw), pitch = radians(m_pitch);
    const Place towards{-std::sin(yaw) * std::cos(pitch), -std::cos(yaw) * std::cos(pitch), std::sin(pitch)};
    double facing = 0.0;
    for (std::size_t k = 0; k < 3; ++k)
        facing += m_picture->normal[k] * towards[k];
    return (side(place) > 0.0) != (facing > 0.0);
}

void LiftView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.fillRect(rect(), m_theme.surface);
    if (!hasPoints()) {
        painter.setFont(m_theme.words(13));
        painter.setPen(m_theme.inkSecond);
        const int pad = m_theme.px(20);
        painter.drawText(rect().adjusted(pad, pad, -pad, -pad), Qt::AlignCenter | Qt::TextWordWrap,
                         m_picture ? m_picture->missing : QString());
    } else {
        paintFrame(painter);
        paintPoints(painter, true);
        paintPlane(painter);
        paintPoints(painter, false);
    }
    if (m_focusRing) drawFocusRing(painter, QRectF(rect()), m_theme.px(6), m_theme);
}

void LiftView::paintFrame(QPainter& painter) const {
    painter.setPen(QPen(m_theme.line, m_theme.hairline()));
    for (const auto& [a, b] : kEdges)
        painter.drawLine(seen(corner(m_low, m_high, a)).at, seen(corner(m_low, m_high, b)).at);
    // Each axis is named at the middle of an edge from the lowest corner, pushed out of the box.
    const QFont font = m_theme.formula(14);
    painter.setFont(font);
    painter.setPen(m_theme.inkSecond);
    const QFontMetricsF metrics(font);
    const std::array<QString, 3> names{QStringLiteral("x₁²"), QStringLiteral("√2 x₁x₂"),
                                       QStringLiteral("x₂²")};
    const QPointF centre(width() / 2.0, height() / 2.0);
    for (int k = 0; k < 3; ++k) {
        // Of the four edges along this axis the one that is farthest from the middle of the picture.
        QPointF best = centre;
        for (int c = 0; c < 8; ++c) {
            if (c & (1 << k)) continue;
            const QPointF middle =
                0.5 * (seen(corner(m_low, m_high, c)).at + seen(corner(m_low, m_high, c | (1 << k))).at);
            const bool farther = QLineF(centre, middle).length() > QLineF(centre, best).length() + 1e-6;
            if (farther && (k == 2 || middle.y() > centre.y() - 1)) best = middle;
        }
        const QLineF out(centre, best);
        const double push =
            m_theme.px(18) + 0.5 * metrics.horizontalAdvance(names[static_cast<std::size_t>(k)]) *
                                 std::abs(out.dx()) / std::max(1.0, out.length());
        const QPointF at = best + (out.p2() - out.p1()) / std::max(1.0, out.length()) * push;
        const QString& name = names[static_cast<std::size_t>(k)];
        double left = at.x() - metrics.horizontalAdvance(name) / 2;
        left = std::clamp(left, 2.0, std::max(2.0, width() - metrics.horizontalAdvance(name) - 2));
        const double base = std::clamp(at.y() + metrics.ascent() / 2, metrics.ascent() + 2.0, height() - 4.0);
        painter.drawText(QPointF(left, base), name);
    }
}

void LiftView::paintPlane(QPainter& painter) const {
    const QPolygonF cut = cutPolygon();
    if (cut.size() < 3) return;
    QColor fill = m_theme.ink;
    fill.setAlphaF(0.10f);
    painter.setBrush(fill);
    painter.setPen(QPen(m_theme.ink, m_theme.contextWidth()));
    painter.drawPolygon(cut);
}

void LiftView::paintPoints(QPainter& painter, bool behind) const {
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t i = 0; i < m_picture->points.size(); ++i)
        if (isBehind(m_picture->points[i]) == behind) order.emplace_back(seen(m_picture->points[i]).depth, i);
    std::sort(order.begin(), order.end());
    const double r = m_theme.markSize() * (m_picture->points.size() <= 200 ? 0.8 : 0.55);
    for (const auto& [depth, i] : order) {
        const CategoryStyle& style = m_theme.category(categoryOfClass(m_picture->labels[i]));
        const QPointF at = seen(m_picture->points[i]).at;
        drawMark(painter, at, style.shape, r, style.color, m_theme.surface);
        if (m_picture->supports[i])
            drawOpenMark(painter, at, MarkShape::Disc, r * 1.8, QPen(m_theme.ink, 1.1 * m_theme.lineScale));
    }
}

void LiftView::focusInEvent(QFocusEvent* event) {
    m_focusRing = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    update();
}

void LiftView::focusOutEvent(QFocusEvent*) {
    m_focusRing = false;
    update();
}

void LiftView::mousePressEvent(QMouseEvent* event) {
    m_last = event->position();
}

void LiftView::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton)) return;
    const QPointF by = event->position() - m_last;
    m_last = event->position();
    turn(-kDegreesAPixel * by.x(), kDegreesAPixel * by.y());
}

void LiftView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_0) {
        m_yaw = kYaw, m_pitch = kPitch;
        return update();
    }
    if (!(event->modifiers() & Qt::AltModifier)) return QWidget::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Left:
        return turn(kDegreesAPress, 0);
    case Qt::Key_Right:
        return turn(-kDegreesAPress, 0);
    case Qt::Key_Up:
        return turn(0, -kDegreesAPress);
    case Qt::Key_Down:
        return turn(0, kDegreesAPress);
    default:
        return QWidget::keyPressEvent(event);
    }
}

} // namespace orrery::svmview
