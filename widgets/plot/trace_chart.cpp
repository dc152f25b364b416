#include "widgets/plot/trace_chart.h"

#include "core/trace/trace.h"
#include "widgets/parameters/controls.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/trace_plot.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace orrery {

namespace {

QString sentenceCase(const std::string& name, const std::string& unit) {
    QString text = QString::fromStdString(name);
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    return unit.empty() ? text : text + QStringLiteral(", ") + QString::fromStdString(unit);
}

} // namespace

TraceChart::TraceChart(QWidget* parent)
    : QWidget(parent), m_plot(new TracePlot(this)), m_chooser(new SoftCombo), m_value(new QLabel(this)) {
    auto* title = new QHBoxLayout;
    title->addWidget(m_chooser);
    title->addStretch(1);
    title->addWidget(m_value);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(title);
    column->addWidget(m_plot, 1);
    m_chooser->setAccessibleName(tr("Column of the trace"));
    m_plot->setAccessibleName(tr("Trace of the run"));
    connect(m_chooser, &QComboBox::activated, this, [this] {
        setColumn(this->column());
        Q_EMIT columnChosen(this->column());
    });
    connect(m_plot, &TracePlot::indexRequested, this, &TraceChart::indexRequested);
}

void TraceChart::setTheme(const Theme& theme) {
    m_plot->setTheme(theme);
    m_chooser->setTheme(theme);
    m_value->setFont(theme.numbers(12));
    QPalette palette = m_value->palette();
    palette.setColor(QPalette::WindowText, theme.inkSecond);
    m_value->setPalette(palette);
}

void TraceChart::setTrace(std::shared_ptr<const Trace> trace) {
    const bool sameColumns = m_trace && trace && m_trace->columns() == trace->columns();
    m_trace = std::move(trace);
    if (!sameColumns) fillChooser();
    m_plot->setTrace(m_trace, column());
    showValue();
}

// The seconds come last: a run is read by what it computes.
void TraceChart::fillChooser() {
    m_chooser->clear();
    if (!m_trace) return;
    const auto& columns = m_trace->columns();
    for (std::size_t c = 1; c <= columns.size(); ++c) {
        const std::size_t at = c % columns.size();
        m_chooser->addItem(sentenceCase(columns[at].name, columns[at].unit), static_cast<int>(at));
    }
    m_chooser->updateGeometry(); // as wide as its longest name
}

int TraceChart::column() const {
    return m_chooser->currentIndex() < 0 ? 0 : m_chooser->currentData().toInt();
}

void TraceChart::setColumn(int column) {
    m_chooser->setCurrentIndex(m_chooser->findData(column));
    m_plot->setTrace(m_trace, this->column());
    showValue();
}

void TraceChart::setNow(std::int64_t stepIndex) {
    m_now = stepIndex;
    m_plot->setNow(stepIndex);
    showValue();
}

void TraceChart::showValue() {
    const std::ptrdiff_t row = m_trace && m_chooser->count() > 0 ? m_trace->rowAt(m_now) : -1;
    if (row < 0) return m_value->clear();
    m_value->setText(
        m_plot->figure(m_trace->column(static_cast<std::size_t>(column()))[static_cast<std::size_t>(row)]));
}

} // namespace orrery
