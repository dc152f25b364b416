#include "app/labs/search/views/hunt_view.h"

#include "widgets/frame/paint.h"
#include "widgets/theme/contrast.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace orrery {

namespace {

QString nodesInWords(std::size_t nodes) {
    if (nodes == 0) return HuntView::tr("the empty tree");
    return nodes == 1 ? HuntView::tr("1 node") : HuntView::tr("%1 nodes").arg(nodes);
}

} // namespace

HuntView::HuntView(QWidget* parent) : QWidget(parent), m_strip(new TokenStrip(this)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    for (Side& side : m_sides) {
        side.graph = new GraphView(this);
        side.graph->setPlaceholder(tr("the empty tree"));
        side.graph->setLargestRadius(24);
        side.graph->setAccessibleName(tr("Tree of the case"));
    }
    m_strip->setLargest(26);
}

void HuntView::show(std::size_t at, const QString& heading, const search::TreeCase& treeCase,
                    search::Operator branches) {
    Side& side = m_sides[at];
    side.isShown = true;
    side.heading = heading + tr(" · %1").arg(nodesInWords(treeCase.tree.size()));
    side.verdict = verdictOf(treeCase, branches);
    side.isFailing = !search::agreesWithScan(treeCase, branches);
    side.graph->setPicture(casePicture(treeCase, branches));
}

void HuntView::showState(const SearchRun& run, const SearchRunSolver::HuntState& state, bool isAtEnd) {
    for (Side& side : m_sides)
        side.isShown = false;
    if (state.isBroken && (state.shrinking.tried > 0 || isAtEnd))
        showShrinking(run, state.shrinking, isAtEnd);
    else
        showCase(run, state);
    for (const Side& side : m_sides)
        side.graph->setVisible(side.isShown);
    place();
    update();
}

void HuntView::showCase(const SearchRun& run, const SearchRunSolver::HuntState& state) {
    const search::HuntOptions options{run.knobs.cases, run.seed, run.knobs.largest};
    std::vector<Token> tokens;
    for (std::size_t i = 0; i < state.drawn; ++i)
        tokens.push_back({QString::number(i + 1), {}, NodeState::Visited});
    m_strip->setFocused(-1);
    if (!tokens.empty()) tokens.back().state = state.isBroken ? NodeState::Rejected : NodeState::Current;
    m_strip->setTokens(StripKind::Row, std::move(tokens));
    m_strip->setCaption(tr("Random cases · %1 of %2 tried, trees of up to %3 nodes")
                            .arg(state.drawn)
                            .arg(options.cases)
                            .arg(search::caseSize(options, state.drawn > 0 ? state.drawn - 1 : 0)));
    m_summary = state.isBroken ? tr("case %1 breaks the property").arg(state.drawn)
                               : tr("%1 of %2 cases hold").arg(state.drawn).arg(options.cases);
    if (state.lastCase) show(0, tr("Case %1").arg(state.drawn), *state.lastCase, run.knobs.branches);
}

// A candidate that was kept is the last of those taken; what it came from stands beside it.
void HuntView::showShrinking(const SearchRun& run, const search::ShrinkState<search::TreeCase>& state,
                             bool isAtEnd) {
    const std::size_t kept = state.taken.size() - 1;
    const search::TreeCase& before = state.lastFailed ? state.taken[kept - 1] : state.taken.back();
    const search::TreeCase& candidate =
        state.lastFailed ? state.taken.back() : state.candidates[state.next - 1];
    m_summary = tr("%1 candidates tried, %2 kept").arg(state.tried).arg(kept);
    if (isAtEnd) {
        show(0, tr("Smallest counterexample"), state.taken.back(), run.knobs.branches);
    } else {
        show(0, tr("Fails"), before, run.knobs.branches);
        show(1, state.lastFailed ? tr("Fails as well: kept") : tr("Holds: rejected"), candidate,
             run.knobs.branches);
    }
    std::vector<Token> tokens;
    for (std::size_t i = 0; i < state.candidates.size(); ++i) {
        Token token{QString::number(state.candidates[i].tree.size()), {}, NodeState::Unseen};
        if (i < state.next) token.state = NodeState::Rejected;
        if (i + 1 == state.next && !isAtEnd) token.state = NodeState::Current;
        tokens.push_back(std::move(token));
    }
    m_strip->setFocused(isAtEnd ? -1 : static_cast<int>(state.next));
    m_strip->setTokens(StripKind::Row, std::move(tokens));
    m_strip->setCaption(isAtEnd ? tr("None of its %1 smaller candidates fails").arg(state.candidates.size())
                                : tr("Its %1 smaller candidates, by nodes · %2 tried")
                                      .arg(state.candidates.size())
                                      .arg(state.next));
}

void HuntView::setTheme(const Theme& theme) {
    m_theme = theme;
    place();
    updateGeometry();
    update();
}

QSize HuntView::minimumSizeHint() const {
    return {m_theme.px(320), m_theme.px(300)};
}

void HuntView::place() {
    const int head = m_theme.px(50), gap = m_theme.px(18), strip = std::min(m_theme.px(88), height() / 4);
    const int high = height() - head - strip - m_theme.px(8);
    const int wide = m_sides[1].isShown ? (width() - gap) / 2 : width();
    m_sides[0].graph->setGeometry(0, head, wide, high);
    m_sides[1].graph->setGeometry(wide + gap, head, width() - wide - gap, high);
    m_strip->setGeometry(0, height() - strip, width(), strip);
}

void HuntView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.surface);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Side& side : m_sides)
        if (side.isShown) paintSide(painter, side);
    if (!m_sides[0].isShown) {
        painter.setFont(m_theme.words(13));
        painter.setPen(m_theme.inkSecond);
        painter.drawText(m_sides[0].graph->geometry(), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("The first step draws the first tree."));
    }
}

// A cross or a tick beside the words: colour is never alone.
void HuntView::paintSide(QPainter& painter, const Side& side) const {
    const QRectF graph = side.graph->geometry();
    const double mark = m_theme.px(7), line = m_theme.px(22);
    const QColor ink =
        side.isFailing ? m_theme.failure : readable(m_theme.category(2).color, m_theme.surface);
    painter.setPen(QPen(ink, m_theme.focusWidth() * 0.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF at(graph.left() + mark + m_theme.px(10), line / 2);
    if (side.isFailing) {
        painter.drawLine(at - QPointF(mark, mark) * 0.7, at + QPointF(mark, mark) * 0.7);
        painter.drawLine(at + QPointF(-mark, mark) * 0.7, at + QPointF(mark, -mark) * 0.7);
    } else {
        painter.drawPolyline(QPolygonF({at + QPointF(-mark * 0.8, 0), at + QPointF(-mark * 0.2, mark * 0.7),
                                        at + QPointF(mark * 0.9, -mark * 0.7)}));
    }
    const double left = graph.left() + 2 * mark + m_theme.px(16), wide = graph.right() - left;
    drawElided(painter, QRectF(left, 0, wide, line), Qt::AlignLeft | Qt::AlignVCenter,
               m_theme.words(13, QFont::DemiBold), m_theme.ink, side.heading);
    drawElided(painter, QRectF(graph.left() + m_theme.px(10), line, graph.width() - m_theme.px(10), line),
               Qt::AlignLeft | Qt::AlignVCenter, m_theme.numbers(12),
               side.isFailing ? m_theme.failure : m_theme.inkSecond, side.verdict);
}

void HuntView::resizeEvent(QResizeEvent*) {
    place();
}

ChainView::ChainView(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void ChainView::setCases(const std::vector<search::TreeCase>& cases, search::Operator branches) {
    m_pictures.clear();
    m_captions.clear();
    for (const search::TreeCase& treeCase : cases) {
        m_pictures.push_back(casePicture(treeCase, branches));
        for (GraphNode& node : m_pictures.back().nodes)
            node.note.clear();
        m_captions.push_back(nodesInWords(treeCase.tree.size()));
    }
    update();
}

void ChainView::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

QSize ChainView::minimumSizeHint() const {
    return {m_theme.px(200), m_theme.px(120)};
}

// As many columns as make the cells nearest to square.
void ChainView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_pictures.empty()) {
        painter.setFont(m_theme.words(13));
        painter.setPen(m_theme.inkSecond);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, tr("Nothing has failed yet."));
        return;
    }
    const int count = static_cast<int>(m_pictures.size());
    const int columns =
        std::clamp(static_cast<int>(
                       std::lround(std::sqrt(count * static_cast<double>(width()) / std::max(1, height())))),
                   1, count);
    const int rows = (count + columns - 1) / columns;
    const double wide = static_cast<double>(width()) / columns, high = static_cast<double>(height()) / rows;
    for (int i = 0; i < count; ++i) {
        const QRectF cell(wide * (i % columns), high * (i / columns), wide, high);
        const double text = m_theme.px(18), pad = m_theme.px(5);
        if (i + 1 == count)
            drawPanel(painter, cell.adjusted(2, 2, -2, -2), m_theme.px(8), m_theme.brassSoft, m_theme.brass);
        drawGraph(painter, m_pictures[static_cast<std::size_t>(i)],
                  cell.adjusted(pad, pad, -pad, -pad - text), 13.0, m_theme);
        drawElided(painter, QRectF(cell.left(), cell.bottom() - text - pad, wide, text),
                   Qt::AlignHCenter | Qt::AlignVCenter, m_theme.words(11.5),
                   i + 1 == count ? m_theme.ink : m_theme.inkSecond, m_captions[static_cast<std::size_t>(i)]);
    }
}

} // namespace orrery
