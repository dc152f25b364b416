#include "widgets/frame/stage_layout.h"

#include <QScrollBar>
#include <algorithm>
#include <array>
#include <cmath>

namespace orrery {

namespace {

constexpr double kMainShare = 0.625;
constexpr double kMargin = 28;
constexpr double kTopMargin = 24;
constexpr double kGutter = 24;
constexpr double kStackBelow = 760; ///< of the stage, not of the window
constexpr double kMainAtLeast = 336;
constexpr double kStrip = 140, kStripAtLeast = 112;
constexpr double kStackedCard = 300;
constexpr double kPresentedScale = 1.5; ///< type larger than this is for a lecture hall

constexpr std::array<const char*, 4> kNames{"main and side", "main over strip", "columns", "main only"};

} // namespace

QString arrangementName(Arrangement arrangement) {
    return QLatin1String(kNames[static_cast<std::size_t>(arrangement)]);
}

std::optional<Arrangement> arrangementNamed(const QString& name) {
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (name == QLatin1String(kNames[i])) return static_cast<Arrangement>(i);
    return std::nullopt;
}

StageLayout::StageLayout(QWidget* parent) : QScrollArea(parent), m_canvas(new QWidget) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(m_canvas);
    setWidgetResizable(false);
    // The frame below is the ground. After setWidget(), which asks for a filled one.
    viewport()->setAutoFillBackground(false);
    m_canvas->setAutoFillBackground(false);
    setAccessibleName(tr("Stage"));
}

void StageLayout::setCards(const std::vector<Card*>& cards, Arrangement arrangement) {
    for (Card* old : m_cards)
        if (std::find(cards.begin(), cards.end(), old) == cards.end()) delete old;
    m_cards = cards;
    m_arrangement = arrangement;
    m_enlarged = -1;
    m_shares.clear();
    for (Card* card : m_cards) {
        card->setParent(m_canvas);
        card->setTheme(m_theme);
    }
    place();
}

void StageLayout::setArrangement(Arrangement arrangement) {
    m_arrangement = arrangement;
    m_enlarged = -1;
    place();
}

void StageLayout::setSideShares(const std::vector<double>& shares) {
    m_shares = shares;
    place();
}

void StageLayout::setEnlarged(int card) {
    m_enlarged = card >= 0 && card < static_cast<int>(m_cards.size()) ? card : -1;
    place();
}

void StageLayout::setTheme(const Theme& theme) {
    m_theme = theme;
    place();
}

void StageLayout::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    place();
}

void StageLayout::showOnly(const std::vector<Card*>& shown) {
    for (Card* card : m_cards)
        card->setVisible(std::find(shown.begin(), shown.end(), card) != shown.end());
}

void StageLayout::place() {
    m_stacked = false;
    QSize canvas = viewport()->size();
    const int margin = m_theme.px(kMargin), top = m_theme.px(kTopMargin);
    const QRect area = QRect(QPoint(0, 0), canvas).adjusted(margin, top, -margin, -top);
    if (m_cards.empty() || area.width() <= 0 || area.height() <= 0) {
        m_canvas->resize(canvas);
        return;
    }
    m_stacked = canvas.width() < m_theme.px(kStackBelow);
    // From the back row one picture is enough, and nobody scrolls in a lecture.
    const bool presented = m_stacked && m_theme.scale > kPresentedScale;
    const bool single = m_arrangement == Arrangement::MainOnly || m_cards.size() == 1 || presented;
    Card* alone = m_enlarged >= 0 ? m_cards[static_cast<std::size_t>(m_enlarged)]
                  : single        ? m_cards.front()
                                  : nullptr;
    if (alone) {
        m_stacked = false;
        showOnly({alone});
        alone->setGeometry(area);
        m_canvas->resize(canvas);
        return;
    }
    showOnly(m_cards);
    if (m_stacked) return placeStacked(area);
    m_canvas->resize(canvas);
    if (m_arrangement == Arrangement::Columns) return placeColumns(area);

    const int gutter = m_theme.px(kGutter);
    const int mainWidth = std::max(m_theme.px(kMainAtLeast),
                                   static_cast<int>(std::lround((area.width() - gutter) * kMainShare)));
    QRect main(area.left(), area.top(), mainWidth, area.height());
    const QRect right(main.right() + 1 + gutter, area.top(), area.width() - mainWidth - gutter,
                      area.height());
    std::vector<Card*> side(m_cards.begin() + 1, m_cards.end());
    if (m_arrangement == Arrangement::MainOverStrip && m_cards.size() > 2) {
        const int fifth = std::max(m_theme.px(kStripAtLeast), area.height() / 5);
        const int strip = std::min({m_theme.px(kStrip), fifth, area.height() / 3});
        main.setHeight(area.height() - strip - gutter);
        m_cards.back()->setGeometry(main.left(), main.bottom() + 1 + gutter, mainWidth, strip);
        side.pop_back();
    }
    m_cards.front()->setGeometry(main);
    placeSide(side, right);
}

void StageLayout::placeSide(const std::vector<Card*>& side, QRect area) {
    const int gutter = m_theme.px(kGutter);
    std::vector<double> shares(side.size(), 1.0);
    if (m_shares.size() == side.size()) shares = m_shares;
    double total = 0, before = 0;
    for (double share : shares)
        total += share;
    const double height = area.height() - gutter * (static_cast<double>(side.size()) - 1);
    for (std::size_t i = 0; i < side.size(); ++i) {
        const int top = area.top() + static_cast<int>(std::lround(height * before / total)) +
                        gutter * static_cast<int>(i);
        before += shares[i];
        const int bottom = area.top() + static_cast<int>(std::lround(height * before / total)) +
                           gutter * static_cast<int>(i);
        side[i]->setGeometry(area.left(), top, area.width(), bottom - top);
    }
}

void StageLayout::placeStacked(QRect area) {
    const int gutter = m_theme.px(kGutter), margin = area.top();
    int top = area.top();
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        const bool strip = m_arrangement == Arrangement::MainOverStrip && i + 1 == m_cards.size() && i > 1;
        // The main card leaves a strip of the next one in sight: there is more below.
        const int height = i == 0  ? std::max(m_theme.px(kStackedCard), area.height() - m_theme.px(56))
                           : strip ? m_theme.px(kStrip)
                                   : m_theme.px(kStackedCard);
        m_cards[i]->setGeometry(area.left(), top, area.width(), height);
        top += height + gutter;
    }
    m_canvas->resize(viewport()->width(), top - gutter + margin);
}

void StageLayout::placeColumns(QRect area) {
    const int gutter = m_theme.px(kGutter), n = static_cast<int>(m_cards.size());
    const double width = (area.width() - gutter * (n - 1.0)) / n;
    for (int i = 0; i < n; ++i) {
        const int left = area.left() + static_cast<int>(std::lround((width + gutter) * i));
        const int right = area.left() + static_cast<int>(std::lround((width + gutter) * i + width));
        m_cards[static_cast<std::size_t>(i)]->setGeometry(left, area.top(), right - left, area.height());
    }
}

} // namespace orrery
