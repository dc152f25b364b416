#include "widgets/data/column_list.h"

#include "widgets/data/column_delegate.h"
#include "widgets/frame/paint.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QToolTip>

namespace orrery {

namespace {

constexpr int kHeadingHeight = 28;

/// The words above the columns of numbers.
class Heading final : public QWidget, public Themed {
  public:
    using QWidget::QWidget;
    void setTheme(const Theme& theme) override {
        m_theme = theme;
        update();
    }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.fillRect(rect(), m_theme.surface);
        painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.line);
        const ColumnLine parts = ColumnLine::of(rect(), m_theme);
        const auto say = [&](const QRectF& where, Qt::Alignment side, const QString& text) {
            drawElided(painter, where, side | Qt::AlignVCenter, m_theme.words(11), m_theme.inkSecond, text);
        };
        say(parts.name.adjusted(parts.box.left() - parts.name.left(), 0, 0, 0), Qt::AlignLeft,
            QStringLiteral("Feature"));
        say(parts.type.adjusted(m_theme.px(8), 0, 0, 0), Qt::AlignLeft, QStringLiteral("Type"));
        say(parts.missing, Qt::AlignRight, QStringLiteral("Missing"));
        say(parts.minimum, Qt::AlignRight, QStringLiteral("Least"));
        say(parts.mean, Qt::AlignRight, QStringLiteral("Mean"));
        say(parts.maximum, Qt::AlignRight, QStringLiteral("Greatest"));
        say(QRectF(parts.histogram.left(), 0, parts.histogram.width(), height()), Qt::AlignLeft,
            QStringLiteral("Distribution"));
    }

  private:
    Theme m_theme = Theme::light();
};

} // namespace

ColumnList::ColumnList(ColumnModel* model, QWidget* parent)
    : QListView(parent)
    , m_columns(model)
    , m_shown(new QSortFilterProxyModel(this))
    , m_heading(new Heading(this)) {
    m_shown->setSourceModel(model);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    setModel(m_shown);
    setItemDelegate(new ColumnDelegate(model, this));
    setUniformItemSizes(true);
    setFrameShape(QFrame::NoFrame);
    setStyleSheet(QStringLiteral("QListView { border: none; background: transparent; }"));
    setSelectionMode(QAbstractItemView::NoSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setAccessibleName(QStringLiteral("Columns"));
    setAccessibleDescription(
        QStringLiteral("Space uses or leaves out, T makes it the target, C reads numbers as a category"));
    connect(model, &ColumnModel::rolesChanged, viewport(), qOverload<>(&QWidget::update));
    setTheme(m_theme);
}

void ColumnList::setSearch(const QString& text) {
    m_shown->setFilterFixedString(text.trimmed());
}

int ColumnList::shownCount() const {
    return m_shown->rowCount();
}

int ColumnList::modelRow(const QModelIndex& shown) const {
    return shown.isValid() ? columnRow(shown) : -1;
}

int ColumnList::currentRow() const {
    return modelRow(currentIndex());
}

ColumnList::Part ColumnList::partAt(const QPoint& point) const {
    const QModelIndex shown = indexAt(point);
    if (!shown.isValid()) return Part::None;
    const ColumnLine parts = ColumnLine::of(visualRect(shown), m_theme);
    if (parts.type.contains(point))
        return m_columns->canChangeType(modelRow(shown)) ? Part::Type : Part::None;
    if (parts.target.contains(point)) return Part::Target;
    return point.x() < parts.target.left() ? Part::Use : Part::None;
}

void ColumnList::change(int row, Part part) {
    if (row < 0) return;
    if (part == Part::Use && !m_columns->isTarget(row)) m_columns->setUsed(row, !m_columns->isUsed(row));
    if (part == Part::Target) m_columns->setTarget(row);
    if (part == Part::Type) m_columns->setCategory(row, !m_columns->isCategory(row));
}

void ColumnList::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Space:
        return change(currentRow(), Part::Use);
    case Qt::Key_T:
        return change(currentRow(), Part::Target);
    case Qt::Key_C:
        return change(currentRow(), Part::Type);
    default:
        QListView::keyPressEvent(event);
    }
}

void ColumnList::mousePressEvent(QMouseEvent* event) {
    QListView::mousePressEvent(event);
    if (event->button() == Qt::LeftButton) change(modelRow(indexAt(event->pos())), partAt(event->pos()));
}

void ColumnList::mouseMoveEvent(QMouseEvent* event) {
    const bool active = partAt(event->pos()) != Part::None;
    viewport()->setCursor(active ? Qt::PointingHandCursor : Qt::ArrowCursor);
    QListView::mouseMoveEvent(event);
}

bool ColumnList::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int row = modelRow(indexAt(help->pos()));
        QString text;
        if (row >= 0) {
            text = m_columns->name(row);
            if (partAt(help->pos()) == Part::Type)
                text = QStringLiteral("Read the numbers as a category, or back (C)");
            if (partAt(help->pos()) == Part::Target) text = QStringLiteral("Predict this column (T)");
        }
        QToolTip::showText(help->globalPos(), text, viewport());
        return true;
    }
    return QListView::viewportEvent(event);
}

void ColumnList::resizeEvent(QResizeEvent* event) {
    QListView::resizeEvent(event);
    m_heading->setGeometry(0, 0, viewport()->width(), m_theme.px(kHeadingHeight));
}

void ColumnList::setTheme(const Theme& theme) {
    m_theme = theme;
    static_cast<ColumnDelegate*>(itemDelegate())->setTheme(theme);
    dynamic_cast<Themed*>(m_heading)->setTheme(theme);
    setViewportMargins(0, theme.px(kHeadingHeight), 0, 0);
    m_heading->setGeometry(0, 0, viewport()->width(), theme.px(kHeadingHeight));
    scheduleDelayedItemsLayout();
}

} // namespace orrery
