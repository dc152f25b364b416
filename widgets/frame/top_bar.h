// The bar at the top: which lab, which data in words, then search and the few buttons of every lab.
#pragma once

#include "widgets/frame/buttons.h"

#include <QWidget>

class QHBoxLayout;

namespace orrery {

/// Looks like a field, is a button: opens the command palette.
class SearchButton final : public ActionButton {
    Q_OBJECT
  public:
    explicit SearchButton(QAction* action, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
};

class TopBar final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit TopBar(QWidget* parent = nullptr);

    void setLabTitle(const QString& title);
    /// "diabetes · 442 × 10 · standardised": always what is on the stage.
    void setDataWords(const QString& words);
    [[nodiscard]] const QString& dataWords() const { return m_words; }
    void setSearchAction(QAction* action);
    /// Compare, Record, Present. An action with the property "showsKey" shows its key beside its text.
    void addAction(QAction* action);

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override { return {m_theme.px(600), m_theme.px(52)}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {m_theme.px(360), m_theme.px(52)}; }

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void place();

    Theme m_theme = Theme::light();
    QString m_title;
    QString m_words;
    SearchButton* m_search = nullptr;
    QList<TextButton*> m_buttons;
    int m_textRight = 0;
};

} // namespace orrery
