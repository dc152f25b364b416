// A measure over the number of threads: speed-up or efficiency, as measured here, as Amdahl's law has it, and
// as the article published it.
#pragma once

#include "widgets/plot/labelled_lines.h"
#include "widgets/plot/plot.h"

namespace orrery::boggleview {

/// Measured seconds of the same search on so many threads.
struct ThreadTiming {
    int threads = 1;
    double seconds = 0.0;
};

enum class SpeedupMeasure { SpeedUp, Efficiency };

// Tulloch's parallel solver, 4 × 4, hash set: 41.65 s on one thread, 8.80 s on eight; hardware not named.
inline constexpr double kPublishedOne = 41.65;
inline constexpr double kPublishedEight = 8.80;

class SpeedupView final : public Plot {
    Q_OBJECT
  public:
    explicit SpeedupView(SpeedupMeasure measure, QWidget* parent = nullptr);
    /// The first is of one thread. `wanted`: up to how many threads will be measured.
    void setTimings(std::vector<ThreadTiming> timings, int wanted);
    [[nodiscard]] const std::vector<ThreadTiming>& timings() const { return m_timings; }
    [[nodiscard]] const LabelledLines& lines() const { return *m_lines; }
    [[nodiscard]] QString summary() const;

  private:
    void resizeEvent(QResizeEvent* event) override;
    void setTheme(const Theme& theme) override;
    void fitAxes();
    void fitRanges();
    [[nodiscard]] double most() const; ///< threads on the axis
    void paintAxisWord(QPainter& painter) const;
    [[nodiscard]] double measure(double speedUp, double threads) const;
    [[nodiscard]] double serialShare() const; ///< of at least two timings
    [[nodiscard]] LabelledLine amdahl(double serial, double most, const QString& name, int category) const;
    [[nodiscard]] std::optional<Readout> readoutAt(QPointF pixel) const;

    SpeedupMeasure m_measure;
    std::vector<ThreadTiming> m_timings;
    int m_wanted = 4; ///< threads
    LabelledLines* m_lines;
    bool m_isLow = false; ///< too low for axis titles
};

} // namespace orrery::boggleview
