#include "widgets/transport/time_line.h"

#include "widgets/frame/paint.h"
#include "widgets/theme/contrast.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace orrery {

namespace {

constexpr double kInset = 10; ///< the knob stays inside the widget at both ends
constexpr double kGroove = 5;
constexpr double kKnob = 9;
constexpr int kFrameMilliseconds = 16;

} // namespace

std::int64_t roomyExtent(std::int64_t furthest) {
    const double wanted = static_cast<double>(furthest) * 1.1;
    std::int64_t power = 100;
    for (;;) {
        for (const std::int64_t factor : {1, 2, 5})
            if (static_cast<double>(power * factor) >= wanted) return power * factor;
        if (power > std::int64_t{1'000'000'000'000'000'000} / 10) return furthest;
        power *= 10;
    }
}

std::vector<std::int64_t> thinnedTicks(const std::vector<std::int64_t>& indices, double pixelsPerStep, double pixels) {
    if (indices.empty()) return {};
    const double span = static_cast<double>(indices.back() - indices.front()) * pixelsPerStep;
    const double mean = indices.size() > 1 ? span / static_cast<double>(indices.size() - 1) : pixels;
    std::size_t every = 1;
    for (std::size_t power = 1; mean * static_cast<double>(every) < pixels && power < indices.size() * 10; power *= 10)
        for (const std::size_t factor : {1, 2, 5})
            if (mean * static_cast<double>(every) < pixels) every = power * factor;
    while (mean * static_cast<double>(every) < pixels && every < indices.size()) every *= 2;
    std::vector<std::int64_t> kept;
    double last = -1e300;
    for (std::size_t i = every - 1; i < indices.size(); i += every) {
        const double x = static_cast<double>(indices[i]) * pixelsPerStep;
        if (x - last < pixels / 2) continue; // uneven rounds
        kept.push_back(indices[i]);
        last = x;
    }
    return kept;
}

TimeLine::TimeLine(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Time line"));
    setCursor(Qt::PointingHandCursor);
    setToolTip(tr("Drag to move through the run; Shift and drag to set a loop"));
    m_seekTimer.setSingleShot(true);
    m_seekTimer.setInterval(kFrameMilliseconds);
    connect(&m_seekTimer, &QTimer::timeout, this, &TimeLine::sendSeek);
}

void TimeLine::setState(const TransportState& state, std::shared_ptr<const TimeMarks> marks) {
    m_state = state;
    m_marks = std::move(marks);
    // While scrubbing the ground must not move under the hand.
    if (m_drag == Drag::None) m_extent = state.ended ? std::max<std::int64_t>(1, state.furthest) : roomyExtent(state.furthest);
    setAccessibleDescription(labelText());
    update();
}

void TimeLine::setLabel(std::function<QString(const TransportState&)> label) {
    m_label = std::move(label);
    update();
}

QString TimeLine::labelText() const {
    if (m_label) return m_label(m_state);
    return m_state.ended ? tr("step %1 of %2").arg(grouped(m_state.index), grouped(m_state.furthest))
                         : tr("step %1").arg(grouped(m_state.index));
}

void TimeLine::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

QRectF TimeLine::groove() const {
    const double inset = m_theme.px(kInset), thick = m_theme.px(kGroove);
    return {inset, std::round(height() / 2.0 - thick / 2), width() - 2 * inset, thick};
}

double TimeLine::xOf(std::int64_t index) const {
    const QRectF line = groove();
    const double share = static_cast<double>(index) / static_cast<double>(m_extent);
    return line.left() + line.width() * std::clamp(share, 0.0, 1.0);
}

std::int64_t TimeLine::indexAt(double x) const {
    const QRectF line = groove();
    const double share = std::clamp((x - line.left()) / line.width(), 0.0, 1.0);
    return static_cast<std::int64_t>(std::llround(share * static_cast<double>(m_extent)));
}

std::int64_t TimeLine::shownIndex() const { return m_drag == Drag::Scrub ? m_scrubIndex : m_state.index; }

// --- Painting ---------------------------------------------------------------------------------------------

void TimeLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintTicks(painter);
    paintLine(painter);
    paintLoop(painter);
    paintKnob(painter);
    paintLabel(painter);
}

void TimeLine::paintLine(QPainter& painter) const {
    const QRectF line = groove();
    const double radius = line.height() / 2;
    drawPanel(painter, line, radius, m_theme.track);
    const auto upTo = [&](std::int64_t index) { return QRectF(line.topLeft(), QPointF(xOf(index), line.bottom())); };
    // Computed but not past: the way back and forth is free here.
    if (m_state.furthest > 0)
        drawPanel(painter, upTo(m_state.furthest), radius, mixed(m_theme.track, m_theme.brass, 0.35));
    if (shownIndex() > 0) drawPanel(painter, upTo(shownIndex()), radius, m_theme.brass);
}

void TimeLine::paintTicks(QPainter& painter) const {
    const QRectF line = groove();
    const double perStep = line.width() / static_cast<double>(m_extent);
    const double top = line.bottom() + m_theme.px(8);
    const double ratio = devicePixelRatioF();
    const auto tick = [&](double x, double length, const QColor& color) {
        painter.fillRect(QRectF(std::round((x - 0.5) * ratio) / ratio, top, 1, length), color);
    };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (m_marks) {
        // Rounds only where they have room between the phases.
        const auto rounds = thinnedTicks(m_marks->rounds, perStep, m_theme.px(7));
        for (const std::int64_t index : rounds) tick(xOf(index), m_theme.px(4), m_theme.ghost);
        for (const std::int64_t index : thinnedTicks(m_marks->phases, perStep, m_theme.px(7)))
            tick(xOf(index), m_theme.px(7), m_theme.inkThird);
    }
    tick(line.left(), m_theme.px(7), m_theme.inkThird);
    if (m_state.ended) tick(line.right(), m_theme.px(7), m_theme.inkThird);
    painter.restore();
}

void TimeLine::paintLoop(QPainter& painter) const {
    const auto loop = m_draggedLoop ? m_draggedLoop : m_state.loop;
    if (!loop) return;
    const QRectF line = groove();
    const double above = m_theme.px(6), thick = m_theme.px(2);
    const double first = xOf(loop->first), last = xOf(loop->second);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.accent);
    painter.drawRect(QRectF(first, line.top() - above - thick / 2, last - first, thick));
    // What is controlled is blue; each end is a small flag to hold.
    for (const double x : {first, last})
        drawPanel(painter, QRectF(x - thick, line.top() - above - thick, 2 * thick, 2 * above + line.height()), thick,
                  m_theme.accent);
}

void TimeLine::paintKnob(QPainter& painter) const {
    const QPointF centre(xOf(shownIndex()), groove().center().y());
    const bool held = m_drag == Drag::Scrub;
    const double radius = m_theme.px(kKnob) + (held ? m_theme.px(1) : 0) - m_theme.px(2.5) / 2.0;
    const QColor paper = m_theme.kind == ThemeKind::Dark ? m_theme.ink : m_theme.surface;
    painter.setBrush(paper);
    painter.setPen(QPen(m_theme.brass, m_theme.px(2.5)));
    painter.drawEllipse(centre, radius, radius);
    if (!hasFocus()) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_theme.accent, 2));
    painter.drawEllipse(centre, radius + m_theme.px(4), radius + m_theme.px(4));
}

void TimeLine::paintLabel(QPainter& painter) const {
    const QFont font = m_theme.numbers(12, QFont::Medium);
    const QString text = m_drag == Drag::Scrub && m_scrubIndex != m_state.index
                             ? tr("step %1").arg(grouped(m_scrubIndex))
                             : labelText();
    const double wanted = std::min<double>(textWidth(font, text), width());
    const double left = std::clamp(xOf(shownIndex()) - wanted / 2, 0.0, width() - wanted);
    const QRectF box(left, groove().top() - m_theme.px(30), wanted, m_theme.px(18));
    drawElided(painter, box, Qt::AlignLeft | Qt::AlignVCenter, font, m_theme.ink, text);
}

// --- Hand and keys ----------------------------------------------------------------------------------------

TimeLine::Drag TimeLine::dragAt(double x, bool shift) const {
    if (shift) return Drag::LoopLast;
    if (m_state.loop) {
        const double reach = m_theme.px(6), knob = xOf(m_state.index);
        const double first = xOf(m_state.loop->first), last = xOf(m_state.loop->second);
        // The knob wins where it stands on a handle.
        if (std::abs(x - knob) > reach) {
            if (std::abs(x - last) <= reach) return Drag::LoopLast;
            if (std::abs(x - first) <= reach) return Drag::LoopFirst;
        }
    }
    return Drag::Scrub;
}

void TimeLine::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    m_drag = dragAt(event->position().x(), shift);
    const std::int64_t index = indexAt(event->position().x());
    if (m_drag == Drag::Scrub) {
        m_sentIndex = -1;
        Q_EMIT scrubStarted();
        scrubTo(index);
        sendSeek();
    } else {
        m_draggedLoop = shift || !m_state.loop ? std::pair(index, index) : *m_state.loop;
    }
    update();
}

void TimeLine::mouseMoveEvent(QMouseEvent* event) {
    const std::int64_t index = indexAt(event->position().x());
    if (m_drag == Drag::Scrub) {
        scrubTo(index);
        if (!m_seekTimer.isActive()) m_seekTimer.start();
    } else if (m_drag != Drag::None && m_draggedLoop) {
        (m_drag == Drag::LoopFirst ? m_draggedLoop->first : m_draggedLoop->second) = index;
    }
    update();
}

void TimeLine::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    if (m_drag == Drag::Scrub) {
        m_seekTimer.stop();
        sendSeek();
        m_drag = Drag::None;
        Q_EMIT scrubFinished();
    } else if (m_draggedLoop) {
        const auto [first, last] = std::minmax(m_draggedLoop->first, m_draggedLoop->second);
        command::SetLoop loop;
        if (first < last) loop.range = std::pair(first, last);
        m_draggedLoop.reset();
        m_drag = Drag::None;
        Q_EMIT commandRequested(loop); // an empty range ends the loop
    }
    m_drag = Drag::None;
    update();
}

void TimeLine::scrubTo(std::int64_t index) {
    // The end of a run that goes on is not known: what is not computed yet is reached by running there.
    m_scrubIndex = m_state.ended ? std::min(index, m_state.furthest) : index;
}

void TimeLine::sendSeek() {
    if (m_scrubIndex == m_sentIndex) return;
    m_sentIndex = m_scrubIndex;
    Q_EMIT commandRequested(command::Seek{m_scrubIndex});
}

void TimeLine::keyPressEvent(QKeyEvent* event) {
    const Grain grain = event->modifiers().testFlag(Qt::ControlModifier)   ? Grain::Phase
                        : event->modifiers().testFlag(Qt::ShiftModifier) ? Grain::Round
                                                                         : Grain::Step;
    switch (event->key()) {
    case Qt::Key_Right: Q_EMIT commandRequested(command::Step{grain, 1}); break;
    case Qt::Key_Left: Q_EMIT commandRequested(command::Step{grain, -1}); break;
    case Qt::Key_Home: Q_EMIT commandRequested(command::Restart{}); break;
    case Qt::Key_End: Q_EMIT commandRequested(command::RunToEnd{}); break;
    case Qt::Key_Space: Q_EMIT commandRequested(command::TogglePlay{}); break;
    default: QWidget::keyPressEvent(event);
    }
}

} // namespace orrery
