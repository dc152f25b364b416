// What the algorithms have counted at the step that is shown, side by side: comparisons, pops, writes,
// passes. The pale bar behind is where each will end.
#pragma once

#include "core/isotonic/block.h"
#include "widgets/plot/number_table.h"

#include <cstdint>

namespace orrery::isotone {

struct CounterSample {
    std::int64_t step = 0;
    isotonic::Counters counters;
};

/// One algorithm from its first step to its end.
struct CounterSeries {
    isotonic::IsotonicMethod method = isotonic::IsotonicMethod::Stack;
    std::vector<CounterSample> samples; ///< steps ascend; every step of a small run
    bool finished = false;              ///< false: stopped by the clock, or refused
    /// Not where it would take far too long.
    [[nodiscard]] bool wasTried() const { return finished || samples.size() > 1; }
    /// The clock stopped it, and the step is beyond that.
    [[nodiscard]] bool wasCutBefore(std::int64_t step) const {
        return !finished && step > samples.back().step;
    }
    /// The last sample at or before a step.
    [[nodiscard]] const CounterSample& at(std::int64_t step) const;
};

/// Colour and shape of an algorithm in every picture.
[[nodiscard]] int categoryOf(isotonic::IsotonicMethod method);

class CounterView final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit CounterView(QWidget* parent = nullptr);
    void setSeries(std::vector<CounterSeries> series);
    /// The step that is shown, of the method that is played.
    void setNow(std::int64_t step, isotonic::IsotonicMethod method);
    [[nodiscard]] NumberTable* table() const { return m_table; }
    [[nodiscard]] QString summary() const;
    void setTheme(const Theme& theme) override;

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void fill();
    void fillSteps(std::vector<FigureRow>& rows) const;
    NumberTable* m_table;
    std::vector<CounterSeries> m_series;
    std::int64_t m_step = 0;
    isotonic::IsotonicMethod m_method = isotonic::IsotonicMethod::Stack;
};

} // namespace orrery::isotone
