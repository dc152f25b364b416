// A paint device that keeps only where text was drawn: shows text that is cut off, or that lies on other
// text.
#pragma once

#include <QPaintDevice>
#include <QRectF>
#include <QString>
#include <memory>
#include <vector>

class QWidget;

struct DrawnText {
    QString text;
    QRectF box; ///< letters only, in pixels of the widget
};

class TextRecorder final : public QPaintDevice {
  public:
    explicit TextRecorder(QSize size);
    ~TextRecorder() override;
    [[nodiscard]] QPaintEngine* paintEngine() const override;
    [[nodiscard]] const std::vector<DrawnText>& texts() const;

  protected:
    [[nodiscard]] int metric(PaintDeviceMetric metric) const override;

  private:
    class Engine;
    QSize m_size;
    std::unique_ptr<Engine> m_engine;
};

[[nodiscard]] std::vector<DrawnText> textsOf(QWidget& widget);
/// One line a fault: text beyond the edge of the widget, or two texts on each other. Empty: none.
[[nodiscard]] QString textFaults(QWidget& widget);
