#include "widgets/data/data_panel.h"

#include "widgets/data/recent_files.h"
#include "widgets/data/table_text.h"
#include "widgets/data/table_view.h"
#include "widgets/frame/card.h"

#include <QBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QStackedLayout>

namespace orrery {

DataPanel::DataPanel(QWidget* parent)
    : QWidget(parent)
    , m_sourceCard(new Card(QStringLiteral("Data sets")))
    , m_rowsCard(new Card(QStringLiteral("Rows")))
    , m_right(new QWidget)
    , m_pages(new QStackedLayout(m_right))
    , m_table(new TableView)
    , m_generator(new GeneratorPanel) {
    auto* row = new QBoxLayout(QBoxLayout::LeftToRight, this);
    row->setSizeConstraint(QLayout::SetNoConstraint); // at any width: arrange() stacks
    row->addWidget(m_sourceCard);
    row->addWidget(m_right, 1);
    m_sourceCard->setContent(makeSources());
    m_rowsCard->setContent(m_table);
    m_pages->addWidget(m_rowsCard);
    m_pages->addWidget(m_generator);
    connect(m_sources, &SourceList::chosen, this, &DataPanel::choose);
    connect(m_sources, &SourceList::recentRemoved, this, [this](const QString& path) {
        QStringList paths = m_recent;
        paths.removeAll(path);
        setRecentFiles(paths);
        Q_EMIT recentFilesChanged(paths);
    });
    connect(m_generator, &GeneratorPanel::generatorAccepted, this, &DataPanel::generatorAccepted);
    connect(m_table, &TableView::rowsSelected, this, &DataPanel::rowsSelected);
    setTheme(m_theme);
}

QWidget* DataPanel::makeSources() {
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(12, 0, 12, 0);
    buttons->setSpacing(8);
    buttons->addWidget(m_open = new QPushButton(QStringLiteral("Open…")), 1);
    buttons->addWidget(m_paste = new QPushButton(QStringLiteral("Paste cells")), 1);
    column->addLayout(buttons);
    column->addWidget(m_sources = new SourceList, 1);
    connect(m_open, &QPushButton::clicked, this, &DataPanel::openRequested);
    connect(m_paste, &QPushButton::clicked, this, &DataPanel::pasteRequested);
    return content;
}

void DataPanel::choose(SourceList::Kind kind, const QString& id) {
    if (kind == SourceList::Kind::Generator) return showGenerator(id);
    showRows();
    if (kind == SourceList::Kind::Builtin) Q_EMIT builtinRequested(id);
    if (kind == SourceList::Kind::Recent) Q_EMIT fileRequested(id);
}

void DataPanel::setDataset(const data::Dataset& dataset,
                           std::shared_ptr<const std::vector<std::size_t>> rows) {
    const data::Table& table = *dataset.table;
    const std::string target =
        dataset.roles.target.empty() ? data::defaultRoles(table).target : dataset.roles.target;
    m_rowsCard->setTitle(QString::fromStdString(table.name));
    const QString size =
        rows && rows->size() < table.rows()
            ? QStringLiteral("%1 of %2")
                  .arg(counted(qint64(rows->size()), QStringLiteral("row"), QStringLiteral("rows")),
                       sizeText(table.rows(), table.columnCount()))
            : sizeText(table.rows(), table.columnCount());
    m_rowsCard->setSubtitle(table.provenance.empty() ? size
                                                     : QStringLiteral("%1 · %2").arg(
                                                           size, QString::fromStdString(table.provenance)));
    m_table->setTable(dataset.table, std::move(rows));
    m_table->setTarget(QString::fromStdString(target));
    showRows();
}

void DataPanel::setCurrentSource(SourceList::Kind kind, const QString& id) {
    m_sources->setCurrentSource(kind, id);
}

void DataPanel::setRecentFiles(const QStringList& paths) {
    m_recent = paths;
    m_sources->setRecentFiles(paths);
}

void DataPanel::addRecentFile(const QString& path) {
    setRecentFiles(withRecent(m_recent, path));
    Q_EMIT recentFilesChanged(m_recent);
}

void DataPanel::setHighlightedRows(const std::vector<int>& tableRows) {
    m_table->setHighlightedRows(tableRows);
}

void DataPanel::showRows() {
    m_pages->setCurrentWidget(m_rowsCard);
}

void DataPanel::showGenerator(const QString& id) {
    m_generator->setGenerator(id);
    m_pages->setCurrentWidget(m_generator);
}

bool DataPanel::isShowingGenerator() const {
    return m_pages->currentWidget() == m_generator;
}

void DataPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void DataPanel::arrange() {
    // A side panel: the list above, the rows below.
    const bool narrow = width() < m_theme.px(720);
    auto* box = static_cast<QBoxLayout*>(layout());
    const int margin = m_theme.px(narrow ? 12 : 28), gap = m_theme.px(narrow ? 12 : 24);
    box->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    box->setContentsMargins(margin, m_theme.px(narrow ? 12 : 24), margin, m_theme.px(narrow ? 12 : 24));
    box->setSpacing(gap);
    box->setStretch(0, narrow ? 1 : 0);
    m_sourceCard->setMinimumWidth(narrow ? 0 : m_theme.px(352));
    m_sourceCard->setMaximumWidth(narrow ? QWIDGETSIZE_MAX : m_theme.px(352));
}

void DataPanel::setTheme(const Theme& theme) {
    m_theme = theme;
    for (QPushButton* button : {m_open, m_paste})
        button->setFont(theme.words());
    arrange();
    update();
}

void DataPanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.window);
}

} // namespace orrery
