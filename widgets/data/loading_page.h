// What the import dialog shows while it reads, and when it could not: one sentence, what can be done, nothing
// else.
#pragma once

#include "widgets/data/pieces.h"

#include <QTimer>
#include <functional>

class QPushButton;

namespace orrery {

/// A thin accent bar; runs to and fro while nothing is known of the fraction.
class SlimProgress final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit SlimProgress(QWidget* parent = nullptr);
    void setFraction(double fraction);
    [[nodiscard]] double fraction() const { return m_fraction; }
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override { return {m_theme.px(360), m_theme.px(4)}; }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Theme m_theme = Theme::light();
    double m_fraction = 0.0;
    int m_tick = 0;
};

class LoadingPage final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit LoadingPage(QWidget* parent = nullptr);

    /// Asks `fraction` twenty times a second until another show…() is called.
    void showLoading(const QString& title, std::function<double()> fraction);
    void showFailure(const QString& sentence);
    void showEmpty();
    [[nodiscard]] QString sentence() const { return m_sentence->text(); }
    void setTheme(const Theme& theme) override;

  Q_SIGNALS:
    void cancelRequested();
    void anotherRequested();

  private:
    void look();

    ThemedLabel* m_title;
    ThemedLabel* m_sentence;
    SlimProgress* m_progress;
    QPushButton* m_cancel;
    QPushButton* m_another;
    QTimer m_timer;
    std::function<double()> m_fraction;
};

} // namespace orrery
