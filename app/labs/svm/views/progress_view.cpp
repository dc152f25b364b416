#include "app/labs/svm/views/progress_view.h"

#include "core/trace/trace.h"
#include "widgets/frame/paint.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/trace_plot.h"

#include <QPainter>

namespace orrery::svmview {

namespace {
constexpr double kTitle = 20; ///< pixels above each plot
constexpr double kInset = 12; ///< of its line from the edges, as the card's own title
} // namespace

ProgressView::ProgressView(QWidget* parent) : QWidget(parent) {
    m_parts = {{new TracePlot(this), "KKT gap", tr("KKT gap m − M")},
               {new TracePlot(this), "dual objective", tr("Dual objective")}};
    for (const Part& part : m_parts) {
        part.plot->setAccessibleName(part.title);
        connect(part.plot, &TracePlot::indexRequested, this, &ProgressView::indexRequested);
    }
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void ProgressView::setTrace(std::shared_ptr<const Trace> trace) {
    m_trace = std::move(trace);
    if (!m_trace) return;
    const auto& columns = m_trace->columns();
    for (Part& part : m_parts) {
        for (std::size_t c = 0; c < columns.size(); ++c)
            if (columns[c].name == part.column) part.at = static_cast<int>(c);
        if (part.at >= 0) part.plot->setTrace(m_trace, part.at);
    }
}

void ProgressView::setNow(std::int64_t index) {
    m_now = index;
    for (const Part& part : m_parts)
        part.plot->setNow(index);
    update();
}

QString ProgressView::valueOf(const Part& part) const {
    const std::ptrdiff_t row = m_trace && part.at >= 0 ? m_trace->rowAt(m_now) : -1;
    if (row < 0) return {};
    return shortNumber(m_trace->column(static_cast<std::size_t>(part.at))[static_cast<std::size_t>(row)]);
}

QString ProgressView::summary() const {
    const QString gap = valueOf(m_parts[0]);
    return gap.isEmpty() ? QString() : tr("gap %1").arg(gap);
}

void ProgressView::setTheme(const Theme& theme) {
    m_theme = theme;
    for (const Part& part : m_parts)
        part.plot->setTheme(theme);
    place();
    update();
}

QSize ProgressView::minimumSizeHint() const {
    return {m_theme.px(180), m_theme.px(2 * kTitle + 160)};
}

void ProgressView::place() {
    const int title = m_theme.px(kTitle), half = height() / 2;
    for (std::size_t k = 0; k < m_parts.size(); ++k)
        m_parts[k].plot->setGeometry(0, static_cast<int>(k) * half + title, width(), half - title);
}

void ProgressView::resizeEvent(QResizeEvent*) {
    place();
}

void ProgressView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.surface);
    for (const Part& part : m_parts) {
        const QRectF line(m_theme.px(kInset), part.plot->y() - m_theme.px(kTitle),
                          width() - 2 * m_theme.px(kInset), m_theme.px(kTitle));
        drawElided(painter, line, Qt::AlignLeft | Qt::AlignVCenter, m_theme.words(12, QFont::DemiBold),
                   m_theme.inkSecond, part.title);
        const QString value = valueOf(part);
        drawElided(painter, line.adjusted(line.width() - textWidth(m_theme.numbers(12), value), 0, 0, 0),
                   Qt::AlignRight | Qt::AlignVCenter, m_theme.numbers(12), m_theme.brass, value);
    }
}

} // namespace orrery::svmview
