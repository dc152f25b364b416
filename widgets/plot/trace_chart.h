// The inspector's chart of a run: one column of its trace up to the playhead, what is already computed beyond
// it as a dotted ghost, a brass dot at now. A click seeks; the title chooses the column.
#pragma once

#include "widgets/theme/theme.h"

#include <QWidget>
#include <cstdint>
#include <memory>

class QLabel;

namespace orrery {

class Trace; // not included: the moc of Qt 6.4 cannot read <concepts>
class SoftCombo;
class TracePlot;

class TraceChart final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit TraceChart(QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override;
    void setTrace(std::shared_ptr<const Trace> trace);
    /// The step index that is shown everywhere else.
    void setNow(std::int64_t stepIndex);
    void setColumn(int column); ///< by the order of Trace::columns(); the seconds (0) included
    [[nodiscard]] int column() const;
    [[nodiscard]] TracePlot* plot() const { return m_plot; }

  Q_SIGNALS:
    void indexRequested(qint64 stepIndex);
    void columnChosen(int column);

  private:
    void fillChooser();
    void showValue();

    TracePlot* m_plot;
    SoftCombo* m_chooser;
    QLabel* m_value;
    std::shared_ptr<const Trace> m_trace;
    std::int64_t m_now = 0;
};

} // namespace orrery
