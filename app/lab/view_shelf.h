// The views of a lab with their ids and titles. A view that stands on a stage belongs to the stage; the
// others belong to the shelf.
#pragma once

#include "app/lab/lab.h"

#include <QPointer>
#include <QStringList>

namespace orrery {

class ViewShelf {
  public:
    ViewShelf() = default;
    ~ViewShelf();
    ViewShelf(const ViewShelf&) = delete;
    ViewShelf& operator=(const ViewShelf&) = delete;

    /// Names the view for screen readers by its title.
    void add(const QString& id, const QString& title, QWidget* widget);
    /// These cards, in this order.
    [[nodiscard]] std::vector<StageView> stage(const QStringList& ids) const;

  private:
    struct Entry {
        QString id, title;
        QPointer<QWidget> widget;
    };
    std::vector<Entry> m_entries;
};

} // namespace orrery
