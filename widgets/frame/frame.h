// The window's frame: rail, top bar, stage, inspector, transport, each in its place at every width.
//
// Wide: the inspector stands beside the stage. Below 1180 px (of unscaled type) it becomes a drawer over the
// stage, closed until asked for. In presentation rail, top bar and inspector are gone.
#pragma once

#include "widgets/frame/inspector.h"
#include "widgets/frame/rail.h"
#include "widgets/frame/stage_layout.h"
#include "widgets/frame/top_bar.h"

#include <QTimer>
#include <QWidget>

namespace orrery {

class Frame final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit Frame(QWidget* parent = nullptr);

    [[nodiscard]] Rail* rail() const { return m_rail; }
    [[nodiscard]] TopBar* topBar() const { return m_topBar; }
    [[nodiscard]] Inspector* inspector() const { return m_inspector; }
    /// What is in the middle: a StageLayout, the gallery. Takes ownership, the previous one is deleted.
    void setStage(QWidget* stage);
    [[nodiscard]] QWidget* stage() const { return m_stage; }
    /// The bar at the bottom. Takes ownership.
    void setTransport(QWidget* transport);
    /// Only the stage, for the lecture hall; the transport comes when the pointer is at the lower edge.
    void setPresenting(bool presenting);
    [[nodiscard]] bool isPresenting() const { return m_presenting; }
    /// A page that has no parameters (the gallery) hides inspector and transport.
    void setPlain(bool plain);

    void setTheme(const Theme& theme) override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void place();
    void followPointer();

    Theme m_theme = Theme::light();
    Rail* m_rail;
    TopBar* m_topBar;
    Inspector* m_inspector;
    QWidget* m_stage = nullptr;
    QWidget* m_transport = nullptr;
    bool m_presenting = false;
    bool m_transportAsked = false; ///< the pointer is at the lower edge
    QTimer m_pointer;              ///< runs while presenting
    bool m_plain = false;
    bool m_narrow = false;
    bool m_watching = false; ///< the drawer is open: a press beside it is waited for
};

} // namespace orrery
