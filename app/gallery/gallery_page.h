// The gallery: a card a scene, each with a live picture of it: a lab of its own computes it, off the UI
// thread.
#pragma once

#include "app/scenario/scenario.h"
#include "widgets/theme/theme.h"

#include <QScrollArea>
#include <vector>

namespace orrery {

class SceneCard;

class GalleryPage final : public QScrollArea, public Themed {
    Q_OBJECT
  public:
    explicit GalleryPage(const std::vector<Scenario>& scenes, QWidget* parent = nullptr);
    /// Blocks until every card has its picture: for headless rendering and tests.
    void waitUntilShown();
    void setTheme(const Theme& theme) override;
    [[nodiscard]] const std::vector<SceneCard*>& cards() const { return m_cards; }

  Q_SIGNALS:
    void sceneChosen(const QString& id);

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void place();

    Theme m_theme = Theme::light();
    QWidget* m_canvas;
    std::vector<SceneCard*> m_cards;
};

} // namespace orrery
