#include "app/labs/search/views/search_panel.h"

#include "widgets/frame/paint.h"

#include <QMenu>
#include <QPainter>
#include <algorithm>

namespace orrery {

SearchPanel::SearchPanel(QWidget* parent)
    : QWidget(parent)
    , m_graph(new GraphView(this))
    , m_grid(new GridView(this))
    , m_strip(new TokenStrip(this)) {
    m_graph->setPlaceholder(tr("Searching…"));
    m_strip->setPlaceholder(tr("empty"));
    m_graph->setAccessibleName(tr("Tree"));
    m_grid->setAccessibleName(tr("Maze"));
    m_strip->setAccessibleName(tr("Frontier"));
    m_grid->hide();
    const auto describe = [this](int node) {
        return m_run ? describeNode(*m_run, m_state, static_cast<std::uint32_t>(node)) : QString();
    };
    m_graph->setDescribe(describe);
    m_grid->setDescribe(describe);
    link();
}

void SearchPanel::link() {
    connect(m_graph, &ItemView::itemClicked, this, &SearchPanel::nodeClicked);
    connect(m_graph, &ItemView::moreRequested, this, &SearchPanel::addRequested);
    connect(m_graph, &ItemView::lessRequested, this, &SearchPanel::removeRequested);
    connect(m_graph, &GraphView::menuRequested, this, &SearchPanel::openMenu);
    connect(m_grid, &ItemView::itemClicked, this, &SearchPanel::nodeClicked);
    connect(m_grid, &GridView::wallsDrawn, this, &SearchPanel::wallsDrawn);
    connect(m_graph, &ItemView::itemHovered, this, &SearchPanel::nodeHovered);
    connect(m_grid, &ItemView::itemHovered, this, &SearchPanel::nodeHovered);
    connect(this, &SearchPanel::nodeHovered, this, [this](int node) {
        const auto waits = std::ranges::find(m_waiting, static_cast<std::uint32_t>(node));
        m_strip->setMarked(
            node < 0 || waits == m_waiting.end() ? -1 : static_cast<int>(waits - m_waiting.begin()));
    });
    connect(m_strip, &TokenStrip::tokenHovered, this, [this](int token) {
        const int node = token < 0 || token >= static_cast<int>(m_waiting.size())
                             ? -1
                             : static_cast<int>(m_waiting[static_cast<std::size_t>(token)]);
        setMarked(node);
    });
}

void SearchPanel::openMenu(int node, QPoint globalPosition) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Target"), this, [this, node] { Q_EMIT nodeClicked(node, Qt::NoModifier); });
    menu->addAction(tr("Add a child"), this, [this, node] { Q_EMIT addRequested(node); });
    menu->addAction(tr("Remove"), this, [this, node] { Q_EMIT removeRequested(node); })->setEnabled(node > 0);
    menu->popup(globalPosition);
}

void SearchPanel::showState(std::shared_ptr<const SearchRun> run, const SearchState& state,
                            search::SearchMethod method, const QString& heading, bool animate) {
    const bool isSameRun = run == m_run;
    m_run = std::move(run);
    m_state = state;
    m_heading = heading;
    m_grid->setVisible(isMaze());
    m_graph->setVisible(!isMaze());
    std::vector<NodeState> legend{NodeState::Unseen, NodeState::Frontier, NodeState::Visited,
                                  NodeState::Current};
    if (isMaze()) legend.erase(legend.begin());
    if (method == search::SearchMethod::IterativeDeepening && !isMaze())
        legend.push_back(NodeState::Rejected);
    if (state.found != search::kNone) legend.push_back(NodeState::Found);
    if (!m_hasLegend || height() < m_theme.px(240)) legend.clear();
    if (isMaze()) {
        m_grid->setLegend(legend, m_run->maze.goal >= 0 ? tr("goal") : QString());
        m_grid->setPicture(mazePicture(*m_run, state));
    } else {
        const bool isWanted = std::ranges::find(m_run->space->wanted, 1) != m_run->space->wanted.end();
        m_graph->setLegend(legend, isWanted ? tr("wanted") : QString());
        m_graph->setPicture(treePicture(*m_run, state, method), animate && isSameRun);
    }
    FrontierPicture frontier = frontierPicture(*m_run, state, method);
    m_waiting = std::move(frontier.nodes);
    m_strip->setCaption(frontier.caption);
    m_strip->setTokens(frontier.kind, std::move(frontier.tokens), frontier.taken);
    place();
    update();
}

void SearchPanel::setMarked(int node) {
    if (isMaze())
        m_grid->setMarked(node);
    else
        m_graph->setMarked(node);
}

void SearchPanel::setTheme(const Theme& theme) {
    m_theme = theme;
    place();
    updateGeometry();
    update();
}

QSize SearchPanel::minimumSizeHint() const {
    return {m_theme.px(200), m_theme.px(220)};
}

void SearchPanel::place() {
    const int top = m_heading.isEmpty() ? 0 : m_theme.px(24);
    const int strip = std::min(m_strip->sizeHint().height(), std::max(0, (height() - top) / 4));
    const QRect picture(0, top, width(), height() - top - strip - m_theme.px(4));
    m_graph->setGeometry(picture);
    m_grid->setGeometry(picture);
    m_strip->setGeometry(0, height() - strip, width(), strip);
}

void SearchPanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.surface); // a card of the gallery has no ground of its own
    if (m_heading.isEmpty()) return;
    drawElided(painter, QRectF(m_theme.px(10), 0, width() - m_theme.px(12), m_theme.px(22)),
               Qt::AlignLeft | Qt::AlignVCenter, m_theme.words(13, QFont::DemiBold), m_theme.ink, m_heading);
}

void SearchPanel::resizeEvent(QResizeEvent*) {
    place();
}

} // namespace orrery
