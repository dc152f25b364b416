// Throughput over the seconds that were measured, and below it what the device said of itself: clock, power,
// temperature, each where there is something to say. Where another request begins stands a hairline.
#pragma once

#include "widgets/plot/plot.h"
#include "widgets/runner/run_moment.h"

#include <QWidget>
#include <array>

class QVBoxLayout;

namespace orrery {
class Curve;
}

namespace orrery::panel {

class ThroughputView final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit ThroughputView(QWidget* parent = nullptr);
    /// `unit`: what an item is, "img".
    void setTrack(const runner::Track& track, const QString& unit);
    [[nodiscard]] QString summary() const { return m_summary; }
    [[nodiscard]] Plot* plot() const { return m_rows.front().plot; }
    [[nodiscard]] int shownRows() const; ///< 1 to 4
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    struct Row {
        Plot* plot = nullptr;
        Curve* curve = nullptr;
        QString title, unit; ///< in full, and where there is no room for that
        bool isKnown = false;
    };
    /// How near to each other the rows stand, in logical pixels.
    struct Density {
        int first, other; ///< height of a row without its axis
        bool titled;      ///< whether the seconds have a title below their figures
    };
    void setRow(Row& row, const std::vector<double>& y);
    void chooseRows();
    void nameRow(Row& row, bool isLast) const;
    [[nodiscard]] int axisHeight(bool isLast) const;
    [[nodiscard]] int leastHeight(const Row& row, bool isLast) const;
    [[nodiscard]] int leastHeight(const std::vector<Row*>& rows) const;
    [[nodiscard]] std::optional<Readout> readoutAt(const Row& row, QPointF pixel) const;
    void paintParts(QPainter& painter, const Plot& plot) const;
    void alignRows();

    std::array<Row, 4> m_rows; ///< throughput, clock, power, temperature
    Density m_density{84, 36, true};
    std::vector<double> m_seconds, m_starts;
    QString m_summary;
};

} // namespace orrery::panel
