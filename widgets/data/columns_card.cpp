#include "widgets/data/columns_card.h"

#include "widgets/data/table_text.h"
#include "widgets/frame/buttons.h"
#include "widgets/frame/paint.h"

#include "widgets/parameters/controls.h"
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace orrery {

ColumnsPanel::ColumnsPanel(QWidget* parent)
    : QWidget(parent)
    , m_columns(new ColumnModel(this))
    , m_target(new SoftCombo)
    , m_search(new EntryField(QStringLiteral("Find a column")))
    , m_all(new LinkButton(QStringLiteral("All")))
    , m_none(new LinkButton(QStringLiteral("None")))
    , m_list(new ColumnList(m_columns)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    auto* tools = new QHBoxLayout;
    tools->setContentsMargins(12, 0, 14, 0);
    tools->setSpacing(10);
    auto* label = new ThemedLabel(ThemedLabel::Style::Muted, QStringLiteral("Target"));
    label->setBuddy(m_target);
    tools->addWidget(label);
    tools->addWidget(m_target);
    tools->addStretch();
    tools->addWidget(m_search);
    tools->addWidget(m_all);
    tools->addWidget(m_none);
    column->addLayout(tools);
    column->addWidget(m_list, 1);
    m_target->setAccessibleName(QStringLiteral("Target"));
    m_target->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_search->setFieldWidth(170);
    m_search->setClearButtonEnabled(true);
    m_all->setAccessibleName(QStringLiteral("Use all columns"));
    m_none->setAccessibleName(QStringLiteral("Use no column"));
    connect(m_target, &QComboBox::activated, this,
            [this](int index) { m_columns->setTarget(m_target->itemData(index).toInt()); });
    connect(m_search, &QLineEdit::textChanged, m_list, &ColumnList::setSearch);
    connect(m_all, &QAbstractButton::clicked, m_columns, [this] { m_columns->setAllUsed(true); });
    connect(m_none, &QAbstractButton::clicked, m_columns, [this] { m_columns->setAllUsed(false); });
    connect(m_columns, &ColumnModel::rolesChanged, this, &ColumnsPanel::follow);
}

void ColumnsPanel::refill() {
    const QSignalBlocker blocker(m_target);
    m_target->clear();
    for (int row = 0; row < m_columns->rowCount(); ++row)
        if (!m_columns->facts(row).isSparse()) m_target->addItem(m_columns->name(row), row);
    m_search->clear();
    follow();
}

void ColumnsPanel::follow() {
    const QSignalBlocker blocker(m_target);
    m_target->setCurrentIndex(m_target->findData(m_columns->target()));
}

QString ColumnsPanel::summary() const {
    return QStringLiteral("%1 of %2 used")
        .arg(grouped(m_columns->usedCount()),
             counted(m_columns->featureCount(), QStringLiteral("feature"), QStringLiteral("features")));
}

void ColumnsPanel::setTheme(const Theme& theme) {
    m_target->setFixedHeight(theme.px(30));
    m_target->setMaximumWidth(theme.px(220));
    m_target->setMinimumWidth(theme.px(120));
}

} // namespace orrery
