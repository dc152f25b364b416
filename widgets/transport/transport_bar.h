// The transport bar: first, back, play, forward, last; the time line; loop and follow; the facts.
#pragma once

#include "widgets/frame/buttons.h"
#include "widgets/frame/status_facts.h"
#include "widgets/transport/seed_field.h"
#include "widgets/transport/time_line.h"
#include "widgets/transport/transport_actions.h"

#include <QWidget>

namespace orrery {

class SpeedPopup;

class TransportBar final : public QWidget, public Themed {
    Q_OBJECT
  public:
    /// Both outlive the bar.
    TransportBar(SessionBridge* bridge, TransportActions* actions, QWidget* parent = nullptr);

    [[nodiscard]] TimeLine* timeLine() const { return m_timeLine; }
    [[nodiscard]] SeedField* seedField() const { return m_seed; }
    /// What a step is called here: "step", "pass", "example".
    void setStepWord(const QString& word);
    /// nullopt where nothing is drawn at random: the fact is hidden.
    void setSeed(std::optional<quint64> seed);
    void setSeedLocked(bool locked);
    /// Time from one painted frame to the next, measured by the window; 0 hides the fact.
    void setFrameSeconds(double seconds);
    /// From an edit by hand to the picture of its fit: 95 of 100 were quicker. Stands in the place of the
    /// frame time, which it contains; 0 hides it.
    void setEditSeconds(double seconds);
    /// Measured times differ from run to run: a picture that is to come out the same again goes without.
    void setTimesShown(bool shown);
    /// These instead of step, speed, seed and times ("img/s", "p99", "clock"); empty goes back.
    void setFacts(const std::vector<Fact>& facts);
    [[nodiscard]] StatusFacts* facts() const { return m_labFacts; }

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override { return {m_theme.px(1000), m_theme.px(76)}; }

  Q_SIGNALS:
    void seedEdited(quint64 seed);
    void seedLockToggled(bool locked);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void show(const SnapshotBase& snapshot);
    void openSpeed();
    void place();
    int placeFacts();
    [[nodiscard]] std::vector<QWidget*> ownFacts() const;

    Theme m_theme = Theme::light();
    SessionBridge* m_bridge;
    TransportActions* m_actions;
    std::vector<IconButton*> m_buttons; ///< first, back, play, forward, last
    IconButton* m_loop;
    IconButton* m_follow;
    TimeLine* m_timeLine;
    FactLabel* m_step;
    FactLabel* m_speed;
    SeedField* m_seed;
    FactLabel* m_stepTime;
    FactLabel* m_frameTime;
    FactLabel* m_editTime;
    StatusFacts* m_labFacts;
    SpeedPopup* m_speedPopup;
    std::int64_t m_widestStep = 0;
    bool m_usesLabFacts = false;
    bool m_hasSeed = false;
    bool m_hasFrameTime = false;
    bool m_hasEditTime = false;
    bool m_timesShown = true;
};

} // namespace orrery
