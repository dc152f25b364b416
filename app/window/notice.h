// One sentence over the stage: what was wrong with the input, shown once; or what is being read, with its
// share done and a way to stop it. Never a modal dialog.
#pragma once

#include "widgets/theme/theme.h"

#include <QTimer>
#include <QWidget>

namespace orrery {

class Notice final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit Notice(QWidget* parent);

    void showSentence(const QString& sentence, bool isFailure);
    /// `fraction` returns the share done; polled while it is shown.
    void showProgress(const QString& what, std::function<double()> fraction);
    void hideProgress();
    void hideFailure(); ///< something else is tried
    [[nodiscard]] QString sentence() const { return m_sentence; }
    /// In pixels of the parent: it stands below.
    void setTop(int top);
    void setTheme(const Theme& theme) override;

  Q_SIGNALS:
    void cancelRequested();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void place();
    [[nodiscard]] bool isProgress() const { return static_cast<bool>(m_fraction); }

    Theme m_theme = Theme::light();
    QString m_sentence;
    bool m_isFailure = false;
    int m_top = 0;
    std::function<double()> m_fraction;
    QTimer m_hide, m_poll;
};

} // namespace orrery
