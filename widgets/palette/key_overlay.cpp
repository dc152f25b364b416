#include "widgets/palette/key_overlay.h"

#include "widgets/frame/buttons.h"
#include "widgets/frame/paint.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace orrery {

namespace {

constexpr double kColumn = 320;
constexpr double kColumnGap = 40;
constexpr double kPadding = 32;
constexpr double kTitle = 48;
constexpr double kHeading = 34;
constexpr double kLine = 28;
constexpr double kGroupGap = 16;

} // namespace

std::vector<KeyGroup> keyGroups(const QList<QAction*>& actions) {
    std::vector<KeyGroup> groups;
    for (const QAction* action : actions) {
        KeyGroup::Line line{plainText(*action), {}};
        for (const QKeySequence& key : action->shortcuts())
            line.keys.append(key.toString(QKeySequence::NativeText));
        if (line.keys.isEmpty() || !action->isVisible()) continue;
        QString name = action->property("group").toString();
        if (name.isEmpty()) name = KeyOverlay::tr("General");
        auto group =
            std::find_if(groups.begin(), groups.end(), [&](const KeyGroup& g) { return g.name == name; });
        if (group == groups.end()) group = groups.insert(groups.end(), KeyGroup{name, {}});
        group->lines.push_back(std::move(line));
    }
    return groups;
}

KeyOverlay::KeyOverlay(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Keys"));
    parent->installEventFilter(this);
    hide();
}

void KeyOverlay::open(const QList<QAction*>& actions, const std::vector<KeyGroup>& more) {
    m_groups = more;
    for (KeyGroup& group : keyGroups(actions))
        m_groups.push_back(std::move(group));
    m_scroll = 0;
    QStringList spoken;
    for (const KeyGroup& group : m_groups)
        for (const KeyGroup::Line& line : group.lines)
            spoken.append(line.text + QStringLiteral(": ") + line.keys.join(QStringLiteral(", ")));
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    if (isHidden()) m_cameFrom = QApplication::focusWidget();
    setGeometry(parentWidget()->rect());
    show();
    raise();
    setFocus(Qt::PopupFocusReason);
}

void KeyOverlay::dismiss() {
    if (isHidden()) return;
    hide();
    if (m_cameFrom) m_cameFrom->setFocus();
    m_cameFrom.clear();
    Q_EMIT dismissed();
}

void KeyOverlay::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

int KeyOverlay::columnCount() const {
    const double room = width() - m_theme.px(2 * kPadding + 32);
    const int fit = static_cast<int>((room + m_theme.px(kColumnGap)) / m_theme.px(kColumn + kColumnGap));
    return std::clamp(fit, 1, std::clamp(static_cast<int>(m_groups.size()), 1, 3));
}

double KeyOverlay::heightOf(const KeyGroup& group) const {
    return m_theme.px(kHeading) + m_theme.px(kLine) * static_cast<double>(group.lines.size()) +
           m_theme.px(kGroupGap);
}

std::vector<KeyOverlay::Column> KeyOverlay::columns(int count) const {
    std::vector<Column> all(static_cast<std::size_t>(count));
    std::vector<const KeyGroup*> order;
    for (const KeyGroup& group : m_groups)
        order.push_back(&group);
    std::stable_sort(order.begin(), order.end(),
                     [](const KeyGroup* a, const KeyGroup* b) { return a->lines.size() > b->lines.size(); });
    // The longest first, each to the column that is shortest so far; then back to the order that was given.
    for (const KeyGroup* group : order) {
        Column& column = *std::min_element(
            all.begin(), all.end(), [](const Column& a, const Column& b) { return a.height < b.height; });
        column.groups.push_back(group);
        column.height += heightOf(*group);
    }
    for (Column& column : all)
        std::sort(column.groups.begin(), column.groups.end());
    std::sort(all.begin(), all.end(), [](const Column& a, const Column& b) {
        if (a.groups.empty() || b.groups.empty()) return !a.groups.empty();
        return a.groups.front() < b.groups.front();
    });
    return all;
}

std::vector<KeyOverlay::Column> KeyOverlay::columns() const {
    const auto tallest = [](const std::vector<Column>& all) {
        double tall = 0;
        for (const Column& column : all)
            tall = std::max(tall, column.height);
        return tall;
    };
    const int most = columnCount();
    std::vector<Column> best = columns(most);
    for (int count = most - 1; count >= 1; --count) {
        std::vector<Column> fewer = columns(count);
        if (tallest(fewer) > tallest(best)) break;
        best = std::move(fewer);
    }
    return best;
}

QRectF KeyOverlay::panel(const std::vector<Column>& all) const {
    double tallest = 0;
    for (const Column& column : all)
        tallest = std::max(tallest, column.height);
    const double n = static_cast<double>(all.size());
    const double wide = std::min<double>(n * m_theme.px(kColumn) + (n - 1) * m_theme.px(kColumnGap) +
                                             2 * m_theme.px(kPadding),
                                         width() - m_theme.px(24));
    const double tall = tallest + m_theme.px(kTitle) + 2 * m_theme.px(kPadding) - m_theme.px(kGroupGap);
    const double top = std::max<double>(m_theme.px(12), (height() - tall) / 2) - m_scroll;
    return {std::round((width() - wide) / 2), std::round(top), wide, tall};
}

void KeyOverlay::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    QColor veil = m_theme.kind == ThemeKind::Dark ? m_theme.window : m_theme.ink;
    veil.setAlphaF(m_theme.kind == ThemeKind::Dark ? 0.5F : 0.18F);
    painter.fillRect(rect(), veil);
    const auto all = columns();
    const QRectF box = panel(all);
    drawPanel(painter, box, m_theme.px(12), m_theme.surface, m_theme.line);
    const double padding = m_theme.px(kPadding), gap = m_theme.px(kColumnGap);
    const double wide = (box.width() - 2 * padding - gap * (static_cast<double>(all.size()) - 1)) /
                        static_cast<double>(all.size());
    const QRectF title(box.left() + padding, box.top() + m_theme.px(20), box.width() - 2 * padding,
                       m_theme.px(30));
    drawElided(painter, title, Qt::AlignVCenter | Qt::AlignLeft, m_theme.labTitle(), m_theme.ink, tr("Keys"));
    drawElided(painter, title, Qt::AlignVCenter | Qt::AlignRight, m_theme.words(12), m_theme.inkSecond,
               panel(all).height() + m_theme.px(24) > height() ? tr("PgDn goes on, Esc closes")
                                                               : tr("Esc closes"));
    double x = box.left() + padding;
    for (const Column& column : all) {
        double y = box.top() + padding + m_theme.px(kTitle) - m_theme.px(10);
        for (const KeyGroup* group : column.groups) {
            const double tall = heightOf(*group);
            paintGroup(painter, *group, QRectF(x, y, wide, tall));
            y += tall;
        }
        x += wide + gap;
    }
}

void KeyOverlay::paintGroup(QPainter& painter, const KeyGroup& group, const QRectF& box) const {
    const double heading = m_theme.px(kHeading), tall = m_theme.px(kLine);
    drawElided(painter, QRectF(box.left(), box.top(), box.width(), heading - m_theme.px(6)),
               Qt::AlignVCenter | Qt::AlignLeft, m_theme.words(12, QFont::DemiBold), m_theme.inkSecond,
               group.name);
    painter.fillRect(QRectF(box.left(), box.top() + heading - m_theme.px(4), box.width(), 1), m_theme.line);
    double y = box.top() + heading;
    for (const KeyGroup::Line& line : group.lines) {
        const QRectF row(box.left(), y, box.width(), tall);
        paintKeys(painter, line.keys, row);
        double keys = 0;
        for (const QString& key : line.keys)
            keys += textWidth(m_theme.numbers(11), key) + m_theme.px(20);
        drawElided(painter, row.adjusted(0, 0, -keys - m_theme.px(8), 0), Qt::AlignVCenter | Qt::AlignLeft,
                   m_theme.words(12.5), m_theme.ink, line.text);
        y += tall;
    }
}

void KeyOverlay::paintKeys(QPainter& painter, const QStringList& keys, const QRectF& line) const {
    const QFont font = m_theme.numbers(11);
    double right = line.right();
    for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
        const double wide = textWidth(font, *key) + m_theme.px(14), tall = m_theme.px(20);
        const QRectF cap(right - wide, line.center().y() - tall / 2, wide, tall);
        drawPanel(painter, cap, m_theme.px(5), m_theme.field, m_theme.line);
        drawElided(painter, cap, Qt::AlignCenter, font, m_theme.ink, *key);
        right -= wide + m_theme.px(6);
    }
}

void KeyOverlay::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Escape:
    case Qt::Key_F1:
    case Qt::Key_Question:
    case Qt::Key_Return:
        return dismiss();
    case Qt::Key_Up:
    case Qt::Key_Down:
        return scrollBy(m_theme.px(event->key() == Qt::Key_Down ? kLine : -kLine));
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        return scrollBy((event->key() == Qt::Key_PageDown ? 0.8 : -0.8) * height());
    default:
        event->accept();
    }
}

void KeyOverlay::mousePressEvent(QMouseEvent*) {
    dismiss();
}

void KeyOverlay::wheelEvent(QWheelEvent* event) {
    scrollBy(-event->angleDelta().y() / 2.0);
    event->accept();
}

void KeyOverlay::scrollBy(double pixels) {
    const double over = panel(columns()).height() + m_theme.px(24) - height();
    m_scroll = std::clamp(m_scroll + pixels, 0.0, std::max(0.0, over));
    update();
}

bool KeyOverlay::event(QEvent* event) {
    // While the sheet is open the keys on it do nothing but close it.
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

bool KeyOverlay::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize && watched == parentWidget()) setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

} // namespace orrery
