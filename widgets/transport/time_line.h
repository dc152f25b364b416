// The brass time line: what was computed, where we are, ticks where rounds and phases closed.
//
// Drag to scrub; Shift and drag to set a loop range, whose ends can be dragged; keys as everywhere. While
// the run is not at its end the line is longer than what was computed, so that the knob moves along it.
#pragma once

#include "core/session/transport.h"
#include "widgets/theme/theme.h"

#include <QTimer>
#include <QWidget>
#include <functional>

namespace orrery {

class TimeLine final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit TimeLine(QWidget* parent = nullptr);

    void setState(const TransportState& state, std::shared_ptr<const TimeMarks> marks);
    /// The label above the knob, in words of the subject: "λ 46 of 100". Default: "step 1 284".
    void setLabel(std::function<QString(const TransportState&)> label);
    [[nodiscard]] QString labelText() const;
    [[nodiscard]] bool isScrubbing() const { return m_drag == Drag::Scrub; }

    /// The step index at the right end of the line.
    [[nodiscard]] std::int64_t extent() const { return m_extent; }
    [[nodiscard]] double xOf(std::int64_t index) const;
    [[nodiscard]] std::int64_t indexAt(double x) const;

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override { return {m_theme.px(500), m_theme.px(76)}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {m_theme.px(120), m_theme.px(76)}; }

  Q_SIGNALS:
    void commandRequested(orrery::Command command);
    void scrubStarted();
    void scrubFinished();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    enum class Drag { None, Scrub, LoopFirst, LoopLast };

    void paintLine(QPainter& painter) const;
    void paintTicks(QPainter& painter) const;
    void paintLoop(QPainter& painter) const;
    void paintKnob(QPainter& painter) const;
    void paintLabel(QPainter& painter) const;
    [[nodiscard]] QRectF groove() const;
    [[nodiscard]] std::int64_t shownIndex() const;
    [[nodiscard]] Drag dragAt(double x, bool shift) const;
    void scrubTo(std::int64_t index);
    void sendSeek();

    Theme m_theme = Theme::light();
    TransportState m_state;
    std::shared_ptr<const TimeMarks> m_marks;
    std::function<QString(const TransportState&)> m_label;
    std::int64_t m_extent = 100;
    Drag m_drag = Drag::None;
    std::int64_t m_scrubIndex = 0;
    std::int64_t m_sentIndex = -1;
    std::optional<std::pair<std::int64_t, std::int64_t>> m_draggedLoop;
    QTimer m_seekTimer; ///< at most one Seek a frame while dragging
};

/// The right end of a line that shows `furthest` steps of a run not yet at its end: the next 1, 2 or 5 times a
/// power of ten that leaves a tenth free.
[[nodiscard]] std::int64_t roomyExtent(std::int64_t furthest);

/// `indices` thinned so that no two stand closer than `pixels` at `pixelsPerStep`: every k-th, k of 1, 2, 5, 10 …
[[nodiscard]] std::vector<std::int64_t> thinnedTicks(const std::vector<std::int64_t>& indices, double pixelsPerStep,
                                                     double pixels);

} // namespace orrery
