// The sheet of keys (F1 or ?): every action that has a key, in groups, over the window.
//
// Made from the actions themselves, so that it cannot say what is not so. An action's group is its property
// "group"; the order of groups and actions is the order in which they are given.
#pragma once

#include "widgets/palette/key_group.h"
#include "widgets/theme/theme.h"

#include <QPointer>
#include <QWidget>
#include <vector>

class QAction;

namespace orrery {

[[nodiscard]] std::vector<KeyGroup> keyGroups(const QList<QAction*>& actions);

class KeyOverlay final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit KeyOverlay(QWidget* parent);

    /// `more`: keys that no action has, before those of the actions.
    void open(const QList<QAction*>& actions, const std::vector<KeyGroup>& more = {});
    void dismiss();
    void setTheme(const Theme& theme) override;

  Q_SIGNALS:
    void dismissed();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    struct Column {
        double height = 0;
        std::vector<const KeyGroup*> groups;
    };
    [[nodiscard]] std::vector<Column> columns() const; ///< as few as are no taller than the most that fit
    [[nodiscard]] std::vector<Column> columns(int count) const;
    [[nodiscard]] double heightOf(const KeyGroup& group) const;
    [[nodiscard]] QRectF panel(const std::vector<Column>& columns) const;
    void paintGroup(QPainter& painter, const KeyGroup& group, const QRectF& box) const;
    void paintKeys(QPainter& painter, const QStringList& keys, const QRectF& line) const;
    [[nodiscard]] int columnCount() const;
    void scrollBy(double pixels);

    Theme m_theme = Theme::light();
    std::vector<KeyGroup> m_groups;
    QPointer<QWidget> m_cameFrom;
    double m_scroll = 0; ///< a small window scrolls
};

} // namespace orrery
