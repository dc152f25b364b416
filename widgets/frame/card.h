// A card of the stage: a title, one muted sentence beside it that says what is to be seen now, the picture.
#pragma once

#include "widgets/theme/theme.h"

#include <QWidget>

class QAction;
class QHBoxLayout;

namespace orrery {

class Card final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit Card(const QString& title = {}, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    [[nodiscard]] QString title() const { return m_title; }
    void setSubtitle(const QString& sentence);
    [[nodiscard]] QString subtitle() const { return m_subtitle; }
    /// Takes ownership; the previous content is deleted.
    void setContent(QWidget* content);
    [[nodiscard]] QWidget* content() const { return m_content; }
    /// A small button in the upper right corner.
    void addCornerAction(QAction* action);
    void setCornerShown(bool shown); ///< gone in presentation

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

  private:
    [[nodiscard]] QRectF headerRect() const;
    void place();

    Theme m_theme = Theme::light();
    QString m_title;
    QString m_subtitle;
    QWidget* m_content = nullptr;
    QWidget* m_corner;
    QHBoxLayout* m_cornerLayout;
};

} // namespace orrery
