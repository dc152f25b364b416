// QCustomPlot's header spells `signals`, `slots` and `foreach`, which QT_NO_KEYWORDS takes away: include it
// through here. It also asks for all of QtPrintSupport, and with that of QtWidgets, QtGui and QtCore: three
// seconds of every source that draws. It gets the part that it uses.
#pragma once

#include <QLabel>
#include <QObject>
#include <QPrinter>
#include <QWidget>

#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit
#define foreach Q_FOREACH
#ifndef QT_QTPRINTSUPPORT_MODULE_H
#define QT_QTPRINTSUPPORT_MODULE_H // the guard of <QtPrintSupport>
#include <qcustomplot.h>
#undef QT_QTPRINTSUPPORT_MODULE_H
#else
#include <qcustomplot.h>
#endif
#undef signals
#undef slots
#undef emit
#undef foreach
