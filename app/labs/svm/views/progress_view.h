// How far the optimiser has come: the KKT gap m − M and the dual objective over the pairs taken, one above
// the other. Past solid, future dotted, brass now; a click goes there.
#pragma once

#include "widgets/theme/theme.h"

#include <QWidget>
#include <memory>

namespace orrery {
class Trace; // not included: the moc of Qt 6.4 cannot read <concepts>
class TracePlot;
} // namespace orrery

namespace orrery::svmview {

class ProgressView final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit ProgressView(QWidget* parent = nullptr);
    void setTrace(std::shared_ptr<const Trace> trace);
    void setNow(std::int64_t index);
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QString summary() const; ///< the gap now
    [[nodiscard]] QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void indexRequested(qint64 index);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    struct Part {
        TracePlot* plot;
        const char* column; ///< of the trace
        QString title;
        int at = -1; ///< of the column
    };
    void place();
    [[nodiscard]] QString valueOf(const Part& part) const;

    Theme m_theme = Theme::light();
    std::vector<Part> m_parts;
    std::shared_ptr<const Trace> m_trace;
    std::int64_t m_now = 0;
};

} // namespace orrery::svmview
