// Compiled once for all of widgets, app and their tests. Every header in it costs each source some time
// whether it uses it or not (templates that wait for the end of a source), so: what many ask for, and none of
// the headers that are a whole Qt module. A source still includes what it uses.
#pragma once

#include "core/support/expected.h"
#include "widgets/plot/qcustomplot_header.h"

#include <Eigen/SparseCore>
#include <QAbstractButton>
#include <QAbstractListModel>
#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QFileInfo>
#include <QIcon>
#include <QImage>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QStringList>
#include <QTimer>
#include <QToolButton>
#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>
