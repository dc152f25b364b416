#include "app/gallery/gallery_page.h"

#include "app/gallery/scene_card.h"

#include <algorithm>

namespace orrery {

namespace {
constexpr int kMargin = 28;
constexpr int kGutter = 24;
constexpr int kLeastCardWidth = 380;
constexpr double kCardAspect = 0.80; ///< height over width, the words included
} // namespace

GalleryPage::GalleryPage(const std::vector<Scenario>& scenes, QWidget* parent)
    : QScrollArea(parent), m_canvas(new QWidget) {
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Gallery of scenes"));
    for (const Scenario& scene : scenes) {
        auto* card = new SceneCard(scene, m_canvas);
        connect(card, &QAbstractButton::clicked, this, [this, card] { Q_EMIT sceneChosen(card->sceneId()); });
        m_cards.push_back(card);
    }
    setWidget(m_canvas);
    m_canvas->setObjectName(QStringLiteral("galleryCanvas"));
}

void GalleryPage::setTheme(const Theme& theme) {
    m_theme = theme;
    // The window's own ground shows through.
    viewport()->setAutoFillBackground(false);
    m_canvas->setAutoFillBackground(false);
    place();
}

void GalleryPage::showEvent(QShowEvent* event) {
    QScrollArea::showEvent(event);
    for (SceneCard* card : m_cards)
        card->wake();
    if (!m_cards.empty()) m_cards.front()->setFocus(Qt::OtherFocusReason);
}

void GalleryPage::waitUntilShown() {
    for (SceneCard* card : m_cards)
        card->waitUntilShown();
}

void GalleryPage::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    place();
}

void GalleryPage::place() {
    const int margin = m_theme.px(kMargin), gutter = m_theme.px(kGutter);
    const int width = viewport()->width() - 2 * margin;
    const int columns = std::max(1, (width + gutter) / (m_theme.px(kLeastCardWidth) + gutter));
    const int cardWidth = (width - (columns - 1) * gutter) / columns;
    const int cardHeight = static_cast<int>(cardWidth * kCardAspect);
    int row = 0;
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        const int column = static_cast<int>(i) % columns;
        row = static_cast<int>(i) / columns;
        m_cards[i]->setGeometry(margin + column * (cardWidth + gutter), margin + row * (cardHeight + gutter),
                                cardWidth, cardHeight);
    }
    m_canvas->resize(viewport()->width(), margin + (row + 1) * (cardHeight + gutter));
}

} // namespace orrery
