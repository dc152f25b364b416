#include "widgets/data/import_options.h"

#include "widgets/data/table_text.h"

#include "widgets/parameters/controls.h"
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>

namespace orrery {

namespace {

QHBoxLayout* rowIn(QWidget* widget) {
    auto* layout = new QHBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    return layout;
}

ThemedLabel* labelFor(QWidget* buddy, const QString& text) {
    auto* label = new ThemedLabel(ThemedLabel::Style::Muted, text);
    label->setBuddy(buddy);
    buddy->setAccessibleName(text);
    return label;
}

/// Only text in delimited form has these; other formats say themselves how they are written.
bool isDelimited(const ImportSource& source) {
    static const QStringList kOthers{QStringLiteral("arff"),   QStringLiteral("npy"),
                                     QStringLiteral("npz"),    QStringLiteral("svm"),
                                     QStringLiteral("libsvm"), QStringLiteral("svmlight")};
    return source.isPasted() ||
           (!source.isMade() && !kOthers.contains(source.path.section(QLatin1Char('.'), -1).toLower()));
}

} // namespace

ImportOptions::ImportOptions(QWidget* parent) : QWidget(parent) {
    m_textFields = makeTextFields();
    m_sqliteFields = makeSqliteFields();
    auto* layout = rowIn(this);
    layout->addWidget(m_textFields);
    layout->addWidget(m_sqliteFields, 1);
    m_sqliteFields->hide();
}

QWidget* ImportOptions::makeTextFields() {
    auto* fields = new QWidget(this);
    auto* layout = rowIn(fields);
    m_header = new SoftCombo;
    m_header->addItem(QStringLiteral("Automatic"), int(data::HeaderMode::Auto));
    m_header->addItem(QStringLiteral("Names in the first line"), int(data::HeaderMode::Yes));
    m_header->addItem(QStringLiteral("No names"), int(data::HeaderMode::No));
    m_delimiter = new SoftCombo;
    m_delimiter->addItem(QStringLiteral("Automatic"), QString());
    for (const auto& [name, mark] :
         {std::pair{"Comma", ","}, {"Tab", "\t"}, {"Semicolon", ";"}, {"Bar", "|"}, {"Space", " "}})
        m_delimiter->addItem(QLatin1String(name), QString::fromLatin1(mark));
    layout->addWidget(labelFor(m_header, QStringLiteral("Header")));
    layout->addWidget(m_header);
    layout->addSpacing(14);
    layout->addWidget(labelFor(m_delimiter, QStringLiteral("Delimiter")));
    layout->addWidget(m_delimiter);
    layout->addStretch();
    for (SoftCombo* combo : {m_header, m_delimiter})
        connect(combo, &QComboBox::activated, this, &ImportOptions::changed);
    return fields;
}

QWidget* ImportOptions::makeSqliteFields() {
    auto* fields = new QWidget(this);
    auto* layout = rowIn(fields);
    m_table = new SoftCombo;
    m_query = new EntryField(QStringLiteral("or a query: SELECT … FROM … WHERE …"), true);
    m_run = new QPushButton(QStringLiteral("Run"));
    m_run->setAutoDefault(false);
    m_run->setEnabled(false);
    layout->addWidget(labelFor(m_table, QStringLiteral("Table")));
    layout->addWidget(m_table);
    layout->addSpacing(6);
    layout->addWidget(m_query, 1);
    layout->addWidget(m_run);
    m_query->setAccessibleName(QStringLiteral("Query"));
    const auto run = [this] {
        if (m_query->text().trimmed().isEmpty()) return;
        m_queried = true;
        Q_EMIT changed();
    };
    connect(m_query, &QLineEdit::textChanged, this,
            [this](const QString& text) { m_run->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_query, &QLineEdit::returnPressed, this, run);
    connect(m_run, &QPushButton::clicked, this, run);
    connect(m_table, &QComboBox::activated, this, [this] {
        m_queried = false;
        Q_EMIT changed();
    });
    return fields;
}

void ImportOptions::showFor(const ImportSource& source, bool isSqlite,
                            const std::vector<SqliteSource>& sources) {
    m_textFields->setVisible(!isSqlite && isDelimited(source));
    m_sqliteFields->setVisible(isSqlite);
    m_header->setCurrentIndex(m_header->findData(int(source.options.header)));
    const auto& delimiter = source.options.delimiter;
    m_delimiter->setCurrentIndex(
        m_delimiter->findData(delimiter ? QString(QLatin1Char(*delimiter)) : QString()));
    if (!isSqlite) return;
    m_table->clear();
    for (const SqliteSource& one : sources)
        m_table->addItem(QStringLiteral("%1 · %2%3")
                             .arg(one.name, one.isView ? QStringLiteral("view · ") : QString(),
                                  counted(one.rows, QStringLiteral("row"), QStringLiteral("rows"))),
                         one.name);
    m_table->setCurrentIndex(std::max(0, m_table->findData(source.table)));
    m_queried = !source.query.isEmpty();
    if (m_query->text() != source.query && m_queried) m_query->setText(source.query);
}

void ImportOptions::writeTo(ImportSource& source) const {
    source.options.header = data::HeaderMode(m_header->currentData().toInt());
    const QString delimiter = m_delimiter->currentData().toString();
    source.options.delimiter =
        delimiter.isEmpty() ? std::nullopt : std::optional<char>(delimiter.front().toLatin1());
    source.table = m_table->currentData().toString();
    source.query = m_queried ? m_query->text() : QString();
}

void ImportOptions::setTheme(const Theme& theme) {
    for (SoftCombo* combo : {m_header, m_delimiter, m_table})
        combo->setFixedHeight(theme.px(30));
    m_run->setFixedHeight(theme.px(30));
}

} // namespace orrery
