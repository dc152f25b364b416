#include "widgets/data/loading_page.h"

#include "widgets/frame/paint.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>
#include <cmath>

namespace orrery {

SlimProgress::SlimProgress(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("Progress"));
}

void SlimProgress::setFraction(double fraction) {
    m_fraction = fraction;
    ++m_tick;
    setAccessibleDescription(QStringLiteral("%1 %").arg(int(std::lround(100 * fraction))));
    update();
}

void SlimProgress::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

void SlimProgress::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRectF bar = rect();
    drawPanel(painter, bar, bar.height() / 2, m_theme.track);
    QRectF done(bar.left(), bar.top(), std::max(bar.height(), bar.width() * m_fraction), bar.height());
    if (m_fraction <= 0) {
        const double phase = m_theme.reducedMotion ? 0.5 : 0.5 - 0.5 * std::cos(m_tick * 0.12);
        done = QRectF(bar.left() + phase * bar.width() * 0.75, bar.top(), bar.width() * 0.25, bar.height());
    }
    drawPanel(painter, done, bar.height() / 2, m_theme.accent);
}

LoadingPage::LoadingPage(QWidget* parent)
    : QWidget(parent)
    , m_title(new ThemedLabel(ThemedLabel::Style::Heading))
    , m_sentence(new ThemedLabel(ThemedLabel::Style::Muted))
    , m_progress(new SlimProgress)
    , m_cancel(new QPushButton(QStringLiteral("Cancel reading")))
    , m_another(new QPushButton(QStringLiteral("Another file…"))) {
    auto* column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addStretch(2);
    for (QWidget* part : std::initializer_list<QWidget*>{m_title, m_sentence, m_progress})
        column->addWidget(part, 0, Qt::AlignHCenter);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_another);
    buttons->addStretch();
    column->addSpacing(6);
    column->addLayout(buttons);
    column->addStretch(3);
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignHCenter);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_sentence->setFixedWidth(520);
    m_cancel->setAutoDefault(false);
    m_another->setAutoDefault(false);
    m_timer.setInterval(50);
    connect(&m_timer, &QTimer::timeout, this, &LoadingPage::look);
    connect(m_cancel, &QPushButton::clicked, this, &LoadingPage::cancelRequested);
    connect(m_another, &QPushButton::clicked, this, &LoadingPage::anotherRequested);
    showEmpty();
}

void LoadingPage::showLoading(const QString& title, std::function<double()> fraction) {
    m_fraction = std::move(fraction);
    m_title->setText(QStringLiteral("Reading %1").arg(title));
    m_sentence->setStyle(ThemedLabel::Style::Muted);
    m_progress->setVisible(true);
    m_cancel->setVisible(true);
    m_another->setVisible(false);
    m_timer.start();
    look();
}

void LoadingPage::look() {
    const double fraction = m_fraction();
    m_progress->setFraction(fraction);
    m_sentence->setText(fraction > 0 ? QStringLiteral("%1 %").arg(int(std::lround(100 * fraction)))
                                     : QStringLiteral("…"));
}

void LoadingPage::showFailure(const QString& sentence) {
    m_timer.stop();
    m_title->setText(QStringLiteral("This cannot be read"));
    m_sentence->setStyle(ThemedLabel::Style::Failure);
    m_sentence->setText(sentence);
    m_progress->setVisible(false);
    m_cancel->setVisible(false);
    m_another->setVisible(true);
}

void LoadingPage::showEmpty() {
    m_timer.stop();
    m_title->setText(QStringLiteral("Nothing is open"));
    m_sentence->setStyle(ThemedLabel::Style::Muted);
    m_sentence->setText(QStringLiteral("Open a file, drop one here, or paste cells from a spreadsheet"));
    m_progress->setVisible(false);
    m_cancel->setVisible(false);
    m_another->setVisible(true);
}

void LoadingPage::setTheme(const Theme& theme) {
    m_sentence->setFixedWidth(theme.px(520));
    for (QPushButton* button : {m_cancel, m_another})
        button->setFont(theme.words());
}

} // namespace orrery
