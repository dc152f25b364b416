#include "app/labs/search/views/beside_view.h"

#include "widgets/graph/graph_paint.h"

#include <QPainter>

namespace orrery {

BesideView::BesideView(QWidget* parent)
    : QWidget(parent), m_panels{new SearchPanel(this), new SearchPanel(this)} {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(m_panels[0], &SearchPanel::nodeHovered, m_panels[1], &SearchPanel::setMarked);
    connect(m_panels[1], &SearchPanel::nodeHovered, m_panels[0], &SearchPanel::setMarked);
}

void BesideView::showStates(const std::shared_ptr<const SearchRun>& run, const SearchesState& states,
                            bool animate) {
    const search::SearchMethod methods[] = {run->knobs.method, run->knobs.second};
    for (std::size_t i = 0; i < std::min<std::size_t>(2, states.each.size()); ++i) {
        const auto label = search::labelOf(methods[i]);
        QString heading = QString::fromUtf8(label.data(), static_cast<qsizetype>(label.size()));
        heading += tr(" · %1 expanded").arg(states.each[i].visits);
        if (states.status[i] == StepStatus::Converged)
            heading += tr(" · found");
        else if (states.status[i] == StepStatus::Exhausted)
            heading += tr(" · all walked");
        m_panels[i]->setLegendShown(isWide() || i == 1);
        m_panels[i]->showState(run, states.each[i], methods[i], heading, animate);
    }
}

void BesideView::setTheme(const Theme& theme) {
    m_theme = theme;
    place();
    updateGeometry();
    update();
}

QSize BesideView::minimumSizeHint() const {
    return {m_theme.px(320), m_theme.px(300)};
}

void BesideView::place() {
    const int gap = m_theme.px(22);
    if (isWide()) {
        const int wide = (width() - gap) / 2;
        m_panels[0]->setGeometry(0, 0, wide, height());
        m_panels[1]->setGeometry(wide + gap, 0, wide, height());
        return;
    }
    // The lower one has the legend as well: the pictures are of one size.
    const int high = (height() - gap - static_cast<int>(legendHeight(m_theme))) / 2;
    m_panels[0]->setGeometry(0, 0, width(), high);
    m_panels[1]->setGeometry(0, high + gap, width(), height() - high - gap);
}

void BesideView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.surface);
    painter.setPen(QPen(m_theme.line, 1));
    const int line = (m_panels[0]->geometry().bottom() + m_panels[1]->y()) / 2;
    if (isWide())
        painter.drawLine(width() / 2, m_theme.px(4), width() / 2, height() - m_theme.px(4));
    else
        painter.drawLine(m_theme.px(4), line, width() - m_theme.px(4), line);
}

void BesideView::resizeEvent(QResizeEvent*) {
    place();
}

} // namespace orrery
