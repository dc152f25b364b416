// One scene in the gallery. Its picture is the lab's own main view, fed by a run of its own; it plays while
// the pointer or the focus is on it.
#pragma once

#include "app/lab/lab.h"
#include "app/lab/side_job.h"
#include "app/scenario/scenario.h"
#include "widgets/theme/theme.h"
#include "widgets/transport/session_bridge.h"

#include <QAbstractButton>
#include <QPixmap>
#include <QPointer>
#include <QTimer>

namespace orrery {

class SceneCard final : public QAbstractButton, public Themed {
    Q_OBJECT
  public:
    explicit SceneCard(const Scenario& scene, QWidget* parent = nullptr);
    ~SceneCard() override;

    /// Loads the data and runs the scene up to its frame; once.
    void wake();
    /// Blocks until the picture is whole: for headless rendering and tests.
    void waitUntilShown();
    [[nodiscard]] const QString& sceneId() const { return m_scene.id; }
    [[nodiscard]] bool hasPicture() const { return !m_picture.isNull(); }
    void setTheme(const Theme& theme) override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void start(std::shared_ptr<const data::Dataset> dataset);
    void takePicture();
    void setPlaying(bool playing);
    [[nodiscard]] QRect pictureRect() const;

    Scenario m_scene;
    Theme m_theme = Theme::light();
    std::unique_ptr<Lab> m_lab;
    QPointer<QWidget> m_view;
    SessionBridge m_bridge;
    SideJob m_loader;
    QTimer m_refresh; ///< at most a few pictures a second
    QPixmap m_picture;
    QString m_failure;
    bool m_awake = false;
    bool m_hovered = false;
};

} // namespace orrery
