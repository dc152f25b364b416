// Keys under one heading, as the sheet of keys lists them.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace orrery {

struct KeyGroup {
    QString name;
    struct Line {
        QString text;
        QStringList keys; ///< alternatives, as the user reads them
    };
    std::vector<Line> lines;
};

} // namespace orrery
