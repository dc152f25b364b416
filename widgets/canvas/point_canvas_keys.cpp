// The keys of a canvas.
#include "widgets/canvas/canvas_hand.h"
#include "widgets/canvas/point_canvas.h"

#include <QKeyEvent>
#include <numeric>

namespace orrery {

namespace {
constexpr double kNudge = 6.0; ///< pixels a press
} // namespace

void PointCanvas::keyPressEvent(QKeyEvent* event) {
    if (event->modifiers() == Qt::NoModifier && pressTool(event->key())) return;
    if (choose(event) || change(event)) return;
    Plot::keyPressEvent(event);
}

bool PointCanvas::pressTool(int key) {
    const auto take = [this](Tool tool) {
        setTool(tool);
        Q_EMIT toolChosen(tool);
        return true;
    };
    switch (key) {
    case Qt::Key_P:
        return take(Tool::Point);
    case Qt::Key_S:
        return take(Tool::Spray);
    case Qt::Key_E:
        return take(Tool::Erase);
    case Qt::Key_B:
        setBrushClass((m_brushClass + 1) % m_classCount);
        Q_EMIT brushClassChosen(m_brushClass);
        return true;
    default:
        return false;
    }
}

bool PointCanvas::choose(QKeyEvent* event) {
    const int rows = static_cast<int>(m_points->size());
    if (rows == 0) return false;
    const int first = m_selection.empty() ? -1 : m_selection.front();
    if (event->matches(QKeySequence::SelectAll)) {
        std::vector<int> all(static_cast<std::size_t>(rows));
        std::iota(all.begin(), all.end(), 0);
        setSelection(std::move(all));
        return true;
    }
    switch (event->key()) {
    case Qt::Key_Comma:
        setSelection({first < 0 ? rows - 1 : (first + rows - 1) % rows});
        return true;
    case Qt::Key_Period:
        setSelection({(first + 1) % rows});
        return true;
    case Qt::Key_Escape:
        if (m_selection.empty()) return false;
        setSelection({});
        return true;
    default:
        return false;
    }
}

bool PointCanvas::change(QKeyEvent* event) {
    const bool moves = event->modifiers() == (Qt::AltModifier | Qt::ShiftModifier) && !m_selection.empty();
    const auto nudge = [&](QPointF by) {
        if (moves) moveSelection(by);
        return moves;
    };
    switch (event->key()) {
    case Qt::Key_Insert: {
        const QPointF beside(theme().px(14), 0);
        const QPointF at = m_selection.empty()
                               ? area().center()
                               : pixelOf(static_cast<std::size_t>(m_selection.front())) + beside;
        add(m_tool == Tool::Spray ? m_hand->sprayed(at)
                                  : std::vector<QPointF>{{fromX(at.x()), fromY(at.y())}},
            false);
        if (m_points->size() > 0) setSelection({static_cast<int>(m_points->size()) - 1});
        return true;
    }
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        if (!m_selection.empty()) apply(removed(*m_points, m_selection), false);
        return true;
    case Qt::Key_R:
        if (event->modifiers() != Qt::NoModifier || m_selection.empty()) return false;
        apply(relabelled(*m_points, m_selection,
                         (m_points->label[static_cast<std::size_t>(m_selection.front())] + 1) % m_classCount),
              false);
        return true;
    case Qt::Key_Up:
        return nudge({0, -kNudge});
    case Qt::Key_Down:
        return nudge({0, kNudge});
    case Qt::Key_Left:
        return nudge({-kNudge, 0});
    case Qt::Key_Right:
        return nudge({kNudge, 0});
    default:
        return false;
    }
}

void PointCanvas::moveSelection(QPointF byPixels) {
    const QPointF centre = area().center();
    const QPointF by(fromX(centre.x() + byPixels.x()) - fromX(centre.x()),
                     fromY(centre.y() + byPixels.y()) - fromY(centre.y()));
    apply(moved(*m_points, m_selection, by), false);
}

} // namespace orrery
