// QCustomPlot's header spells `signals`, `slots` and `foreach`, which QT_NO_KEYWORDS takes away: include it through here.
#pragma once

#include <QObject>

#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef signals
#undef slots
#undef emit
#undef foreach
