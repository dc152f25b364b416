// Pointer and keys of a FitView: reading, choosing and editing points.
#include "app/labs/isotonic/views/fit_view.h"
#include "app/labs/isotonic/views/step_marks.h"
#include "widgets/canvas/point_grip.h"
#include "widgets/plot/number_format.h"

#include <QKeyEvent>
#include <cmath>

namespace orrery::isotone {

namespace {
constexpr double kReach = 11.0; ///< pixels from the pointer to a point
} // namespace

void FitView::linkPointer() {
    connect(m_grip, &PointGrip::taken, this, [this](int row) {
        m_dragging = true;
        chooseRow(row);
    });
    connect(m_grip, &PointGrip::dragged, this, [this](int row, QPointF pixel) {
        const QPointF at(fromX(pixel.x()), fromY(pixel.y()));
        previewRow(row, at);
        Q_EMIT rowDragged(row, at.x(), at.y(), true);
    });
    connect(m_grip, &PointGrip::dropped, this, [this](int row, QPointF pixel, bool moved) {
        m_dragging = false;
        if (moved) Q_EMIT rowDragged(row, fromX(pixel.x()), fromY(pixel.y()), false);
    });
    connect(this, &Plot::clicked, this, [this](QPointF pixel, Qt::KeyboardModifiers modifiers) {
        if ((modifiers & Qt::ShiftModifier) && isEditable() && area().contains(pixel))
            Q_EMIT rowAdded(fromX(pixel.x()), fromY(pixel.y()));
        else
            chooseRow(-1);
    });
    connect(this, &Plot::hovered, this, [this](QPointF pixel) {
        const bool inside = m_moment.problem && area().contains(pixel);
        const int point = inside ? static_cast<int>(nearestPoint(*m_moment.problem, fromX(pixel.x()))) : -1;
        if (std::exchange(m_hovered, point) == point) return;
        schedule();
        Q_EMIT pointHovered(point);
    });
    connect(this, &Plot::viewChanged, this, &FitView::sightChanged);
    connect(this, &Plot::pointerLeft, this, [this] {
        if (std::exchange(m_hovered, -1) < 0) return;
        schedule();
        Q_EMIT pointHovered(-1);
    });
}

void FitView::previewRow(int row, QPointF position) {
    m_chosen = row;
    m_preview = position;
    schedule();
}

void FitView::chooseRow(int row) {
    if (std::exchange(m_chosen, row) == row) return;
    m_preview.reset();
    schedule();
    Q_EMIT rowChosen(row);
}

int FitView::rowAt(QPointF pixel) const {
    if (!m_points || m_points->x.size() != m_points->total) return -1;
    int best = -1;
    double closest = kReach;
    for (std::size_t row = 0; row < m_points->x.size(); ++row) {
        const double away = QLineF(pixel, rowPixel(row)).length();
        if (!(away < closest)) continue;
        closest = away;
        best = static_cast<int>(row);
    }
    return best;
}

std::optional<Readout> FitView::readoutAt(QPointF pixel) const {
    if (!m_moment.problem || !m_points) return std::nullopt;
    const int row = rowAt(pixel);
    const std::uint32_t point =
        row >= 0 ? pointOf(static_cast<std::size_t>(row)) : nearestPoint(*m_moment.problem, fromX(pixel.x()));
    const int block = blockAt(*m_moment.now, point);
    QStringList lines;
    if (row >= 0) {
        const auto at = static_cast<std::size_t>(row);
        lines << tr("row %1").arg(fixedNumber(row + 1, 0))
              << tr("%1 %2").arg(m_xName, figure(m_points->x[at]))
              << tr("%1 %2").arg(m_yName, figure(m_points->y[at]));
        if (!m_points->weight.empty()) lines << tr("weight %1").arg(figure(m_points->weight[at]));
    }
    if (block < 0) {
        if (row < 0) return std::nullopt;
        return Readout{lines.join(u'\n'), rowPixel(static_cast<std::size_t>(row))};
    }
    const isotonic::Block& b = (*m_moment.now)[static_cast<std::size_t>(block)];
    const double fit = m_moment.problem->bounded(b.value);
    if (row < 0 && std::abs(toY(fit) - pixel.y()) > kReach) return std::nullopt;
    lines << tr("fit %1").arg(figure(fit))
          << tr("block of %1, weight %2").arg(fixedNumber(b.size(), 0), figure(b.weight));
    return Readout{lines.join(u'\n'),
                   row >= 0 ? rowPixel(static_cast<std::size_t>(row)) : QPointF(pixel.x(), toY(fit))};
}

// , and . choose a point, Alt and Shift with the arrows move it, Insert adds one beside it, Delete removes
// it.
void FitView::keyPressEvent(QKeyEvent* event) {
    const int rows = m_points ? static_cast<int>(m_points->total) : 0;
    if (!isEditable() || rows == 0) return Plot::keyPressEvent(event);
    const bool moves = event->modifiers() == (Qt::AltModifier | Qt::ShiftModifier) && m_chosen >= 0;
    switch (event->key()) {
    case Qt::Key_Comma:
        return chooseRow(m_chosen < 0 ? rows - 1 : (m_chosen + rows - 1) % rows);
    case Qt::Key_Period:
        return chooseRow((m_chosen + 1) % rows);
    case Qt::Key_Escape:
        return m_chosen < 0 ? Plot::keyPressEvent(event) : chooseRow(-1);
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        if (m_chosen >= 0) Q_EMIT rowRemoved(m_chosen);
        return;
    case Qt::Key_Insert: {
        const QPointF at = m_chosen >= 0
                               ? rowPixel(static_cast<std::size_t>(m_chosen)) + QPointF(theme().px(14), 0)
                               : area().center();
        Q_EMIT rowAdded(fromX(at.x()), fromY(at.y()));
        return;
    }
    case Qt::Key_Up:
        return moves ? moveChosen({0, -6}) : Plot::keyPressEvent(event);
    case Qt::Key_Down:
        return moves ? moveChosen({0, 6}) : Plot::keyPressEvent(event);
    case Qt::Key_Left:
        return moves ? moveChosen({-6, 0}) : Plot::keyPressEvent(event);
    case Qt::Key_Right:
        return moves ? moveChosen({6, 0}) : Plot::keyPressEvent(event);
    default:
        return Plot::keyPressEvent(event);
    }
}

void FitView::moveChosen(QPointF byPixels) {
    const auto row = static_cast<std::size_t>(m_chosen);
    const double x = byPixels.x() == 0.0 ? m_points->x[row] : fromX(rowPixel(row).x() + byPixels.x());
    const double y = byPixels.y() == 0.0 ? m_points->y[row] : fromY(rowPixel(row).y() + byPixels.y());
    previewRow(m_chosen, {x, y});
    Q_EMIT rowDragged(m_chosen, x, y, false);
}

} // namespace orrery::isotone
