// The explicit stack: a frame a tile, the newest on top, each with its neighbours as dots: looked at, and
// still to be tried. Stands upright where there is height, else lies on its side.
#pragma once

#include "app/labs/boggle/views/board_moment.h"

namespace orrery::boggleview {

class StackView final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit StackView(QWidget* parent = nullptr);
    void setFrames(std::vector<StackFrame> frames, int deepest);
    [[nodiscard]] const std::vector<StackFrame>& frames() const { return m_frames; }
    void setUpright(bool upright);
    void setTheme(const Theme& theme) override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void paintFrame(QPainter& painter, const StackFrame& frame, const QRectF& where, int number,
                    bool isTop) const;
    void paintDots(QPainter& painter, const StackFrame& frame, const QRectF& where, bool isTop) const;
    [[nodiscard]] double extent() const; ///< of one frame along the stack

    Theme m_theme = Theme::light();
    std::vector<StackFrame> m_frames;
    int m_deepest = 6; ///< frames that there is to be room for
    bool m_upright = true;
};

} // namespace orrery::boggleview
