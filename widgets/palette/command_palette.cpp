#include "widgets/palette/command_palette.h"

#include "widgets/frame/buttons.h"
#include "widgets/frame/paint.h"
#include "widgets/palette/palette_model.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>

namespace orrery {

namespace {

constexpr double kWidth = 640;
constexpr double kFieldHeight = 54;
constexpr double kRow = 38;
constexpr int kRowsAtMost = 9;

} // namespace

PaletteEntry paletteEntry(QAction* action, const QString& category) {
    PaletteEntry entry;
    entry.title = plainText(*action);
    entry.detail = action->statusTip();
    entry.keys = action->shortcut().toString(QKeySequence::NativeText);
    entry.category = category;
    entry.icon = iconOf(action->icon());
    entry.run = [action = QPointer<QAction>(action)] {
        if (action) action->trigger();
    };
    return entry;
}

CommandPalette::CommandPalette(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Command palette"));
    m_field = new QLineEdit(this);
    m_field->setPlaceholderText(tr("Find a lab, scene or command"));
    m_field->setAccessibleName(tr("Find a lab, scene or command"));
    m_field->setFrame(false);
    m_field->installEventFilter(this);
    m_model = new PaletteModel(this);
    m_list = new QListView(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_model, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Matches"));
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
    connect(m_list, &QListView::entered, m_list, &QListView::setCurrentIndex);
    parent->installEventFilter(this);
    hide();
}

void CommandPalette::addProvider(Provider provider) {
    m_providers.push_back(std::move(provider));
}

void CommandPalette::open(const QString& query) {
    if (!isVisible()) m_cameFrom = QApplication::focusWidget();
    m_entries.clear();
    for (const Provider& provider : m_providers)
        for (PaletteEntry& entry : provider())
            m_entries.push_back(std::move(entry));
    m_field->setText(query);
    filter();
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::dismiss() {
    if (isHidden()) return;
    hide();
    if (m_cameFrom) m_cameFrom->setFocus();
    m_cameFrom.clear();
    Q_EMIT dismissed();
}

int CommandPalette::shownCount() const {
    return m_model->rowCount();
}

QString CommandPalette::titleAt(int row) const {
    return m_model->at(row).entry->title;
}

int CommandPalette::currentRow() const {
    return m_list->currentIndex().row();
}

void CommandPalette::filter() {
    m_model->show(m_entries, m_field->text());
    m_list->setCurrentIndex(m_model->index(0, 0));
    m_list->scrollToTop();
    place();
    update();
}

QRect CommandPalette::panel() const {
    const int wide = std::min(m_theme.px(kWidth), width() - m_theme.px(32));
    const int rows = std::clamp(shownCount(), 1, kRowsAtMost);
    const int tall = m_theme.px(kFieldHeight) + rows * m_theme.px(kRow) + m_theme.px(14);
    const int top = std::min(height() / 8, m_theme.px(120));
    return {(width() - wide) / 2, top, wide, std::min(tall, height() - top - m_theme.px(16))};
}

void CommandPalette::place() {
    setGeometry(parentWidget()->rect());
    const QRect box = panel();
    const int field = m_theme.px(kFieldHeight), side = m_theme.px(6);
    m_field->setGeometry(box.left() + m_theme.px(44), box.top(), box.width() - m_theme.px(60), field);
    m_list->setGeometry(box.left() + side, box.top() + field + side, box.width() - 2 * side,
                        box.height() - field - 2 * side);
    m_list->setVisible(shownCount() > 0);
}

void CommandPalette::move(int rows) {
    const int count = shownCount();
    if (count == 0) return;
    const int row = ((currentRow() + rows) % count + count) % count;
    m_list->setCurrentIndex(m_model->index(row, 0));
}

void CommandPalette::runCurrent() {
    const int row = currentRow();
    if (row < 0 || row >= shownCount()) return;
    // A copy: what it does may open the palette anew.
    const std::function<void()> run = m_model->at(row).entry->run;
    dismiss();
    if (run) run();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
    if (watched == m_field && event->type() == QEvent::ShortcutOverride) {
        event->accept(); // while it is open every key is the palette's, not the window's
        return true;
    }
    if (watched != m_field || event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_PageUp:
        move(-std::min(kRowsAtMost, currentRow()));
        return true;
    case Qt::Key_PageDown:
        move(std::min(kRowsAtMost, shownCount() - 1 - currentRow()));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    case Qt::Key_Escape:
        dismiss();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // the focus stays here while it is open
    default:
        return false;
    }
}

void CommandPalette::mousePressEvent(QMouseEvent*) {
    dismiss();
}

void CommandPalette::setTheme(const Theme& theme) {
    m_theme = theme;
    static_cast<PaletteDelegate*>(m_list->itemDelegate())->setTheme(theme);
    m_field->setFont(theme.words(15));
    m_field->setStyleSheet(
        QStringLiteral("QLineEdit, QLineEdit:focus { background: transparent; border: none; padding: 0; }"));
    m_list->setStyleSheet(QStringLiteral("QListView { background: transparent; border: none; }"));
    place();
    update();
}

void CommandPalette::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    // What lies below steps back; it stays readable.
    QColor veil = m_theme.kind == ThemeKind::Dark ? m_theme.window : m_theme.ink;
    veil.setAlphaF(m_theme.kind == ThemeKind::Dark ? 0.5F : 0.18F);
    painter.fillRect(rect(), veil);
    const QRect box = panel();
    drawPanel(painter, box, m_theme.px(12), m_theme.surface, m_theme.line);
    const int field = m_theme.px(kFieldHeight);
    painter.fillRect(QRectF(box.left() + 1, box.top() + field, box.width() - 2, 1), m_theme.line);
    QRectF glass(box.left() + m_theme.px(17), 0, m_theme.px(18), m_theme.px(18));
    glass.moveTop(box.top() + (field - glass.height()) / 2);
    paintIcon(painter, glass, Icon::Search, m_theme.inkSecond, m_theme);
    if (shownCount() == 0)
        drawElided(painter,
                   QRectF(box.left() + m_theme.px(44), box.top() + field, box.width() - m_theme.px(60),
                          m_theme.px(50)),
                   Qt::AlignVCenter | Qt::AlignLeft, m_theme.words(13), m_theme.inkSecond,
                   tr("Nothing is called “%1”").arg(m_field->text()));
}

} // namespace orrery
