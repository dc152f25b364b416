#include "widgets/transport/transport_bar.h"

#include "widgets/frame/paint.h"
#include "widgets/transport/speed_popup.h"

#include <QPainter>
#include <algorithm>
#include <iterator>
#include <utility>

namespace orrery {

namespace {

constexpr double kFactsWidth = 288; ///< stands under the inspector's column
constexpr double kFactsRight = 24;
constexpr double kFactGap = 16;

} // namespace

TransportBar::TransportBar(SessionBridge* bridge, TransportActions* actions, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_actions(actions) {
    setAccessibleName(tr("Transport"));
    for (QAction* action : {actions->restart, actions->stepBack})
        m_buttons.push_back(new IconButton(action, this, 36, 22));
    m_buttons.push_back(new DiscButton(actions->playPause, this, 44, 24));
    for (QAction* action : {actions->stepForward, actions->runToEnd})
        m_buttons.push_back(new IconButton(action, this, 36, 22));
    m_timeLine = new TimeLine(this);
    m_loop = new IconButton(actions->loop, this, 28, 18);
    m_follow = new IconButton(actions->follow, this, 28, 18);
    m_step = new FactLabel(tr("step"), this);
    m_speed = new FactLabel(tr("speed"), this);
    m_seed = new SeedField(this);
    m_stepTime = new FactLabel(tr("step time"), this);
    m_frameTime = new FactLabel(tr("frame"), this);
    m_editTime = new FactLabel(tr("edit p95"), this);
    m_editTime->setToolTip(tr("From an edit to the picture of its fit: 95 of 100 were quicker"));
    m_labFacts = new StatusFacts(this);
    m_speedPopup = new SpeedPopup(this);
    m_step->setWidest(QStringLiteral("0 000"));
    m_speed->setWidest(QStringLiteral("100 /s"));
    m_stepTime->setWidest(QStringLiteral("0.00 ms"));
    m_frameTime->setWidest(QStringLiteral("0.00 ms"));
    m_editTime->setWidest(QStringLiteral("00.0 ms"));
    m_speed->setPressable(true);
    m_speed->setToolTip(tr("Choose the speed (keys 1 to 9)"));

    connect(m_speed, &FactLabel::clicked, this, &TransportBar::openSpeed);
    connect(m_speedPopup, &SpeedPopup::speedChosen, this,
            [this](double speed) { m_bridge->post(command::SetSpeed{speed}); });
    connect(m_timeLine, &TimeLine::commandRequested, this,
            [this](const Command& command) { m_bridge->post(command); });
    connect(m_seed, &SeedField::seedEdited, this, &TransportBar::seedEdited);
    connect(m_seed, &SeedField::lockToggled, this, &TransportBar::seedLockToggled);
    connect(bridge, &SessionBridge::published, this,
            [this](const std::shared_ptr<const SnapshotBase>& snapshot) { show(*snapshot); });
    connect(bridge, &SessionBridge::sessionChanged, this, [this] { show(SnapshotBase{}); });
    show(bridge->latest() ? *bridge->latest() : SnapshotBase{});
}

void TransportBar::show(const SnapshotBase& snapshot) {
    const TransportState& state = snapshot.transport;
    m_timeLine->setState(state, snapshot.marks);
    // By the run's length, so that the place of its neighbours does not hang on what was shown meanwhile.
    bool outgrown = false;
    if (const QString longest = grouped(state.furthest);
        longest.size() > 5 && state.furthest != m_widestStep) {
        outgrown = longest.size() != grouped(m_widestStep).size();
        m_widestStep = state.furthest;
        m_step->setWidest(longest);
    }
    // Measuring texts is dear: only what outgrew its place is placed again.
    const bool wider[] = {outgrown, m_step->setValue(grouped(state.index)),
                          m_speed->setValue(speedText(state.stepsPerSecond)),
                          m_stepTime->setValue(spokenSeconds(state.meanStepSeconds))};
    if (std::find(std::begin(wider), std::end(wider), true) != std::end(wider)) place();
}

void TransportBar::setStepWord(const QString& word) {
    m_step->setText(word);
    place();
}

void TransportBar::setSeed(std::optional<quint64> seed) {
    m_hasSeed = seed.has_value();
    if (seed) m_seed->setSeed(*seed);
    place();
}

void TransportBar::setSeedLocked(bool locked) {
    m_seed->setLocked(locked);
}

void TransportBar::setFrameSeconds(double seconds) {
    const bool had = std::exchange(m_hasFrameTime, seconds > 0);
    if (m_frameTime->setValue(spokenSeconds(seconds)) || had != m_hasFrameTime) place();
}

void TransportBar::setEditSeconds(double seconds) {
    const bool had = std::exchange(m_hasEditTime, seconds > 0);
    if (m_editTime->setValue(spokenSeconds(seconds)) || had != m_hasEditTime) place();
}

void TransportBar::setTimesShown(bool shown) {
    m_timesShown = shown;
    place();
}

void TransportBar::setFacts(const std::vector<Fact>& facts) {
    m_usesLabFacts = !facts.empty();
    m_labFacts->setFacts(facts);
    place();
}

void TransportBar::openSpeed() {
    m_speedPopup->setSpeed(m_bridge->state().stepsPerSecond);
    m_speedPopup->openAbove(m_speed);
}

void TransportBar::setTheme(const Theme& theme) {
    m_theme = theme;
    // Sizes are asked for in place(), before applyTheme() reaches the children.
    for (IconButton* button : m_buttons)
        button->setTheme(theme);
    for (IconButton* button : {m_loop, m_follow})
        button->setTheme(theme);
    for (FactLabel* fact : {m_step, m_speed, m_stepTime, m_frameTime, m_editTime})
        fact->setTheme(theme);
    m_seed->setTheme(theme);
    m_timeLine->setTheme(theme);
    m_labFacts->setTheme(theme);
    updateGeometry();
    place();
    update();
}

void TransportBar::resizeEvent(QResizeEvent*) {
    place();
}

std::vector<QWidget*> TransportBar::ownFacts() const {
    // In a narrow window the times go first; in a lecture hall the time line has all of it.
    if (width() < m_theme.px(640)) return {};
    std::vector<QWidget*> facts{m_step, m_speed};
    if (m_hasSeed) facts.push_back(m_seed);
    if (!m_timesShown) return facts;
    if (width() >= m_theme.px(760)) facts.push_back(m_stepTime);
    if ((m_hasFrameTime || m_hasEditTime) && width() >= m_theme.px(900))
        facts.push_back(m_hasEditTime ? m_editTime : m_frameTime);
    return facts;
}

int TransportBar::placeFacts() {
    const std::vector<QWidget*> shown = m_usesLabFacts ? std::vector<QWidget*>{m_labFacts} : ownFacts();
    for (QWidget* fact : std::initializer_list<QWidget*>{m_step, m_speed, m_seed, m_stepTime, m_frameTime,
                                                         m_editTime, m_labFacts})
        fact->setVisible(std::find(shown.begin(), shown.end(), fact) != shown.end());
    int needed = 0;
    for (QWidget* fact : shown)
        needed += fact->sizeHint().width();
    const int gaps = std::max(0, static_cast<int>(shown.size()) - 1);
    const int column = width() >= m_theme.px(1000) ? m_theme.px(kFactsWidth) : 0;
    const int total = std::max(needed + gaps * m_theme.px(kFactGap), column);
    // The room that is left goes between the facts.
    const double gap = gaps > 0 ? std::min<double>((total - needed) / double(gaps), m_theme.px(44)) : 0;
    const int left = width() - m_theme.px(kFactsRight) - total;
    double x = left;
    for (QWidget* fact : shown) {
        const QSize size = fact->sizeHint();
        const int wide = m_usesLabFacts ? total : size.width();
        fact->setGeometry(static_cast<int>(x), (height() - m_theme.px(44)) / 2, wide, m_theme.px(44));
        x += size.width() + gap;
    }
    return left;
}

void TransportBar::place() {
    // Centres as in the drawing, from the bar's left edge.
    static constexpr double kCentres[] = {28, 71, 114, 157, 200};
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const QSize size = m_buttons[i]->sizeHint();
        m_buttons[i]->setGeometry(m_theme.px(kCentres[i]) - size.width() / 2, (height() - size.height()) / 2,
                                  size.width(), size.height());
    }
    int right = placeFacts() - m_theme.px(16);
    for (IconButton* button : {m_follow, m_loop}) {
        const QSize size = button->sizeHint();
        button->setVisible(width() >= m_theme.px(640));
        if (button->isHidden()) continue;
        right -= size.width();
        button->setGeometry(right, (height() - size.height()) / 2, size.width(), size.height());
    }
    right -= m_theme.px(6);
    const int left = m_theme.px(228);
    m_timeLine->setGeometry(left, 1, std::max(m_theme.px(60), right - left), height() - 1);
}

void TransportBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.surface);
    painter.fillRect(QRectF(0, 0, width(), 1), m_theme.line);
}

} // namespace orrery
