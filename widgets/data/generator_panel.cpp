#include "widgets/data/generator_panel.h"

#include "widgets/data/pieces.h"
#include "widgets/data/table_text.h"
#include "widgets/frame/card.h"
#include "widgets/parameters/controls.h"
#include "widgets/parameters/parameter_form.h"

#include <QBoxLayout>
#include <QPushButton>
#include <QScrollArea>

namespace orrery {

namespace {

constexpr std::int64_t kPreviewRows = 1500;
constexpr std::int64_t kPreviewFeatures = 200;

bool cut(const data::GeneratorInfo& info, ParameterValues& values, std::string_view id, std::int64_t most) {
    const ParameterSpec* spec = findSpec(info.parameters, id);
    if (!spec || spec->kind != ParameterKind::Integer || integerValue(values, *spec) <= most) return false;
    values.insert_or_assign(spec->id, most);
    return true;
}

} // namespace

bool cutToPreview(const data::GeneratorInfo& info, ParameterValues& values) {
    const bool rows = cut(info, values, "n", kPreviewRows);
    const bool features = cut(info, values, "p", kPreviewFeatures);
    if (features) cut(info, values, "k", kPreviewFeatures);
    return rows || features;
}

GeneratorPanel::GeneratorPanel(QWidget* parent)
    : QWidget(parent)
    , m_choices(new Card(QStringLiteral("Make data")))
    , m_pictureCard(new Card(QStringLiteral("Preview")))
    , m_picture(new TableScatter) {
    auto* row = new QBoxLayout(QBoxLayout::LeftToRight, this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(24);
    row->setSizeConstraint(QLayout::SetNoConstraint); // at any width: follow() stacks
    m_choices->setContent(makeChoices());
    m_pictureCard->setContent(m_picture);
    row->addWidget(m_choices);
    row->addWidget(m_pictureCard, 1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(30);
    connect(&m_pause, &QTimer::timeout, this, &GeneratorPanel::work);
    connect(m_form, &ParameterForm::valueChanged, this, &GeneratorPanel::changed);
    connect(m_seed, &SeedEntry::seedChanged, this, &GeneratorPanel::changed);
    connect(m_generator, &QComboBox::activated, this,
            [this] { setGenerator(m_generator->currentData().toString()); });
    connect(m_use, &QPushButton::clicked, this,
            [this] { Q_EMIT generatorAccepted(generator(), values(), seed()); });
    setTheme(Theme::light());
    setGenerator(QString::fromStdString(data::generators().front().id));
}

QWidget* GeneratorPanel::makeChoices() {
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(12, 0, 12, 12);
    column->setSpacing(10);
    column->addWidget(m_generator = new SoftCombo);
    m_generator->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_generator->setAccessibleName(QStringLiteral("Generator"));
    for (const data::GeneratorInfo& info : data::generators())
        m_generator->addItem(QString::fromStdString(info.title), QString::fromStdString(info.id));
    column->addWidget(m_sentence = new ThemedLabel(ThemedLabel::Style::Muted));
    m_sentence->setWordWrap(true);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* holder = new QWidget;
    auto* inner = new QVBoxLayout(holder);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->addWidget(m_form = new ParameterForm);
    inner->addStretch();
    scroll->setWidget(holder);
    scroll->viewport()->setAutoFillBackground(false);
    holder->setAutoFillBackground(false);
    column->addWidget(scroll, 1);
    column->addWidget(m_problemLabel = new ThemedLabel(ThemedLabel::Style::Failure));
    m_problemLabel->setWordWrap(true);
    m_problemLabel->hide();
    auto* last = new QHBoxLayout;
    last->addWidget(new ThemedLabel(ThemedLabel::Style::Muted, QStringLiteral("Data seed")));
    last->addStretch();
    last->addWidget(m_seed = new SeedEntry);
    column->addLayout(last);
    column->addWidget(m_use = new QPushButton(QStringLiteral("Use this data")));
    m_use->setDefault(true);
    return content;
}

void GeneratorPanel::setGenerator(const QString& id) {
    const data::GeneratorInfo* info = data::findGenerator(id.toStdString());
    if (!info || info == m_info) return;
    m_info = info;
    m_generator->setCurrentIndex(m_generator->findData(id));
    m_sentence->setText(QString::fromStdString(info->sentence));
    m_form->setSpecs(info->parameters);
    changed();
}

void GeneratorPanel::setValues(const ParameterValues& values, quint64 seed) {
    m_form->setValues(values);
    m_seed->setSeed(seed);
    changed();
}

QString GeneratorPanel::generator() const {
    return QString::fromStdString(m_info->id);
}
ParameterValues GeneratorPanel::values() const {
    return m_form->values();
}
quint64 GeneratorPanel::seed() const {
    return m_seed->seed();
}

void GeneratorPanel::changed() {
    ++m_generation;
    m_settled = false;
    m_pause.start();
}

GeneratorPanel::Preview GeneratorPanel::previewOf(const data::GeneratorInfo& info, ParameterValues values,
                                                  quint64 seed) {
    const bool isCut = cutToPreview(info, values);
    const auto table = data::generate(info.id, values, seed);
    if (!table) return {.picture = {}, .words = {}, .problem = QString::fromStdString(table.error().message)};
    Preview preview{.picture = scatterOf(**table, QString::fromStdString(info.defaultTarget)),
                    .words = sizeText((*table)->rows(), (*table)->columnCount()),
                    .problem = {}};
    if (isCut) preview.words += QStringLiteral(", smaller than what will be made");
    return preview;
}

void GeneratorPanel::work() {
    m_job.submit(
        [this, info = m_info, values = values(), seed = seed(), generation = m_generation](Progress&) {
            const Preview preview = previewOf(*info, values, seed);
            QMetaObject::invokeMethod(
                this,
                [this, generation, preview] {
                    if (generation == m_generation) showPreview(preview);
                },
                Qt::QueuedConnection);
        });
}

void GeneratorPanel::showPreview(const Preview& preview) {
    m_settled = true;
    m_problem = preview.problem;
    m_problemLabel->setText(m_problem);
    m_problemLabel->setVisible(!m_problem.isEmpty());
    m_use->setEnabled(m_problem.isEmpty());
    // The last sound picture stays while something is typed that is not yet sound.
    if (!m_problem.isEmpty()) return;
    m_picture->setPicture(preview.picture);
    m_pictureCard->setSubtitle(preview.words);
}

void GeneratorPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    follow();
}

void GeneratorPanel::follow() {
    // In a narrow panel the picture stands below.
    const bool narrow = width() < 2 * m_choices->minimumWidth() + 24;
    static_cast<QBoxLayout*>(layout())->setDirection(narrow ? QBoxLayout::TopToBottom
                                                            : QBoxLayout::LeftToRight);
    m_choices->setMaximumWidth(narrow ? QWIDGETSIZE_MAX : m_choices->minimumWidth());
}

void GeneratorPanel::setTheme(const Theme& theme) {
    m_choices->setMinimumWidth(theme.px(320));
    m_choices->setMinimumHeight(theme.px(300));
    m_minimum = {theme.px(320), theme.px(300)};
    layout()->setSpacing(theme.px(24));
    m_use->setFont(theme.words());
    follow();
}

} // namespace orrery
