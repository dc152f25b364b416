// The plot inside a TraceChart.
#pragma once

#include "widgets/plot/plot.h"

#include <cstdint>
#include <memory>

namespace orrery {

class Trace; // not included: the moc of Qt 6.4 cannot read <concepts>
class Curve;

class TracePlot final : public Plot {
    Q_OBJECT

  public:
    explicit TracePlot(QWidget* parent = nullptr);
    void setTrace(std::shared_ptr<const Trace> trace, int column);
    void setNow(std::int64_t stepIndex);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    /// As a number of this column: counts stay whole.
    [[nodiscard]] QString figure(double value) const;

  Q_SIGNALS:
    void indexRequested(qint64 stepIndex);

  private:
    void rebuild();
    [[nodiscard]] std::optional<Readout> readoutAt(QPointF pixel) const;

    std::shared_ptr<const Trace> m_trace;
    int m_column = 0;
    bool m_whole = false; ///< all numbers of the column are
    std::int64_t m_now = 0;
    Curve* m_curve;
    class NowDot* m_dot;
};

} // namespace orrery
