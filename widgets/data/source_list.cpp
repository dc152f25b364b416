#include "widgets/data/source_list.h"

#include "core/data/builtins.h"
#include "core/data/generators.h"
#include "widgets/frame/paint.h"

#include <QDir>
#include <QFileInfo>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace orrery {

namespace {

SourceList::Kind kindOf(const QModelIndex& index) {
    return SourceList::Kind(index.data(SourceList::KindRole).toInt());
}

class SourceDelegate final : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    Theme theme = Theme::light();

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        if (kindOf(index) == SourceList::Kind::Heading)
            return {theme.px(200), theme.px(index.row() == 0 ? 32 : 46)};
        return {theme.px(200), theme.px(52)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        const QRectF tile = QRectF(option.rect).adjusted(theme.px(8), 1, -theme.px(8), -1);
        if (kindOf(index) == SourceList::Kind::Heading)
            drawElided(*painter, tile.adjusted(theme.px(12), 0, 0, -theme.px(8)),
                       Qt::AlignBottom | Qt::AlignLeft, theme.words(12, QFont::DemiBold), theme.inkSecond,
                       index.data().toString());
        else
            paintSource(*painter, option, tile, index);
        painter->restore();
    }

  private:
    void paintSource(QPainter& painter, const QStyleOptionViewItem& option, const QRectF& tile,
                     const QModelIndex& index) const {
        const bool there = index.flags() & Qt::ItemIsEnabled;
        const bool current = option.state & QStyle::State_Selected;
        if (current)
            drawPanel(painter, tile, theme.px(8), theme.accentSoft);
        else if (there && (option.state & QStyle::State_MouseOver))
            drawPanel(painter, tile, theme.px(8), theme.field);
        if (current)
            drawPanel(
                painter,
                QRectF(tile.left(), tile.top() + theme.px(8), theme.px(3), tile.height() - theme.px(16)), 1.5,
                theme.accent);
        const QRectF text = tile.adjusted(theme.px(12), theme.px(8), -theme.px(12), -theme.px(8));
        const QString size = index.data(SourceList::SizeRole).toString();
        const double sizeWidth = size.isEmpty() ? 0 : textWidth(theme.numbers(11.5), size) + theme.px(10);
        drawElided(painter, text.adjusted(0, 0, -sizeWidth, 0), Qt::AlignTop | Qt::AlignLeft,
                   theme.words(13, QFont::Medium), there ? theme.ink : theme.inkThird,
                   index.data().toString());
        drawElided(painter, text, Qt::AlignTop | Qt::AlignRight, theme.numbers(11.5), theme.inkSecond, size);
        drawElided(painter, text, Qt::AlignBottom | Qt::AlignLeft, theme.words(11.5),
                   there ? theme.inkSecond : theme.inkThird, index.data(SourceList::SentenceRole).toString());
        if ((option.state & QStyle::State_HasFocus) && option.widget && option.widget->hasFocus())
            drawFocusRing(painter, tile, theme.px(8), theme);
    }
};

QString folderOf(const QString& path) {
    QString folder = QFileInfo(path).absolutePath();
    const QString home = QDir::homePath();
    if (folder == home || folder.startsWith(home + QLatin1Char('/')))
        folder.replace(0, home.size(), QLatin1Char('~'));
    return folder;
}

} // namespace

SourceList::SourceList(QWidget* parent) : QListView(parent), m_model(new QStandardItemModel(this)) {
    setModel(m_model);
    setItemDelegate(new SourceDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setStyleSheet(QStringLiteral("QListView { border: none; background: transparent; }"));
    setMouseTracking(true);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setAccessibleName(QStringLiteral("Data sets"));
    addHeading(QStringLiteral("Built in"));
    for (const data::BuiltinInfo& info : data::builtins())
        add(Kind::Builtin, QString::fromStdString(info.id), QString::fromStdString(info.title),
            QString::fromStdString(info.sentence),
            QStringLiteral("%1 × %2").arg(grouped(qint64(info.rows)), grouped(qint64(info.columns))),
            QString::fromStdString(info.sentence + "\n" + info.provenance));
    addHeading(QStringLiteral("Made on the spot"));
    for (const data::GeneratorInfo& info : data::generators())
        add(Kind::Generator, QString::fromStdString(info.id), QString::fromStdString(info.title),
            QString::fromStdString(info.sentence), QString(), QString::fromStdString(info.sentence));
    m_recentHeading = m_model->rowCount();
    connect(this, &QListView::clicked, this, &SourceList::choose);
}

QStandardItem* SourceList::addHeading(const QString& text) {
    auto* item = new QStandardItem(text);
    item->setData(int(Kind::Heading), KindRole);
    item->setFlags(Qt::NoItemFlags);
    m_model->appendRow(item);
    return item;
}

void SourceList::add(Kind kind, const QString& id, const QString& title, const QString& sentence,
                     const QString& size, const QString& toolTip) {
    auto* item = new QStandardItem(title);
    item->setData(int(kind), KindRole);
    item->setData(id, IdRole);
    item->setData(sentence, SentenceRole);
    item->setData(size, SizeRole);
    item->setToolTip(toolTip);
    item->setAccessibleDescription(sentence);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    m_model->appendRow(item);
}

void SourceList::setRecentFiles(const QStringList& paths) {
    m_model->removeRows(m_recentHeading, m_model->rowCount() - m_recentHeading);
    if (paths.isEmpty()) return;
    addHeading(QStringLiteral("Recent files"));
    for (const QString& path : paths) {
        const bool there = QFileInfo(path).isFile();
        add(Kind::Recent, path, QFileInfo(path).fileName(),
            there ? folderOf(path) : QStringLiteral("no longer in %1").arg(folderOf(path)), QString(), path);
        // Still selectable with the keyboard, so that it can be taken off the list.
        if (!there) m_model->item(m_model->rowCount() - 1)->setFlags(Qt::ItemIsSelectable);
    }
}

int SourceList::indexOf(Kind kind, const QString& id) const {
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (kindOf(m_model->index(row, 0)) == kind && m_model->index(row, 0).data(IdRole).toString() == id)
            return row;
    return -1;
}

void SourceList::setCurrentSource(Kind kind, const QString& id) {
    const int row = indexOf(kind, id);
    if (row < 0) return selectionModel()->clear();
    selectionModel()->setCurrentIndex(m_model->index(row, 0), QItemSelectionModel::ClearAndSelect);
}

void SourceList::choose(const QModelIndex& index) {
    if (index.isValid() && (index.flags() & Qt::ItemIsEnabled) && kindOf(index) != Kind::Heading)
        Q_EMIT chosen(kindOf(index), index.data(IdRole).toString());
}

void SourceList::keyPressEvent(QKeyEvent* event) {
    const QModelIndex index = currentIndex();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return choose(index);
    if (event->key() == Qt::Key_Delete && index.isValid() && kindOf(index) == Kind::Recent) {
        Q_EMIT recentRemoved(index.data(IdRole).toString());
        return;
    }
    QListView::keyPressEvent(event);
}

void SourceList::setTheme(const Theme& theme) {
    m_theme = theme;
    static_cast<SourceDelegate*>(itemDelegate())->theme = theme;
    scheduleDelayedItemsLayout();
}

} // namespace orrery
