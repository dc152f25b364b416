// One line over the main picture: who runs, or from where the recording is, or why it ended; and the buttons
// that start, stop and start again. The tail of the log is the tool tip of the sentence.
#pragma once

#include "widgets/theme/theme.h"

#include <QWidget>

class QAction;

namespace orrery {
class TextButton;
}

namespace orrery::panel {

/// What the bar says.
struct RunStatus {
    enum class Kind { Recorded, Running, Waiting, Refused, Ended } kind = Kind::Recorded;
    QString sentence;
    QString logTail;
    QString startText; ///< of the button; empty: "Run here"
    bool canStart = false, canStop = false, canRestart = false, canSave = false;
};

class RunBar final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit RunBar(QWidget* parent = nullptr);
    void setStatus(const RunStatus& status);
    [[nodiscard]] const RunStatus& status() const { return m_status; }

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override { return {m_theme.px(320), m_theme.px(34)}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {m_theme.px(160), m_theme.px(34)}; }

  Q_SIGNALS:
    void startRequested();
    void stopRequested();
    void restartRequested();
    void saveRequested();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    struct Button {
        QAction* action;
        TextButton* face;
    };
    Button add(const QString& text, void (RunBar::*asked)());
    void place();
    void followTheme();

    Theme m_theme = Theme::light();
    RunStatus m_status;
    Button m_start, m_stop, m_restart, m_save;
    int m_buttonsLeft = 0;
};

} // namespace orrery::panel
