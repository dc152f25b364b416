#include "app/lab/view_shelf.h"

#include <QWidget>
#include <algorithm>

namespace orrery {

ViewShelf::~ViewShelf() {
    for (const Entry& entry : m_entries)
        if (entry.widget && !entry.widget->parent()) delete entry.widget;
}

void ViewShelf::add(const QString& id, const QString& title, QWidget* widget) {
    widget->setAccessibleName(title);
    m_entries.push_back({id, title, widget});
}

std::vector<StageView> ViewShelf::stage(const QStringList& ids) const {
    std::vector<StageView> stage;
    for (const QString& id : ids) {
        const auto entry =
            std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& e) { return e.id == id; });
        Q_ASSERT(entry != m_entries.end());
        stage.push_back({entry->id, entry->title, entry->widget});
    }
    return stage;
}

} // namespace orrery
