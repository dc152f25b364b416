#include "widgets/frame/inspector.h"

#include "widgets/frame/paint.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace orrery {

namespace {

constexpr double kPadding = 24;
constexpr double kHeading = 36;
constexpr int kTightBelow =
    760; ///< in a lower window the sections move together before anything needs scrolling

/// The hairline between two sections.
class Rule final : public QWidget, public Themed {
  public:
    explicit Rule(QWidget* parent) : QWidget(parent) {}
    void setTheme(const Theme& theme) override {
        m_color = theme.line;
        update();
    }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter(this).fillRect(QRectF(0, height() / 2, width(), 1), m_color);
    }

  private:
    QColor m_color;
};

} // namespace

// --- InspectorSection -------------------------------------------------------------------------------------

InspectorSection::InspectorSection(const QString& heading, QWidget* content, QWidget* corner, QWidget* parent)
    : QWidget(parent), m_heading(heading), m_corner(corner) {
    m_layout = new QVBoxLayout(this);
    m_layout->setSpacing(0);
    m_layout->addWidget(content, 1);
    if (corner) corner->setParent(this);
    setAccessibleName(heading);
    setTheme(m_theme);
}

void InspectorSection::setHeading(const QString& heading) {
    m_heading = heading;
    setAccessibleName(heading);
    update();
}

void InspectorSection::setFigure(const QString& figure) {
    m_figure = figure;
    update(0, 0, width(), m_theme.px(kHeading));
}

void InspectorSection::setTheme(const Theme& theme) {
    m_theme = theme;
    // A content that names itself needs no line for a heading.
    const bool headed = !m_heading.isEmpty() || !m_figure.isEmpty() || m_corner;
    m_layout->setContentsMargins(0, headed ? theme.px(kHeading) : 0, 0, 0);
    placeCorner();
    update();
}

void InspectorSection::placeCorner() {
    if (!m_corner) return;
    const QSize size = m_corner->sizeHint();
    m_corner->setGeometry(width() - size.width(), (m_theme.px(26) - size.height()) / 2, size.width(),
                          size.height());
}

void InspectorSection::resizeEvent(QResizeEvent*) {
    placeCorner();
}

void InspectorSection::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRectF line(0, 0, width(), m_theme.px(26));
    const double corner = m_corner ? m_corner->width() : textWidth(m_theme.numbers(12), m_figure);
    drawElided(painter, line.adjusted(0, 0, -corner - m_theme.px(10), 0), Qt::AlignVCenter | Qt::AlignLeft,
               m_theme.words(13, QFont::DemiBold), m_theme.ink, m_heading);
    if (!m_corner)
        drawElided(painter, line, Qt::AlignVCenter | Qt::AlignRight, m_theme.numbers(12), m_theme.inkSecond,
                   m_figure);
}

// --- Inspector --------------------------------------------------------------------------------------------

Inspector::Inspector(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Inspector"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 0, 0, 0);
    m_scroll = new QScrollArea(this);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    auto* column = new QWidget;
    column->setAutoFillBackground(false);
    m_column = new QVBoxLayout(column);
    m_column->setSpacing(0);
    m_column->addStretch(1);
    m_scroll->setWidget(column);
    column->setAutoFillBackground(false);
    outer->addWidget(m_scroll);
    setTheme(m_theme);
}

InspectorSection* Inspector::addSection(const QString& heading, QWidget* content, QWidget* corner,
                                        bool stretches) {
    int at = m_column->count() - 1;
    if (!m_parts.empty()) {
        auto* rule = new Rule(m_scroll->widget());
        rule->setTheme(m_theme);
        rule->setFixedHeight(ruleHeight());
        m_column->insertWidget(at++, rule);
        m_parts.push_back(rule);
    }
    auto* section = new InspectorSection(heading, content, corner, m_scroll->widget());
    section->setTheme(m_theme);
    m_column->insertWidget(at, section, stretches ? 100 : 0);
    m_parts.push_back(section);
    return section;
}

void Inspector::clear() {
    for (QWidget* part : m_parts)
        delete part;
    m_parts.clear();
}

void Inspector::setFolded(bool folded) {
    if (folded == m_folded) return;
    m_folded = folded;
    Q_EMIT foldedChanged(folded);
}

void Inspector::setDrawer(bool drawer) {
    m_drawer = drawer;
    update();
}

void Inspector::setTheme(const Theme& theme) {
    m_theme = theme;
    space();
    updateGeometry();
    update();
}

int Inspector::ruleHeight() const {
    return m_theme.px(m_tight ? 15 : 37);
}

void Inspector::space() {
    m_tight = height() < m_theme.px(kTightBelow);
    m_column->setContentsMargins(m_theme.px(kPadding) - 1, m_theme.px(m_tight ? 8 : 17),
                                 m_theme.px(kPadding), m_theme.px(m_tight ? 8 : 20));
    for (QWidget* part : m_parts)
        if (dynamic_cast<Rule*>(part)) part->setFixedHeight(ruleHeight());
}

void Inspector::resizeEvent(QResizeEvent*) {
    space();
}

void Inspector::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.surface);
    painter.fillRect(QRectF(0, 0, 1, height()), m_drawer ? m_theme.ghost : m_theme.line);
}

void Inspector::keyPressEvent(QKeyEvent* event) {
    if (m_drawer && event->key() == Qt::Key_Escape)
        setFolded(true);
    else
        QWidget::keyPressEvent(event);
}

} // namespace orrery
