// The inspector at the right: sections (parameters, why this step, the trace) with rules between them.
// Foldable; in a narrow window the frame lays it over the stage as a drawer.
#pragma once

#include "widgets/theme/theme.h"

#include <QWidget>
#include <vector>

class QScrollArea;
class QVBoxLayout;

namespace orrery {

/// One section: a heading, something small in its right corner, the content.
class InspectorSection final : public QWidget, public Themed {
    Q_OBJECT
  public:
    InspectorSection(const QString& heading, QWidget* content, QWidget* corner, QWidget* parent = nullptr);

    void setHeading(const QString& heading);
    /// A figure in the corner, in mono: "3.1e−05". Not together with a corner widget.
    void setFigure(const QString& figure);
    void setTheme(const Theme& theme) override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Theme m_theme = Theme::light();
    QString m_heading;
    QString m_figure;
    QVBoxLayout* m_layout;
    QWidget* m_corner;

    void resizeEvent(QResizeEvent* event) override;
    void placeCorner();
};

class Inspector final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit Inspector(QWidget* parent = nullptr);

    /// Takes ownership. `stretches` gives it the height that is left: one chart at the bottom.
    InspectorSection* addSection(const QString& heading, QWidget* content, QWidget* corner = nullptr,
                                 bool stretches = false);
    void clear();

    void setFolded(bool folded);
    [[nodiscard]] bool isFolded() const { return m_folded; }
    void toggleFolded() { setFolded(!m_folded); }
    /// Drawn with a shade at its left edge, over the stage. The frame decides.
    void setDrawer(bool drawer);
    [[nodiscard]] bool isDrawer() const { return m_drawer; }

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override { return {m_theme.px(336), m_theme.px(600)}; }

  Q_SIGNALS:
    void foldedChanged(bool folded);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    [[nodiscard]] int ruleHeight() const;
    void space();

    Theme m_theme = Theme::light();
    QScrollArea* m_scroll;
    QVBoxLayout* m_column;
    std::vector<QWidget*> m_parts; ///< sections and the rules between them, in order
    bool m_folded = false;
    bool m_drawer = false;
    bool m_tight = false; ///< a low window: less air between the sections
};

} // namespace orrery
