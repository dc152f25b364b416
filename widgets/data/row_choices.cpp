#include "widgets/data/row_choices.h"

#include "widgets/data/table_text.h"
#include "widgets/frame/paint.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QVBoxLayout>

namespace orrery {

RowChoices::RowChoices(QWidget* parent)
    : QWidget(parent)
    , m_filter(new EntryField(QStringLiteral("age > 40 and sex == \"F\""), true))
    , m_count(new ThemedLabel(ThemedLabel::Style::Small))
    , m_sampled(new QCheckBox(QStringLiteral("Sample")))
    , m_size(new EntryField(QString(), true))
    , m_seedLabel(new ThemedLabel(ThemedLabel::Style::Muted, QStringLiteral("rows, seed")))
    , m_seed(new SeedEntry) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 0, 12, 10);
    column->setSpacing(6);
    column->addWidget(m_filter);
    column->addWidget(m_count);
    auto* sample = new QHBoxLayout;
    sample->setSpacing(8);
    for (QWidget* part : std::initializer_list<QWidget*>{m_sampled, m_size, m_seedLabel, m_seed})
        sample->addWidget(part);
    sample->addStretch();
    column->addSpacing(4);
    column->addLayout(sample);
    column->addStretch();
    m_filter->setAccessibleName(QStringLiteral("Row filter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setToolTip(QStringLiteral("Compare columns with < <= > >= == !=, join with and, or, not; "
                                        "missing(column); a name with blanks in `backquotes`"));
    m_count->setWordWrap(true);
    m_size->setFieldWidth(72);
    m_size->setAlignment(Qt::AlignRight);
    m_size->setAccessibleName(QStringLiteral("Rows in the sample"));
    m_size->setValidator(new QIntValidator(1, std::numeric_limits<int>::max(), m_size));
    const auto follow = [this] {
        m_size->setEnabled(m_sampled->isChecked());
        m_seed->setEnabled(m_sampled->isChecked());
        Q_EMIT changed();
    };
    follow();
    connect(m_filter, &QLineEdit::textChanged, this, &RowChoices::changed);
    connect(m_size, &QLineEdit::textChanged, this, &RowChoices::changed);
    connect(m_seed, &SeedEntry::seedChanged, this, &RowChoices::changed);
    connect(m_sampled, &QCheckBox::toggled, this, follow);
}

void RowChoices::setTotal(std::size_t rows) {
    m_total = rows;
    if (!m_sampled->isChecked()) m_size->setText(QString::number(std::min<std::size_t>(rows, 1000)));
}

void RowChoices::show(const data::Dataset& dataset) {
    m_filter->setText(QString::fromStdString(dataset.rowFilter));
    m_sampled->setChecked(dataset.sample.has_value());
    m_size->setText(dataset.sample ? QString::number(dataset.sample->count) : QString());
    if (dataset.sample) m_seed->setSeed(dataset.sample->seed);
}

void RowChoices::writeTo(data::Dataset& dataset) const {
    dataset.rowFilter = m_filter->text().trimmed().toStdString();
    dataset.sample.reset();
    if (m_sampled->isChecked() && m_size->text().toULongLong() > 0)
        dataset.sample = data::RowSample{m_size->text().toULongLong(), m_seed->seed()};
}

void RowChoices::showOutcome(const ImportOutcome& outcome) {
    const bool broken = !outcome.filterProblem.isEmpty();
    m_count->setStyle(broken ? ThemedLabel::Style::Failure : ThemedLabel::Style::Small);
    m_count->setText(broken
                         ? outcome.filterProblem
                         : QStringLiteral("%1 of %2 pass")
                               .arg(grouped(qint64(outcome.passing)),
                                    counted(qint64(m_total), QStringLiteral("row"), QStringLiteral("rows"))));
}

void RowChoices::setTheme(const Theme& theme) {
    layout()->setContentsMargins(theme.px(12), 0, theme.px(12), theme.px(10));
    m_sampled->setFont(theme.words());
}

} // namespace orrery
