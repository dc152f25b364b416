#include "widgets/data/import_dialog.h"

#include "widgets/data/clipboard_data.h"
#include "widgets/data/import_options.h"
#include "widgets/data/loading_page.h"
#include "widgets/data/row_choices.h"
#include "widgets/data/table_text.h"
#include "widgets/data/table_view.h"
#include "widgets/frame/card.h"
#include "widgets/frame/paint.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace orrery {

namespace {

constexpr std::size_t kPreviewRows = 500;

std::shared_ptr<const std::vector<std::size_t>> firstRows(std::size_t count) {
    auto rows = std::make_shared<std::vector<std::size_t>>(count);
    for (std::size_t i = 0; i < count; ++i)
        (*rows)[i] = i;
    return rows;
}

} // namespace

QString importFileFilter() {
    QStringList lines, all{QStringLiteral("*.sqlite *.sqlite3 *.db")};
    for (const data::FileFormat& format : data::fileFormats()) {
        QStringList patterns;
        for (const std::string& extension : format.extensions)
            patterns << QStringLiteral("*.%1").arg(QString::fromStdString(extension));
        lines << QStringLiteral("%1 (%2)").arg(QString::fromStdString(format.label),
                                               patterns.join(QLatin1Char(' ')));
        all << patterns;
    }
    lines << QStringLiteral("SQLite database (*.sqlite *.sqlite3 *.db)") << QStringLiteral("Any file (*)");
    lines.prepend(QStringLiteral("All data files (%1)").arg(all.join(QLatin1Char(' '))));
    return lines.join(QStringLiteral(";;"));
}

ImportDialog::ImportDialog(QWidget* parent) : QDialog(parent), m_loadingPage(new LoadingPage) {
    setWindowTitle(QStringLiteral("Import data"));
    setAcceptDrops(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    auto* pages = new QWidget;
    m_pages = new QStackedLayout(pages);
    m_pages->addWidget(m_loadingPage);
    m_pages->addWidget(m_preview = makeBody());
    column->addWidget(pages, 1);
    column->addWidget(makeFooter());
    connect(&m_loader, &ImportLoader::loaded, this, &ImportDialog::showLoad);
    connect(&m_loader, &ImportLoader::failed, this, &ImportDialog::showFailure);
    connect(&m_loader, &ImportLoader::cancelled, this, &ImportDialog::backToWhatWas);
    connect(&m_watch, &OutcomeWatch::worked, this, &ImportDialog::showOutcome);
    connect(m_loadingPage, &LoadingPage::cancelRequested, &m_loader, &ImportLoader::cancel);
    connect(m_loadingPage, &LoadingPage::anotherRequested, this, &ImportDialog::chooseFile);
    connect(m_options, &ImportOptions::changed, this, [this] {
        ImportSource source = m_load ? m_source : m_reading;
        source.opened.reset();
        m_options->writeTo(source);
        read(std::move(source));
    });
    connect(columns(), &ColumnModel::rolesChanged, this, &ImportDialog::choicesChanged);
    connect(m_rowChoices, &RowChoices::changed, this, &ImportDialog::choicesChanged);
    backToWhatWas();
    applyTheme(this, m_theme);
}

QWidget* ImportDialog::makeHeader() {
    auto* band = new DialogBand(DialogBand::Side::Top);
    auto* column = new QVBoxLayout(band);
    column->setContentsMargins(28, 14, 28, 14);
    column->setSpacing(12);
    auto* names = new QHBoxLayout;
    names->setSpacing(14);
    names->addWidget(m_title = new ThemedLabel(ThemedLabel::Style::Title));
    names->addWidget(m_facts = new ThemedLabel(ThemedLabel::Style::Muted));
    names->addStretch();
    auto* another = new QPushButton(QStringLiteral("Another file…"));
    another->setAutoDefault(false);
    connect(another, &QPushButton::clicked, this, &ImportDialog::chooseFile);
    names->addWidget(another);
    column->addLayout(names);
    column->addWidget(m_options = new ImportOptions);
    column->addWidget(m_banner = new ThemedLabel(ThemedLabel::Style::Failure));
    m_banner->setWordWrap(true);
    m_banner->hide();
    return band;
}

QWidget* ImportDialog::makeBody() {
    auto* body = new QWidget;
    auto* row = new QHBoxLayout(body);
    row->setContentsMargins(28, 24, 28, 24);
    row->setSpacing(24);
    m_columnsCard = new Card(QStringLiteral("Columns"));
    m_columnsCard->setContent(m_columnsPanel = new ColumnsPanel);
    m_rowsCard = new Card(QStringLiteral("First rows"));
    m_rowsCard->setContent(m_rows = new TableView);
    m_rows->setSelectable(false);
    m_choiceCard = new Card(QStringLiteral("Rows to keep"));
    m_choiceCard->setSubtitle(QStringLiteral("a filter, then a sample"));
    m_choiceCard->setContent(m_rowChoices = new RowChoices);
    auto* side = new QVBoxLayout;
    side->setSpacing(24);
    side->addWidget(m_rowsCard, 1);
    side->addWidget(m_choiceCard);
    row->addWidget(m_columnsCard, 62);
    row->addLayout(side, 38);
    return body;
}

QWidget* ImportDialog::makeFooter() {
    auto* band = new DialogBand(DialogBand::Side::Bottom);
    auto* row = new QHBoxLayout(band);
    row->setContentsMargins(28, 14, 28, 14);
    row->setSpacing(10);
    row->addWidget(m_outcome = new ThemedLabel(ThemedLabel::Style::Body), 1);
    m_outcome->setWordWrap(true);
    row->addSpacing(14);
    auto* cancel = new QPushButton(QStringLiteral("Cancel"));
    cancel->setAutoDefault(false);
    m_import = new QPushButton(QStringLiteral("Import"));
    m_import->setDefault(true);
    connect(cancel, &QPushButton::clicked, this, &ImportDialog::reject);
    connect(m_import, &QPushButton::clicked, this, &ImportDialog::accept);
    row->addWidget(cancel);
    row->addWidget(m_import);
    return band;
}

void ImportDialog::openPath(const QString& path) {
    ImportSource source;
    source.path = path;
    read(std::move(source));
}

void ImportDialog::openText(const QString& text) {
    ImportSource source;
    source.text = text;
    read(std::move(source));
}

void ImportDialog::openAgain(ImportSource source, data::Dataset choices) {
    m_choices = std::move(choices);
    source.opened = m_choices.table;
    read(std::move(source));
}

void ImportDialog::setRules(std::function<data::Roles(const std::shared_ptr<const data::Table>&)> roles,
                            std::function<Expected<void>(const data::Dataset&)> usable) {
    m_roles = std::move(roles);
    m_watch.setUsable(std::move(usable));
}

void ImportDialog::chooseFile() {
    if (!m_files) {
        m_files = new QFileDialog(this, QStringLiteral("Open data"), {}, importFileFilter());
        m_files->setFileMode(QFileDialog::ExistingFile);
        connect(m_files, &QFileDialog::fileSelected, this, &ImportDialog::openPath);
    }
    if (!m_source.path.isEmpty()) m_files->setDirectory(QFileInfo(m_source.path).absolutePath());
    m_files->open();
}

void ImportDialog::read(ImportSource source) {
    m_reading = std::move(source);
    m_failure.clear();
    m_banner->hide();
    m_loadingPage->showLoading(m_reading.title(), [this] { return m_loader.fraction(); });
    m_pages->setCurrentWidget(m_loadingPage);
    m_import->setEnabled(false);
    m_loader.load(m_reading);
}

void ImportDialog::showLoad(const std::shared_ptr<const ImportLoad>& load) {
    // A file read again keeps what was chosen about it.
    const bool again = m_load && m_reading.path == m_source.path && m_reading.text == m_source.text;
    data::Dataset kept = again ? dataset() : std::exchange(m_choices, {});
    if (kept.roles.target.empty() && m_roles) kept.roles = m_roles(load->table);
    m_source = m_reading;
    m_load = load;
    if (m_source.table.isEmpty() && !load->sqliteSources.empty())
        m_source.table = load->sqliteSources.front().name;
    if (!again) m_rowChoices->show(kept);
    columns()->setColumns(load->table, load->facts, kept);
    m_columnsPanel->refill();
    m_rows->setTable(load->table, firstRows(std::min(kPreviewRows, load->table->rows())));
    m_rowsCard->setSubtitle(QStringLiteral("of %1").arg(grouped(qint64(load->table->rows()))));
    m_rowChoices->setTotal(load->table->rows());
    backToWhatWas();
    choicesChanged();
}

void ImportDialog::showFailure(const QString& sentence) {
    m_failure = sentence;
    if (m_load) {
        backToWhatWas();
        m_banner->setText(sentence);
        m_banner->show();
        return;
    }
    m_title->setText(m_reading.title());
    m_facts->clear();
    const bool isSqlite = isSqliteFile(m_reading.path);
    m_options->showFor(m_reading, isSqlite, {});
    m_options->setVisible(!isSqlite);
    m_loadingPage->showFailure(sentence);
    m_pages->setCurrentWidget(m_loadingPage);
    showWords({}, false);
}

void ImportDialog::backToWhatWas() {
    m_title->setText(m_load ? m_source.title() : QStringLiteral("Import data"));
    m_facts->setText(m_load ? sizeText(m_load->table->rows(), m_load->table->columnCount()) : QString());
    m_options->setVisible(m_load != nullptr);
    if (m_load)
        m_options->showFor(m_source, m_load->isSqlite, m_load->sqliteSources);
    else
        m_loadingPage->showEmpty();
    m_pages->setCurrentWidget(m_load ? m_preview : static_cast<QWidget*>(m_loadingPage));
    m_import->setEnabled(m_load && m_sound);
}

bool ImportDialog::isReady() const {
    return m_load && !isLoading() && m_watch.isSettled();
}

data::Dataset ImportDialog::dataset() const {
    data::Dataset dataset;
    if (!m_load) return dataset;
    columns()->writeTo(dataset);
    m_rowChoices->writeTo(dataset);
    return dataset;
}

QString ImportDialog::outcomeSentence() const {
    return m_outcome->text();
}

void ImportDialog::choicesChanged() {
    if (!m_load || columns()->rowCount() == 0) return;
    m_columnsCard->setSubtitle(m_columnsPanel->summary());
    m_sound = false;
    m_import->setEnabled(false);
    if (columns()->usedCount() > 0) return m_watch.setDataset(dataset());
    m_watch.clear();
    showWords(QStringLiteral("Use at least one column besides the target"), false);
}

void ImportDialog::showOutcome(const ImportOutcome& outcome) {
    m_rowChoices->showOutcome(outcome);
    m_sound = outcome.isSound();
    m_import->setEnabled(m_sound && !isLoading());
    // The filter's own sentence stands beneath the filter.
    const QString words = outcome.filterProblem.isEmpty() ? outcomeText(outcome, dataset())
                                                          : QStringLiteral("The row filter cannot be read");
    showWords(words, m_sound);
}

void ImportDialog::showWords(const QString& words, bool sound) {
    m_outcome->setStyle(sound ? ThemedLabel::Style::Body : ThemedLabel::Style::Failure);
    m_outcome->setText(words);
}

void ImportDialog::accept() {
    if (!m_import->isEnabled() || !isReady()) return;
    Q_EMIT imported(dataset(), m_source);
    QDialog::accept();
}

void ImportDialog::reject() {
    // The first Escape gives up the reading, the next one the dialog.
    if (isLoading()) return m_loader.cancel();
    QDialog::reject();
}

void ImportDialog::dragEnterEvent(QDragEnterEvent* event) {
    if (!pathsFromDrop(*event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void ImportDialog::dropEvent(QDropEvent* event) {
    const QStringList paths = pathsFromDrop(*event->mimeData());
    if (!paths.isEmpty()) openPath(paths.front());
}

void ImportDialog::setTheme(const Theme& theme) {
    m_theme = theme;
    for (QPushButton* button : findChildren<QPushButton*>())
        button->setFont(theme.words());
    update();
}

void ImportDialog::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.window);
}

} // namespace orrery
