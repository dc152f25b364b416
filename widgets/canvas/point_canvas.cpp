#include "widgets/canvas/point_canvas.h"

#include "widgets/canvas/canvas_hand.h"
#include "widgets/plot/raster_scatter.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <QMouseEvent>
#include <algorithm>
#include <cmath>

namespace orrery {

namespace {
constexpr double kReach = 10.0; ///< pixels from the pointer to a point
} // namespace

PointCanvas::PointCanvas(QWidget* parent, bool addsMarks) : Plot(parent) {
    if (addsMarks) addMarks();
}

void PointCanvas::addMarks() {
    m_scatter = new RasterScatter(this);
    new Sketch(this, [this](QPainter& painter) { paintMarks(painter); });
    new Sketch(
        this, [this](QPainter& painter) { paintSelection(painter); }, true, Sketch::Level::Overlay);
    m_hand = new CanvasHand(this);
    connect(this, &Plot::hovered, this, [this](QPointF pixel) { m_hand->hover(pixel); });
    connect(this, &Plot::pointerLeft, this, [this] { m_hand->hover(std::nullopt); });
    // Where nothing can be edited the hand leaves the ground to the plot.
    connect(this, &Plot::clicked, this, [this](QPointF pixel) {
        if (!isEditable() && m_points->size() > 0 && area().contains(pixel)) refuse();
    });
}

// --- what it shows ---

void PointCanvas::setPoints(std::shared_ptr<const CanvasPoints> points) {
    const bool asMany = points->size() == m_points->size();
    m_points = std::move(points);
    std::vector<std::uint8_t> categories;
    for (const std::uint8_t label : m_points->label)
        if (!showsShapes()) categories.push_back(static_cast<std::uint8_t>(categoryOfClass(label)));
    m_scatter->setData(showsShapes() ? std::vector<double>() : m_points->x,
                       showsShapes() ? std::vector<double>() : m_points->y, categories);
    if (!asMany) setSelection({});
    schedule();
}

void PointCanvas::setClassCount(int count) {
    m_classCount = std::max(1, count);
    m_brushClass = std::min(m_brushClass, m_classCount - 1);
}

void PointCanvas::setTool(Tool tool) {
    if (std::exchange(m_tool, tool) != tool) update();
}

void PointCanvas::setBrushClass(int label) {
    m_brushClass = std::clamp(label, 0, m_classCount - 1);
    update();
}

void PointCanvas::setEditable(bool editable, const QString& why) {
    m_editable = editable;
    m_why = why;
}

bool PointCanvas::isEditable() const {
    return m_editable && m_points->size() <= kMostEditable;
}

bool PointCanvas::isHeld() const {
    return m_hand->isBusy();
}

void PointCanvas::setSelection(std::vector<int> rows) {
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    std::erase_if(rows, [this](int row) { return row < 0 || row >= static_cast<int>(m_points->size()); });
    if (rows == m_selection) return;
    m_selection = std::move(rows);
    update();
    Q_EMIT selectionChanged(m_selection);
}

// --- what the hand asks for ---

int PointCanvas::rowAt(QPointF pixel) const {
    int best = -1;
    double closest = kReach * theme().lineScale;
    for (std::size_t row = 0; row < m_points->size(); ++row) {
        const QPointF away = pixel - pixelOf(row);
        const double distance = std::hypot(away.x(), away.y());
        if (!(distance < closest)) continue;
        closest = distance;
        best = static_cast<int>(row);
    }
    return best;
}

std::vector<int> PointCanvas::rowsWithin(QPointF pixel, double radius) const {
    std::vector<int> rows;
    for (std::size_t row = 0; row < m_points->size(); ++row) {
        const QPointF away = pixel - pixelOf(row);
        if (std::hypot(away.x(), away.y()) <= radius) rows.push_back(static_cast<int>(row));
    }
    return rows;
}

std::vector<int> PointCanvas::rowsInside(const QPolygonF& pixels) const {
    std::vector<int> rows;
    for (std::size_t row = 0; row < m_points->size(); ++row)
        if (pixels.containsPoint(pixelOf(row), Qt::OddEvenFill)) rows.push_back(static_cast<int>(row));
    return rows;
}

void PointCanvas::take(int row, bool extend) {
    const bool chosen = std::binary_search(m_selection.begin(), m_selection.end(), row);
    if (extend) {
        std::vector<int> rows = m_selection;
        if (chosen)
            std::erase(rows, row);
        else
            rows.push_back(row);
        return setSelection(std::move(rows));
    }
    if (!chosen) setSelection({row});
}

void PointCanvas::add(const std::vector<QPointF>& places, bool still) {
    if (m_editable && m_points->size() + places.size() > kMostEditable) return refuse();
    apply(added(*m_points, places, m_brushClass), still);
}

void PointCanvas::refuse() {
    if (m_editable)
        Q_EMIT refused(tr("More than %1 points cannot be followed by hand.").arg(kMostEditable));
    else
        Q_EMIT refused(m_why.isEmpty() ? tr("These points cannot be edited.") : m_why);
}

void PointCanvas::apply(CanvasPoints points, bool still) {
    if (!isEditable()) return refuse();
    setPoints(std::make_shared<const CanvasPoints>(std::move(points)));
    Q_EMIT edited(m_points, still);
}

// Two quick clicks are two points, not a reset of the view.
void PointCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
    mousePressEvent(event);
}

// --- painting ---

double PointCanvas::markRadius() const {
    const std::size_t n = m_points->size();
    return theme().markSize() * (n <= 60 ? 1.15 : n <= 200 ? 0.95 : n <= 600 ? 0.75 : 0.6);
}

void PointCanvas::paintMarks(QPainter& painter) {
    if (!showsShapes()) return;
    const double r = markRadius();
    const QRectF box = area().adjusted(-r, -r, r, r);
    for (std::size_t row = 0; row < m_points->size(); ++row) {
        const QPointF at = pixelOf(row);
        if (!box.contains(at)) continue;
        const CategoryStyle& style = theme().category(categoryOfClass(m_points->label[row]));
        m_stamps.draw(painter, *this, at, style.shape, r, style.color);
    }
}

void PointCanvas::paintSelection(QPainter& painter) const {
    const QPen pen(theme().accent, 2.0 * theme().lineScale);
    for (const int row : m_selection) {
        const QPointF at = pixelOf(static_cast<std::size_t>(row));
        if (area().contains(at)) drawOpenMark(painter, at, MarkShape::Disc, markRadius() * 1.9, pen);
    }
}

} // namespace orrery
