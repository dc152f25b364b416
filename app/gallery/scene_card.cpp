#include "app/gallery/scene_card.h"

#include "app/builtin_labs.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

namespace orrery {

namespace {
constexpr int kTextHeight = 84;
constexpr int kRadius = 12;
constexpr int kRefreshMilliseconds = 80;
} // namespace

SceneCard::SceneCard(const Scenario& scene, QWidget* parent) : QAbstractButton(parent), m_scene(scene) {
    setText(scene.title);
    setAccessibleName(scene.title);
    setAccessibleDescription(scene.summary);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(kRefreshMilliseconds);
    connect(&m_refresh, &QTimer::timeout, this, &SceneCard::takePicture);
    connect(&m_bridge, &SessionBridge::published, this,
            [this](const std::shared_ptr<const SnapshotBase>& snapshot) {
                if (!m_lab) return;
                m_lab->show(snapshot);
                if (!m_refresh.isActive()) m_refresh.start();
            });
}

SceneCard::~SceneCard() {
    m_bridge.setSession(nullptr);
    m_lab.reset();
}

void SceneCard::wake() {
    if (m_awake) return;
    m_awake = true;
    m_loader.submit([this, data = m_scene.data](Progress& progress, const SideJob::Deliver& deliver) {
        auto dataset = loadData(data, progress);
        deliver([this, dataset = std::move(dataset)] {
            if (dataset)
                start(*dataset);
            else
                m_failure = QString::fromStdString(dataset.error().message);
            update();
        });
    });
}

void SceneCard::start(std::shared_ptr<const data::Dataset> dataset) {
    m_lab = findLab(m_scene.lab)->make();
    const auto refresh = [this] {
        if (!m_refresh.isActive()) m_refresh.start();
    };
    connect(m_lab.get(), &Lab::subtitlesChanged, this, refresh);
    connect(m_lab.get(), &Lab::busyChanged, this, refresh); // what is computed beside the run has arrived
    m_bridge.setSession(m_lab->session());
    const bool toEnd = m_scene.frame == Scenario::kLastFrame;
    const SessionStart begin{.runAhead = true,
                             .index = toEnd ? 0 : m_scene.frame,
                             .share = toEnd ? std::optional(1.0) : std::nullopt,
                             .play = false};
    if (auto opened = m_lab->open(std::move(dataset), m_scene.parameters, m_scene.seed, begin); !opened)
        m_failure = QString::fromStdString(opened.error().message);
    m_bridge.post(command::SetSpeed{m_scene.stepsPerSecond});
    m_view = m_lab->stage().front().widget;
    setTheme(m_theme);
}

void SceneCard::waitUntilShown() {
    m_loader.wait();
    if (!m_lab) return;
    m_lab->waitForViews();
    takePicture();
}

void SceneCard::setTheme(const Theme& theme) {
    m_theme = theme;
    if (m_view) {
        m_view->setAttribute(Qt::WA_DontShowOnScreen);
        applyTheme(m_view, theme);
        m_refresh.start();
    }
    update();
}

QRect SceneCard::pictureRect() const {
    const int inset = m_theme.px(14);
    return QRect(inset, inset, width() - 2 * inset, height() - m_theme.px(kTextHeight) - inset);
}

void SceneCard::takePicture() {
    if (!m_view) return;
    m_view->resize(pictureRect().size());
    m_picture = m_view->grab();
    update();
}

void SceneCard::resizeEvent(QResizeEvent*) {
    if (m_view) m_refresh.start();
}

void SceneCard::setPlaying(bool playing) {
    m_hovered = playing;
    if (m_lab) playing ? m_bridge.post(command::Play{}) : m_bridge.post(command::Pause{});
    update();
}

void SceneCard::enterEvent(QEnterEvent*) {
    setPlaying(true);
}
void SceneCard::leaveEvent(QEvent*) {
    setPlaying(hasFocus());
}
void SceneCard::focusInEvent(QFocusEvent*) {
    setPlaying(true);
}
void SceneCard::focusOutEvent(QFocusEvent*) {
    setPlaying(false);
}

void SceneCard::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void SceneCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setBrush(m_theme.surface);
    painter.setPen(QPen(hasFocus() || m_hovered ? m_theme.accent : m_theme.line, m_theme.hairline()));
    painter.drawRoundedRect(box, m_theme.px(kRadius), m_theme.px(kRadius));
    if (!m_picture.isNull()) painter.drawPixmap(pictureRect().topLeft(), m_picture);
    const QRect text(m_theme.px(18), height() - m_theme.px(kTextHeight) + m_theme.px(6),
                     width() - 2 * m_theme.px(18), m_theme.px(kTextHeight - 16));
    painter.setFont(m_theme.cardTitle());
    painter.setPen(m_theme.ink);
    painter.drawText(text, Qt::AlignTop | Qt::AlignLeft, m_scene.title);
    painter.setFont(m_theme.words(13));
    painter.setPen(m_failure.isEmpty() ? m_theme.inkSecond : m_theme.failure);
    painter.drawText(text.adjusted(0, m_theme.px(22), 0, 0), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap,
                     m_failure.isEmpty() ? m_scene.summary : m_failure);
}

} // namespace orrery
